"""Keyword in context: every place of a text in a corpus, with what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import regex

from annotate.errors import ManiculeError
from annotate.words import Range

CONTEXT = 80
"""Code points of context on each side; more than a screen shows."""

_TIME_LIMIT = 2.0
"""Seconds that an expression may take in one article: some never end."""


class QueryError(ManiculeError):
    """An expression that cannot be searched for."""

    title = "Search"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: the text, or a regular expression.
        is_regex: whether it is one.
        exact: whether case counts; a text also has to begin and end where words do.
    """

    text: str
    is_regex: bool = False
    exact: bool = True

    @classmethod
    def typed(cls, line: str) -> Query:
        """What a person typed: `/…/` is a regular expression; case counts where a capital was typed."""
        is_regex = len(line) > 2 and line.startswith("/") and line.endswith("/")
        text = line[1:-1] if is_regex else line
        return cls(text, is_regex, any(one.isupper() for one in text))


class Finder:
    """Finds the places of a query in texts."""

    def __init__(self, query: Query) -> None:
        """Prepare the search.

        Raises:
            QueryError: the query is empty, or no regular expression.
        """
        if not query.text.strip():
            raise QueryError("nothing to look for")
        flags = regex.VERSION1 | (0 if query.exact else regex.IGNORECASE | regex.FULLCASE)
        try:
            self._pattern = regex.compile(query.text if query.is_regex else _whole_words(query.text), flags)
        except regex.error as error:
            raise QueryError(f"no regular expression: {error}") from error

    def places(self, text: str) -> Iterator[Range]:
        """The places in one text, in order and without overlap; empty matches are passed over.

        Raises:
            QueryError: the expression takes too long.
        """
        try:
            for match in self._pattern.finditer(text, timeout=_TIME_LIMIT):
                if match.start() < match.end():
                    yield match.start(), match.end()
        except TimeoutError as error:
            raise QueryError("the expression takes too long") from error


def _whole_words(text: str) -> str:
    """A pattern for `text`, any white space between its words, that does not begin or end inside a word."""
    words = r"\s+".join(regex.escape(word) for word in text.split())
    before = r"(?<!\w)" if text.split()[0][0].isalnum() else ""
    after = r"(?!\w)" if text.split()[-1][-1].isalnum() else ""
    return f"{before}{words}{after}"


@dataclass(frozen=True, slots=True)
class Line:
    """A place with its context.

    Attributes:
        article_id: the article.
        start, end: the place in its text.
        left, keyword, right: the text before, at and after it, each on one line.
    """

    article_id: str
    start: int
    end: int
    left: str
    keyword: str
    right: str


def line_at(article_id: str, text: str, start: int, end: int) -> Line:
    """The concordance line of a place; white space in it is made single spaces."""
    left = _flat(text[max(start - CONTEXT, 0) : start])
    right = _flat(text[end : end + CONTEXT])
    return Line(article_id, start, end, left, _flat(text[start:end]), right)


def _flat(text: str) -> str:
    return regex.sub(r"\s+", " ", text)


class Order(Enum):
    """How lines are sorted."""

    ARTICLE = "article"
    LEFT = "left"
    RIGHT = "right"
    LABEL = "label"


def sort_key(line: Line, order: Order, article: int, label: str) -> tuple[object, ...]:
    """What a line is sorted by.

    Args:
        line: the line.
        order: the order that is wanted.
        article: the place of its article in the project's order.
        label: of the entity there, or "".
    """
    place = (article, line.start)
    if order is Order.LEFT:
        return ([word.casefold() for word in reversed(line.left.split())], line.keyword.casefold(), *place)
    if order is Order.RIGHT:
        return (line.right.casefold().split(), line.keyword.casefold(), *place)
    if order is Order.LABEL:
        return (not label, label, line.right.casefold().split(), *place)
    return place
