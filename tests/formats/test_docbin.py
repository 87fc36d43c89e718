import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import articles, facts, fitted, read_back, read_facts, scheme, written
from spacy.tokens import Doc, DocBin, Span

from store.errors import StoreError
from store.formats import docbin_packing, docbin_unpacking, find_format, tokens
from store.formats.docbin_packing import DocBinPacker
from store.formats.docbin_unpacking import documents
from store.formats.model import FormatError, GoldArticle, GoldSpan, SpanStatus, WriteOptions

TEXT = "Ada met Bob-Jones in Lima\u2028😀."
SPANS = [("Ada", "PERSON"), ("Lima", "GPE")]
FLAT = WriteOptions(scheme(overlap=False))


def _span(quote: str, label: str, status: SpanStatus = "confirmed") -> GoldSpan:
    start = TEXT.index(quote)
    return GoldSpan(start, start + len(quote), label, status, source="news" if status == "suggested" else "")


def _article(*spans: GoldSpan, status: str = "done") -> GoldArticle:
    return GoldArticle("a-1", "A title", TEXT, spans, status)


def _docs(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def _entities(doc: Doc) -> list[tuple[str, str]]:
    return [(one.text, one.label_) for one in doc.ents]


def test_entities_of_a_done_article_are_there_and_all_else_is_outside(tmp_path):
    out = written("spacy", [_article(_span("Ada", "PERSON"), _span("Lima", "GPE"))], tmp_path / "gold.spacy", FLAT)
    (doc,) = _docs(out)
    assert doc.text == TEXT
    assert _entities(doc) == SPANS
    assert {one.ent_iob_ for one in doc} == {"B", "O"}
    assert (doc.user_data["id"], doc.user_data["title"]) == ("a-1", "A title")


def test_no_entity_in_a_done_article_is_outside_and_not_missing(tmp_path):
    out = written("spacy", [_article()], tmp_path / "gold.spacy", FLAT)
    (doc,) = _docs(out)
    assert {one.ent_iob_ for one in doc} == {"O"}
    (read,) = read_back("spacy", out)
    assert read.article.settled and not read.article.spans


def test_what_is_unfinished_leaves_the_rest_missing_and_suggestions_out_of_the_entities(tmp_path):
    spans = (_span("Ada", "PERSON"), _span("met", "ORG", "rejected"), _span("Lima", "GPE", "suggested"))
    options = WriteOptions(scheme(overlap=False), include_suggestions=True)
    out = written("spacy", [_article(*spans, status="in progress")], tmp_path / "all.spacy", options)
    (doc,) = _docs(out)
    assert _entities(doc) == [("Ada", "PERSON")]
    assert {one.ent_iob_ for one in doc} == {"B", ""}
    assert [(one.text, one.label_) for one in doc.spans["suggested"]] == [("Lima", "GPE")]
    assert [(one.text, one.label_) for one in doc.spans["rejected"]] == [("met", "ORG")]
    (read,) = read_back("spacy", out)
    assert [(one.status, one.source) for one in read.article.spans] == [
        ("confirmed", ""),
        ("suggested", "news"),
        ("rejected", ""),
    ]
    assert read.article.status == "in progress"


def test_notes_and_scores_lie_beside_the_entities_and_come_back(tmp_path):
    spans = (replace(_span("Ada", "PERSON"), note="who?"), replace(_span("Lima", "GPE", "suggested"), score=0.75))
    options = WriteOptions(scheme(overlap=False), include_suggestions=True)
    (read,) = read_back("spacy", written("spacy", [_article(*spans)], tmp_path / "x", options))
    assert [(one.note, one.score) for one in read.article.spans] == [("who?", None), ("", 0.75)]
    assert read.article.metadata == {}


def test_overlapping_gold_goes_to_the_span_categorizer_s_group(tmp_path):
    spans = (_span("Ada met", "ORG"), _span("Ada", "PERSON"), _span("Ada", "GPE"))
    (doc,) = _docs(written("spacy", [_article(*spans)], tmp_path / "gold.spacy"))
    assert sorted((one.text, one.label_) for one in doc.spans["sc"]) == [
        ("Ada", "GPE"),
        ("Ada", "PERSON"),
        ("Ada met", "ORG"),
    ]
    assert not doc.ents


def test_no_article_is_a_file_that_loads(tmp_path):
    assert _docs(written("spacy", [], tmp_path / "gold.spacy")) == []


def test_a_file_that_reads_back_otherwise_is_an_error(tmp_path, monkeypatch):
    def forgetful(self: DocBinPacker, doc: Doc) -> None:
        (less,) = DocBin(docs=[doc], store_user_data=True).get_docs(spacy.blank("en").vocab)
        less.set_ents([])
        whole(self, less)

    whole = DocBinPacker.add
    monkeypatch.setattr(DocBinPacker, "add", forgetful)
    with pytest.raises(StoreError, match="a-1: its spans in the .spacy file are not what was meant"):
        written("spacy", [_article(_span("Ada", "PERSON"))], tmp_path / "out", FLAT)


def test_equal_articles_make_equal_bytes(tmp_path):
    given_articles = [_article(_span("Ada", "PERSON"), _span("Lima", "GPE"))]
    one, two = (written("spacy", given_articles, tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize("overlap", [False, True])
@pytest.mark.parametrize("count", [0, 1, 300])
def test_the_message_is_that_of_spacy_s_own_writer_byte_for_byte(tmp_path, monkeypatch, overlap, count):
    monkeypatch.setattr(docbin_packing, "_MOST_STRINGS", 40)
    given_articles = [replace(_article(_span("Ada", "PERSON")), id=str(number)) for number in range(count)]
    texts = [one.text.replace("Bob", f"Bob{number}") for number, one in enumerate(given_articles)]
    given_articles = [replace(one, text=text) for one, text in zip(given_articles, texts, strict=True)]
    out = written("spacy", given_articles, tmp_path / "out", WriteOptions(scheme(overlap=overlap)))
    whole = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True, docs=_docs(out)).to_bytes()
    assert zlib.decompress(out.read_bytes()) == zlib.decompress(whole)
    assert [doc.text for doc in _docs(out)] == texts


def _says(doc: Doc) -> object:
    spans = [
        (name, one.start, one.end, one.label_, one.kb_id_, one.id_)
        for name, group in [("", doc.ents), *doc.spans.items()]
        for one in group
    ]
    tokens = [(one.text, one.whitespace_, one.tag_, one.lemma_, one.ent_iob_, str(one.morph)) for one in doc]
    return tokens, spans, doc.cats, doc.user_data


def test_documents_that_spacy_wrote_are_read_a_few_at_a_time_as_spacy_reads_them(tmp_path, monkeypatch):
    monkeypatch.setattr(docbin_unpacking, "_WORDS", 50)
    nlp, docs = spacy.blank("en"), []
    for number in range(200):
        doc = nlp(f"Ada{number} went  to Lima{number}\n." if number % 50 else "")
        if len(doc):
            doc.set_ents([Span(doc, 0, 1, label=f"LABEL{number}", kb_id=f"Q{number}", span_id=f"e{number}")])
            doc.spans["mine"] = [Span(doc, 1, 3, label=f"OTHER{number}", kb_id=f"P{number}")]
            doc[1].tag_, doc[1].lemma_, doc.cats["long"] = f"TAG{number}", "go", number / 200
            doc[1].set_morph({"Tense": "Past"})
        docs.append(doc)
    for stored in (True, False):
        DocBin(docs=docs, store_user_data=stored).to_disk(tmp_path / "a.spacy")
        assert [_says(one) for one in documents(tmp_path / "a.spacy")] == [_says(one) for one in docs]


_PEAKS = """
import resource, sys
from pathlib import Path
from annotate.schemes import Label, LabelScheme
from store.formats.docbin import read, write
from store.formats.model import GoldArticle, GoldSpan, ReadOptions, WriteOptions

out, text = Path(sys.argv[1]), "Ada met nobody in Lima. " * 40
for count in (100, 1200):
    many = (GoldArticle(str(number), "", text, (GoldSpan(0, 3, "PERSON"),)) for number in range(count))
    write(out, many, WriteOptions(LabelScheme((Label("PERSON"),))))
    assert sum(1 for _ in read(out, ReadOptions())) == count
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_twelve_times_the_articles_take_the_same_memory_to_write_and_to_read(tmp_path):
    script = [sys.executable, "-c", _PEAKS, str(tmp_path / "out")]
    few, many = map(int, subprocess.run(script, check=True, capture_output=True, text=True).stdout.split())
    assert many - few < 12


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), articles(on_tokens=True))
def test_every_span_comes_back_at_its_place(tmp_path, overlap, given_articles):
    options = WriteOptions(scheme(overlap=overlap))
    held = fitted(find_format("spacy"), given_articles, options)
    read = read_back("spacy", written("spacy", held, tmp_path / "out", options))
    assert read_facts(read) == facts(held)
    assert [one.article.text for one in read] == [one.text for one in held]
    if overlap:
        assert facts(held) == facts(given_articles)


def test_a_file_made_by_spacy_itself_comes_in_with_entities_and_groups_and_says_whether_it_was_looked_at(tmp_path):
    nlp = spacy.blank("en")
    looked, unlooked, grouped = nlp("Ada is in Lima."), nlp("Nobody looked."), nlp("The Bank of Peru")
    looked.set_ents([looked.char_span(0, 3, "PERSON")])
    grouped.spans["mine"] = [grouped.char_span(12, 16, "GPE"), grouped.char_span(4, 16, "ORG")]
    DocBin(docs=[looked, unlooked, grouped]).to_disk(tmp_path / "a.spacy")
    read = [one.article for one in read_back("spacy", tmp_path / "a.spacy")]
    assert [[(one.quote, one.label) for one in article.spans] for article in read] == [
        [("Ada", "PERSON")],
        [],
        [("Peru", "GPE"), ("Bank of Peru", "ORG")],
    ]
    assert [one.settled for one in read] == [True, False, False]


def _counting(make, made):
    def counted(self):
        made.append(make(self))
        return made[-1]

    return counted


def test_a_tokenizer_that_is_made_anew_cuts_the_same_tokens(tmp_path, monkeypatch):
    given_articles = [replace(_article(_span("Ada", "PERSON")), id=str(number)) for number in range(7)]
    whole = written("spacy", given_articles, tmp_path / "one", FLAT).read_bytes()
    monkeypatch.setattr(tokens, "_WORDS", 2)
    tokens.spacy_tokenizer.cache_clear()
    made: list[object] = []
    monkeypatch.setattr(tokens.SpacyTokenizer, "_make", _counting(tokens.SpacyTokenizer._make, made))
    assert written("spacy", given_articles, tmp_path / "two", FLAT).read_bytes() == whole
    assert len(made) > 1
    tokens.spacy_tokenizer.cache_clear()


@pytest.mark.parametrize("kind", ["truncated", "cut short", "text", "empty", "gzip", "flipped", "json", "pickle"])
def test_a_broken_file_is_one_line(tmp_path, kind):
    out = written("spacy", [_article(_span("Ada", "PERSON"))], tmp_path / "gold.spacy", FLAT)
    whole = out.read_bytes()
    middle = len(whole) // 2
    out.write_bytes(
        {
            "truncated": whole[:-3],
            "cut short": whole[:2],
            "text": b"Ada is here.\n",
            "empty": b"",
            "gzip": b"\x1f\x8b" + whole,
            "flipped": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
            "json": b'{"text": "Ada"}',
            "pickle": b"\x80\x04N.",
        }[kind]
    )
    with pytest.raises(FormatError, match="no DocBin, or a damaged one: ") as caught:
        read_back("spacy", out)
    assert caught.value.message.startswith(f"{out}: ") and "\n" not in caught.value.message


def test_an_overlapping_article_that_is_not_done_has_nothing_where_no_span_means_no_entity(tmp_path):
    options = WriteOptions(scheme(overlap=True), include_suggestions=True)
    given_articles = [replace(_article(), status="new"), _article(_span("Ada", "PERSON"), status="in progress")]
    out = written("spacy", [*given_articles, _article()], tmp_path / "all.spacy", options)
    assert ["sc" in doc.spans for doc in _docs(out)] == [False, False, True]
    read = [one.article for one in read_back("spacy", out)]
    assert [one.status for one in read] == ["new", "in progress", "done"]
    assert [[(one.start, one.end, one.status) for one in article.spans] for article in read] == [
        [],
        [(0, 3, "confirmed")],
        [],
    ]
