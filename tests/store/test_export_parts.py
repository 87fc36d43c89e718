"""Exports in parts, since a date, and the datasheet beside them."""

import json
import random
import shutil
from pathlib import Path

import pytest
import spacy
from small_projects import annotate, propose, small_project
from spacy.tokens import DocBin

from annotate.splitting import read_shares
from store.errors import StoreError
from store.export import ExportError, ExportRequest, datasheet_of, export
from store.gold import Choice
from store.log import read_log
from store.project import Project

WORDS = [f"word{number}" for number in range(500)]
SHARES = read_shares("60/20/20")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that takes a while to make, to be copied."""
    texts = {f"a{n}": f"Ada met Bob in Lima. {' '.join(random.Random(n).choices(WORDS, k=30))}" for n in range(20)}
    texts["twin"] = texts["a0"] + " Update."
    made = small_project(tmp_path_factory.mktemp("model") / "wire", texts)
    for name in texts:
        annotate(made, "ada", name, [("Ada", "PERSON"), ("Lima", "GPE")])
    return made.root


@pytest.fixture
def project(model: Path, tmp_path: Path) -> Project:
    shutil.copytree(model, tmp_path / "wire")
    return Project.open(tmp_path / "wire")


def _tree(root: Path) -> dict[str, bytes]:
    return {one.relative_to(root).as_posix(): one.read_bytes() for one in sorted(root.rglob("*")) if one.is_file()}


def test_a_corpus_in_parts_is_a_folder_with_each_article_in_one_and_twins_together(project, tmp_path):
    done = export(project, ExportRequest("jsonl", shares=SHARES, seed=1), tmp_path / "out")
    parts = {
        name: [json.loads(line)["id"] for line in content.decode().rstrip("\n").split("\n")]
        for name, content in _tree(tmp_path / "out").items()
    }
    assert list(parts) == ["dev.jsonl", "test.jsonl", "train.jsonl"]
    assert sorted(one for ids in parts.values() for one in ids) == sorted(project.article_ids())
    assert any({"a0", "twin"} <= set(ids) for ids in parts.values())
    assert done.parts == {"train": 13, "dev": 4, "test": 4} or done.parts["train"] in (12, 13)
    assert (done.articles, done.spans) == (21, 42)


@pytest.mark.parametrize("form", ["jsonl", "spacy", "huggingface", "label-studio"])
def test_the_same_seed_makes_the_same_bytes(project, tmp_path, form):
    for name in ("one", "two"):
        export(Project.open(project.root), ExportRequest(form, shares=SHARES, seed=4), tmp_path / name)
    assert _tree(tmp_path / "one") == _tree(tmp_path / "two")
    one, two = (datasheet_of(tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two


def test_parts_of_docbin_load_and_a_format_that_knows_parts_writes_them_itself(project, tmp_path):
    export(project, ExportRequest("spacy", shares=SHARES), tmp_path / "spacy")
    vocab = spacy.blank("en").vocab
    counts = [len(list(DocBin().from_disk(one).get_docs(vocab))) for one in sorted((tmp_path / "spacy").iterdir())]
    assert sum(counts) == 21 and min(counts) > 0
    export(project, ExportRequest("huggingface", shares=SHARES), tmp_path / "hf")
    assert {one.name for one in (tmp_path / "hf" / "data").iterdir()} == {
        "train.jsonl",
        "validation.jsonl",
        "test.jsonl",
    }
    export(project, ExportRequest("label-studio", shares=SHARES), tmp_path / "ls")
    assert sorted(one.name for one in (tmp_path / "ls").iterdir()) == ["dev", "test", "train"]


@pytest.mark.parametrize("shares", [None, SHARES])
def test_shards_are_files_of_so_many_articles_that_hold_the_same_together(project, tmp_path, shares):
    export(project, ExportRequest("spacy", shares=shares, shard=4), tmp_path / "out")
    names = [one.name for one in sorted((tmp_path / "out").iterdir())]
    vocab = spacy.blank("en").vocab
    counts = [len(list(DocBin().from_disk(tmp_path / "out" / name).get_docs(vocab))) for name in names]
    assert sum(counts) == 21 and max(counts) == 4
    if shares is None:
        assert names == [f"corpus-000{number}.spacy" for number in range(1, 7)]
    else:
        assert {name.split("-")[0] for name in names} == {"train", "dev", "test"}


def test_parts_go_to_a_new_or_empty_folder_only(project, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("x")
    with pytest.raises(StoreError, match="it has to be a new or an empty one"):
        export(project, ExportRequest("jsonl", shares=SHARES), tmp_path / "out")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine"]


def test_progress_goes_over_both_rounds(project, tmp_path):
    seen: list[tuple[int, int]] = []
    export(project, ExportRequest("jsonl", shares=SHARES), tmp_path / "out", lambda done, of: seen.append((done, of)))
    assert seen == [(number, 42) for number in range(1, 43)]


def test_since_takes_only_articles_decided_on_since(project, tmp_path):
    times = {one.line.article: one.line.time for one in read_log(project.locations, "ada", print)}
    moment = times["a5"]
    export(project, ExportRequest("jsonl", Choice(since=moment)), tmp_path / "out")
    ids = {json.loads(line)["id"] for line in (tmp_path / "out").read_text().rstrip("\n").split("\n")}
    assert ids == {name for name, time in times.items() if time >= moment}
    assert 0 < len(ids) < 21


def test_a_datasheet_says_what_who_how_when_and_from_what(project, tmp_path):
    propose(project, "a1", [("Bob", "PERSON")], source="news")
    annotate(project, "bob", "a1", [("Ada", "PERSON"), ("Bob", "PERSON")])
    annotate(project, "_adjudicated", "a1", [("Ada", "PERSON")])
    export(project, ExportRequest("jsonl"), tmp_path / "gold.jsonl")
    told = datasheet_of(tmp_path / "gold.jsonl").read_text("utf-8")
    last = max(one.line.time for one in read_log(project.locations, "_adjudicated", print))
    for line in (
        "| articles | 21 |",
        "| entities | 41 |",
        "| PERSON | 21 |",
        "| GPE | 20 |",
        "| _adjudicated | 1 |",
        "| ada | 20 |",
        f"Last decision: {last[:16].replace('T', ' ')} UTC. How the decisions came, later corrections counted:",
        "- one by one: 41",
        "Agreement of ada and bob on 1 article (F1, same edges and label): 0.500",
        "| nobody | 41 |",
    ):
        assert f"{line}\n" in told, line


def test_no_datasheet_is_written_when_none_is_wanted_and_none_over_something_else(project, tmp_path):
    export(project, ExportRequest("jsonl", datasheet=False), tmp_path / "one")
    assert not datasheet_of(tmp_path / "one").exists()
    datasheet_of(tmp_path / "two").mkdir()
    with pytest.raises(StoreError, match="no file, so nothing is written over it"):
        export(project, ExportRequest("jsonl"), tmp_path / "two")
    assert not (tmp_path / "two").exists()


def test_a_title_or_name_cannot_break_the_datasheet_s_tables(tmp_path):
    project = small_project(tmp_path / "wire", {"a": "Ada is here."})
    propose(project, "a", [("Ada", "PERSON")], source="news")
    config = project.root / "manicule.toml"
    config.write_text(config.read_text("utf-8").replace("[[labels]]", '[[labels]]\nguideline = "A | B"', 1), "utf-8")
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    export(Project.open(project.root), ExportRequest("jsonl"), tmp_path / "out")
    told = datasheet_of(tmp_path / "out").read_text("utf-8")
    assert "- PERSON: A \\| B" in told and "| news 1 | 1 |" in told


@pytest.mark.parametrize("form", ["prodigy", "iob2"])
def test_unread_articles_never_leave_as_read_and_empty(tmp_path, form):
    made = small_project(tmp_path / "two", {"done": "Ada met Bob.", "new": "Lima is far."})
    annotate(made, "ada", "done", [("Ada", "PERSON")])
    out = tmp_path / "out"
    with pytest.raises(ExportError) as caught:
        export(made, ExportRequest(form, Choice(include_suggestions=True)), out)
    assert caught.value.losses == ("new: it is not done, which the format cannot say",)
    done = export(made, ExportRequest(form, Choice(include_suggestions=True), allow_loss=True), out)
    assert (done.articles, done.losses) == (1, ["new: it is not done, which the format cannot say"])
    assert "Ada" in out.read_text("utf-8") and "far" not in out.read_text("utf-8")
