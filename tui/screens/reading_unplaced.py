"""What the reader does about annotations that a changed text left without a place."""

from __future__ import annotations

from tui.screens.corpus_keys import CorpusKeys


class ReadingUnplaced(CorpusKeys):
    """The part of the reader that lists them, begins to place one again, or gives it up."""

    def action_unplaced(self) -> None:
        """List what a changed text left without a place."""
        self._list_unplaced("")

    def _list_unplaced(self, tell: str) -> None:
        reading, desk = self.reading, self._desk
        if not reading.unplaced:
            self.say(tell or "everything has its place")
            return
        from tui.screens.unplaced import Chosen, UnplacedList

        def chosen(choice: Chosen | None) -> None:
            if choice and choice.give_up:
                self.act(lambda: reading.give_up(choice.unplaced))
                self._list_unplaced(reading.notice)
            elif choice:
                self.act(lambda: reading.begin_placing(choice.unplaced, choice.guess))

        text = reading.article.text
        self.app.push_screen(UnplacedList(reading.unplaced, text, lambda one: desk.guess(reading, one), tell), chosen)
