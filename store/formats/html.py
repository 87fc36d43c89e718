"""A copy to read, print and send on: one HTML file that needs nothing else, with entities marked in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from annotate.schemes import LabelScheme
from store.formats.model import Capabilities, Format, GoldArticle, GoldSpan, WriteOptions
from store.formats.xml_text import for_xml

_STYLE = """:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem; font: 1.05rem/1.9 Georgia, "Times New Roman", serif; }
h1, h2, nav, footer, mark::after { font-family: system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin: 3rem 0 0; }
nav { font-size: .85rem; line-height: 2; } nav mark { margin-right: .5em; }
p.id { margin: 0 0 1rem; font: .8rem system-ui, sans-serif; opacity: .7; }
div.text { white-space: pre-wrap; overflow-wrap: break-word; }
mark { color: inherit; padding: .1em .15em; border-radius: .25em; box-decoration-break: clone;
  -webkit-box-decoration-break: clone; background: color-mix(in srgb, var(--c) 25%, Canvas);
  border-bottom: 2px solid var(--c); }
mark[data-label]::after { content: attr(data-label); font-size: .6em; font-weight: 600; margin-left: .4em;
  vertical-align: .1em; opacity: .85; }
mark.rejected { text-decoration: line-through; background: none; border-bottom-style: dotted; }
mark.suggested { background: none; border-bottom-style: dashed; }
article { break-inside: auto; } h2 { break-after: avoid; }
@media print { body { max-width: none; } }
"""
_HEAD = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}{colors}</style>
</head>
<body>
<h1 dir="auto">{title}</h1>
<nav aria-label="Labels">
{legend}</nav>
"""
_FOOT = "<footer><p>{articles}, {spans}.</p></footer>\n</body>\n</html>\n"

_Event = tuple[int, bool, int]
"""(offset, whether a span begins there, which one): ends go before beginnings."""


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write one page with all articles; the legend shows the project's labels in their order."""
    numbers = {label.name: number for number, label in enumerate(options.scheme.labels)}
    written = spans = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_head(options))
        for article in articles:
            file.write(_article(article, numbers))
            written += 1
            spans += len(article.spans)
        file.write(_FOOT.format(articles=_counted(written, "article"), spans=_counted(spans, "entity", "entities")))
    return []


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"


def _text(text: str) -> str:
    return escape(for_xml(text))


def _head(options: WriteOptions) -> str:
    return _HEAD.format(
        language=_text(options.language),
        title=_text(options.title or "Corpus"),
        style=_STYLE,
        colors=_colors(options.scheme),
        legend="".join(
            f'<mark class="l{number}" title="{_text(label.guideline)}">{_text(label.name)}</mark>\n'
            for number, label in enumerate(options.scheme.labels)
        ),
    )


def _colors(scheme: LabelScheme) -> str:
    return "".join(f".l{number} {{ --c: {label.color}; }}\n" for number, label in enumerate(scheme.labels))


def _article(article: GoldArticle, numbers: Mapping[str, int]) -> str:
    marked = "".join(_marked(article.text, article.spans, numbers))
    title = _text(article.title or article.id)
    return (
        f'<article id="{_text(article.id)}">\n<h2 dir="auto">{title}</h2>\n<p class="id">{_text(article.id)}</p>\n'
        f'<div class="text" dir="auto">{marked}</div>\n</article>\n'
    )


def _marked(text: str, spans: Sequence[GoldSpan], numbers: Mapping[str, int]) -> Iterator[str]:
    """The text with its marks: an inner one inside the outer, one that crosses another in several pieces."""
    open_ones: list[int] = []
    last = 0
    for offset, begins, which in _events(spans):
        yield _text(text[last:offset])
        last = offset
        if begins:
            open_ones.append(which)
            yield _tag(spans[which], numbers, ends_here=_is_last_piece(spans, open_ones))
            continue
        above = open_ones[open_ones.index(which) + 1 :]
        yield "</mark>" * (len(above) + 1)
        open_ones.remove(which)
        for place in range(len(open_ones) - len(above), len(open_ones)):
            ends_here = _is_last_piece(spans, open_ones[: place + 1])
            yield _tag(spans[open_ones[place]], numbers, ends_here=ends_here)
    yield _text(text[last:])


def _events(spans: Sequence[GoldSpan]) -> list[_Event]:
    """Where spans begin and end; of those that begin together the longest comes first."""
    order = sorted(range(len(spans)), key=lambda one: (spans[one].start, -spans[one].end, spans[one].label))
    ends = [(spans[which].end, False, -rank, which) for rank, which in enumerate(order)]
    begins = [(spans[which].start, True, rank, which) for rank, which in enumerate(order)]
    return [(offset, begun, which) for offset, begun, _, which in sorted(ends + begins)]


def _is_last_piece(spans: Sequence[GoldSpan], open_ones: Sequence[int]) -> bool:
    """Whether the mark that was opened last will close as a whole, so that its label can stand at its end."""
    end = spans[open_ones[-1]].end
    return all(spans[one].end >= end for one in open_ones[:-1])


def _tag(span: GoldSpan, numbers: Mapping[str, int], *, ends_here: bool) -> str:
    look = f"l{numbers.get(span.label, 0)}" + ("" if span.status == "confirmed" else f" {span.status}")
    said = f"{span.label}: {span.note}" if span.note else span.label
    label = f' data-label="{_text(span.label)}"' if ends_here else ""
    return f'<mark class="{look}" title="{_text(said)}"{label}>'


FORMAT = Format(
    "html",
    "HTML to read, one file",
    ".html",
    Capabilities(controls=False, statuses=True, notes=True, titles=True),
    write,
    streams=True,
)
