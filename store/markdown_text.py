"""Markdown as the plain text that a reader sees: what is to be annotated, without its markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_FRONT_MATTER_ENDS = ("---", "...")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A Markdown document's text.

    Attributes:
        title: its first heading, or "".
        text: headings, paragraphs, list items and table rows, apart by an empty line or, within one list or table,
            by a newline.
    """

    title: str
    text: str


def plain_text(markdown: str) -> PlainText:
    r"""The text of a Markdown document (CommonMark, and tables) whose newlines are "\n".

    Link texts and inline code stay. Front matter, code blocks, HTML and images are left out.
    """
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = list(_blocks(parser.parse(_without_front_matter(markdown))))
    title = next((block.text for block in blocks if block.heading), "")
    text = ""
    for block in blocks:
        separator = ("\n" if block.joined else "\n\n") if text else ""
        text += separator + block.text
    return PlainText(" ".join(title.split()), text)


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    heading: bool = False
    joined: bool = False


def _without_front_matter(markdown: str) -> str:
    lines = markdown.split("\n")
    if lines[0].rstrip() != "---":
        return markdown
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in _FRONT_MATTER_ENDS), 0)
    return "\n".join(lines[end + 1 :]) if end else markdown


def _blocks(tokens: list[Token]) -> Iterator[_Block]:
    """The blocks that hold text; a tight list's items and a table's rows are joined to those before them."""
    cells: list[str] = []
    inside = False
    for before, token in pairwise(tokens):
        inside = inside and token.level > 0
        if token.type == "inline" and before.type in ("th_open", "td_open"):
            cells.append(_inline_text(token))
            continue
        if token.type == "inline":
            block = _Block(_inline_text(token), before.type == "heading_open", inside and before.hidden)
        elif token.type == "tr_close":
            block = _Block(" | ".join(cells), joined=inside)
            cells = []
        else:
            continue
        if block.text:
            yield block
            inside = True


def _inline_text(inline: Token) -> str:
    lines = "".join(_shown(child) for child in inline.children or ()).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _shown(token: Token) -> str:
    match token.type:
        case "text" | "text_special" | "code_inline":
            return token.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline" if token.content.lower().startswith("<br"):
            return "\n"
        case _:
            return ""
