import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_projects import annotate, propose, small_project, tree

from annotate.layers import Kind, State, Status
from annotate.offsets import UNITS, from_codepoints
from store import group_writer
from store.claims import TakenError
from store.errors import StoreError
from store.export import ExportRequest, export
from store.import_request import As, Imported, ImportFailedError, ImportRequest
from store.importing import import_files
from store.layer_files import read_layer
from store.project import Project
from store.session import Session
from store.trash import remove_article

TEXTS = {"a": "Ada met Bob in Lima.", "b": "👩🏽‍💻 Acme sold Bob-Jones\n\nto Zoë\u0308.", "c": "Nobody is here."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", TEXTS)


def _span(text: str, quote: str, label: str, **more: object) -> dict[str, object]:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "label": label, **more}


def _file(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    return path


def _record(text: str, *spans: dict[str, object], **more: object) -> dict[str, object]:
    return {"text": text, "spans": list(spans), **more}


def _import(project: Project, path: Path, become: As = "gold", name: str = "ada", **more: object) -> Imported:
    return import_files(project, ImportRequest("jsonl", (path,), become, name, **more))  # type: ignore[arg-type]


def _refused(project: Project, path: Path, become: As = "gold", **more: object) -> ImportFailedError:
    before = tree(project.root)
    with pytest.raises(ImportFailedError) as caught:
        _import(project, path, become, **more)
    after = {name: content for name, content in tree(project.root).items() if not name.startswith(".manicule")}
    assert after == {name: content for name, content in before.items() if not name.startswith(".manicule")}
    return caught.value


def _quotes(project: Project, article_id: str, name: str = "ada") -> list[tuple[str, str]]:
    return [(one.quote, one.span.label) for one in Project.open(project.root).layer(name, article_id).confirmed()]


# What they become


def test_gold_is_an_annotator_s_confirmed_annotations_of_done_articles(project, tmp_path):
    given_file = _file(tmp_path / "x", _record(TEXTS["a"], _span(TEXTS["a"], "Ada", "PERSON")), _record(TEXTS["c"]))
    done = _import(project, given_file)
    assert (done.articles, done.spans, done.added) == (2, 1, 0)
    layer = Project.open(project.root).layer("ada", "a")
    assert layer.status is Status.DONE
    assert [(one.quote, one.kind) for one in layer.annotations.values()] == [("Ada", Kind.ADDED)]
    assert Project.open(project.root).layer("ada", "c").status is Status.DONE
    export(project, ExportRequest("jsonl"), tmp_path / "out")
    assert len((tmp_path / "out").read_text().rstrip("\n").split("\n")) == 2


def test_a_layer_is_the_same_with_the_articles_left_open(project, tmp_path):
    _import(project, _file(tmp_path / "x", _record(TEXTS["a"], _span(TEXTS["a"], "Ada", "PERSON"))), "layer")
    assert Project.open(project.root).layer("ada", "a").status is Status.IN_PROGRESS


def test_an_article_that_is_not_settled_in_the_file_is_not_done_afterwards(project, tmp_path):
    records = [
        _record(TEXTS["a"], _span(TEXTS["a"], "Ada", "PERSON"), status="in progress"),
        _record(TEXTS["b"], status="skipped"),
    ]
    _import(project, _file(tmp_path / "x", *records))
    opened = Project.open(project.root)
    assert [opened.layer("ada", name).status for name in "ab"] == [Status.IN_PROGRESS, Status.SKIPPED]


def test_rejected_spans_and_notes_come_into_a_layer_and_suggestions_do_not(project, tmp_path):
    text = TEXTS["a"]
    record = _record(
        text,
        _span(text, "Ada", "PERSON", note="who?"),
        _span(text, "met", "ORG", status="rejected"),
        _span(text, "Lima", "GPE", status="suggested", source="m"),
    )
    done = _import(project, _file(tmp_path / "x", record))
    layer = Project.open(project.root).layer("ada", "a")
    assert {(one.quote, one.state) for one in layer.annotations.values()} == {
        ("Ada", State.CONFIRMED),
        ("met", State.REJECTED),
    }
    assert [one.note for one in layer.remarks.values()] == ["who?"]
    assert done.notes == ["1 suggestion left out (--as suggestions takes them)"]


def test_suggestions_are_a_source_s_with_their_scores_and_nobody_s_annotation(project, tmp_path):
    text = TEXTS["a"]
    record = _record(text, _span(text, "Ada", "PERSON", score=0.5), _span(text, "met", "VERB"))
    done = _import(project, _file(tmp_path / "x", record), "suggestions", "tool")
    found = project.suggestions(project.article("a"))
    assert [(one.span.label, one.source, one.score) for one in found] == [
        ("PERSON", "tool", 0.5),
        ("VERB", "tool", None),
    ]
    assert project.annotators() == []
    assert done.notes == ["1 of label VERB, which the project does not have: nobody sees them until it has"]
    with pytest.raises(StoreError, match="there are suggestions of tool already"):
        _import(project, tmp_path / "x", "suggestions", "tool")
    _file(tmp_path / "x", _record(TEXTS["c"]))
    _import(project, tmp_path / "x", "suggestions", "tool", replaces=True)
    assert project.suggestions(project.article("a")) == []
    assert project.suggestion_layer("tool", "c") is not None
    assert [path.name for path in (project.root / "suggestions").iterdir()] == ["tool"]


# One group


def test_one_undo_takes_the_whole_import_back_and_redo_brings_it_again(project, tmp_path):
    records = [_record(TEXTS[name], _span(TEXTS[name], "Bob", "PERSON")) for name in "ab"]
    annotate(project, "ada", "c", [("Nobody", "ORG")])
    _import(project, _file(tmp_path / "x", *records))
    session = Session(Project.open(project.root), "ada")
    group = session.undo()
    assert group is not None and len(group.decisions) == 4
    assert [session.layer(name).status for name in "abc"] == [Status.NEW, Status.NEW, Status.DONE]
    session.redo()
    assert [session.layer(name).status for name in "ab"] == [Status.DONE, Status.DONE]
    session.close()


def test_decisions_say_that_they_came_by_import(project, tmp_path):
    _import(project, _file(tmp_path / "x", _record(TEXTS["a"], _span(TEXTS["a"], "Ada", "PERSON"))))
    (journal,) = project.locations.journal("ada").glob("*.jsonl")
    lines = [json.loads(line) for line in journal.read_text("utf-8").rstrip("\n").split("\n")]
    assert [(one["verb"], one["how"], one.get("close")) for one in lines] == [
        ("add", "import", None),
        ("finish", "import", True),
    ]


def test_an_article_that_is_open_elsewhere_stops_it_all(project, tmp_path):
    session = Session(project, "ada")
    session.claim("b")
    records = [_record(TEXTS[name], _span(TEXTS[name], "Bob", "PERSON")) for name in "ab"]
    with pytest.raises(TakenError):
        _import(Project.open(project.root), _file(tmp_path / "x", *records))
    session.close()
    assert _quotes(project, "a") == []
    _import(project, tmp_path / "x")
    assert _quotes(project, "a") == [("Bob", "PERSON")]


def test_a_disk_that_is_full_leaves_nothing(project, tmp_path, monkeypatch):
    records = [_record(TEXTS[name], _span(TEXTS[name], "Bob", "PERSON")) for name in "ab"]
    path = _file(tmp_path / "x", *records)

    def full(old: object, new: object) -> None:
        raise OSError(28, "No space left on device")

    for become in ("gold", "suggestions"):
        with monkeypatch.context() as patched, pytest.raises(StoreError, match="the disk is full"):
            patched.setattr(os, "replace", full)
            patched.setattr(os, "rename", full)
            _import(project, path, become)
        assert _quotes(project, "a") == [] and project.sources() == []
        assert [one for one in project.root.rglob("*.tmp")] == []


def test_progress_is_told_while_it_checks_and_while_it_writes(project, tmp_path):
    path = _file(tmp_path / "x", _record(TEXTS["a"]), _record(TEXTS["c"]))
    seen: list[int] = []
    import_files(project, ImportRequest("jsonl", (path,), "gold", "ada"), lambda done, total: seen.append(done))
    assert seen == [1, 2, 1, 2]


def test_a_layer_that_is_folded_and_one_that_is_replayed_say_the_same(project, tmp_path):
    annotate(project, "ada", "a", [("Bob", "PERSON")], status=Status.IN_PROGRESS)
    _import(project, _file(tmp_path / "x", _record(TEXTS["a"], _span(TEXTS["a"], "Ada", "PERSON"))))
    folded = Project.open(project.root).layer("ada", "a")
    project.locations.layer("ada", "a").unlink()
    assert Project.open(project.root).layer("ada", "a") == folded
    assert len(folded.annotations) == 2


def test_all_layers_are_folded_a_few_with_one_sync_and_none_is_left_out_for_one_that_is_broken(tmp_path, monkeypatch):
    monkeypatch.setattr(group_writer, "_BATCH", 2)
    texts = {name: f"Ada met {name}." for name in "abcdefg"}
    project = small_project(tmp_path / "wire", texts)
    records = [_record(text, _span(text, "Ada", "PERSON")) for text in texts.values()]
    done = _import(project, _file(tmp_path / "x", *records))
    assert done.spans == len(texts)
    places = [project.locations.layer("ada", name) for name in texts]
    assert all(read_layer(path, name).layer.status is Status.DONE for path, name in zip(places, texts, strict=True))
    assert not [path for path in (project.root / "layers").rglob(".*.tmp")]
    more = [_record(text, _span(text, "met", "ORG")) for text in texts.values()]
    whole = group_writer.encode_over
    monkeypatch.setattr(
        group_writer, "encode_over", lambda path, one: _full() if path == places[2] else whole(path, one)
    )
    assert _import(project, _file(tmp_path / "y", *more)).spans == len(texts)
    held = [len(read_layer(path, name).layer.annotations) for path, name in zip(places, texts, strict=True)]
    assert held == [2, 2, 1, 2, 2, 2, 2]
    assert all(len(_quotes(project, name)) == 2 for name in texts)


def _full() -> bytes:
    raise OSError(errno.ENOSPC, "no space left")


def test_an_article_in_the_trash_is_named_and_nothing_is_added(project, tmp_path):
    remove_article(project, "a")
    given_file = _file(tmp_path / "x", _record("Something new."), _record(TEXTS["a"]))
    problem = f"{given_file}:2: it is article a, which is in the trash: manicule restore brings it back"
    assert _refused(project, given_file, with_articles=True).problems == (problem,)


def test_imported_twice_is_imported_once(project, tmp_path):
    path = _file(tmp_path / "x", _record(TEXTS["a"], _span(TEXTS["a"], "Ada", "PERSON")))
    _import(project, path)
    again = _import(project, path)
    assert (again.spans, again.there) == (0, 1)
    assert len(Project.open(project.root).layer("ada", "a").annotations) == 1


# Which article


def test_articles_are_found_by_text_then_by_id_and_else_it_is_refused(project, tmp_path):
    by_text = _record(TEXTS["a"], _span(TEXTS["a"], "Ada", "PERSON"), id="another name")
    other = TEXTS["c"] + " And more."
    by_id = _record(other, _span(other, "Nobody", "ORG"), id="c")
    done = _import(project, _file(tmp_path / "x", by_text, by_id))
    assert done.notes == [
        "1 article found by its id, with another text than the file's; every span covers the same here"
    ]
    assert (_quotes(project, "a"), _quotes(project, "c")) == ([("Ada", "PERSON")], [("Nobody", "ORG")])
    error = _refused(project, _file(tmp_path / "y", _record("Elsewhere.", id="z"), _record("Nowhere.")))
    assert error.problems == (
        f"{tmp_path / 'y'}:1: the project does not have article z; --with-articles adds what it does not have",
        f"{tmp_path / 'y'}:2: the project does not have an article of this text; --with-articles adds what it does "
        "not have",
    )


def test_articles_are_added_when_asked_with_title_and_metadata(project, tmp_path):
    text = "\ufeffAda is\r\nin Peru.\r\n"
    spans = (_span(text, "Ada", "PERSON"), _span(text, "Peru", "GPE"))
    record = _record(text, *spans, id="new one", title="A title", metadata={"author": "x"})
    done = _import(project, _file(tmp_path / "x", record, _record(TEXTS["a"])), with_articles=True)
    assert (done.added, done.articles) == (1, 2)
    article = Project.open(project.root).article("new-one")
    assert (article.text, article.title, article.metadata["author"]) == ("Ada is\nin Peru.", "A title", "x")
    assert article.metadata["changed"] == "byte order mark dropped; newlines made \\n"
    assert _quotes(project, "new-one") == [("Ada", "PERSON"), ("Peru", "GPE")]


def test_one_article_twice_is_refused_with_both_places(project, tmp_path):
    path = _file(tmp_path / "x", _record(TEXTS["a"]), _record(TEXTS["c"]), _record(TEXTS["a"]))
    assert _refused(project, path).problems == (f"{path}:3: the same article as at {path}:1",)


def test_one_id_for_two_texts_is_refused_with_both_places(project, tmp_path):
    path = _file(tmp_path / "x", _record("One.", id="z"), _record("Two.", id="z"))
    assert _refused(project, path, with_articles=True).problems == (f"{path}:2: id z is also at {path}:1",)


def test_several_annotators_in_one_file_need_a_name(project, tmp_path):
    text = TEXTS["a"]
    record = _record(text, _span(text, "Ada", "PERSON", annotator="bob"), _span(text, "Lima", "GPE", annotator="cy"))
    path = _file(tmp_path / "x", record)
    assert _refused(project, path).problems == (f"{path}:1: it holds annotations of bob and cy: say whose with --from",)
    _import(project, path, said_by="cy")
    assert _quotes(project, "a") == [("Lima", "GPE")]


# Labels


def test_unknown_labels_are_listed_and_mapped_or_left_out(project, tmp_path):
    text = TEXTS["a"]
    spans = (
        _span(text, "Ada", "PER"),
        _span(text, "Bob", "PER"),
        _span(text, "met", "VERB"),
        _span(text, "Lima", "GPE"),
    )
    path = _file(tmp_path / "x", _record(text, *spans))
    error = _refused(project, path)
    assert error.unknown == {"PER": 2, "VERB": 1}
    assert "there is no label PER (on 2 spans)" in error.message
    _import(project, path, labels={"PER": "PERSON", "VERB": ""})
    assert _quotes(project, "a") == [("Ada", "PERSON"), ("Bob", "PERSON"), ("Lima", "GPE")]


# Where the spans lie


@pytest.mark.parametrize("unit", UNITS)
def test_other_units_are_found_out_by_the_spans_text_and_carried_over(project, tmp_path, unit):
    text = TEXTS["b"]
    quotes = [("Acme", "ORG"), ("Bob-Jones", "PERSON")]
    spans = []
    for quote, label in quotes:
        start = text.index(quote)
        moved = from_codepoints(text, (start, start + len(quote)), unit)
        spans.append({"start": moved[0], "end": moved[1], "label": label, "text": quote})
    done = _import(project, _file(tmp_path / "x", _record(text, *spans)))
    assert _quotes(project, "b") == quotes
    assert len(done.notes) == (unit != "codepoint")


def test_a_unit_that_is_asked_for_is_used_without_the_spans_text(project, tmp_path):
    start, end = from_codepoints(TEXTS["b"], (TEXTS["b"].index("Acme"), TEXTS["b"].index(" sold")), "utf16")
    path = _file(tmp_path / "x", _record(TEXTS["b"], {"start": start, "end": end, "label": "ORG"}))
    _import(project, path, unit="utf16")
    assert _quotes(project, "b") == [("Acme", "ORG")]


BROKEN = {
    "reversed": ({"start": 3, "end": 1, "label": "ORG"}, "span 3-1 ORG: it ends before it begins, or is empty"),
    "empty": ({"start": 3, "end": 3, "label": "ORG"}, "span 3-3 ORG: it ends before it begins, or is empty"),
    "beyond": ({"start": 3, "end": 99, "label": "ORG"}, "span 3-99 ORG: offset 99 is not within 0 and 20"),
    "negative": ({"start": -1, "end": 2, "label": "ORG"}, "span -1-2 ORG: offset -1 is not within 0 and 20"),
    "space": ({"start": 3, "end": 4, "label": "ORG"}, "span 3-4 ORG: nothing but white space"),
    "other text": (
        {"start": 0, "end": 3, "label": "ORG", "text": "Bob"},
        "span 0-3 ORG: its text is “Bob”, but “Ada” is there",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_span_that_is_not_in_the_text_is_refused_by_line_and_nothing_is_imported(project, tmp_path, kind):
    span, expected = BROKEN[kind]
    path = _file(tmp_path / "x", _record(TEXTS["c"]), _record(TEXTS["a"], span))
    assert _refused(project, path).problems == (f"{path}:2: {expected}",)
    assert _refused(project, path, "suggestions").problems == (f"{path}:2: {expected}",)


def test_all_that_is_wrong_is_named_at_once(project, tmp_path):
    path = _file(tmp_path / "x", _record("Elsewhere."), _record(TEXTS["a"], {"start": 1, "end": 1, "label": "ORG"}))
    assert [line.split(": ")[0] for line in _refused(project, path).problems] == [f"{path}:1", f"{path}:2"]


def test_a_text_that_differs_under_the_same_id_is_refused_where_a_span_lies_elsewhere(project, tmp_path):
    text = "Before: Ada met Bob in Lima."
    path = _file(tmp_path / "x", _record(text, _span(text, "Ada", "PERSON"), id="a"))
    assert _refused(project, path).problems == (f"{path}:1: span 8-11 PERSON: its text is “Ada”, but “Bob” is there",)


def test_another_text_under_the_same_id_is_refused_without_spans_and_is_a_new_article_where_these_are_added(
    project, tmp_path
):
    path = _file(tmp_path / "x", _record("Quite another text.", id="a"))
    assert _refused(project, path).problems == (f"{path}:1: its text is not that of article a",)
    done = _import(project, path, with_articles=True)
    assert done.added == 1
    assert Project.open(project.root).article_ids() == ["a", "a-2", "b", "c"]
    assert Project.open(project.root).layer("ada", "a").status is Status.NEW


def test_white_space_at_the_edges_is_left_out_and_said(project, tmp_path):
    path = _file(tmp_path / "x", _record(TEXTS["a"], {"start": 3, "end": 8, "label": "ORG"}))
    assert _import(project, path).notes == ["1 span taken without the white space at its edges"]
    assert _quotes(project, "a") == [("met", "ORG")]


# What is in the way


def test_overlap_that_the_labels_may_not_have_is_refused_or_settled_as_asked(project, tmp_path):
    text = TEXTS["a"]
    path = _file(tmp_path / "x", _record(text, _span(text, "Ada met", "ORG"), _span(text, "Ada", "PERSON")))
    error = _refused(project, path)
    assert (error.problems, error.losses) == (("a: 0-3 PERSON “Ada”: it overlaps another",), True)
    done = _import(project, path, overlap="longest")
    assert (_quotes(project, "a"), done.notes) == (
        [("Ada met", "ORG")],
        ["left out: a: 0-3 PERSON “Ada”: it overlaps another"],
    )


def test_what_the_annotator_has_stays_and_what_contradicts_it_is_refused_or_left_out(project, tmp_path):
    propose(project, "a", [("met", "ORG")])
    annotate(project, "ada", "a", [("Ada met", "ORG")], rejected=[])
    text = TEXTS["a"]
    path = _file(tmp_path / "x", _record(text, _span(text, "Ada", "PERSON"), _span(text, "Lima", "GPE")))
    assert _refused(project, path).problems == ("a: 0-3 PERSON “Ada” overlaps ada's “Ada met” (ORG)",)
    _import(project, path, keep_mine=True)
    assert _quotes(project, "a") == [("Ada met", "ORG"), ("Lima", "GPE")]


def test_a_layer_on_an_earlier_text_is_not_touched(project, tmp_path):
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    from annotate.articles import Article, hash_text
    from store.article_files import write_article

    newer = "In the end Ada met Bob."
    write_article(project.locations.article("a"), Article("a", "A", newer, hash_text(newer)))
    path = _file(tmp_path / "x", _record(newer, _span(newer, "Bob", "PERSON")))
    assert _refused(project, path).problems == ("a: ada has annotated an earlier text of it; open it first",)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_exported_and_imported_elsewhere_is_the_same(tmp_path_factory, data):
    root = tmp_path_factory.mktemp("p")
    letters = st.sampled_from("ab é😀\u0308\n\t東.")
    texts = data.draw(st.lists(st.text(letters, min_size=1, max_size=12), min_size=1, max_size=3, unique=True))
    texts = {f"t{n}": f"x{text.rstrip()}" for n, text in enumerate(texts)}
    if len(set(texts.values())) < len(texts):
        return
    one = small_project(root / "one", texts, overlap=True)
    for name, text in texts.items():
        edges = st.integers(0, len(text))
        places = {tuple(sorted(place)) for place in data.draw(st.lists(st.tuples(edges, edges), max_size=4))}
        quotes = {text[start:end].strip() for start, end in places}
        annotate(one, "ada", name, [(quote, "ORG") for quote in sorted(quotes) if quote])
    export(one, ExportRequest("jsonl"), root / "out.jsonl")
    two = small_project(root / "two", {"other": "Something else."}, overlap=True)
    _import(two, root / "out.jsonl", name="bob", with_articles=True)
    two = Project.open(two.root)
    for name in texts:
        spans = [{item.span for item in p.layer(who, name).confirmed()} for p, who in ((one, "ada"), (two, "bob"))]
        assert spans[0] == spans[1]
        assert two.article(name).text == one.article(name).text


def test_a_span_in_pieces_is_a_loss_or_is_told_as_the_one_that_it_became(project, tmp_path):
    (tmp_path / "a.txt").write_text(TEXTS["a"], "utf-8")
    (tmp_path / "a.ann").write_text("T1\tPERSON 0 3;8 11\tAda Bob\n", "utf-8")
    with pytest.raises(ImportFailedError) as caught:
        import_files(project, ImportRequest("brat", (tmp_path / "a.ann",), "gold", "ada"))
    line = "a: 0-11 PERSON: it is in pieces, and would count as one from first to last"
    assert (caught.value.problems, caught.value.losses) == ((line,), True)
    done = import_files(project, ImportRequest("brat", (tmp_path / "a.ann",), "gold", "ada", allow_loss=True))
    assert (done.losses, done.notes) == ([], [line.replace("would count", "counts")])
    assert _quotes(project, "a") == [("Ada met Bob", "PERSON")]


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_that_holds_nothing_is_no_import(project, tmp_path, content):
    (tmp_path / "x").write_text(content, "utf-8")
    error = _refused(project, tmp_path / "x")
    assert (error.problems, error.losses) == ((f"{tmp_path / 'x'}: no article in it",), False)
