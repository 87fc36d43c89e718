"""Tags over the words of a text, for a jump to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.strip import Strip

from annotate.words import Range
from tui.drawing import with_tags
from tui.jumping import Jump, Target
from tui.reading import Reading
from tui.widgets.pointing import Pointing
from tui.wrapping import Lines


class JumpTags(Pointing):
    """Shows the tags of a jump over lines that are drawn already."""

    if TYPE_CHECKING:

        def visible_range(self) -> Range:
            """The range of text that is on screen; the view that draws knows."""
            ...

        def column(self, line: int, offset: int) -> int:
            """The column of this widget at which an offset on a line is drawn; the view that draws knows."""
            ...

    _reading: Reading
    _lines: Lines
    _jump: Jump | None = None
    _tags: dict[int, list[tuple[int, str]]]

    @property
    def jump(self) -> Jump | None:
        """The jump under way, if there is one."""
        return self._jump

    def show_jump(self, jump: Jump | None) -> None:
        """Draw what is left of the tags of a jump; None ends it."""
        if jump or self._jump:
            self._jump = jump
            self._tags = {}
            for start, tag in sorted(jump.left().items()) if jump else ():
                line = self._lines.line_of(start)
                self._tags.setdefault(line, []).append((self.column(line, start), tag))
            self.refresh()

    def jump_targets(self) -> list[Target]:
        """The words that start on screen."""
        words = self._reading.words.starting_in(*self.visible_range())
        places = [(line := self._lines.line_of(start), self.column(line, start), start) for start, _ in words]
        ends = [*places[1:], (-1, 0, 0)]
        return [
            Target(start, (beyond[1] if beyond[0] == line else self.size.width) - column)
            for (line, column, start), beyond in zip(places, ends, strict=False)
        ]

    def tagged(self, line: int, strip: Strip, style: Style) -> Strip:
        """The strip of a line with the tags on it."""
        tags = self._tags.get(line) if self._jump else None
        return with_tags(strip, tags, style) if tags else strip
