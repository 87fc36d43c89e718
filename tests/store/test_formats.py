import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from annotate.errors import PipelineError
from store.errors import StoreError
from store.formats import FORMATS, docbin, open_writer
from store.formats.values import ExportArticle, ExportSpan, FormatOptions, Loss

TEXT = "Ada met Bob-Jones in Lima\u2028😀."
SPANS = [("Ada", "PERSON"), ("Lima", "GPE")]


def _span(quote: str, label: str, status: str = "confirmed", text: str = TEXT) -> ExportSpan:
    start = text.index(quote)
    who = {"source": "news"} if status == "suggested" else {"annotator": "ada"}
    return ExportSpan(start, start + len(quote), label, status, **who)  # type: ignore[arg-type]


def _article(*spans: ExportSpan, status: str = "done", text: str = TEXT) -> ExportArticle:
    return ExportArticle("a-1", "A title", text, status, spans)


def _written(path: Path, articles: list[ExportArticle], **options: object) -> tuple[list[Loss], list[str]]:
    writer = docbin.open_writer(path, FormatOptions(**options))  # type: ignore[arg-type]
    losses = [loss for article in articles for loss in writer.add(article)]
    return losses, ([] if losses else writer.close())


def _docs(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def _entities(doc: Doc) -> list[tuple[str, str]]:
    return [(one.text, one.label_) for one in doc.ents]


# JSONL


def _lines(path: Path, *articles: ExportArticle, **options: object) -> list[str]:
    writer = open_writer(FORMATS["jsonl"], path, FormatOptions(**options))  # type: ignore[arg-type]
    for article in articles:
        assert writer.add(article) == []
    assert writer.close() == []
    return path.read_bytes().decode("utf-8").split("\n")


def test_a_line_has_its_keys_in_a_fixed_order_and_characters_as_they_are_but_for_line_separators(tmp_path):
    line, end = _lines(tmp_path / "out", _article(_span("Ada", "PERSON"), _span("Lima", "GPE", "suggested")))
    assert end == ""
    assert line == (
        '{"id": "a-1", "title": "A title", "text": "Ada met Bob-Jones in Lima\\u2028😀.", "status": "done", "spans": ['
        '{"start": 0, "end": 3, "label": "PERSON", "status": "confirmed", "annotator": "ada"}, '
        '{"start": 21, "end": 25, "label": "GPE", "status": "suggested", "source": "news"}]}'
    )


def test_tokens_are_those_of_a_blank_tokenizer_and_cover_the_text(tmp_path):
    line, _ = _lines(tmp_path / "out", _article(), tokens=True)
    tokens = json.loads(line)["tokens"]
    doc = spacy.blank("en")(TEXT)
    assert [one["text"] for one in tokens] == [one.text for one in doc]
    assert "".join(one["text"] + " " * one["ws"] for one in tokens) == TEXT
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in tokens)
    assert [one["id"] for one in tokens] == list(range(len(doc)))


def test_writing_jsonl_without_tokens_does_not_import_spacy():
    code = (
        "import sys; from pathlib import Path; from store.formats import *; from store.formats.values import *\n"
        "open_writer(FORMATS['jsonl'], Path('/dev/null'), FormatOptions()).close()\n"
        "raise SystemExit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0


def test_a_language_that_spacy_does_not_know_is_one_line(tmp_path):
    with pytest.raises(PipelineError, match="language 'tlh'"):
        open_writer(FORMATS["jsonl"], tmp_path / "out", FormatOptions(language="tlh", tokens=True))


# DocBin


def test_entities_of_a_done_article_are_there_and_all_else_is_outside(tmp_path):
    out = tmp_path / "gold.spacy"
    assert _written(out, [_article(_span("Ada", "PERSON"), _span("Lima", "GPE"))]) == ([], [])
    (doc,) = _docs(out)
    assert doc.text == TEXT
    assert _entities(doc) == SPANS
    assert {one.ent_iob_ for one in doc} == {"B", "O"}
    assert (doc.user_data["id"], doc.user_data["title"]) == ("a-1", "A title")


def test_no_entity_in_a_done_article_is_outside_and_not_missing(tmp_path):
    out = tmp_path / "gold.spacy"
    _written(out, [_article()])
    (doc,) = _docs(out)
    assert {one.ent_iob_ for one in doc} == {"O"}


def test_what_is_unfinished_leaves_the_rest_missing_and_suggestions_out_of_the_entities(tmp_path):
    out = tmp_path / "all.spacy"
    spans = (_span("Ada", "PERSON"), _span("met", "ORG", "rejected"), _span("Lima", "GPE", "suggested"))
    _written(out, [_article(*spans, status="in progress")], include_suggestions=True)
    (doc,) = _docs(out)
    assert _entities(doc) == [("Ada", "PERSON")]
    assert {one.ent_iob_ for one in doc} == {"B", ""}
    assert [(one.text, one.label_) for one in doc.spans["suggested"]] == [("Lima", "GPE")]
    assert [(one.text, one.label_) for one in doc.spans["rejected"]] == [("met", "ORG")]


def test_overlapping_gold_goes_to_the_span_categorizer_s_group(tmp_path):
    out = tmp_path / "gold.spacy"
    spans = (_span("Ada met", "ORG"), _span("Ada", "PERSON"), _span("Ada", "GPE"))
    _written(out, [_article(*spans)], overlap=True)
    (doc,) = _docs(out)
    assert sorted((one.text, one.label_) for one in doc.spans["sc"]) == [
        ("Ada", "GPE"),
        ("Ada", "PERSON"),
        ("Ada met", "ORG"),
    ]
    assert not doc.ents


def test_no_article_is_a_file_that_loads(tmp_path):
    out = tmp_path / "gold.spacy"
    assert _written(out, []) == ([], [])
    assert _docs(out) == []


def test_a_span_off_the_token_grid_is_a_loss_that_is_named(tmp_path):
    off = ExportSpan(1, 3, "PERSON", "confirmed", "ada")
    (loss,), _ = _written(tmp_path / "out", [_article(off)])
    assert loss.line == "a-1: 1-3 PERSON “da”: it begins or ends inside a token"


@pytest.mark.parametrize(
    ("align", "start", "end", "expected"),
    [("expand", 1, 7, "Ada met"), ("contract", 1, 7, "met"), ("expand", 22, 24, "Lima")],
)
def test_a_span_off_the_grid_is_moved_when_asked(tmp_path, align, start, end, expected):
    out = tmp_path / "gold.spacy"
    off = ExportSpan(start, end, "PERSON", "confirmed", "ada")
    assert _written(out, [_article(off)], align=align) == (
        [],
        [f"1 span moved to the edges of tokens (--align {align})"],
    )
    assert _entities(_docs(out)[0]) == [(expected, "PERSON")]


def test_a_contraction_that_leaves_nothing_is_a_loss(tmp_path):
    off = ExportSpan(1, 3, "PERSON", "confirmed", "ada")
    (loss,), _ = _written(tmp_path / "out", [_article(off)], align="contract")
    assert loss.reason == "it covers no whole token"


def test_an_expansion_over_a_neighbour_is_a_loss(tmp_path):
    off = (ExportSpan(0, 1, "ORG", "confirmed", "ada"), ExportSpan(1, 3, "PERSON", "confirmed", "ada"))
    (loss,), _ = _written(tmp_path / "out", [_article(*off)], align="expand")
    assert loss.reason == "it overlaps another, which entities must not"
    same = tuple(ExportSpan(one.start, one.end, "ORG", "confirmed", "ada") for one in off)
    (loss,), _ = _written(tmp_path / "out", [_article(*same)], align="expand", overlap=True)
    assert loss.reason == "aligned with tokens, it is the same as another"


def test_a_file_that_reads_back_otherwise_is_an_error(tmp_path, monkeypatch):
    def forgetful(self: DocBin, path: Path) -> None:
        for doc in (docs := list(self.get_docs(spacy.blank("en").vocab))):
            doc.set_ents([])
        path.write_bytes(DocBin(docs=docs, store_user_data=True).to_bytes())

    monkeypatch.setattr(DocBin, "to_disk", forgetful)
    with pytest.raises(StoreError, match="a-1: its spans in the .spacy file are not what was meant"):
        _written(tmp_path / "out", [_article(_span("Ada", "PERSON"))])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_written_is_read_back_or_named_as_lost(tmp_path, data):
    text = data.draw(st.text("ab é-.😀\n\u2028'", min_size=1, max_size=30))
    edges = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(edges, edges), max_size=5))
    ranges = sorted({(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]}, key=lambda one: (one[0], -one[1]))
    spans = [ExportSpan(start, end, "X", "confirmed", "ada") for start, end in ranges]
    out = tmp_path / "out"
    overlap = data.draw(st.booleans())
    article = _article(*spans, text=text)
    losses, _ = _written(out, [article], overlap=overlap)
    if losses:
        doc = spacy.blank("en")(text)
        clear = [one for one in losses if doc.char_span(one.span.start, one.span.end) is None]
        assert overlap is False or len(clear) == len(losses)
        return
    (doc,) = _docs(out)
    held = doc.spans["sc"] if overlap else doc.ents
    assert sorted((one.start_char, one.end_char) for one in held) == sorted(ranges)
