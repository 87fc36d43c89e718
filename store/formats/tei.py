"""TEI XML for editions and archives: names marked in the text, overlapping ones beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from store.formats.model import Capabilities, Format, GoldArticle, GoldSpan, WriteOptions
from store.formats.slugs import slugs
from store.formats.xml_text import for_xml

_ALLOWED, _FIRST = "[A-Za-z0-9_.-]", "[A-Za-z_]"
_ELEMENTS = {"PERSON": "persName", "PER": "persName", "ORG": "orgName", "GPE": "placeName", "LOC": "placeName"}
_OTHER = "rs"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>{title}</title></titleStmt>
<publicationStmt><p>Exported from Manicule.</p></publicationStmt>
<sourceDesc><p>The articles of a Manicule project.</p></sourceDesc>
</fileDesc>
<encodingDesc>
<classDecl>
<taxonomy>
{categories}</taxonomy>
</classDecl>
</encodingDesc>
</teiHeader>
"""
_ARTICLE = """<TEI>
<teiHeader>
<fileDesc>
<titleStmt><title>{title}</title></titleStmt>
<publicationStmt><authority>Manicule</authority><idno type="manicule">{id}</idno></publicationStmt>
<sourceDesc><p>An article of a Manicule project.</p></sourceDesc>
</fileDesc>
</teiHeader>
<text>
<body>
<ab xml:space="preserve">{text}</ab>
{beside}</body>
</text>
</TEI>
"""

_Mark = tuple[int, int, str]
"""(offset, rank at that offset, what is written there)."""


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write one `teiCorpus`; a label is the `type` of `persName`, `orgName`, `placeName` or `rs`."""
    names = slugs((label.name for label in options.scheme.labels), _ALLOWED, _FIRST)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        categories = "".join(
            f'<category xml:id="label.{name}"><catDesc>{_text(label)}</catDesc></category>\n'
            for label, name in names.items()
        )
        file.write(_HEAD.format(title=_text(options.title or "Corpus"), categories=categories))
        for number, article in enumerate(articles, start=1):
            file.write(_article(number, article, names))
        file.write("</teiCorpus>\n")
    changed = [f"{label} is written as {name}" for label, name in names.items() if name != label]
    return [f"{one}, since types are XML names; the header's taxonomy tells it" for one in changed]


def _article(number: int, article: GoldArticle, names: Mapping[str, str]) -> str:
    inside, crossing = _parted(article.spans)
    marks = sorted([*_elements(inside, names), *_anchors(number, crossing)])
    return _ARTICLE.format(
        title=_text(article.title or article.id),
        id=_text(article.id),
        text="".join(_woven(article.text, marks)),
        beside=_beside(number, crossing, names),
    )


def _text(text: str) -> str:
    return escape(for_xml(text))


def _parted(spans: Iterable[GoldSpan]) -> tuple[list[GoldSpan], list[GoldSpan]]:
    """Those that lie within each other or apart, outer ones first, and those that cross one of them."""
    inside: list[GoldSpan] = []
    crossing: list[GoldSpan] = []
    open_ends: list[int] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.label)):
        while open_ends and open_ends[-1] <= span.start:
            open_ends.pop()
        if open_ends and span.end > open_ends[-1]:
            crossing.append(span)
        else:
            inside.append(span)
            open_ends.append(span.end)
    return inside, crossing


def _elements(spans: list[GoldSpan], names: Mapping[str, str]) -> Iterator[_Mark]:
    """The tags: at one place the inner ends before the outer, and ends go before what begins there."""
    for depth, span in enumerate(spans):
        name = _ELEMENTS.get(span.label, _OTHER)
        kind = quoteattr(names.get(span.label, span.label))
        yield span.start, depth, f"<{name} type={kind}>"
        yield span.end, -len(spans) - depth - 1, f"</{name}>"


def _anchors(number: int, spans: list[GoldSpan]) -> Iterator[_Mark]:
    """Where crossing spans begin and end: outside of every element that begins or ends there."""
    for at, span in enumerate(spans, start=1):
        for offset, which in ((span.start, "from"), (span.end, "to")):
            yield offset, -1, f'<anchor xml:id="at.{number}.{at}.{which}"/>'


def _beside(number: int, spans: list[GoldSpan], names: Mapping[str, str]) -> str:
    if not spans:
        return ""
    lines = []
    for at, span in enumerate(spans, start=1):
        where, kind = f"#at.{number}.{at}", quoteattr(names.get(span.label, span.label))
        lines.append(f'<span from="{where}.from" to="{where}.to" type={kind}/>\n')
    return f'<spanGrp type="entities">\n{"".join(lines)}</spanGrp>\n'


def _woven(text: str, marks: list[_Mark]) -> Iterator[str]:
    last = 0
    for offset, _, written in marks:
        yield _text(text[last:offset])
        yield written
        last = offset
    yield _text(text[last:])


FORMAT = Format(
    "tei",
    "TEI XML",
    ".xml",
    Capabilities(controls=False, titles=True),
    write,
    streams=True,
)
