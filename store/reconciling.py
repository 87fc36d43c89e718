"""Hold what a file says against the project: which article is meant, and where in its text each span lies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotate.articles import Article, clean_text, hash_text
from annotate.errors import TextError
from annotate.offsets import OffsetError, Offsets, Unit, fitting_unit
from annotate.words import trim
from store.article_files import read_article
from store.formats.model import FormatError, GoldSpan, ReadArticle
from store.ids import is_name
from store.project import Draft, Project
from store.texts_index import text_hashes

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """An article of a file, held against the project.

    Attributes:
        read: as the file has it.
        article: the project's article; None where it has none and there is to be one.
        draft: what is to become the article; None where it is there.
        spans: with code points of the article's text, white space at the edges left out.
        unit: what the file's offsets count.
        trimmed: spans of which white space was left out.
        joined: discontinuous spans, which were taken from their first to their last character.
        differs: whether the article was found by its id, and its text is another one than the file's.
    """

    read: ReadArticle
    article: Article | None
    draft: Draft | None
    spans: tuple[GoldSpan, ...]
    unit: Unit
    trimmed: int = 0
    joined: tuple[GoldSpan, ...] = ()
    differs: bool = False

    @property
    def text(self) -> str:
        """The text in which the spans count."""
        if self.article is not None:
            return self.article.text
        return self.draft.text if self.draft else ""

    @property
    def text_hash(self) -> str:
        """The text's revision."""
        return self.article.text_hash if self.article is not None else hash_text(self.text)


class Texts:
    """Finds a project's articles by what their texts are, or are but for white space."""

    def __init__(self, project: Project) -> None:
        """Nothing is read yet."""
        self._project = project

    def find(self, read: ReadArticle, *, by_id: bool) -> Article | None:
        """The article that a file means: by its text, then by its id.

        Args:
            read: what the file says.
            by_id: whether an id counts where the file has a text, and it is another one.

        Raises:
            FormatError: several articles have this text, but for white space.
            BrokenFileError: the article cannot be read.
        """
        text, name = read.article.text, read.article.id
        named = self._named(name)
        if text and not read.spaced:
            if named is not None and letters(named.text) == letters(text):
                return named
            found = self._by_letters.get(hash_text(letters(text)), [])
            if len(found) > 1:
                raise read.error(f"its text is that of {' and '.join(found)}, but for white space")
            return self._project.article(found[0]) if found else named if by_id else None
        if text:
            text_hash = hash_text(cleaned(text))
            if named is not None and named.text_hash == text_hash:
                return named
            known = self._by_hash.get(text_hash)
            return self._project.article(known) if known else named if by_id else None
        return named

    def in_trash(self, text: str) -> str:
        """The article in the trash that has this text, or "".

        Raises:
            StoreError: an article in the trash cannot be read.
        """
        return self._trashed.get(hash_text(text), "") if self._trashed else ""

    def _named(self, name: str) -> Article | None:
        if not is_name(name) or not self._project.locations.article(name).exists():
            return None
        return self._project.article(name)

    @cached_property
    def _by_hash(self) -> Mapping[str, str]:
        found = text_hashes(self._project.locations)
        return {text_hash: name for name, text_hash in found.items() if text_hash}

    @cached_property
    def _trashed(self) -> Mapping[str, str]:
        places = self._project.locations
        return {read_article(places.trashed(name), name).text_hash: name for name in places.trashed_ids()}

    @cached_property
    def _by_letters(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for article_id in self._project.article_ids():
            found.setdefault(hash_text(letters(self._project.article(article_id).text)), []).append(article_id)
        return found


def letters(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def cleaned(text: str) -> str:
    """The text as an article keeps it; as it is where it could be none."""
    try:
        return clean_text(text)[0]
    except TextError:
        return text


def place(read: ReadArticle, article: Article | None, draft: Draft | None, unit: Unit | None) -> Placed:
    """Carry the spans of a file into the article's text, and check each against it.

    Args:
        read: what the file says.
        article: the project's article, if there is one.
        draft: what is to become the article, if there is none.
        unit: what the offsets count; None to go by the spans' text, and by the format where there is none.

    Raises:
        FormatError: a span is no range of the text, or its text is not what the file says; or the article's text is
            another one, and there is no span to hold against it; with the line.
    """
    target = article.text if article is not None else draft.text if draft else ""
    own = read.article.text or target
    own = target if own == target else own
    spans = read.article.spans
    differs = not _same_text(read, own, target)
    if differs and not spans:
        raise read.error(f"its text is not that of article {read.article.id}")
    counted = _unit_of(read, own, unit)
    carry = _carrier(read, own, target)
    table = Offsets(own, counted)
    found, trimmed = [], 0
    for one in spans:
        start, end = _in_codepoints(read, one, table)
        _check_quote(read, one, own, start, end, table)
        moved = carry(start), carry(end)
        if own is not target and letters(target[moved[0] : moved[1]]) != letters(own[start:end]):
            raise _differs(read, one, own[start:end], target[moved[0] : moved[1]])
        kept = trim(target, *moved)
        if kept[0] >= kept[1]:
            raise read.error(f"span {one.start}-{one.end} {one.label}: nothing but white space", one.line)
        trimmed += read.spaced and kept != moved
        is_there = (one.start, one.end) == kept and not one.fragments
        found.append(one if is_there else replace(one, start=kept[0], end=kept[1], fragments=()))
    return Placed(read, article, draft, tuple(found), counted, trimmed, tuple(_joined(read, own, table)), differs)


def _same_text(read: ReadArticle, own: str, target: str) -> bool:
    return own == target or cleaned(own) == target or (not read.spaced and letters(own) == letters(target))


def _unit_of(read: ReadArticle, text: str, asked: Unit | None) -> Unit:
    """What the offsets count: as asked, else as said, unless the spans' texts show that it is something else."""
    if asked is not None:
        return asked
    quotes = [(one.start, one.end, one.quote) for one in read.article.spans if one.quote and not one.fragments]
    if not quotes or _fits(text, quotes, read.unit):
        return read.unit
    return fitting_unit(text, quotes) or read.unit


def _fits(text: str, quotes: Sequence[tuple[int, int, str]], unit: Unit) -> bool:
    table = Offsets(text, unit)
    try:
        return all(text[table.to_codepoint(start) : table.to_codepoint(end)] == quote for start, end, quote in quotes)
    except OffsetError:
        return False


def _in_codepoints(read: ReadArticle, one: GoldSpan, table: Offsets) -> tuple[int, int]:
    what = f"span {one.start}-{one.end} {one.label}"
    if one.start >= one.end:
        raise read.error(f"{what}: it ends before it begins, or is empty", one.line)
    try:
        return table.to_codepoint(one.start), table.to_codepoint(one.end)
    except OffsetError as error:
        raise read.error(f"{what}: {error.message}", one.line) from error


def _check_quote(read: ReadArticle, one: GoldSpan, text: str, start: int, end: int, table: Offsets) -> None:
    if one.quote is None:
        return
    there = text[start:end]
    if one.fragments:
        pieces = [text[table.to_codepoint(a) : table.to_codepoint(b)] for a, b in one.fragments]
        there = " ".join(pieces)
    if there != one.quote:
        raise _differs(read, one, one.quote, there)


def _differs(read: ReadArticle, one: GoldSpan, said: str, there: str) -> FormatError:
    what = f"span {one.start}-{one.end} {one.label}"
    return read.error(f"{what}: its text is “{_short(said)}”, but “{_short(there)}” is there", one.line)


def _short(quote: str) -> str:
    line = quote.replace("\n", "⏎")
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…"


def _joined(read: ReadArticle, text: str, table: Offsets) -> Iterator[GoldSpan]:
    """The spans with something else than white space between their fragments."""
    for one in read.article.spans:
        if not one.fragments:
            continue
        edges = [(table.to_codepoint(start), table.to_codepoint(end)) for start, end in one.fragments]
        if any(text[left[1] : right[0]].strip() for left, right in zip(edges, edges[1:], strict=False)):
            yield one


def _carrier(read: ReadArticle, own: str, target: str) -> Callable[[int], int]:
    """What carries an offset in the file's text into the article's."""
    if own == target:
        return lambda offset: offset
    if read.spaced and cleaned(own) == target:
        return _newlines_dropped(own)
    if letters(own) == letters(target):
        return _by_letters(own, target)
    return lambda offset: min(offset, len(target))


def _newlines_dropped(own: str) -> Callable[[int], int]:
    gone = [n for n, char in enumerate(own) if char == "\r" and own[n + 1 : n + 2] == "\n"]
    mark = 1 if own.startswith("\ufeff") else 0
    length = len(own.replace("\r\n", "\n").rstrip("\r\n")) - mark
    return lambda offset: min(max(offset - mark - bisect_left(gone, offset), 0), length)


def _by_letters(own: str, target: str) -> Callable[[int], int]:
    """Counts what is no white space: a start goes to its character, an end behind it."""
    own_letters = [n for n, char in enumerate(own) if not char.isspace()]
    target_letters = [n for n, char in enumerate(target) if not char.isspace()]

    def carry(offset: int) -> int:
        before = bisect_left(own_letters, offset)
        if before < len(own_letters) and own_letters[before] == offset:
            return target_letters[before]
        return target_letters[before - 1] + 1 if before else 0

    return carry
