"""The top line of the reader: the article, how far it is, and where it stands among the others."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.layers import Status
from tui.actions import key_of
from tui.reading import Reading
from tui.widgets.bar import Bar, Piece


class TitleBar(Bar):
    """Title, flag and note at the left; progress at the right."""

    DEFAULT_CSS = """
    TitleBar { color: $foreground; }
    """

    def show_reading(self, reading: Reading, order: Sequence[str]) -> None:
        """Bring the line up to date; `order` are the articles as the library lists them."""
        right = [*_ways(reading), _progress(reading)]
        if reading.article.id in order:
            right.append(f"{order.index(reading.article.id) + 1} of {len(order)}")
        news: list[Piece] = (
            [(f"{key_of('reader.next_undecided')}: new suggestions", "bold $accent"), " · "] if reading.offered else []
        )
        if reading.owner:
            news = [("read only", "bold $accent"), " · ", *news]
        self.show(_title(reading), [*news, " · ".join(right)])


def _title(reading: Reading) -> list[Piece]:
    marks = reading.view.layer.marks
    pieces: list[Piece] = [("☞ ", "bold $accent"), (reading.article.title, "bold")]
    if marks.flagged:
        pieces.append((" ⚑", "bold $accent"))
    if marks.note:
        pieces.append(f" ✎ {marks.note}")
    return pieces


def _ways(reading: Reading) -> list[str]:
    """What is hidden by its score, or else the threshold that hides nothing here; and an order of one's own."""
    unplaced = len(reading.view.layer.unplaced)
    told = [f"{unplaced} unplaced" if unplaced else "", "earlier text" if reading.earlier else ""]
    ways = [*told, reading.hidden or reading.view.sieve.told, "least certain first" if reading.by_certainty else ""]
    return [way for way in ways if way]


def _progress(reading: Reading) -> str:
    view, status = reading.view, reading.view.layer.status
    settled = view.confirmed_count
    if status is Status.DONE:
        late = len(view.new_since_done())
        return f"done · {late} new since" if late else f"done · {settled} ✓"
    progress = f"{settled}/{settled + view.undecided_count + view.hidden_count}"
    return f"skipped · {progress}" if status is Status.SKIPPED else progress
