import json
import os
import shutil
from pathlib import Path
from zlib import crc32

import pytest
import spacy
from edited_files import edit
from small_projects import annotate, propose, small_project, tree
from spacy.tokens import DocBin

from annotate.articles import hash_text
from annotate.errors import ManiculeError
from annotate.layers import Status
from store.errors import StoreError
from store.export import ExportError, ExportRequest, export
from store.gold import Choice
from store.project import Draft, Project
from store.statistics import gather

TEXTS = {
    "a": "Ada met Bob in Lima.",
    "b": "Acme sold Bob-Jones to Kenya.",
    "c": "Nobody is here.",
}
JSONL = ExportRequest("jsonl")
SPACY = ExportRequest("spacy")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", TEXTS)


def _lines(project: Project, request: ExportRequest = JSONL) -> list[dict]:
    out = project.root.parent / "out.jsonl"
    export(project, request, out)
    return [json.loads(line) for line in out.read_text("utf-8").split("\n") if line]


def _spans(line: dict) -> list[tuple[str, str, str, str]]:
    return [
        (line["text"][one["start"] : one["end"]], one["label"], one["status"], one.get("annotator") or one["source"])
        for one in line["spans"]
    ]


def _refusal(project: Project, request: ExportRequest = JSONL) -> ExportError:
    before = tree(project.root)
    out = project.root.parent / "out"
    out.write_text("as it was")
    with pytest.raises(ExportError) as caught:
        export(project, request, out)
    assert out.read_text() == "as it was"
    assert tree(project.root) == before
    assert not list(out.parent.glob(".*.tmp"))
    return caught.value


# Whose word is gold


def test_gold_is_confirmed_annotations_of_done_articles(project):
    propose(project, "a", [("Ada", "ORG"), ("Lima", "GPE"), ("met", "ORG")])
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")], rejected=[("met", "ORG")])
    annotate(project, "ada", "b", [("Acme", "ORG")], status=Status.IN_PROGRESS)
    annotate(project, "ada", "c")
    lines = _lines(project)
    assert [line["id"] for line in lines] == ["a", "c"]
    assert _spans(lines[0]) == [("Ada", "PERSON", "confirmed", "ada"), ("Lima", "GPE", "confirmed", "ada")]
    assert lines[1]["spans"] == [] and lines[1]["status"] == "done"


def test_a_skipped_article_is_not_gold(project):
    annotate(project, "ada", "a", [("Ada", "PERSON")], status=Status.SKIPPED)
    assert _lines(project) == []


def test_the_only_annotator_who_has_it_done_is_gold(project):
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    annotate(project, "bob", "a", [("Bob", "PERSON")], status=Status.IN_PROGRESS)
    annotate(project, "bob", "b", [("Acme", "ORG")])
    lines = _lines(project)
    assert [_spans(line) for line in lines] == [
        [("Ada", "PERSON", "confirmed", "ada")],
        [("Acme", "ORG", "confirmed", "bob")],
    ]


def test_two_done_and_none_adjudicated_is_refused_with_the_list(project):
    for name in ("a", "b"):
        annotate(project, "ada", name, [("Bob", "PERSON")])
        annotate(project, "bob", name, [("Bob", "PERSON")])
    error = _refusal(project)
    assert error.unclear == (
        "a: done by ada and bob and not adjudicated; say whose counts with --annotator",
        "b: done by ada and bob and not adjudicated; say whose counts with --annotator",
    )


def test_what_was_adjudicated_is_gold(project):
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    annotate(project, "bob", "a", [("Ada", "ORG")])
    annotate(project, "_adjudicated", "a", [("Ada", "GPE")])
    assert _spans(_lines(project)[0]) == [("Ada", "GPE", "confirmed", "_adjudicated")]


def test_a_named_annotator_is_gold_whatever_others_did(project):
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    annotate(project, "bob", "a", [("Ada", "ORG")])
    annotate(project, "bob", "b", [("Acme", "ORG")])
    (line,) = _lines(project, ExportRequest("jsonl", Choice("ada")))
    assert _spans(line) == [("Ada", "PERSON", "confirmed", "ada")]


def test_an_annotator_nobody_knows_is_refused(project):
    annotate(project, "ada", "a")
    with pytest.raises(StoreError, match=r"nobody called eda has annotated here \(ada\)"):
        _lines(project, ExportRequest("jsonl", Choice("eda")))


@pytest.mark.parametrize("annotator", ["", "ada"])
def test_nothing_done_is_an_empty_file(project, tmp_path, annotator):
    propose(project, "a", [("Ada", "PERSON")])
    done = export(project, ExportRequest("jsonl", Choice(annotator)), tmp_path / "out")
    assert (done.articles, (tmp_path / "out").read_bytes()) == (0, b"")
    export(project, ExportRequest("spacy", Choice(annotator)), tmp_path / "out.spacy")
    assert len(DocBin().from_disk(tmp_path / "out.spacy")) == 0


# With suggestions


def test_suggestions_come_when_asked_for_and_settled_ones_do_not(project):
    propose(project, "a", [("Ada", "PERSON"), ("Bob", "ORG"), ("met", "ORG"), ("Lima", "GPE")])
    propose(project, "a", [("Bob", "GPE"), ("Lima", "GPE")], source="other")
    propose(project, "b", [("Acme", "ORG")])
    annotate(project, "ada", "a", [("Bob", "PERSON")], rejected=[("met", "ORG")], status=Status.IN_PROGRESS)
    lines = _lines(project, ExportRequest("jsonl", Choice(include_suggestions=True)))
    assert [(line["id"], line["status"]) for line in lines] == [("a", "in progress"), ("b", "new"), ("c", "new")]
    assert _spans(lines[0]) == [
        ("Ada", "PERSON", "suggested", "news"),
        ("met", "ORG", "rejected", "ada"),
        ("Bob", "PERSON", "confirmed", "ada"),
        ("Lima", "GPE", "suggested", "news"),
        ("Lima", "GPE", "suggested", "other"),
    ]
    assert _spans(lines[1]) == [("Acme", "ORG", "suggested", "news")]


def test_a_suggestion_that_the_scheme_does_not_know_never_comes(project):
    propose(project, "a", [("Ada", "PLANET"), ("Lima", "GPE")])
    lines = _lines(project, ExportRequest("jsonl", Choice(include_suggestions=True)))
    assert _spans(lines[0]) == [("Lima", "GPE", "suggested", "news")]


def test_an_article_that_several_have_begun_and_none_done_is_refused_with_suggestions(project):
    annotate(project, "ada", "a", [("Ada", "PERSON")], status=Status.IN_PROGRESS)
    annotate(project, "bob", "a", [("Ada", "PERSON")], status=Status.IN_PROGRESS)
    assert _lines(project) == []
    error = _refusal(project, ExportRequest("jsonl", Choice(include_suggestions=True)))
    assert error.unclear == ("a: begun by ada and bob and done by none; say whose counts with --annotator",)


def test_in_docbin_suggestions_are_never_entities(project, tmp_path):
    propose(project, "a", [("Ada", "PERSON"), ("met", "ORG"), ("Lima", "GPE")])
    annotate(project, "ada", "a", [("Ada", "PERSON")], rejected=[("met", "ORG")], status=Status.IN_PROGRESS)
    annotate(project, "ada", "c")
    out = tmp_path / "out.spacy"
    export(project, ExportRequest("spacy", Choice(include_suggestions=True)), out)
    docs = {doc.user_data["id"]: doc for doc in DocBin().from_disk(out).get_docs(spacy.blank("en").vocab)}
    assert [one.text for one in docs["a"].ents] == ["Ada"]
    assert {one.ent_iob_ for one in docs["a"]} == {"B", ""}
    assert [one.text for one in docs["a"].spans["suggested"]] == ["Lima"]
    assert [one.text for one in docs["a"].spans["rejected"]] == ["met"]
    assert {one.ent_iob_ for one in docs["c"]} == {"O"}


# What would be lost


def test_spans_off_the_token_grid_are_listed_and_nothing_is_written(project):
    annotate(project, "ada", "a", [("da met", "PERSON"), ("Lima", "GPE")])
    annotate(project, "ada", "b", [("cme", "ORG")])
    error = _refusal(project, SPACY)
    assert error.losses == (
        "a: 1-7 PERSON “da met”: it begins or ends inside a token",
        "b: 1-4 ORG “cme”: it begins or ends inside a token",
    )
    assert len(_lines(project)) == 2


def test_spans_are_moved_to_tokens_when_asked(project, tmp_path):
    annotate(project, "ada", "a", [("da met", "PERSON")])
    for align, expected in (("expand", "Ada met"), ("contract", "met")):
        done = export(project, ExportRequest("spacy", align=align), tmp_path / "out")
        assert done.notes == [f"1 span moved to the edges of tokens (--align {align})"]
        (doc,) = DocBin().from_disk(tmp_path / "out").get_docs(spacy.blank("en").vocab)
        assert [one.text for one in doc.ents] == [expected]


def test_overlapping_entities_are_kept_where_the_scheme_allows_them(tmp_path):
    project = small_project(tmp_path / "wire", TEXTS, overlap=True)
    annotate(project, "ada", "a", [("Ada met Bob", "ORG"), ("Bob", "PERSON")])
    export(project, SPACY, tmp_path / "out")
    (doc,) = DocBin().from_disk(tmp_path / "out").get_docs(spacy.blank("en").vocab)
    assert [(one.text, one.label_) for one in doc.spans["sc"]] == [("Ada met Bob", "ORG"), ("Bob", "PERSON")]
    assert [one[0] for one in _spans(_lines(project)[0])] == ["Ada met Bob", "Bob"]


def test_overlap_left_from_an_earlier_scheme_is_a_loss(tmp_path):
    project = small_project(tmp_path / "wire", TEXTS, overlap=True)
    annotate(project, "ada", "a", [("Ada met Bob", "ORG"), ("Bob", "PERSON")])
    config = project.root / "manicule.toml"
    config.write_text(config.read_text().replace("overlap = true", "overlap = false"))
    error = _refusal(Project.open(project.root), SPACY)
    assert error.losses == ("a: 8-11 PERSON “Bob”: it overlaps another",)


# What cannot be read


def _break(project: Project, kind: str) -> Path:
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    annotate(project, "ada", "b", [("Acme", "ORG")])
    path = {
        "article": project.locations.article("a"),
        "layer": project.locations.layer("ada", "a"),
    }[kind]
    path.write_text('{"half":')
    return path


@pytest.mark.parametrize("kind", ["article", "layer"])
def test_a_broken_file_is_named_and_nothing_is_written(project, kind):
    path = _break(project, kind)
    (line,) = _refusal(project).broken
    assert line.startswith(f"{path}: ")


@pytest.mark.parametrize("kind", ["article", "layer"])
def test_the_rest_is_exported_when_broken_files_are_to_be_skipped(project, tmp_path, kind):
    path = _break(project, kind)
    done = export(project, ExportRequest("jsonl", skip_broken=True), tmp_path / "out")
    assert [json.loads(line)["id"] for line in (tmp_path / "out").read_text().split("\n") if line] == ["b"]
    assert len(done.broken) == 1 and str(path) in done.broken[0]


def test_a_broken_suggestion_file_matters_only_with_suggestions(project):
    propose(project, "a", [("Ada", "PERSON")])
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    project.locations.suggestions("news", "a").write_text("no JSON")
    assert len(_lines(project)) == 1
    assert len(_refusal(project, ExportRequest("jsonl", Choice(include_suggestions=True))).broken) == 1


def test_a_broken_article_is_named_also_when_nobody_has_annotated(project):
    path = project.locations.article("a")
    path.write_text("")
    (line,) = _refusal(project).broken
    assert line.startswith(f"{path}: ")


@pytest.mark.parametrize("damage", [('"end": 3', '"end": 2'), ('"end": 19', '"end": 20'), ('"end": 20', '"end": 99')])
def test_a_layer_whose_ranges_were_changed_by_hand_is_named_by_export_and_statistics(project, damage):
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima" if "19" in damage[0] else "Lima.", "GPE")])
    path = project.locations.layer("ada", "a")
    edit(path, damage)
    (line,) = _refusal(project).broken
    assert line.startswith(f"{path}: annotation ")
    assert gather(project, "ada").problems == [line]


def test_a_layer_on_a_text_that_is_gone_is_named(project):
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    path = project.locations.layer("ada", "a")
    edit(path, (project.article("a").text_hash, "0" * 64))
    (line,) = _refusal(project).broken
    assert line == f"{project.locations.article('a')}: there is no revision 000000000000"


def test_what_two_clones_of_one_annotator_did_comes_once_and_what_clashes_is_named(project, tmp_path):
    shutil.copytree(project.root, tmp_path / "clone")
    clone = Project.open(tmp_path / "clone")
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    annotate(clone, "ada", "a", [("Ada", "PERSON"), ("in Lima", "GPE")])
    for journal in clone.locations.journal("ada").iterdir():
        shutil.copy(journal, project.locations.journal("ada"))
    merged = Project.open(project.root)
    done = export(merged, JSONL, tmp_path / "out.jsonl")
    assert sorted(_spans(json.loads((tmp_path / "out.jsonl").read_text()))) == [
        ("Ada", "PERSON", "confirmed", "ada"),
        ("Lima", "GPE", "confirmed", "ada"),
        ("in Lima", "GPE", "confirmed", "ada"),
    ]
    clash, overlap = done.notes
    assert overlap == "a: 15-19 GPE “Lima” overlaps another, though these labels may not overlap"
    assert clash.startswith("a: ada's decisions ") and clash.endswith("the article's status has changed since")


def test_a_decision_of_a_newer_version_is_named_and_the_others_count(project, tmp_path):
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    (journal,) = project.locations.journal("ada").glob("*.jsonl")
    first, rest = journal.read_bytes().split(b"\n", 1)
    body = first.replace(b'"how":"single"', b'"how":"telepathy"').rpartition(b',"check":"')[0]
    journal.write_bytes(body + f',"check":"{crc32(body + b"}"):08x}"}}\n'.encode() + rest)
    project.locations.layer("ada", "a").unlink()
    project.locations.journal_index("ada").unlink()
    reopened = Project.open(project.root)
    done = export(reopened, JSONL, tmp_path / "out.jsonl")
    assert _spans(json.loads((tmp_path / "out.jsonl").read_text())) == [("Lima", "GPE", "confirmed", "ada")]
    (note,) = done.notes
    assert "'telepathy' is none of single" in note


def test_a_damaged_line_of_a_journal_is_named_and_nothing_is_written(project):
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    (journal,) = project.locations.journal("ada").glob("*.jsonl")
    journal.write_text(journal.read_text().replace("Ada", "Eve", 1))
    project.locations.journal_index("ada").unlink()
    (line,) = _refusal(project).broken
    assert line.startswith(f"{journal}:1: ")
    assert len(_lines(project, ExportRequest("jsonl", skip_broken=True))) == 1
    assert gather(project, "ada").problems == [line]


# Texts


def test_a_layer_on_an_earlier_text_is_exported_with_that_text_and_named(project, tmp_path):
    annotate(project, "ada", "a", [("Lima", "GPE")])
    newer = "In the end, Ada never met Bob in Lima."
    from annotate.articles import Article
    from store.article_files import write_article

    write_article(project.locations.article("a"), Article("a", "A", newer, hash_text(newer)))
    done = export(project, JSONL, tmp_path / "out")
    (line,) = [json.loads(line) for line in (tmp_path / "out").read_text().split("\n") if line]
    assert line["text"] == TEXTS["a"]
    assert _spans(line) == [("Lima", "GPE", "confirmed", "ada")]
    assert done.notes == ["a: exported with an earlier text, the one that was annotated"]


def test_hostile_and_wide_texts_come_out_as_they_are(tmp_path):
    text = "👩‍🚀 Ada\x1b[31m\u202e \u2028at\u0085 Acme\x0b 日本"
    project = small_project(tmp_path / "wire", {"x": text})
    annotate(project, "ada", "x", [("Ada", "PERSON"), ("日本", "GPE")])
    (line,) = _lines(project)
    assert line["text"] == text
    assert [one[0] for one in _spans(line)] == ["Ada", "日本"]


# The file


def test_a_file_in_no_folder_is_one_clear_error(project, tmp_path):
    with pytest.raises(StoreError, match="there is no folder"):
        export(project, JSONL, tmp_path / "nowhere" / "out")
    with pytest.raises(StoreError, match="no file, so nothing is written over it"):
        export(project, JSONL, tmp_path)


@pytest.mark.parametrize("name", ["manicule.toml", "articles/gold.jsonl", "layers/x", ".manicule/annotator"])
def test_the_project_s_own_files_are_not_written_over(project, name):
    before = tree(project.root)
    with pytest.raises(StoreError, match="the project's own files lie there"):
        export(project, JSONL, project.root / "." / name)
    assert tree(project.root) == before
    export(project, JSONL, project.root / "gold.jsonl")


def test_a_link_is_followed(project, tmp_path):
    annotate(project, "ada", "a")
    target = tmp_path / "target"
    target.write_text("old")
    (tmp_path / "link").symlink_to(target)
    export(project, JSONL, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert json.loads(target.read_text())["id"] == "a"


def test_a_failed_write_leaves_the_old_file(project, tmp_path, monkeypatch):
    annotate(project, "ada", "a")
    out = tmp_path / "out"
    out.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="the disk is full"):
        export(project, JSONL, out)
    assert out.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".tmp")] == []


def test_progress_is_told_and_an_exception_from_it_stops_cleanly(project, tmp_path):
    seen = []
    export(project, JSONL, tmp_path / "out", lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    before = (tmp_path / "out").read_bytes()
    with pytest.raises(KeyboardInterrupt):
        export(project, SPACY, tmp_path / "out", stop)
    assert (tmp_path / "out").read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_a_language_without_tokenizer_is_one_clear_error(tmp_path):
    project = small_project(tmp_path / "wire", TEXTS, language="tlh")
    with pytest.raises(ManiculeError, match="language 'tlh'"):
        export(project, SPACY, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_export_changes_nothing_in_the_project(project, tmp_path):
    propose(project, "a", [("Lima", "GPE")])
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    before = tree(project.root)
    for request in (JSONL, SPACY, ExportRequest("jsonl", Choice(include_suggestions=True), tokens=True)):
        export(Project.open(project.root), request, tmp_path / "out")
    assert tree(project.root) == before


def test_an_article_added_twice_is_exported_once(project):
    assert project.add_articles([Draft("again", "", TEXTS["a"])]) == []
    annotate(project, "ada", "a")
    assert len(_lines(project)) == 1
