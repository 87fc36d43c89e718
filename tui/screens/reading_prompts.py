"""What the reader asks to be typed: a search, a note, a score."""

from __future__ import annotations

from annotate.errors import DecisionError
from annotate.sieve import sieve_from
from tui.pace import Pace
from tui.reading import Reading
from tui.screens.reading_keys import ReadingKeys
from tui.search import Search
from tui.widgets.article_view import ArticleView
from tui.widgets.focus_line import FocusLine
from tui.widgets.prompt import Prompt

_SEARCH_KEYS = "Enter next  ↑ previous  Esc select"
_KEEP_KEYS = "Enter keep  Esc drop"
_SCORE_KEYS = "0.8 from it on  <0.5 up to it  nothing: all"


class ReadingPrompts(ReadingKeys):
    """The part of the reader with a line to type in, in place of the focus line."""

    def __init__(self, reading: Reading, pace: Pace) -> None:
        super().__init__(reading, pace)
        self._search = Search("", 0)

    # What is asked -----------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Note on the focused entity, else on the article."""
        reading = self.reading
        if reading.selection:
            self.act(reading.flag)
            return
        focus = reading.focus
        what = f"“{reading.article.text[focus.start : focus.end]}”" if focus else "the article"
        self._ask("note", reading.noted(), f"note on {what}", _KEEP_KEYS)

    def action_search(self) -> None:
        """Search in the article."""
        self._search = Search(self.reading.article.text, self.reading.cursor[0])
        self._ask("search", "", "search in the article", _SEARCH_KEYS)

    def action_threshold(self) -> None:
        """Show only suggestions with a score on one side of a threshold."""
        self._ask("threshold", "", f"scores shown: {self.reading.view.sieve.told or 'all'}", _SCORE_KEYS)

    def action_confirm_from(self) -> None:
        """Confirm all that is left with at least a score."""
        self._ask("confirm from", "", "confirm from a score of", "such as 0.95  Enter confirm  Esc drop")

    def _ask(self, purpose: str, text: str, hint: str, keys: str) -> None:
        self.add_class("asking")
        self.query_one(FocusLine).show_typing("", keys)
        self.query_one(Prompt).ask(purpose, text, hint)

    # What is answered --------------------------------------------------------------------------------------

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Highlight the hits, and go to the first one from where the search began."""
        if event.purpose == "search":
            self._search.look_for(event.text)
            self._show_hit(event.text)

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Next hit; or take what was typed."""
        if event.purpose == "search":
            self._search.step(1)
            self._show_hit(event.text)
            return
        self._stop_asking()
        if event.purpose == "note":
            self.act(lambda: self.reading.note(event.text.strip()))
        else:
            self._take_score(event.purpose, event.text)

    def _take_score(self, purpose: str, typed: str) -> None:
        try:
            sieve = sieve_from(typed)
        except DecisionError as error:
            self.say(error.message)
            return
        if purpose == "threshold":
            self.act(lambda: self.reading.sift(sieve))
        elif sieve.below:
            self.say("only all from a score on can be confirmed at once")
        elif sieve.threshold is not None:
            score = sieve.threshold
            self.act(lambda: self.reading.confirm_from(score))
        else:
            self.say("")

    def on_prompt_stepped(self, event: Prompt.Stepped) -> None:
        """Previous or next hit."""
        if event.purpose == "search":
            self._search.step(event.step)
            self._show_hit(event.text)

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Back to the text; the hit stays selected."""
        self._stop_asking()
        hit = self._search.current if event.purpose == "search" else None
        self.act(lambda: self.reading.select(*hit) if hit else None)

    def _show_hit(self, query: str) -> None:
        search = self._search
        start, _ = search.current or (search.origin, search.origin)
        self.act(lambda: self.reading.move_to(start))
        self.query_one(ArticleView).show_hits(search.hits)
        self.query_one(FocusLine).show_typing(search.told if query else "", _SEARCH_KEYS)

    def _stop_asking(self) -> None:
        self.remove_class("asking")
        self.query_one(ArticleView).show_hits([])
        self.query_one(Prompt).leave()
        self.query_one(ArticleView).focus()
