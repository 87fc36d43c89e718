"""What the app offers its screens."""

from __future__ import annotations

from typing import Protocol


class Shell(Protocol):
    """The app, as its screens see it."""

    def open_article(self, article_id: str) -> None:
        """Read an article."""

    def prepare_article(self, article_id: str) -> None:
        """Read an article from disk in the background, since it is likely to be opened next."""
