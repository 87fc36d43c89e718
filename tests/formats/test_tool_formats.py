"""Formats of annotation tools: Prodigy, doccano, Label Studio."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import (
    LABELS,
    TEST_STRING,
    articles,
    facts,
    fitted,
    read_back,
    read_facts,
    scheme,
    written,
)

from annotate.offsets import Unit
from store.formats import find_format
from store.formats.model import FormatError, GoldArticle, GoldSpan, ReadOptions, WriteOptions

OPTIONS = WriteOptions(scheme())
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = "Ada met Bob\nin Lima."
ADA, LIMA = GoldSpan(0, 3, "PERSON", annotator="ada"), GoldSpan(15, 19, "GPE", annotator="ada")
ARTICLE = GoldArticle("a-1", "A title", TEXT, (ADA, LIMA), metadata={"file": "a.txt"})
CHARLES = GoldSpan(22, 37, "PERSON")


@pytest.mark.parametrize("name", ["prodigy", "doccano", "label-studio"])
@QUICK
@given(given_articles=articles())
def test_every_span_comes_back_at_its_place(tmp_path_factory, name, given_articles):
    held = fitted(find_format(name), given_articles, OPTIONS)
    read = read_back(name, written(name, held, tmp_path_factory.mktemp("out") / "out"))
    assert read_facts(read) == facts(held)
    assert [(one.article.id, one.article.title, one.article.text) for one in read] == [
        (one.id, one.title, one.text) for one in held
    ]
    assert all(one.article.settled for one in read)


@pytest.mark.parametrize("name", ["prodigy", "doccano", "label-studio"])
def test_equal_articles_make_equal_bytes_and_none_are_a_file_that_reads(tmp_path, name):
    def content(folder: str) -> list[bytes]:
        out = written(name, [ARTICLE], tmp_path / folder)
        return [one.read_bytes() for one in sorted(out.iterdir())] if out.is_dir() else [out.read_bytes()]

    assert content("one") == content("two")
    assert read_back(name, written(name, [], tmp_path / "none")) == []


# Prodigy


def test_a_prodigy_span_names_its_first_and_last_token_the_last_included(tmp_path):
    (task,) = [
        json.loads(line) for line in written("prodigy", [ARTICLE], tmp_path / "x").read_text().rstrip("\n").split("\n")
    ]
    assert task["spans"] == [
        {"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "PERSON"},
        {"start": 15, "end": 19, "token_start": 5, "token_end": 5, "label": "GPE"},
    ]
    assert [one["text"] for one in task["tokens"]] == ["Ada", "met", "Bob", "\n", "in", "Lima", "."]
    assert [one["ws"] for one in task["tokens"]] == [True, True, False, False, True, False, False]
    assert task["meta"] == {"file": "a.txt", "id": "a-1", "title": "A title"}
    (read,) = read_back("prodigy", tmp_path / "x")
    assert read.article.metadata == {"file": "a.txt"}


def test_a_note_goes_along_in_a_prodigy_span(tmp_path):
    article = replace(ARTICLE, spans=(replace(ADA, note="who?"), LIMA))
    (read,) = read_back("prodigy", written("prodigy", [article], tmp_path / "x"))
    assert [one.note for one in read.article.spans] == ["who?", ""]


def test_prodigy_answers_are_kept_apart_and_rows_may_lack_spans(tmp_path):
    span = {"start": 0, "end": 3, "label": "PERSON", "token_start": 0, "token_end": 0}
    rows = [
        {"text": "Ada.", "spans": [span], "answer": "accept", "_annotator_id": "news-ada"},
        {"text": "Ada!", "spans": [span], "answer": "reject"},
        {"text": "Ada?", "spans": [span], "answer": "ignore"},
        {"text": "Nobody.", "answer": "accept", "_input_hash": 1, "meta": {"section": 3}},
        {"text": "Null.", "spans": None},
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    read = [one.article for one in read_back("prodigy", path)]
    assert [one.status for one in read] == ["done", "skipped", "skipped", "done", "done"]
    assert [[(one.status, one.annotator) for one in article.spans] for article in read] == [
        [("confirmed", "news-ada")],
        [("rejected", "")],
        [("suggested", "")],
        [],
        [],
    ]
    assert read[3].metadata == {"section": "3"}


def _lines(*records: object) -> str:
    return "".join(f"{json.dumps(one)}\n" for one in records)


BROKEN_PRODIGY = {
    "truncated": ('{"text": "Ada", "spans": [', "1: not JSON: Expecting value at column 27"),
    "encoding": (b'{"text": "Zo\xe9"}', "1: not UTF-8 (byte 0xe9)"),
    "no text": (_lines({"text": "a"}, {"spans": []}), "2: text: missing"),
    "answer": (_lines({"text": "a", "answer": "yes"}), "1: answer: 'yes' is none of accept, reject, ignore"),
    "spans": (_lines({"text": "a", "spans": {}}), "1: spans: not a list"),
    "span": (_lines({"text": "a", "spans": [1]}), "1: span 1: not an object"),
    "start": (_lines({"text": "a", "spans": [{"end": 1, "label": "X"}]}), "1: span 1: start: not a whole number"),
    "end": (_lines({"text": "a", "spans": [{"start": 0, "end": "1"}]}), "1: span 1: end: not a whole number"),
    "label": (_lines({"text": "a", "spans": [{"start": 0, "end": 1}]}), "1: span 1: label: missing"),
    "meta": (_lines({"text": "a", "meta": "x"}), "1: meta: not an object"),
}

BROKEN_DOCCANO = {
    "truncated": ('{"text": "Ada", "label": [[0, 3,', "1: not JSON: Expecting value at column 33"),
    "encoding": (b'{"text": "Zo\xe9"}', "1: not UTF-8 (byte 0xe9)"),
    "no text": (_lines({"label": []}), "1: text: missing"),
    "label": (_lines({"text": "a", "label": "X"}), "1: label: not a list"),
    "pair": (_lines({"text": "a", "label": [[0, 1]]}), "1: label 1: not [start, end, label]"),
    "name": (_lines({"text": "a", "label": [[0, 1, 7]]}), "1: label 1: the label is not a text"),
    "start": (_lines({"text": "a", "label": [[0, 1, "X"], ["0", 1, "X"]]}), "1: label 2: start: not a whole number"),
    "entity": (_lines({"text": "a", "entities": [[0, 1, "X"]]}), "1: entities 1: not an object"),
    "offset": (
        _lines({"text": "a"}, {"text": "a", "entities": [{"start_offset": 0, "label": "X"}]}),
        "2: entities 1: end_offset: not a whole number",
    ),
    "list": ("[]\n", "1: not a JSON object"),
}


def _task(**changes: object) -> str:
    value = {"start": 0, "end": 3, "labels": ["X"]} | changes
    return json.dumps([{"data": {"text": "Ada"}, "annotations": [{"result": [{"type": "labels", "value": value}]}]}])


BROKEN_LABEL_STUDIO = {
    "truncated": ('[\n{"data": {"text": "Ada"', "2: not JSON: the file ends too early"),
    "cut after a task": ('[{"data": {"text": "Ada"}},\n', "2: not JSON: the file ends too early"),
    "encoding": (b'[{"data": {"text": "Zo\xe9"}}]', "1: not UTF-8 (byte 0xe9)"),
    "no text": ('[{"data": {}}]', "1: text: missing"),
    "data": ('[{"data": "Ada"}]', "1: data: not an object"),
    "annotations": ('[{"data": {"text": "a"}, "annotations": {}}]', "1: annotations: not a list"),
    "annotation": ('[{"data": {"text": "a"}, "annotations": [1]}]', "1: annotation 1: not an object"),
    "result": ('[{"data": {"text": "a"}, "annotations": [{}]}]', "1: annotation 1: result: missing"),
    "prediction": ('[{"data": {"text": "a"}, "predictions": [{}]}]', "1: prediction 1: result: missing"),
    "region": (
        '[\n\n{"data": {"text": "a"}, "annotations": [{"result": [7]}]}]',
        "3: annotation 1, result 1: not an object",
    ),
    "start": (_task(start=None), "1: annotation 1, result 1: start: not a whole number"),
    "labels": (_task(labels=[1]), "1: annotation 1, result 1: labels: not texts"),
    "no labels": (_task(labels=None), "1: annotation 1, result 1: labels: not a list"),
    "quote": (_task(text=3), "1: annotation 1, result 1: text: not a text"),
    "surrogate": ('[{"data": {"text": "\\ud83d"}}]', "1: text: holds a lone surrogate"),
}

ALL_BROKEN = [
    (name, kind)
    for name, broken in (
        ("prodigy", BROKEN_PRODIGY),
        ("doccano", BROKEN_DOCCANO),
        ("label-studio", BROKEN_LABEL_STUDIO),
    )
    for kind in broken
]


@pytest.mark.parametrize(("name", "kind"), ALL_BROKEN)
def test_a_broken_file_is_one_line_with_its_line(tmp_path, name, kind):
    broken = {"prodigy": BROKEN_PRODIGY, "doccano": BROKEN_DOCCANO, "label-studio": BROKEN_LABEL_STUDIO}[name]
    content, expected = broken[kind]
    path = tmp_path / "x.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FormatError) as caught:
        read_back(name, path)
    assert caught.value.message == f"{path}:{expected}"


# doccano


@pytest.mark.parametrize(("unit", "start"), [(None, 25), ("utf16", 25), ("codepoint", 22), ("grapheme", 19)])
def test_doccano_offsets_count_what_its_project_counts(tmp_path, unit: Unit | None, start: int):
    article = GoldArticle("a", "", TEST_STRING, (CHARLES,))
    out = written("doccano", [article], tmp_path / "x", WriteOptions(scheme(), unit=unit))
    row = json.loads(out.read_text("ascii"))
    assert row["label"][0][0] == start
    (read,) = read_back("doccano", out, ReadOptions(unit=unit))
    assert read_facts([read]) == facts([article])


def test_a_grapheme_offset_that_there_is_not_is_refused_by_article(tmp_path):
    article = GoldArticle("a", "", "e\u0301x", (GoldSpan(1, 3, "X"),))
    with pytest.raises(FormatError, match="a: offset 1 is inside a character"):
        written("doccano", [article], tmp_path / "x", WriteOptions(scheme(), unit="grapheme"))


def test_doccano_rows_all_have_the_same_keys_and_only_ascii(tmp_path):
    other = GoldArticle("b", "", "Zoë", (), metadata={"author": "x"})
    rows = [
        json.loads(line)
        for line in written("doccano", [ARTICLE, other], tmp_path / "x").read_text("ascii").rstrip("\n").split("\n")
    ]
    assert [list(row) for row in rows] == [["text", "label", "article", "title"]] * 2


def test_notes_tell_what_the_doccano_project_has_to_be_set_to(tmp_path):
    form = find_format("doccano")
    assert form.write is not None
    nested = GoldArticle("a", "", "👩 Ada Lovelace", (GoldSpan(2, 14, "X"), GoldSpan(2, 5, "X")))
    assert form.write(tmp_path / "x", [nested], OPTIONS) == [
        "1 of the texts hold emoji or the like: the doccano project has to not count grapheme clusters",
        "1 of the articles have overlapping spans: the doccano project has to allow them",
    ]


def test_what_doccano_exports_comes_in_with_and_without_relations(tmp_path):
    rows = [
        {"id": 7, "text": "Ada met Bob", "label": [[0, 3, "PER"]], "Comments": [], "source": "wire", "page": 3},
        {
            "id": 8,
            "text": "Ada met Bob",
            "entities": [{"id": 1, "label": "PER", "start_offset": 8, "end_offset": 11}],
            "relations": [{"id": 1, "from_id": 1, "to_id": 1, "type": "is"}],
        },
    ]
    path = tmp_path / "x"
    path.write_text(_lines(*rows))
    read = [one.article for one in read_back("doccano", path)]
    assert [(one.id, [(span.start, span.end, span.label) for span in one.spans]) for one in read] == [
        ("7", [(0, 3, "PER")]),
        ("8", [(8, 11, "PER")]),
    ]
    assert read[0].metadata == {"source": "wire", "page": "3"}


# Label Studio


def test_label_studio_gets_a_configuration_with_all_labels_and_tasks_that_fit_it(tmp_path):
    out = written("label-studio", [replace(ARTICLE, spans=(replace(ADA, note="who?"), LIMA))], tmp_path / "out")
    config = ElementTree.parse(out / "config.xml").getroot()
    labels, text = config.find("Labels"), config.find("Text")
    assert labels is not None and text is not None
    assert [one.get("value") for one in labels] == list(LABELS)
    assert (labels.get("toName"), text.get("name"), text.get("value")) == ("text", "text", "$text")
    (task,) = json.loads((out / "tasks.json").read_text("utf-8"))
    assert task["data"] == {"text": TEXT, "doc_id": "a-1", "title": "A title"}
    first, second = task["annotations"][0]["result"]
    assert first == {
        "id": "span-1",
        "from_name": labels.get("name"),
        "to_name": "text",
        "type": "labels",
        "value": {"start": 0, "end": 3, "text": "Ada", "labels": ["PERSON"]},
        "meta": {"text": ["who?"]},
    }
    assert second["value"]["text"] == "Lima"
    (read,) = read_back("label-studio", out)
    assert [one.note for one in read.article.spans] == ["who?", ""]
    assert read.article.metadata == {"file": "a.txt"}


def test_suggestions_are_predictions_with_their_scores_and_undecided_articles_have_no_annotation(tmp_path):
    spans = tuple(replace(one, status="suggested", source="news", score=0.5, annotator="") for one in (ADA, LIMA))
    article = replace(ARTICLE, spans=spans, status="new")
    out = written("label-studio", [article], tmp_path / "out")
    (task,) = json.loads((out / "tasks.json").read_text("utf-8"))
    assert "annotations" not in task and task["predictions"][0]["model_version"] == "news"
    (read,) = read_back("label-studio", out)
    assert read.article.status == "new"
    assert [(one.status, one.source, one.score) for one in read.article.spans] == [("suggested", "news", 0.5)] * 2


def test_what_label_studio_exports_comes_in_with_several_annotators_and_skipped_tasks(tmp_path):
    def result(start: int, end: int, text: str, *labels: str) -> dict[str, object]:
        value = {"start": start, "end": end, "text": text, "labels": list(labels)}
        return {
            "id": "x",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": value,
            "origin": "manual",
        }

    tasks = [
        {
            "id": 1,
            "data": {"text": TEXT},
            "annotations": [
                {"id": 3, "completed_by": 1, "result": [result(0, 3, "Ada", "PER", "ORG")], "was_cancelled": False},
                {"id": 4, "completed_by": {"email": "b@x"}, "result": [result(8, 14, "Bob\\nin", "X")]},
                {"id": 5, "completed_by": 2, "result": [{"type": "relation", "from_id": "a", "to_id": "b"}]},
            ],
        },
        {"data": {"text": "Skipped."}, "annotations": [{"was_cancelled": True, "result": []}]},
    ]
    path = tmp_path / "x.json"
    path.write_text(json.dumps(tasks))
    one, two = [read.article for read in read_back("label-studio", path)]
    assert [(span.start, span.label, span.annotator, span.quote) for span in one.spans] == [
        (0, "PER", "1", "Ada"),
        (0, "ORG", "1", "Ada"),
        (8, "X", "b@x", "Bob\nin"),
    ]
    assert (one.status, two.status) == ("done", "skipped")


def test_label_studio_s_short_json_comes_in_too(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(
        json.dumps([{"id": 1, "text": TEXT, "label": [{"start": 0, "end": 3, "text": "Ada", "labels": ["P"]}]}])
    )
    (read,) = read_back("label-studio", path)
    assert [(one.start, one.end, one.label) for one in read.article.spans] == [(0, 3, "P")]


@QUICK
@given(st.data(), articles())
def test_an_array_cut_anywhere_is_refused_by_line(tmp_path_factory, data, given_articles):
    out = written("label-studio", given_articles, tmp_path_factory.mktemp("out") / "out")
    path = out / "tasks.json"
    whole = path.read_bytes()
    cut = data.draw(st.integers(1, len(whole) - 3))
    path.write_bytes(whole[:cut])
    with pytest.raises(FormatError) as caught:
        read_back("label-studio", out)
    assert 1 <= caught.value.line <= whole[:cut].count(b"\n") + 1


def test_arrays_larger_than_the_buffer_and_laid_out_otherwise_come_in_whole(tmp_path):
    path = tmp_path / "x.json"
    tasks = [
        {"data": {"text": f"Ada {number} " + "é" * 4000}, "annotations": [{"result": []}]} for number in range(300)
    ]
    path.write_text(json.dumps(tasks, indent=3, ensure_ascii=False), "utf-8")
    read = read_back("label-studio", path)
    assert [one.article.text[:7].split()[1] for one in read] == [str(number) for number in range(300)]
    assert read[1].line > read[0].line > 1
