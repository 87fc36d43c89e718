"""The Concordance: a text in all articles, line by line, and what is decided on one line or on many at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import cast

from textual import events
from textual.binding import Binding
from textual.worker import Worker, WorkerState

from annotate.concordance import Finder, Query, QueryError
from annotate.errors import ManiculeError
from annotate.project_wide import MentionKey
from annotate.schemes import RESERVED_KEYS
from annotate.spreading import Spread
from store.mention_index import ArticleMentions
from tui.actions import actions_of, key_of, shown_keys
from tui.concordance_search import LinesFound, search
from tui.corpus import Corpus
from tui.desk import Desk
from tui.found_lines import FoundLines, key_of_line
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved
from tui.pace import Pace
from tui.screens.line_screen import LineScreen
from tui.widgets.bar import Piece
from tui.widgets.line_list import LineList, Row
from tui.widgets.prompt import Prompt

_HINTED = ("confirm", "reject", "open", "order", "tick", "query", "undo", "back")


class Concordance(LineScreen):
    """Shows the lines of a query.

    Args:
        desk: the project.
        corpus: its entities.
        query: what to look for; without one it is asked for.
        here: the place that the annotator comes from.
        spread: the label that all lines are to be decided as, "" for no entity; None where each is decided for itself.
        pace: tells held keys.
    """

    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("concordance")
    ]

    def __init__(
        self,
        desk: Desk,
        corpus: Corpus,
        query: Query | None = None,
        here: MentionKey | None = None,
        spread: str | None = None,
        pace: Pace | None = None,
    ) -> None:
        super().__init__(desk, corpus)
        self._query = query
        self._here = here
        self._spread = spread
        self._found = FoundLines(desk, corpus)
        self._search = 0
        self._stop = threading.Event()
        self._progress = ""
        self._pace = pace or Pace(time.monotonic)
        self._held = False
        self._work: LongTask | None = None
        self._doing = ""

    def on_mount(self) -> None:
        """Begin to look."""
        if self._query:
            self._begin()
        else:
            self.action_query()

    def on_unmount(self) -> None:
        """Nobody waits for more lines."""
        self._stop.set()
        if self._work:
            self._work.cancel()
        self._found.leave()

    def forget(self, article_id: str) -> None:
        """Something was decided in the article otherwise than on a line."""
        self._found.forget(article_id)
        super().forget(article_id)

    # Looking for lines -------------------------------------------------------------------------------------

    def _begin(self) -> None:
        assert self._query is not None
        self._stop.set()
        try:
            finder = Finder(self._query)
        except QueryError as error:
            self.say(error.message)
            return
        self._stop = stop = threading.Event()
        self._search = number = self._search + 1
        order = self._found.order
        self._found.leave()
        self._found = FoundLines(self._desk, self._corpus)
        self._found.order = order
        lines = self.query_one(LineList)
        lines.show(0, 0)
        project, ids = self._desk.project, list(self._desk.ids)
        self.run_worker(
            lambda: search(project, ids, finder, number, self.post_message, stop),
            thread=True,
            exit_on_error=False,
            group="search",
        )
        self._progress = "looking …"
        self.show_frame()

    def on_lines_found(self, event: LinesFound) -> None:
        """Show the lines that have come."""
        if event.search != self._search:
            return
        lines, here = self.query_one(LineList), self.current
        self._found.add(event.lines)
        self._progress = "" if event.finished else f"looked at {event.looked:,} of {len(self._desk.ids):,} articles …"
        if event.finished:
            self._found.sort()
            empty = ("", f"nowhere in {len(self._desk.ids):,} articles")
            lines.show(len(self._found.lines), self._index_of(here or self._here), empty)
            self._notice = event.problem
            if self._spread is not None:
                self._reckon(self._spread)
        else:
            lines.show_more(len(self._found.lines))
        self.show_frame()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when work behind the screen failed."""
        if event.state is WorkerState.ERROR:
            self._work = None
            self.say(f"this failed: {event.worker.error}")

    def row(self, index: int) -> Row:
        """A line as it stands now."""
        return self._found.row(index)

    def key_at(self, index: int) -> MentionKey | None:
        """The place of a line."""
        lines = self._found.lines
        return key_of_line(lines[index]) if index < len(lines) else None

    def _index_of(self, key: MentionKey | None) -> int:
        return next((at for at, line in enumerate(self._found.lines) if key_of_line(line) == key), 0)

    # Showing -----------------------------------------------------------------------------------------------

    def heading(self) -> tuple[list[Piece], list[Piece]]:
        """What is looked for, and what was found."""
        right = self._progress or f"{self._found.summary()} · by {self._found.order.value}"
        left: list[Piece] = [("☞ ", "bold $accent"), (_typed(self._query), "bold")]
        return left, [(right, "$foreground 65%")] if self._query else []

    def hints(self) -> Sequence[str]:
        """What the keys do now."""
        if self.query_one(Prompt).asking:
            return "Enter look for it", "Esc back"
        keys = shown_keys("concordance")
        if self._found.ticked is None:
            return "A-Z label", *(f"{keys[name]} {name}" for name in _HINTED)
        decide = ("A-Z label", "x no entity") if self._found.label is None else (f"{keys['open']} decide",)
        return *decide, f"{keys['confirm']} tick", f"{keys['tick_all']} all", f"{keys['back']} no more"

    def standing(self) -> str:
        """How many lines are ticked, and what becomes of the others."""
        found = self._found
        if found.ticked is None:
            return ""
        told = f"{len(found.ticked):,} of {len(found.lines):,} ticked"
        if found.label is not None:
            told += f" as {found.label or 'no entity'}"
        against = sum(bool(one.against) for one in found.outcomes.values())
        same = sum(not one.against and not one.decisions for one in found.outcomes.values())
        done = len({key for key, one in found.outcomes.items() if one.decisions and found.is_done(key[0])})
        parts = [(same, "like that already"), (against, "decided otherwise by hand"), (done, "in done articles")]
        return " · ".join([told, *(f"{count:,} {what}" for count, what in parts if count)])

    # Keys --------------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Take the keys in the order in which they were typed; labels come before the bindings."""
        if self.query_one(Prompt).takes(event):
            return
        event.stop()
        event.prevent_default()
        if self._work:
            if event.key == "escape":
                self._cancel_work()
            return
        self._notice = ""
        self._held = self._pace.is_held(event.key)
        character = event.character or ""
        binding = self.active_bindings.get(event.key)
        if character.isupper() or character.isdigit():
            self._press_label(character)
        elif binding:
            await self.app.run_action(binding.binding.action, binding.node)
        if self.is_attached:
            self.show_frame()

    def _press_label(self, character: str) -> None:
        label = self._desk.project.config.scheme.label_for_key(character)
        if label:
            self._decide(label.name)
        else:
            caps = ". Caps Lock?" if character in RESERVED_KEYS else ""
            self.say(f"no label on {character}{caps}")

    def action_back(self) -> None:
        """Tick no more, or back to where one came from."""
        if self._found.ticked is not None and self._spread is None:
            self.action_tick()
        else:
            self.dismiss(None)

    def action_open(self) -> None:
        """Read the line in its article; where lines are ticked for a label, decide on them."""
        if self._found.ticked is not None and self._found.label is not None:
            self._decide_ticked(self._found.label)
        else:
            super().action_open()

    def action_order(self) -> None:
        """Sort by what comes next; the cursor stays on its line."""
        key = self.current
        self._found.next_order()
        self.query_one(LineList).show(len(self._found.lines), self._index_of(key))
        self.show_frame()

    def action_query(self) -> None:
        """Ask what to look for."""
        self.ask("query", _typed(self._query), "a text, or a /regular expression/")

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Look for it."""
        self.stop_asking()
        self._spread = None
        self._query = Query.typed(event.text)
        self._begin()

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Look at what there is, or leave when that is nothing."""
        self.stop_asking()
        if self._query is None:
            self.dismiss(None)
        self.show_frame()

    # Deciding ----------------------------------------------------------------------------------------------

    def action_tick(self) -> None:
        """Let lines be ticked, or no more."""
        if self._found.ticked is None:
            self._found.start_ticking()
        else:
            self._spread = None
            self._found.stop_ticking()
        self.redraw()

    def action_tick_all(self) -> None:
        """Tick all lines, or none."""
        if self._found.ticked is None:
            self._found.start_ticking()
        self._found.tick_all()
        self.redraw()

    def action_confirm(self) -> None:
        """Tick the line, or confirm what is suggested there; go to the next line."""
        index = self.query_one(LineList).cursor
        if index >= len(self._found.lines):
            return
        if not self._may_act():
            return
        if self._found.ticked is not None:
            self._notice = self._found.tick(index)
        else:
            self._act(lambda: self._found.confirm(index))
        self.query_one(LineList).move_by(1)
        self.redraw()

    def _may_act(self) -> bool:
        """Whether the line under the cursor has been on screen for the person who has pressed a key just now."""
        return not self._held and self.query_one(LineList).is_drawn

    def action_reject(self) -> None:
        """No entity."""
        self._decide("")

    def _decide(self, label: str) -> None:
        index = self.query_one(LineList).cursor
        if self._found.ticked is not None:
            self._decide_ticked(label)
        elif index < len(self._found.lines) and self._may_act():
            self._act(lambda: self._found.decide(index, label))
            self.redraw()

    def _act(self, act: Callable[[], bool]) -> None:
        key = self.current
        try:
            if act() and key:
                self.touched.add(key[0])
        except ManiculeError as error:
            self.say(error.message)

    def _reckon(self, label: str) -> None:
        self._run(lambda on_article: self._found.reckon(label, on_article), "reckoned")

    def _decide_ticked(self, label: str) -> None:
        if not self._found.ticked:
            self.say("nothing is ticked")
            return

        def decide(on_article: OnArticle) -> list[ArticleMentions]:
            decisions = self._found.decisions(label, lambda *_: None)
            return self._desk.decide_at_once(decisions, on_article) if decisions else []

        self._run(decide, "decided")

    def _run(self, work: Callable[[OnArticle], object], what: str) -> None:
        self._doing = what
        self._work = LongTask(work, self.post_message)
        self.run_worker(self._work.run, thread=True, exit_on_error=False, group="deciding")

    def _cancel_work(self) -> None:
        """What is only reckoned can be left; what is decided is decided."""
        if self._work and self._doing == "reckoned":
            self._work.cancel()
            self._work = None
            self.say("not all lines were looked at")

    def on_task_moved(self, event: TaskMoved) -> None:
        """Show how far it is."""
        if event.task is self._work:
            self.say(f"{self._doing} {event.done:,} of {event.total:,} articles …")

    def on_task_ended(self, event: TaskEnded) -> None:
        """Show what came of it."""
        if event.task is not self._work:
            return
        self._work = None
        if event.error:
            self.say(event.error.message)
        elif self._doing == "reckoned":
            assert self._spread is not None
            self._found.propose(self._spread, cast("dict[MentionKey, Spread]", event.result))
            self._notice = ""
        else:
            self._take_in(cast("list[ArticleMentions]", event.result))
        self.redraw()

    def _take_in(self, articles: list[ArticleMentions]) -> None:
        ticked = len(self._found.ticked or ())
        self._corpus.replace(articles)
        for one in articles:
            self._found.forget(one.article_id)
            self._desk.refresh_row(one.article_id)
            self.touched.add(one.article_id)
        self._spread = None
        self._found.stop_ticking()
        told = (
            f"{ticked:,} lines in {len(articles):,} articles decided · {key_of('concordance.undo')} undoes them as one"
        )
        self._notice = told if articles else "nothing to change"


def _typed(query: Query | None) -> str:
    if query is None:
        return ""
    return f"/{query.text}/" if query.is_regex else query.text
