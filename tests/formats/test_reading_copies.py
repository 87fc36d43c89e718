"""TEI and HTML are only written: what they hold is found again by parsers that know nothing of Manicule."""

from __future__ import annotations

import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given, settings
from round_trips import TEST_STRING, articles, facts, scheme, written

from annotate.schemes import Label, LabelScheme
from store.formats.model import GoldArticle, GoldSpan, WriteOptions
from store.formats.xml_text import for_xml

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
CROSSING = (GoldSpan(0, 12, "PERSON"), GoldSpan(4, 20, "GPE"), GoldSpan(22, 37, "PERSON"))


def written_text(name: str, corpus: list[GoldArticle] | tuple[GoldArticle, ...], options: WriteOptions) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return written(name, corpus, Path(folder) / "out", options).read_text("utf-8")


class _Tei:
    """The text of one `ab`, and where its elements and anchors are."""

    def __init__(self, article: ElementTree.Element, names: dict[str, str]) -> None:
        self.text = ""
        self.spans: set[tuple[int, int, str]] = set()
        self._anchors: dict[str, int] = {}
        self._names = names
        body = article.find(f"{TEI}text/{TEI}body")
        assert body is not None
        self._take(body[0])
        for span in body.iter(f"{TEI}span"):
            start, end = (self._anchors[span.attrib[which].removeprefix("#")] for which in ("from", "to"))
            self.spans.add((start, end, names[span.attrib["type"]]))

    def _take(self, element: ElementTree.Element) -> None:
        start = len(self.text)
        self._anchors[element.get(XML_ID, "")] = start
        self.text += element.text or ""
        for child in element:
            self._take(child)
            self.text += child.tail or ""
        if kind := element.get("type"):
            self.spans.add((start, len(self.text), self._names[kind]))


@settings(max_examples=40, deadline=None)
@given(given_articles=articles())
def test_tei_holds_every_span_inside_or_beside_the_text(given_articles: tuple[GoldArticle, ...]) -> None:
    root = ElementTree.fromstring(written_text("tei", given_articles, WriteOptions(scheme())).encode())
    names = {one.attrib[XML_ID].removeprefix("label."): one[0].text or "" for one in root.iter(f"{TEI}category")}
    found = set()
    for element, article in zip(root.iter(f"{TEI}TEI"), given_articles, strict=True):
        read = _Tei(element, names)
        assert read.text == for_xml(article.text)
        found |= {(article.id, start, end, label, article.text[start:end]) for start, end, label in read.spans}
    assert found == facts(given_articles)


def test_tei_says_which_label_stands_behind_a_type() -> None:
    labels = LabelScheme((Label("Größe"), Label("Gr__e"), Label("PERSON")))
    article = GoldArticle("one", "", "Ada", (GoldSpan(0, 3, "Größe"),))
    text = written_text("tei", [article], WriteOptions(labels))
    assert '<rs type="Gr__e_2">Ada</rs>' in text
    assert '<category xml:id="label.Gr__e_2"><catDesc>Größe</catDesc></category>' in text


def test_tei_sets_crossing_spans_beside_the_text() -> None:
    text = written_text("tei", [GoldArticle("one", "", TEST_STRING, CROSSING)], WriteOptions(scheme()))
    assert '<persName type="PERSON">Ada <anchor xml:id="at.1.1.from"/>Lovelace</persName>' in text
    assert '<span from="#at.1.1.from" to="#at.1.1.to" type="GPE"/>' in text


class _Page(HTMLParser):
    """The texts of a page's articles, and where marks lie in them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.covered: list[set[tuple[int, str]]] = []
        self.labels: list[list[str]] = []
        self._open: list[str] = []
        self._in_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "div" and held.get("class") == "text":
            self._in_text = True
            self.texts.append("")
            self.covered.append(set())
            self.labels.append([])
        elif tag == "mark" and self._in_text:
            self._open.append(str(held["title"]))
            if label := held.get("data-label"):
                self.labels[-1].append(label)

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark" and self._in_text:
            self._open.pop()
        elif tag == "div":
            assert not self._open
            self._in_text = False

    def handle_data(self, data: str) -> None:
        if self._in_text:
            start = len(self.texts[-1])
            self.texts[-1] += data
            self.covered[-1] |= {(offset, label) for offset in range(start, start + len(data)) for label in self._open}


@settings(max_examples=40, deadline=None)
@given(given_articles=articles())
def test_html_repeats_no_text_and_marks_every_character_of_every_span(given_articles: tuple[GoldArticle, ...]) -> None:
    page = _Page()
    page.feed(written_text("html", given_articles, WriteOptions(scheme())))
    assert page.texts == [for_xml(one.text) for one in given_articles]
    for covered, labels, article in zip(page.covered, page.labels, given_articles, strict=True):
        assert covered == {(at, one.label) for one in article.spans for at in range(one.start, one.end)}
        assert sorted(labels) == sorted(one.label for one in article.spans)


def test_html_needs_nothing_else_and_lets_no_text_act() -> None:
    hostile = GoldArticle(
        "one", "<script>x()</script>", "<img src=x onerror=x()>\x1b[2J", (GoldSpan(0, 4, "GPE", note='"><b>'),)
    )
    text = written_text("html", [hostile], WriteOptions(scheme(), title="</title>"))
    assert not re.search(r"<(script|img|link|b)\b|\x1b|https?://", text)
    assert "default-src 'none'" in text


def test_html_shows_rejected_and_suggested_spans_as_such() -> None:
    spans = (GoldSpan(0, 3, "PERSON", "rejected"), GoldSpan(4, 12, "GPE", "suggested"))
    text = written_text("html", [GoldArticle("one", "", TEST_STRING, spans)], WriteOptions(scheme()))
    assert '<mark class="l0 rejected" title="PERSON" data-label="PERSON">Ada</mark>' in text
    assert '<mark class="l1 suggested" title="GPE" data-label="GPE">Lovelace</mark>' in text
