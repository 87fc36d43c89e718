import json
import os
import shlex
import signal
import subprocess
import sys
import time
import types
from datetime import datetime
from pathlib import Path

import pytest
import spacy
from small_projects import LABELS, annotate, propose, small_project, tree
from spacy.tokens import DocBin

from annotate.layers import Status
from store.project import Project
from tui import cli, main
from tui.cli import app

ROOT = Path(__file__).parents[2]
TEXTS = {"a": "Ada met Bob in Lima.", "b": "Acme sold it to Lima."}


@pytest.fixture(autouse=True)
def _nobody_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MANICULE_ANNOTATOR", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


class Run:
    """Runs the command line in this process."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd
        self.out = ""
        self.lines: list[str] = []

    def __call__(self, *arguments: object) -> int:
        code = main.run([str(one) for one in arguments])
        self.out, err = self._capfd.readouterr()
        self.lines = err.split("\n")[:-1]
        return code


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    return Run(capfd)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", TEXTS)


def _process(*arguments: object, code: str = "") -> subprocess.CompletedProcess[str]:
    start = [sys.executable, "-c", code] if code else [sys.executable, "-m", "tui"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*start, *map(str, arguments)], env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


# From a new project to a corpus


def test_a_project_goes_from_new_to_export(run, tmp_path):
    folder = tmp_path / "wire"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "one.txt").write_text("They paid $3 million on Friday.")
    (tmp_path / "docs" / "two.md").write_text("# Title\n\nOn *Friday* again.")
    assert run("new", folder, "--annotator", "ada") == 0
    assert run("add", folder, tmp_path / "docs") == 0
    assert run.lines[-1] == "added 2 articles"
    assert run("extract", folder) == 0
    assert run.lines[-1].endswith(" in 2 articles")
    assert run("extract", folder) == 0
    assert run.lines == ["nothing to extract: every article is up to date"]
    annotate(Project.open(folder), "ada", "one", [("Friday", "DATE")])
    assert run("export", folder, "--format", "jsonl", "--out", "-") == 0
    (line,) = run.out.split("\n")[:-1]
    assert json.loads(line)["spans"] == [
        {"start": 24, "end": 30, "label": "DATE", "status": "confirmed", "annotator": "ada"}
    ]
    assert run.lines == ["exported 1 article with 1 span"]


def test_new_takes_a_label_file_and_remembers_the_annotator(run, tmp_path):
    labels = tmp_path / "labels.toml"
    labels.write_text(LABELS)
    assert run("new", tmp_path / "p", "--labels", labels, "--annotator", "ada") == 0
    project = Project.open(tmp_path / "p")
    assert [one.name for one in project.config.scheme.labels] == ["PERSON", "ORG", "GPE"]
    assert (project.root / ".manicule" / "annotator").read_text().strip() == "ada"


def test_a_text_that_is_there_already_is_named_and_passed_over(run, project, tmp_path):
    (tmp_path / "again.txt").write_text(TEXTS["a"])
    assert run("add", project.root, tmp_path / "again.txt") == 0
    assert run.lines == ["again: there already, as a", "added 0 articles"]


def test_extract_takes_a_pipeline_and_names_labels_the_scheme_does_not_have(run, project, tmp_path):
    nlp = spacy.blank("en", meta={"name": "towns", "version": "1"})
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "GPE", "pattern": "Lima"}, {"label": "PL[b]ANET", "pattern": "Bob"}]
    )
    nlp.to_disk(tmp_path / "towns")
    assert run("extract", project.root, "--pipeline", tmp_path / "towns", "--jobs", "2") == 0
    assert run.lines == [
        "left out 1 suggestion with the label PL[b]ANET, which the scheme does not have",
        "[label_map] in manicule.toml can say what such labels mean here",
        "2 suggestions in 2 articles",
    ]


def test_export_writes_a_docbin(run, project, tmp_path):
    annotate(project, "ada", "a", [("Lima", "GPE")])
    out = tmp_path / "gold.spacy"
    assert run("export", project.root, "--format", "spacy", "--out", out) == 0
    (doc,) = DocBin().from_disk(out).get_docs(spacy.blank("en").vocab)
    assert [(one.text, one.label_) for one in doc.ents] == [("Lima", "GPE")]


def test_export_with_nothing_done_writes_an_empty_file_and_says_so(run, project, tmp_path):
    assert run("export", project.root, "--format", "jsonl", "--out", tmp_path / "out") == 0
    assert (tmp_path / "out").read_bytes() == b""
    assert run.lines == ["exported nothing: no article is done"]


# Findings: exit 1


def test_spans_off_the_tokens_are_listed(run, project, tmp_path):
    annotate(project, "ada", "a", [("da met", "PERSON")])
    out = tmp_path / "gold.spacy"
    assert run("export", project.root, "--format", "spacy", "--out", out) == 1
    assert run.lines == [
        "manicule: a: 1-7 PERSON “da met”: it begins or ends inside a token",
        "--align expand or --align contract moves spans to the edges of tokens",
        "--allow-loss leaves out what the format cannot hold",
        "nothing was written",
    ]
    assert not out.exists()
    assert run("export", project.root, "--format", "spacy", "--out", out, "--align", "expand") == 0


def test_spans_that_alignment_cannot_help_are_listed_without_naming_it(run, tmp_path):
    project = small_project(tmp_path / "wire", TEXTS, overlap=True)
    annotate(project, "ada", "a", [("Ada met", "ORG"), ("Ada", "PERSON")])
    config = project.root / "manicule.toml"
    config.write_text(config.read_text().replace("overlap = true", "overlap = false"))
    assert run("export", project.root, "--format", "spacy", "--out", tmp_path / "gold.spacy") == 1
    assert run.lines == [
        "manicule: a: 0-3 PERSON “Ada”: it overlaps another",
        "--overlap longest or --overlap outermost keeps one of those that overlap",
        "--allow-loss leaves out what the format cannot hold",
        "nothing was written",
    ]


def test_what_cannot_be_held_is_left_out_when_that_is_allowed_or_chosen_and_named(run, tmp_path):
    project = small_project(tmp_path / "wire", TEXTS, overlap=True)
    annotate(project, "ada", "a", [("Ada met", "ORG"), ("Ada", "PERSON")])
    config = project.root / "manicule.toml"
    config.write_text(config.read_text().replace("overlap = true", "overlap = false"))
    for option in (["--allow-loss"], ["--overlap", "longest"]):
        assert run("export", project.root, "--format", "spacy", "--out", tmp_path / "gold.spacy", *option) == 0
        assert run.lines[0] == "left out: a: 0-3 PERSON “Ada”: it overlaps another"
        assert run.lines[-1] == "exported 1 article with 1 span"
    forbidden = ["--overlap", "error", "--allow-loss"]
    assert run("export", project.root, "--format", "spacy", "--out", tmp_path / "other.spacy", *forbidden) == 1
    assert not (tmp_path / "other.spacy").exists()


def test_only_the_labels_and_articles_that_are_named_are_exported(run, project):
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    annotate(project, "ada", "b", [("Acme", "ORG")])
    wanted = ["--labels", "GPE,ORG", "--articles", "a"]
    assert run("export", project.root, "--format", "jsonl", "--out", "-", *wanted) == 0
    (line,) = [json.loads(line) for line in run.out.split("\n") if line]
    assert [(one["label"]) for one in line["spans"]] == ["GPE"]
    for wanted, expected in ((["--labels", "GPX"], "there is no label GPX"), (["--articles", "z"], "no article z")):
        assert run("export", project.root, "--format", "jsonl", "--out", "-", *wanted) == 2
        assert expected in run.lines[0]


def test_formats_are_listed_with_what_each_cannot_hold(run):
    assert run("formats") == 0
    assert "jsonl in out one JSON object a line" in " ".join(run.out.split())
    assert run("formats", "--json") == 0
    assert json.loads(run.out)[0]["can"]["crossing"] is True


def test_a_broken_format_of_another_package_is_named_and_the_others_are_listed(run, monkeypatch):
    from importlib.metadata import EntryPoint

    import store.formats

    broken = EntryPoint("gone", "no_such_package:FORMAT", store.formats.GROUP)
    monkeypatch.setattr(store.formats, "_added", lambda: {"gone": broken})
    assert run("formats") == 0
    assert run.lines == ["format gone (no_such_package:FORMAT) cannot be loaded: No module named 'no_such_package'"]
    assert "jsonl in out one JSON object a line" in " ".join(run.out.split())


def _towns(folder: Path, *patterns: tuple[str, str]) -> Path:
    nlp = spacy.blank("en", meta={"name": folder.name, "version": "1"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": text} for text, label in patterns])
    nlp.to_disk(folder)
    return folder


def test_several_pipelines_tell_how_far_they_agree(run, project, tmp_path):
    one = _towns(tmp_path / "one", ("Lima", "GPE"), ("Ada", "PERSON"))
    other = _towns(tmp_path / "other", ("Lima", "GPE"), ("Ada", "ORG"))
    assert run("extract", project.root, "--pipeline", one, "--pipeline", other) == 0
    assert [line.split(" in ")[0] for line in run.lines] == ["3 suggestions by en_one", "3 suggestions by en_other"]
    rows = [line.split() for line in run.out.split("\n")]
    assert rows[0] == "how far they agree: 1 en_one · 2 en_other".split()
    assert ["PERSON", "1", "0", "0.0"] in rows and ["GPE", "2", "2", "100.0"] in rows
    assert ["all", "3", "3", "66.7"] in rows
    assert run("extract", project.root, "--pipeline", one, "--pipeline", other) == 0
    assert run.out == ""
    assert run("extract", project.root, "--pipeline", one, "--agreement", "--json") == 0
    record = json.loads(run.out)
    assert record["sources"] == ["en_one", "en_other"]
    assert record["pairs"][0]["agreement"]["labels"]["GPE"]["f1"] == 1.0


def test_compare_prints_tables_and_json_and_writes_nothing(run, project, tmp_path):
    one = _towns(tmp_path / "one", ("Lima", "GPE"), ("Ada", "PERSON"))
    other = _towns(tmp_path / "other", ("Lima", "GPE"), ("Ada", "PLANET"))
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")], status=Status.DONE)
    before = _shared(project.root)
    assert run("extract", project.root, "--compare", one, other, "--annotator", "ada") == 0
    assert run.lines == ["left out 1 suggestion with the label PLANET, which the scheme does not have"]
    rows = [line.split() for line in run.out.split("\n")]
    assert rows[0] == "1 en_one 1 · 2 en_other 1: 2 against 1 in 2 articles".split()
    assert ["all", "3", "2", "2", "100.0", "66.7", "80.0"] in rows
    assert ["all", "2", "100.0", "100.0", "100.0", "100.0", "50.0", "66.7"] in rows
    assert run("extract", project.root, "--compare", one, other, "--annotator", "ada", "--json") == 0
    record = json.loads(run.out)
    assert record["second_to_gold"]["total"]["recall"] == 0.5
    assert (record["articles"], record["gold_articles"]) == (2, 1)
    assert _shared(project.root) == before


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--json"], "--json is for --compare and --agreement"),
        (["--compare", "x", "y", "--pipeline", "z"], "--compare names its two pipelines itself"),
        (["--engine", "dask"], "--engine dask and --scheduler ADDRESS go together"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--engine dask and --scheduler ADDRESS go together"),
        (["--engine", "spark"], "--engine spark: it is here or dask"),
        (["--engine", "dask", "--scheduler", "x", "--jobs", "2"], "--jobs is for this machine"),
    ],
)
def test_extract_refuses_engines_that_it_has_not(run, project, options, problem):
    assert run("extract", project.root, *options) == 2
    assert problem in " ".join(run.lines)
    assert project.sources() == []


def test_an_article_that_fails_in_the_pipeline_is_named(run, project, tmp_path, monkeypatch):
    from annotate.extraction import SpacyPipeline

    monkeypatch.setattr(SpacyPipeline, "read", lambda pipeline, texts: [([], "ValueError: no")] * len(texts))
    assert run("extract", project.root) == 1
    assert run.lines == ["manicule: a: ValueError: no", "manicule: b: ValueError: no"]


def _break_article(project: Project) -> Path:
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    annotate(project, "ada", "b")
    path = project.locations.article("a")
    path.write_text('{"half": ')
    return path


def _shared(root: Path) -> dict[str, str]:
    """The files that are not this machine's own, which may keep what it found out."""
    return {name: content for name, content in tree(root).items() if not name.startswith(".manicule/")}


def test_a_broken_file_is_named_by_every_command_and_nothing_changes(run, project, tmp_path):
    assert run("extract", project.root) == 0
    path = _break_article(project)
    before = _shared(project.root)
    for arguments in (
        ["stats", project.root],
        ["stats", project.root, "--json"],
        ["extract", project.root],
        ["export", project.root, "--format", "jsonl", "--out", tmp_path / "out"],
        ["export", project.root, "--format", "spacy", "--out", tmp_path / "out"],
    ):
        assert run(*arguments) == 1
        assert run.lines[0].startswith(f"manicule: {path}: ")
        assert sum(line.startswith("manicule: ") for line in run.lines) == 1
    assert _shared(project.root) == before
    assert not (tmp_path / "out").exists()


def test_broken_articles_are_left_out_when_that_is_said(run, project, tmp_path):
    path = _break_article(project)
    assert run("export", project.root, "--format", "jsonl", "--out", tmp_path / "out", "--skip-broken") == 1
    assert run.lines[0].startswith(f"manicule: left out: {path}: ")
    assert json.loads((tmp_path / "out").read_text())["id"] == "b"


# Wrong input: exit 2, one clear line, nothing changed


def _refused(run: Run, root: Path, *arguments: object) -> str:
    before = tree(root)
    assert run(*arguments) == 2
    assert run.out == ""
    (line,) = run.lines
    assert line.startswith("manicule: ")
    assert tree(root) == before
    return line.removeprefix("manicule: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "DIR", "x.txt"],
        ["extract", "DIR"],
        ["export", "DIR", "--format", "jsonl", "--out", "-"],
        ["stats", "DIR"],
        ["open", "DIR"],
        ["DIR"],
    ],
)
def test_a_folder_that_is_no_project_is_one_line(run, tmp_path, arguments):
    folder = tmp_path / "plain"
    folder.mkdir()
    found = _refused(run, tmp_path, *(str(folder) if one == "DIR" else one for one in arguments))
    assert found == f"{folder}: no Manicule project (no manicule.toml)"


def test_a_mistake_in_a_label_file_is_one_line(run, tmp_path):
    labels = tmp_path / "labels.toml"
    labels.write_text(LABELS + '[[labels]]\nname = "X"\nkolor = "#000000"\n')
    found = _refused(run, tmp_path, "new", tmp_path / "p", "--labels", labels)
    assert found.startswith(f"{labels}:13: ") and "kolor" in found


def test_each_mistake_is_a_line(run, tmp_path):
    labels = tmp_path / "labels.toml"
    labels.write_text('[[labels]]\nname = "X"\nkey = "x"\n[[labels]]\nname = "Y Z"\n')
    assert run("new", tmp_path / "p", "--labels", labels) == 2
    assert len(run.lines) == 2
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"fine\nnot \xff", "line 2: not UTF-8 (byte 0xff); it looks like windows-1252: “not ÿ” (--accept-encoding)"),
        (b" \n", "the text is empty"),
    ],
)
def test_a_document_that_cannot_be_added_is_one_line_and_none_is(run, project, tmp_path, data, expected):
    (tmp_path / "good.txt").write_text("A good one.")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(data)
    found = _refused(run, project.root, "add", project.root, tmp_path / "good.txt", bad)
    assert found == f"{bad}: {expected}"


def test_an_unknown_pipeline_is_one_line(run, project):
    found = _refused(run, project.root, "extract", project.root, "--pipeline", "en_core_web_sm_of_nowhere")
    assert found.startswith("no pipeline 'en_core_web_sm_of_nowhere': it is neither an installed package nor")


def test_two_done_and_none_adjudicated_is_a_line_each(run, project):
    for name in ("a", "b"):
        annotate(project, "ada", name)
        annotate(project, "bob", name)
    assert run("export", project.root, "--format", "jsonl", "--out", "-") == 2
    assert [line.partition(":")[0] for line in run.lines] == ["manicule", "manicule", "nothing was written"]
    assert run("export", project.root, "--format", "jsonl", "--out", "-", "--annotator", "bob") == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--format", "xml", "--out", "o"], "no format 'xml': there are jsonl, spacy"),
        (["--format", "spacy", "--out", "-"], "--out -: spacy needs a file"),
        (["--format", "spacy", "--out", "o", "--tokens"], "--tokens is not for spacy"),
        (["--format", "jsonl", "--out", "o", "--align", "expand"], "--align is not for jsonl"),
        (["--format", "spacy", "--out", "o", "--align", "x"], "--align x: it is one of strict, expand, contract"),
        (["--format", "jsonl", "--out", "o", "--annotator", "../x"], "annotator '../x': "),
        (["--format", "jsonl", "--out", "nowhere/o"], "there is no folder"),
        (["--format", "jsonl"], "Missing option '--out'"),
        (["--out", "o", "--formt", "jsonl"], "No such option: --formt"),
    ],
)
def test_options_that_mean_nothing_are_one_line(run, project, monkeypatch, tmp_path, arguments, expected):
    monkeypatch.chdir(tmp_path)
    assert expected in _refused(run, tmp_path, "export", project.root, *arguments)


def test_statistics_of_several_annotators_need_a_name(run, project):
    annotate(project, "ada", "a")
    annotate(project, "bob", "a")
    found = _refused(run, project.root, "stats", project.root)
    assert found == "several have annotated here: say whose work with --annotator (ada, bob)"


# Statistics


def test_statistics_as_json_have_their_documented_form(run, project):
    propose(project, "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Bob", "PERSON")])
    assert run("stats", project.root, "--json") == 0
    assert run.lines == []
    none = {"confirmed": 0, "corrected": 0, "added": 0, "rejected": 0, "undecided": 0}
    right = {"label": 0, "boundary": 0, "both": 0, "added": 0, "rejected": 0}
    unseen = {"decided": 0, "as_suggested": 0, "precision": None}
    record = json.loads(run.out)
    (day,) = record["progress"].pop("days")
    assert datetime.fromisoformat(day.pop("day")) <= datetime.now()
    paced = {"decisions": 0, "minutes": 0.0, "per_minute": None, "keys_each": None}
    assert day == {
        "decisions": {"single": 2, "bulk": 1, "other": 0},
        "undone": 0,
        "confirmed": 2,
        "rejected": 1,
        "done": 1,
        "labels": {"PERSON": 2},
        "total": {"confirmed": 2, "rejected": 1, "done": 1},
        "pace": paced,
    }
    assert record == {
        "format": 1,
        "project": "wire",
        "annotator": "ada",
        "articles": {"total": 2, "new": 1, "in progress": 0, "done": 1, "skipped": 0},
        "words": {"total": 10, "new": 5, "in progress": 0, "done": 5, "skipped": 0},
        "entities": {
            "PERSON": {**none, "confirmed": 1, "added": 1},
            "ORG": none,
            "GPE": {**none, "rejected": 1},
        },
        "corrections": {"PERSON": {**right, "added": 1}, "ORG": right, "GPE": {**right, "rejected": 1}},
        "sources": {
            "news": {
                "settled": 2,
                "agreed": 1,
                "precision": 0.5,
                "seen": {
                    "single": {"decided": 1, "as_suggested": 1, "precision": 1.0},
                    "bulk": {"decided": 1, "as_suggested": 0, "precision": 0.0},
                    "other": unseen,
                },
                "labels": {
                    "GPE": {
                        "single": unseen,
                        "bulk": {"decided": 1, "as_suggested": 0, "precision": 0.0},
                        "other": unseen,
                    },
                    "PERSON": {
                        "single": {"decided": 1, "as_suggested": 1, "precision": 1.0},
                        "bulk": unseen,
                        "other": unseen,
                    },
                },
            }
        },
        "progress": {
            "shares": {"nothing": 0, "less than half": 0, "half or more": 0, "all": 1},
            "articles": {
                "a": {"status": "done", "words": 5, "decided": 3, "undecided": 0},
                "b": {"status": "new", "words": 5, "decided": 0, "undecided": 0},
            },
        },
        "pace": {**paced, "articles": {}, "labels": {}},
        "names": [
            {"name": "Ada", "kind": "person", "mentions": 1, "articles": 1},
            {"name": "Bob", "kind": "person", "mentions": 1, "articles": 1},
        ],
        "names_missed": 0,
        "together": [{"names": ["Ada", "Bob"], "articles": 1, "sentences": 1}],
        "unreadable": [],
    }


def test_statistics_are_tables_for_a_person(run, project):
    propose(project, "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    annotate(project, "ada", "a", [("Ada", "PERSON")], status=Status.IN_PROGRESS)
    assert run("stats", project.root) == 0
    rows = [line.split() for line in run.out.split("\n")]
    assert ["wire", "·", "ada"] in rows
    assert ["in", "progress", "1", "5"] in rows
    assert ["PERSON", "1", "–", "–", "–", "–", "100.0%"] in rows
    assert ["GPE", "–", "–", "–", "–", "1", "0.0%"] in rows
    assert ["a", "1", "1", "50.0%"] in rows
    assert ["news", "1", "1", "100.0%"] in rows
    assert ["PERSON", "1", "1", "100.0%", "–", "–", "–", "–"] in rows
    assert ["Ada", "1", "1"] in rows


def test_statistics_of_an_annotator_nobody_knows_say_so(run, project):
    annotate(project, "Ada", "a", [("Ada", "PERSON")])
    assert run("stats", project.root, "--annotator", "adda") == 0
    assert run.lines == ["nobody called adda has annotated here (Ada)"]


def test_case_does_not_tell_annotators_apart(run, project):
    annotate(project, "Ada", "a", [("Ada", "PERSON")])
    assert run("stats", project.root, "--annotator", "ada", "--json") == 0
    assert json.loads(run.out)["annotator"] == "Ada"
    assert run("export", project.root, "--format", "jsonl", "--out", "-", "--annotator", "ADA") == 0
    assert json.loads(run.out)["spans"][0]["annotator"] == "Ada"


def test_a_project_that_names_no_pipeline_is_one_line(run, project):
    config = project.root / "manicule.toml"
    config.write_text(config.read_text().replace('pipelines = ["manicule_news"]', "pipelines = []"))
    Project.open(project.root)
    found = _refused(run, project.root, "extract", project.root)
    assert found == f"{config}: names no pipelines; say which with --pipeline"


# Hostile text


def test_what_a_program_reads_holds_nothing_that_a_terminal_obeys_and_is_the_same_json(run, tmp_path):
    text = "A\x9b31mda \u202eb\u2066c\u2028d\x85e\x7f é 日 \U0001f600"
    project = small_project(tmp_path / "wire", {"x": text})
    annotate(project, "ada", "x", [("日", "GPE")])
    config = project.root / "manicule.toml"
    config.write_text(config.read_text().replace('title = "wire"', 'title = "\\u009b31m"'))
    assert run("export", project.root, "--format", "jsonl", "--out", "-") == 0
    assert not any("\x7e" < char < "\xa0" or char in "\u202e\u2066\u2028" for char in run.out)
    (line,) = run.out.rstrip("\n").split("\n")
    assert json.loads(line)["text"] == text and " é 日 \U0001f600" in line
    assert run("stats", project.root, "--json") == 0
    assert json.loads(run.out)["project"] == "\x9b31m" and "\x9b" not in run.out


def test_nothing_that_a_terminal_obeys_reaches_it(run, tmp_path):
    project = small_project(tmp_path / "wire", {"x": "A\x1b[31mda\u202e here"})
    annotate(project, "ada", "x", [("\x1b[31md", "PERSON")])
    assert run("export", project.root, "--format", "spacy", "--out", tmp_path / "o") == 1
    assert run("stats", project.root) == 0
    config = project.root / "manicule.toml"
    text = config.read_text().replace('title = "wire"', 'title = "\\u001b[31m [bold]x[/bold] [/nope]"')
    config.write_text(text)
    assert run("stats", project.root) == 0
    assert "␛[31m [bold]x[/bold] [/nope] · ada" in run.out
    evil = tmp_path / "evil\x1b]0;title\x07.txt"
    evil.write_bytes(b"\xff")
    assert run("add", project.root, evil) == 2
    assert not any(char < " " or char in "\x7f\u202e" for line in run.lines for char in line)


# Opening


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, str | None]]:
    """What the app was opened with; there is a terminal."""
    calls: list[tuple[Path | None, str | None]] = []
    module = types.ModuleType("tui.app")

    def run_app(root: Path | None, annotator: str | None) -> int:
        calls.append((root, annotator))
        return 0

    module.run_app = run_app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", module)
    monkeypatch.setattr(main, "_has_terminal", lambda: True)
    return calls


@pytest.mark.parametrize(
    ("arguments", "annotator"),
    [
        (["wire"], None),
        (["open", "wire"], None),
        (["wire", "--annotator", "ada"], "ada"),
        (["--annotator=ada", "wire"], "ada"),
        (["open", "wire", "--annotator", "ada"], "ada"),
        (["--", "wire"], None),
    ],
)
def test_a_first_word_that_is_no_command_is_a_project(project, monkeypatch, opened, arguments, annotator):
    monkeypatch.chdir(project.root.parent)
    assert main.run(arguments) == 0
    assert opened == [(Path("wire"), annotator)]


def test_without_a_word_the_project_here_is_opened_else_the_sample(project, monkeypatch, opened, tmp_path):
    monkeypatch.chdir(project.root)
    assert main.run([]) == 0
    monkeypatch.chdir(tmp_path)
    assert main.run(["--annotator", "ada"]) == 0
    assert opened == [(Path(), None), (None, "ada")]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["open"], "open needs one PATH"),
        (["open", "a", "b"], "open needs one PATH"),
        (["exprot", "wire"], "exprot: no such command"),
        (["exprot", "wire", "--format", "jsonl"], "exprot: no such command"),
        (["open", "wire", "--bogus"], "no such option: --bogus"),
        (["--bogus", "wire"], "no such option: --bogus"),
        (["wire", "--annotator"], "--annotator needs a name"),
    ],
)
def test_words_that_mean_nothing_are_one_line(run, tmp_path, arguments, expected):
    assert expected in _refused(run, tmp_path, *arguments)


def test_opening_without_a_terminal_is_one_line(project):
    done = _process(project.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "manicule: reading needs a terminal, and standard input or output is none\n"


@pytest.mark.parametrize("terminal", ["dumb", "unknown"])
def test_a_terminal_that_shows_no_screen_is_sent_to_the_line_mode(run, project, opened, monkeypatch, terminal):
    monkeypatch.setenv("TERM", terminal)
    assert "manicule review DIR --plain" in _refused(run, project.root, project.root)
    assert not opened


# The program as a whole


def test_every_command_is_known_to_the_entry_and_has_help_with_an_example(run):
    names = [one.name for one in app.registered_commands]
    assert tuple(names) == main.COMMANDS
    for name in names:
        assert run(name, "--help") == 0
        assert "Example:" in run.out and f"manicule {name} " in run.out
    assert run("--help") == 0
    assert all(f"\n  {name} " in run.out for name in names)
    assert run("wire", "--help") == 0
    assert run("--version") == 0
    assert run.out.startswith("manicule")


def test_every_option_is_described_in_its_help():
    for command in cli.typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        for parameter in command.params:
            assert parameter.help, f"{command.name} {parameter.name}"


NEVER = ("spacy", "textual")
PROBE = """
import sys
from tui.main import run
code = run(sys.argv[1:])
found = [name for name in {never!r} if name in sys.modules]
sys.stderr.write(f"imported: {{found}} code: {{code}}")
"""


def _imported(*arguments: object, never: tuple[str, ...] = NEVER) -> str:
    return _process(*arguments, code=PROBE.format(never=never)).stderr.split("\n")[-1]


def test_commands_that_need_no_spacy_do_not_import_it(project, tmp_path):
    annotate(project, "ada", "a", [("Lima", "GPE")])
    (tmp_path / "x.txt").write_text("text")
    for arguments in (
        ["--help"],
        ["export", "--help"],
        ["stats", project.root],
        ["stats", project.root, "--json"],
        ["review", project.root, "--plain", "--annotator", "ada"],
        ["export", project.root, "--format", "jsonl", "--out", tmp_path / "out"],
        ["add", project.root, tmp_path / "x.txt"],
        ["new", tmp_path / "new"],
    ):
        assert _imported(*arguments) == "imported: [] code: 0"


def test_opening_a_project_imports_nothing_that_only_commands_need(project):
    never = ("typer", "click", "pydantic", "tomlkit", "spacy", "textual")
    assert _imported(project.root, never=never) == "imported: [] code: 2"


def test_the_process_ends_with_the_exit_code_and_no_traceback(project, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff")
    for arguments, code in (
        (["stats", project.root], 0),
        (["stats", tmp_path], 2),
        (["add", project.root, bad], 2),
        (["extract", project.root, "--pipeline", "nope"], 2),
        (["extract", project.root, "--pipeline", "nope", "--jobs", "2"], 2),
        (["export", project.root, "--format", "jsonl"], 2),
    ):
        done = _process(*arguments)
        assert done.returncode == code
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") == (code != 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_extraction_says_so_and_keeps_what_it_has(tmp_path, jobs):
    texts = {f"x{number:04}": f"On Friday {number} of them paid $3 million in Lima. " * 50 for number in range(150)}
    project = small_project(tmp_path / "wire", texts)
    command = [sys.executable, "-m", "tui", "extract", str(project.root), "--jobs", str(jobs)]
    child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while not _extracted(project):
        assert time.monotonic() < deadline, "no article was extracted"
    os.killpg(child.pid, signal.SIGINT)
    assert child.stderr is not None
    lines = child.stderr.read().split("\n")[:-1]
    assert child.wait(60) == 130
    assert lines[-1] == "stopped; run it again for the rest"
    assert all(line.startswith("left out ") or " in " in line for line in lines[:-1])
    assert 0 < _extracted(project) < len(texts)


def _extracted(project: Project) -> int:
    return sum(1 for _ in project.root.glob("suggestions/*/*/*.json"))


def test_a_reader_that_goes_away_is_no_traceback(project):
    annotate(project, "ada", "a", [("Lima", "GPE")])
    for arguments in (["stats", project.root], ["export", project.root, "--format", "jsonl", "--out", "-"]):
        command = [sys.executable, "-m", "tui", *map(str, arguments)]
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True)
        os.close(write)
        assert "Traceback" not in done.stderr and "Exception" not in done.stderr


@pytest.mark.parametrize("closed", [1, 2])
@pytest.mark.parametrize("arguments", [["stats", "DIR"], ["export", "DIR", "--format", "jsonl", "--out", "-"]])
def test_a_stream_that_is_closed_is_no_traceback(project, tmp_path, closed, arguments):
    annotate(project, "ada", "a", [("Lima", "GPE")])
    words = [str(project.root) if word == "DIR" else word for word in arguments]
    command = shlex.join([sys.executable, "-m", "tui", *words])
    done = subprocess.run(["sh", "-c", f"{command} {closed}>&-"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "exported" not in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_standard_output_that_is_full_is_one_line(project):
    annotate(project, "ada", "a", [("Lima", "GPE")])
    for arguments in (["stats", project.root, "--json"], ["export", project.root, "--format", "jsonl", "--out", "-"]):
        with open("/dev/full", "w") as full:
            command = [sys.executable, "-m", "tui", *map(str, arguments)]
            done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
        assert (done.returncode, done.stderr) == (2, "manicule: standard output: the disk is full\n")


def test_where_nobody_has_annotated_yet_it_is_said(run, project):
    assert run("log", project.root, "--annotator", "ada") == 2
    assert run.lines == ["manicule: nobody called ada has annotated here (nobody has)"]
