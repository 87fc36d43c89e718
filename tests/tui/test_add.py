"""`manicule add` adds everything, or what a person allows it to leave out, or only says what it would do."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from small_projects import annotate, propose, shared, small_project

from store import adding, shard_cache
from store.project import Project
from tui import main
from tui.command_line import add


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", {"a": "Ada met Bob in Lima."})


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with a good file, a known text, one in an old encoding and one that is broken."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text("Good news\n\nfrom Lima.")
    (folder / "known.txt").write_text("Ada met Bob in Lima.")
    (folder / "old.txt").write_bytes("Un café à Lima".encode("latin-1"))
    (folder / "rows.jsonl").write_text('{"text": "A row.", "id": "../x"}\n{"text": ""}\n')
    return folder


def _run(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, list[str]]:
    code = main.run(["add", *(str(one) for one in arguments)])
    out, err = capfd.readouterr()
    return code, out, err.split("\n")[:-1]


def test_a_dry_run_lists_what_would_be_added_and_writes_nothing(capfd, project, mixed):
    before = shared(project.root)
    code, out, err = _run(capfd, project.root, mixed, "--dry-run", "--accept-encoding")
    assert code == 2
    assert out.split("\n") == [
        "good  4 words  text  Good news",
        "old  4 words  text  Un café à Lima",
        "x  2 words  jsonl  A row.",
        "",
    ]
    assert err == [
        "known: there already, as a",
        f"manicule: left out: {mixed}/rows.jsonl: line 2: the text is empty",
    ]
    assert shared(project.root) == before


def test_a_dry_run_can_be_read_by_a_program(capfd, project, mixed):
    code, out, _ = _run(capfd, project.root, mixed / "good.txt", "--dry-run", "--json")
    assert code == 0
    assert json.loads(out) == {"id": "good", "words": 4, "kind": "text", "title": "Good news"}


def test_a_dry_run_names_the_ids_that_adding_gives(capfd, project, mixed):
    (mixed / "a.txt").write_text("Another a.")
    (mixed / "rows.jsonl").unlink()
    _, out, _ = _run(capfd, project.root, mixed, "--dry-run", "--accept-encoding", "--json")
    planned = [json.loads(line)["id"] for line in out.split("\n")[:-1]]
    assert _run(capfd, project.root, mixed, "--accept-encoding")[0] == 0
    assert sorted(project.article_ids()) == sorted(["a", *planned])


def test_what_is_broken_is_left_out_only_when_that_is_asked_for(capfd, project, mixed):
    before = shared(project.root)
    code, _, err = _run(capfd, project.root, mixed)
    assert (code, len(err), shared(project.root)) == (2, 2, before)
    code, _, err = _run(capfd, project.root, mixed, "--skip-broken")
    assert code == 1
    assert err == [
        "known: there already, as a",
        f"manicule: left out: {mixed}/old.txt: line 1: not UTF-8 (byte 0xe9); "
        "it looks like windows-1252: “Un café à Lima” (--accept-encoding)",
        f"manicule: left out: {mixed}/rows.jsonl: line 2: the text is empty",
        "added 2 articles",
    ]
    assert project.article_ids() == ["a", "good", "x"]


def test_standard_input_is_text_or_what_it_is_said_to_be(capfd, project, monkeypatch):
    def given(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    given(b"A text\nfrom a pipe")
    assert _run(capfd, project.root, "-")[0] == 0
    given(b"text;id\nA row;r\n")
    assert _run(capfd, project.root, "-", "--as", "csv")[0] == 0
    given(b'{"text": "A line", "id": "l"}\n')
    assert _run(capfd, project.root, "-")[0] == 0
    given(b"\xff\xfe\xfd")
    code, _, err = _run(capfd, project.root, "-")
    assert code == 2 and err[0].startswith("manicule: standard input: line 1: not UTF-8")
    assert project.article_ids() == ["a", "article", "l", "r"]


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("", 130)])
def test_a_person_at_a_terminal_is_asked_about_encodings_once(capfd, project, mixed, monkeypatch, answer, code):
    (mixed / "rows.jsonl").unlink()
    (mixed / "old2.txt").write_bytes("Un thé à Lima".encode("latin-1"))
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"tui.command_line.add.sys.{stream}", _Terminal(answer))
    before = shared(project.root)
    assert main.run(["add", str(project.root), str(mixed)]) == code
    said = sys.stderr.getvalue()
    assert said.count("Read it as windows-1252? [y/N]") == 1
    assert said.index("old2.txt: line 1: not UTF-8") < said.index("Read it as")
    assert project.article_ids() == (["a", "good", "old", "old2"] if code == 0 else ["a"])
    assert code == 0 or shared(project.root) == before


class _Terminal(io.StringIO):
    """A terminal with something typed into it."""

    def isatty(self) -> bool:
        return True

    def reconfigure(self, **_: str) -> None:
        pass


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--as", "docx"], "--as docx: it is one of text, markdown, "),
        (["--encoding", "hex"], "--encoding hex: no encoding of text that is known"),
        (["--json"], "--json is for --dry-run"),
    ],
)
def test_options_that_mean_nothing_add_nothing(capfd, project, mixed, options, expected):
    code, _, err = _run(capfd, project.root, mixed / "good.txt", *options)
    assert code == 2 and len(err) == 1 and expected in err[0]


def test_the_example_of_the_help_is_one_that_works(capfd, project, tmp_path, monkeypatch):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "draft-1.md").write_text("Not this.")
    (tmp_path / "reports" / "one.md").write_text("This.")
    (tmp_path / "interview.md").write_text("And this.")
    (tmp_path / "rows.jsonl").write_text('{"body": "These"}\n')
    monkeypatch.chdir(tmp_path)
    words = [word.strip("'") for word in add.EXAMPLE.split()]
    assert main.run(words[1:]) == 0
    assert project.article_ids() == ["a", "interview", "one", "rows-1"]


def test_an_address_is_fetched_only_when_it_is_asked_for(capfd, project):
    code, _, err = _run(capfd, project.root, "http://127.0.0.1:9/x.txt")
    assert (code, err) == (2, ["manicule: http:/127.0.0.1:9/x.txt: no such file or folder"])
    code, _, err = _run(capfd, project.root, "--url", "http://127.0.0.1:9/x.txt")
    assert code == 2 and err[0].endswith("an address of this machine or a private network (--allow-private)")
    code, _, err = _run(capfd, project.root)
    assert code == 2 and err == ["manicule: nothing to add: name a PATH or a --url (manicule add --help)"]


def test_of_many_texts_that_are_there_already_ten_are_named_unless_all_are_wanted(
    project: Project, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"id": f"r{number}", "text": f"Text {number}"}) + "\n" for number in range(13)))
    assert _run(capfd, project.root, rows) == (0, "", ["added 13 articles"])
    code, _, err = _run(capfd, project.root, rows)
    assert (code, err[0]) == (0, "r0: there already, as r0")
    assert err[10:] == ["3 more are there already; --verbose names them all", "added 0 articles"]
    code, _, err = _run(capfd, project.root, rows, "--verbose")
    assert (len(err), err[-2:]) == (14, ["r12: there already, as r12", "added 0 articles"])


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
@pytest.mark.parametrize("by", ["its id", "a source", "a layer", "what was kept of it"])
def test_a_document_is_not_added_a_second_time_while_its_article_cannot_be_read(
    capfd, project, tmp_path, options, by, monkeypatch
):
    if by == "a source":
        propose(project, "a", [("Ada", "PERSON")])
    if by == "a layer":
        annotate(project, "ada", "a", [("Ada", "PERSON")])
    if by == "what was kept of it":
        monkeypatch.setattr(shard_cache, "disk_clock", lambda locations: 1 << 62)
        list(project.planned([]))
    path = project.locations.article("a")
    path.write_bytes(b"{")
    again = tmp_path / ("A.txt" if by == "its id" else "again.txt")
    again.write_text("Ada met Bob in Lima.")
    code, out, err = _run(capfd, project.root, again, *options)
    assert (code, out) == (1, "")
    assert (
        f"{again.stem}: not added: may be a, which cannot be read; manicule doctor --repair, then add it again" in err
    )
    assert (
        f"manicule: {path}: line 1: not JSON (Expecting property name enclosed in double quotes) (manicule doctor)"
        in err
    )
    assert project.article_ids() == ["a"]


def test_after_a_repair_the_document_is_the_article_again_with_the_work_on_it(capfd, project, tmp_path):
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    project.locations.article("a").write_bytes(b"{")
    again = tmp_path / "a.txt"
    again.write_text("Ada met Bob in Lima.")
    assert _run(capfd, project.root, again)[0] == 1
    main.run(["doctor", str(project.root), "--repair"])
    capfd.readouterr()
    assert _run(capfd, project.root, again) == (0, "", ["added 1 article"])
    fresh = Project.open(project.root)
    assert [one.quote for one in fresh.layer("ada", "a").confirmed()] == ["Ada"]
    fresh.check_quotes("ada", fresh.article("a"), fresh.layer("ada", "a"))


def test_other_documents_are_added_though_an_article_cannot_be_read_and_it_is_named(capfd, project, tmp_path):
    propose(project, "a", [("Ada", "PERSON")])
    project.locations.article("a").write_bytes(b"{")
    other = tmp_path / "a.txt"
    other.write_text("Something else.")
    code, _, err = _run(capfd, project.root, other)
    assert (code, err[-1 if err[-1].startswith("added") else 0]) == (1, "added 1 article")
    assert project.article_ids() == ["a", "a-2"]


@pytest.mark.parametrize("after", [0, 1, 3])
def test_what_was_added_is_told_when_it_is_stopped(capfd, project, tmp_path, monkeypatch, after):
    for number in range(5):
        (tmp_path / f"n{number}.txt").write_text(f"News {number}")
    monkeypatch.setattr(adding, "BATCH", 2)
    rename, done = os.replace, []

    def replace(one, other):
        if Path(other).parent.parent.name == "articles":
            if len(done) == after:
                raise KeyboardInterrupt
            done.append(other)
        rename(one, other)

    monkeypatch.setattr(os, "replace", replace)
    code, _, err = _run(capfd, project.root, *sorted(tmp_path.glob("n*.txt")))
    assert code == 130
    assert err == [f"stopped; {after} article{'' if after == 1 else 's'} {'was' if after == 1 else 'were'} added"]
    assert len(project.article_ids()) == 1 + after
