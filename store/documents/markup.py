"""HTML and XML without their dangers: nothing is run, fetched or expanded; and the text that a page shows."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotate.errors import TextError
from store.documents.decoding import Decoded, decoded, decoded_as, is_encoding, shown
from store.documents.extras import needed
from store.documents.values import Options

_DECLARED = (
    re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)"""),
    re.compile(rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
)
_HEAD = 4096
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
}
"""Declared encodings that stand for a wider one."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNSHOWN = frozenset(
    "audio button canvas datalist embed head iframe map nav noscript object rp rt script select style svg template "
    "textarea title video".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center details dialog div dl fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr html legend main ol p pre section summary table ul".split()
)
_LINES = frozenset(["li", "tr", "br", "caption", "dt", "dd"])
_CELLS = frozenset(["td", "th"])
_LISTS = frozenset(["ul", "ol"])
_CELL, _LINE, _BLANK = " | ", "\n", "\n\n"
_STRENGTH = ("", _CELL, _LINE, _BLANK)


def decoded_markup(data: bytes, charset: str, options: Options) -> Decoded:
    """The characters of HTML or XML: as the options, a byte order mark, its server or it itself says; else UTF-8.

    Raises:
        TextError: it is in no encoding that can be made out.
    """
    if options.encoding:
        return decoded(data, options)
    name = _declared(data, charset)
    try:
        text = decoded_as(data, name)
    except TextError:
        return decoded(data, options)
    is_utf_8 = codecs.lookup(name).name in ("utf-8", "utf-8-sig")
    return text, () if is_utf_8 else (f"decoded from {shown(name)}",)


def _declared(data: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:_HEAD]
    named = (match[1].decode("ascii", "replace") for pattern in _DECLARED if (match := pattern.search(head)))
    for name in (charset, *named):
        if name and is_encoding(name):
            known = codecs.lookup(name).name
            return _AS_BROWSERS_READ.get(known, known)
    return "utf-8"


def parse_html(html: str) -> Any:
    """The tree of an HTML document or part of one; None if there is nothing in it.

    Raises:
        TextError: lxml is not installed, or the elements are nested too deeply.
    """
    lxml_html = needed("lxml.html", "html", "HTML")
    etree = needed("lxml.etree", "html", "HTML")
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = None
    if any("depth" in error.message for error in parser.error_log):
        raise TextError("its elements are nested too deeply")
    return tree


def parse_xml(data: bytes) -> Any:
    """The tree of an XML document that declares no entities; what lies elsewhere is not fetched.

    Raises:
        TextError: lxml is not installed, or it is no such document.
    """
    etree = needed("lxml.etree", "html", "XML")
    refuse_entities(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TextError(f"no XML that can be read ({error.msg})") from error


def refuse_entities(data: bytes) -> None:
    """Refuse XML, in whatever encoding, that declares entities.

    Raises:
        TextError: it does.
    """
    if b"<!ENTITY" in data or b"<!ENTITY" in data.replace(b"\0", b""):
        raise TextError("declares XML entities, which are not read")


def shown_text(html: str) -> str:
    """The text that HTML shows; see `text_of`."""
    tree = parse_html(html)
    return "" if tree is None else text_of(tree)


def heading_of(tree: Any) -> str:
    """The first heading in a tree of HTML, as one line; "" without one."""
    for element in tree.iter("h1", "h2", "h3"):
        line = " ".join("".join(element.itertext()).split())
        if line:
            return line
    return ""


def text_of(tree: Any) -> str:
    """The text that a tree of HTML shows.

    Headings, paragraphs and the like are apart by an empty line, list items and table rows by a newline, cells by a
    bar; white space is drawn together as a browser does, no-break spaces stay. Scripts, forms, readings of characters
    (ruby) and what only points elsewhere are left out.
    """
    text = _Text()
    for event, element in _walk(tree):
        boundary = _boundary(element)
        if event == "start":
            text.part(boundary)
            text.inside_pre += element.tag == "pre"
            text.add(element.text)
        else:
            text.inside_pre -= element.tag == "pre"
            text.part(boundary)
            text.add(element.tail if element is not tree else None)
    return "".join(text.pieces)


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    etree = needed("lxml.etree", "html", "HTML")
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if element.tag in _UNSHOWN or "hidden" in element.attrib:
            if event == "start":
                walker.skip_subtree()
                continue
            if element.tail:
                yield "end", element
            continue
        yield event, element


def _boundary(element: Any) -> str:
    tag = element.tag
    if tag in _CELLS:
        return _CELL
    if tag in _LINES:
        return _LINE
    if tag in _LISTS and (parent := element.getparent()) is not None and parent.tag == "li":
        return _LINE
    return _BLANK if tag in _BLOCKS else ""


@dataclass(slots=True)
class _Text:
    """Text as it grows: pieces, and what is to stand before the next one."""

    pieces: list[str] = field(default_factory=list)
    inside_pre: int = 0
    _parting: str = ""
    _space: bool = False

    def part(self, boundary: str) -> None:
        """Have what follows stand apart from what was; the strongest boundary counts."""
        if boundary and _STRENGTH.index(boundary) >= _STRENGTH.index(self._parting):
            self._parting = boundary
            self._space = False

    def add(self, data: str | None) -> None:
        """Add text, in which white space is one space at most, and none at the edges of a block."""
        if not data:
            return
        drawn = data.strip("\r\n") if self.inside_pre else _SPACE.sub(" ", data)
        words = drawn.rstrip(" ") if not self.inside_pre else drawn
        if not words:
            self._space = self._space or (bool(drawn) and not self._parting)
            return
        if self._parting:
            words = words if self.inside_pre else words.lstrip(" ")
            self.pieces.append(self._parting if self.pieces else "")
        elif self._space or words[0] == " ":
            words = (" " if self.pieces else "") + words.lstrip(" ")
        self.pieces.append(words)
        self._parting = ""
        self._space = drawn[-1] == " " and not self.inside_pre
