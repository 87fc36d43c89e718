"""A project keeps its articles, suggestions and layers, each in a file of its own."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from edited_files import edit
from store_helpers import TEXT, project_in, suggest, tree

from annotate.articles import hash_text
from annotate.layers import Layer
from annotate.suggestions import Source, SuggestionLayer
from store.article_files import write_article
from store.config import ProjectConfig
from store.errors import AddError, BrokenFileError, ProjectError, StoreError
from store.ids import shard
from store.project import Draft, Project


def test_a_folder_without_a_project_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=rf"{tmp_path}: no Manicule project \(no manicule\.toml\)"):
        Project.open(tmp_path)
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ProjectError, match="no Manicule project"):
        Project.open(file)


def test_articles_come_back_with_all_that_is_known(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    text = "Ünï\u2028code\x85 \U0001f600\n\nend"
    assert project.add_articles([Draft("Title: x", "T", text, {"file": "x.txt"})]) == ["Title-x"]
    article = Project(tmp_path, project.config).article("Title-x")
    assert (article.title, article.text, article.metadata) == ("T", text, {"file": "x.txt"})
    assert article.text_hash == hash_text(text)
    assert (tmp_path / "articles" / shard("Title-x") / "Title-x.json").exists()


def test_article_ids_are_sorted_naturally_and_nothing_is_read(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    project.add_articles(Draft(f"p{number}", "", f"text {number}") for number in (10, 9, 1))
    broken = project.locations.article("p2")
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_bytes(b"junk")
    for stray in (".x.json", "notes.txt", "a b.json"):
        (broken.parent / stray).write_bytes(b"junk")
    assert project.article_ids() == ["p1", "p2", "p9", "p10"]
    with pytest.raises(BrokenFileError, match="p2.json: line 1: not JSON"):
        project.article("p2")


def test_a_text_that_is_there_already_is_passed_over(tmp_path: Path) -> None:
    project = project_in(tmp_path, "one", "two")
    drafts = [Draft("x", "", "two"), Draft("y", "", "three"), Draft("z", "", "three")]
    told = [(one.stem, one.article_id, one.added) for one in project.adding(drafts)]
    assert told == [("x", "b", False), ("y", "y", True), ("z", "y", False)]
    assert project.article_ids() == ["a", "b", "y"]


def test_no_article_is_overwritten_by_one_of_the_same_name(tmp_path: Path) -> None:
    project = project_in(tmp_path, "one")
    assert project.add_articles([Draft("A", "", "two"), Draft("a", "", "three")]) == ["A-2", "a-3"]
    assert project.article("a").text == "one"


def test_two_programs_that_add_at_once_give_out_no_id_twice(tmp_path: Path) -> None:
    project_in(tmp_path)
    start = """
import sys
from pathlib import Path
from store.config import ProjectConfig
from store.project import Draft, Project
from annotate.ontonotes import ONTONOTES

project = Project(Path(sys.argv[1]), ProjectConfig("", "en", ONTONOTES))
project.add_articles(Draft(f"doc{n}", "", f"{sys.argv[2]} {n}") for n in range(40))
"""
    root = Path(__file__).parents[2]
    programs = [subprocess.Popen([sys.executable, "-c", start, str(tmp_path), who], cwd=root) for who in ("ada", "bob")]
    assert [one.wait() for one in programs] == [0, 0]
    project = project_in(tmp_path)
    texts = {project.article(name).text for name in project.article_ids()}
    assert texts == {f"{who} {number}" for who in ("ada", "bob") for number in range(40)}


def test_a_folder_without_locks_can_be_added_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert project_in(tmp_path, "one").article_ids() == ["a"]


def test_drafts_that_cannot_be_read_add_nothing(tmp_path: Path) -> None:
    project = project_in(tmp_path)

    def drafts():
        raise AddError(["x: no such file or folder"])
        yield

    with pytest.raises(AddError):
        project.add_articles(drafts())
    assert tree(tmp_path) == {}


def test_a_full_disk_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_in(tmp_path)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match=r"a\.json: the disk is full"):
        project.add_articles([Draft("a", "", "text")])
    assert tree(tmp_path) == {}


def test_earlier_revisions_stay(tmp_path: Path) -> None:
    project = project_in(tmp_path, "old text")
    old = project.article("a")
    newer = type(old)("a", "T", "new text", hash_text("new text"))
    write_article(project.locations.article("a"), newer)
    assert project.article("a").text == "new text"
    assert project.article("a", old.text_hash).text == "old text"
    with pytest.raises(StoreError, match="no revision 000000000000"):
        project.article("a", "0" * 64)


def test_a_text_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    project = project_in(tmp_path, "some text")
    path = project.locations.article("a")
    edit(path, ('"some text"', '"some  text"'))
    with pytest.raises(BrokenFileError, match="not what it was"):
        project.article("a")
    edit(path, ('"text": "some  text"', '"text": 7'))
    with pytest.raises(BrokenFileError, match="text: not a text"):
        project.article("a")


def test_a_title_that_no_export_could_hold_is_noticed(tmp_path: Path) -> None:
    project = project_in(tmp_path, "text")
    path = project.locations.article("a")
    edit(path, ('"title": "text"', '"title": "\\ud800"'))
    with pytest.raises(BrokenFileError, match=r"a\.json: title: holds a lone surrogate"):
        project.article("a")


def test_an_article_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no article x"):
        project_in(tmp_path).article("x")


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "con", "a\0b"])
def test_no_name_reaches_a_file_outside(tmp_path: Path, name: str) -> None:
    project = project_in(tmp_path, "one")
    layer = SuggestionLayer("a", "0", Source(name), ())
    for attempt in (
        lambda: project.article(name),
        lambda: project.layer(name, "a"),
        lambda: project.layer("ann", name),
        lambda: project.suggestion_layer(name, "a"),
        lambda: project.write_suggestions(layer),
    ):
        with pytest.raises(StoreError):
            attempt()


def test_suggestions_come_back_in_order_for_the_same_revision_only(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT)
    suggest(project, "a", ("Lima", "GPE"), ("Gen Ali Khan", "PERSON"))
    suggest(project, "a", ("Ministry of Water", "ORG"), source="two")
    article = project.article("a")
    assert project.sources() == ["one", "two"]
    assert [one.span.label for one in project.suggestions(article)] == ["PERSON", "GPE", "ORG"]
    assert [one.span.label for one in project.suggestions(article, ["two"])] == ["ORG"]
    layer = project.suggestion_layer("one", "a")
    assert layer is not None and layer.source == Source("one", "1", "ff")
    assert project.suggestion_layer("three", "a") is None
    project.write_suggestions(SuggestionLayer("a", "0" * 64, Source("two"), layer.suggestions))
    assert len(project.suggestions(article)) == 2


def test_writing_suggestions_replaces_that_source_only(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT)
    suggest(project, "a", ("Lima", "GPE"))
    before = tree(tmp_path)
    suggest(project, "a", ("Lima", "GPE"), source="two")
    suggest(project, "a", ("Gen Ali Khan", "PERSON"), source="two")
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before
    assert [one.span.label for one in project.suggestions(project.article("a"), ["two"])] == ["PERSON"]


def test_a_broken_suggestion_file_is_named(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT)
    suggest(project, "a", ("Lima", "GPE"))
    path = project.locations.suggestions("one", "a")
    edit(path, ('"label": "GPE"', '"label": 1'))
    with pytest.raises(BrokenFileError, match="label: not a text"):
        project.suggestions(project.article("a"))


def test_a_broken_suggestion_file_is_set_aside_by_the_next_extraction(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT)
    path = project.locations.suggestions("one", "a")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"broken")
    suggest(project, "a", ("Lima", "GPE"))
    assert len(project.suggestions(project.article("a"))) == 1
    (aside,) = (tmp_path / "set-aside").rglob("a.json.*")
    assert aside.parent == tmp_path / "set-aside" / path.parent.relative_to(tmp_path)
    assert aside.read_bytes() == b"broken"


def test_an_annotator_kept_blind_is_shown_no_source(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT)
    suggest(project, "a", ("Lima", "GPE"))
    blind = ProjectConfig("", "en", project.config.scheme, (), ("eve",))
    assert Project(tmp_path, blind).sources_for("eve") == []
    assert Project(tmp_path, blind).sources_for("Eve") == []
    assert Project(tmp_path, blind).sources_for("ann") == ["one"]


def test_an_undecided_article_has_an_empty_layer(tmp_path: Path) -> None:
    project = project_in(tmp_path, "one")
    assert project.layer("ann", "a") == Layer("a", hash_text("one"))
    assert project.annotators() == []
    with pytest.raises(StoreError, match="no article x"):
        project.layer("ann", "x")


def test_a_file_left_by_a_crash_is_not_seen(tmp_path: Path) -> None:
    project = project_in(tmp_path, "one")
    folder = project.locations.article("a").parent
    (folder / ".0123456789ab.tmp").write_bytes(b'{"half')
    assert project.article_ids() == ["a"]


def test_opening_a_project_loads_nothing_heavy(tmp_path: Path) -> None:
    Project.create(tmp_path).add_articles([Draft("a", "", "text")])
    script = (
        "import sys; from pathlib import Path\n"
        "from store.project import Project; from store.session import Session; import store.library, store.place\n"
        f"project = Project.open(Path({str(tmp_path)!r})); Session(project, 'ann').layer('a')\n"
        "heavy = 'pydantic tomlkit typer spacy textual rich markdown_it platformdirs'.split()\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
