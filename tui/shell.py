"""What the app offers its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.reading import Reading
    from tui.travel import Way


class Shell(Protocol):
    """The app, as its screens see it."""

    def open_article(self, article_id: str, offset: int | None = None) -> None:
        """Read an article, at a place in its text where one is given."""

    def prepare_article(self, article_id: str) -> None:
        """Read an article from disk in the background, since it is likely to be opened next."""

    def recall_article(self, reading: Reading) -> None:
        """Look through memory for a long article that is open, in the background, and offer what it suggests."""

    def read_corpus(self) -> None:
        """Read the entities of all articles in the background, if that has not begun."""

    def travel(self, way: Way) -> bool:
        """Whether an undo or a redo is over so many articles that it is made behind the screens, or one is.

        Raises:
            ManiculeError: what is to be taken back cannot be read.
        """

    def stop_travel(self) -> bool:
        """Stop that, as long as nothing has changed; whether it was under way."""
