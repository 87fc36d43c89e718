"""What the app offers its screens."""

from __future__ import annotations

from typing import Protocol


class Shell(Protocol):
    """The app, as its screens see it."""

    def open_article(self, article_id: str, offset: int | None = None) -> None:
        """Read an article, at a place in its text where one is given."""

    def prepare_article(self, article_id: str) -> None:
        """Read an article from disk in the background, since it is likely to be opened next."""

    def read_corpus(self) -> None:
        """Read the entities of all articles in the background, if that has not begun."""
