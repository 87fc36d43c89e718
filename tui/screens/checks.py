"""The queue of what the checks have found: the lines of each finding side by side, settled by a key."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import cast

from textual import events
from textual.binding import Binding
from textual.worker import Worker, WorkerState

from annotate.checks.findings import Doubt, Finding
from annotate.errors import ManiculeError
from annotate.project_wide import MentionKey
from annotate.schemes import RESERVED_KEYS
from store.mention_index import ArticleMentions
from tui.actions import actions_of, key_of, shown_keys
from tui.check_queue import CheckQueue
from tui.corpus import Corpus
from tui.desk import Desk
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved
from tui.pace import Pace
from tui.screens.line_screen import LineScreen
from tui.widgets.bar import Piece
from tui.widgets.cursor_list import CONTEXT_ROWS
from tui.widgets.line_list import LineList, Row

_HINTS = {
    "fix": "fix", "fix_all": "fix all", "accept": "accept as it is", "open": "read", "next_finding": "next",
    "rule": "rule", "undo": "undo", "again": "look again",
    "cross_validate": "cross-validate", "back": "back",
}  # fmt: skip

_TOP = CONTEXT_ROWS + 1
"""The line of the screen on which the first line of a finding stands that one goes to."""

_LOOKING, _FIXING, _TRAINING = "looked at", "fixed", "trained"


class Checks(LineScreen):
    """Looks for findings unless some are at hand, and shows what is left of them.

    Args:
        desk: the project.
        corpus: its entities, and what was found before.
        here: the article that the annotator comes from; "" for none.
        pace: tells held keys.
    """

    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("checks")
    ]

    def __init__(self, desk: Desk, corpus: Corpus, here: str = "", pace: Pace | None = None) -> None:
        super().__init__(desk, corpus)
        self._here = here
        self._queue = CheckQueue(desk, corpus)
        self._pace = pace or Pace(time.monotonic)
        self._held = False
        self._seen: set[int] = set()
        self._asked: Finding | None = None
        self._work: LongTask | None = None
        self._doing = ""
        self._progress = ""

    def on_mount(self) -> None:
        """Show what is left of what was found before, or look."""
        if self._corpus.findings is None:
            self.action_again()
        else:
            self._show(self._corpus.findings)

    def on_unmount(self) -> None:
        """Nobody waits for findings any more."""
        if self._work:
            self._work.cancel()

    # Looking -----------------------------------------------------------------------------------------------

    def action_again(self) -> None:
        """Look for findings in all articles."""
        self._progress = "looking …"
        self._run(self._queue.look, _LOOKING)
        self.show_frame()

    def action_cross_validate(self) -> None:
        """Train models on the articles that are done, each asked about those that it has not seen, and look again."""
        self._progress = "training …"
        self._run(self._queue.train, _TRAINING)
        self.show_frame()

    def _show(self, findings: list[Finding]) -> None:
        self._corpus.findings = findings
        self._queue.take(findings)
        self._show_rows(self._queue.first_in(self._here))

    def _show_rows(self, cursor: int) -> None:
        self._seen.clear()
        rows = self._queue.rows
        self.query_one(LineList).show(len(rows), cursor, ("", "nothing: your decisions contradict each other nowhere"))
        self.show_frame()

    def _run(self, work: Callable[[OnArticle], object], what: str) -> None:
        if self._work:
            return
        self._doing = what
        self._work = LongTask(work, self.post_message)
        self.run_worker(self._work.run, thread=True, exit_on_error=False, group="checks")

    def on_task_moved(self, event: TaskMoved) -> None:
        """Show how far it is."""
        if event.task is self._work:
            self._progress = f"{self._doing} {event.done:,} of {event.total:,} …"
            self.show_frame()

    def on_task_ended(self, event: TaskEnded) -> None:
        """Show what came of it."""
        if event.task is not self._work:
            return
        self._work, self._progress = None, ""
        if event.error:
            self.say(event.error.message)
        elif self._doing == _TRAINING:
            self._queue.doubts = cast("list[Doubt]", event.result)
            self.action_again()
        elif self._doing == _LOOKING:
            findings, problems = cast("tuple[list[Finding], list[str]]", event.result)
            self._show(findings)
            if problems:
                more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
                self.say(f"{problems[0]}{more}")
        else:
            self._take_in(*cast("tuple[list[ArticleMentions], int, list[str]]", event.result))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when work behind the screen failed."""
        if event.state is WorkerState.ERROR:
            self._work, self._progress = None, ""
            self.say(f"this failed: {event.worker.error}")

    # Showing -----------------------------------------------------------------------------------------------

    def row(self, index: int) -> Row:
        """A finding or a line as it stands now."""
        self._seen.add(index)
        return self._queue.row(index)

    def key_at(self, index: int) -> MentionKey | None:
        """The place of a line."""
        case = self._queue.case_at(index)
        return (case.spot.article_id, case.spot.start, case.spot.end) if case else None

    def heading(self) -> tuple[list[Piece], list[Piece]]:
        """How many findings are left."""
        right = self._progress or self._queue.summary()
        return [("☞ ", "bold $accent"), ("Checks", "bold")], [(right, "$foreground 65%")]

    def standing(self) -> str:
        """What the line under the cursor is in."""
        case = self._queue.case_at(self._cursor)
        return self._corpus.title(case.spot.article_id) if case else ""

    def hints(self) -> Sequence[str]:
        """What the keys do."""
        keys = shown_keys("checks")
        first, *others = (f"{keys[name]} {told}" for name, told in _HINTS.items())
        return first, "A-Z label", *others

    @property
    def _cursor(self) -> int:
        return self.query_one(LineList).cursor

    def _go(self, row: int) -> None:
        """Go to a row; where it is another finding's, with that one at the top of the screen."""
        lines = self.query_one(LineList)
        if self._queue.finding_at(row) is self._queue.finding_at(self._cursor):
            lines.cursor = row
        else:
            lines.put_cursor(row, _TOP)

    def changed(self) -> None:
        """Show what was decided; after an undo also what that has opened again."""
        rows = self._queue.rows
        place = rows[self._cursor] if self._cursor < len(rows) else None
        self._queue.refresh()
        if self._queue.list_again():
            rows = self._queue.rows
            self._show_rows(rows.index(place) if place in rows else self._queue.after(-1))
        super().changed()

    # Keys --------------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Take the keys in the order in which they were typed; labels come before the bindings."""
        event.stop()
        event.prevent_default()
        binding = self.active_bindings.get(event.key)
        if self._work:
            if binding and binding.binding.action == "back" and self._doing != _FIXING:
                self._stop_work()
            return
        self._notice = ""
        self._held = self._pace.is_held(event.key)
        character = event.character or ""
        if binding is None or binding.binding.action != "fix_all":
            self._asked = None
        if character.isupper() or character.isdigit():
            self._press_label(character)
        elif binding:
            await self.app.run_action(binding.binding.action, binding.node)
        if self.is_attached:
            self.show_frame()

    def _stop_work(self) -> None:
        """Look or train no longer; back where there is nothing else to show."""
        if self._work and self._corpus.findings is not None:
            self._work.cancel()
            self._work, self._progress = None, ""
            self.say("stopped")
        else:
            self.action_back()

    def action_next_finding(self) -> None:
        """Go to the next finding that is left."""
        self._go(self._queue.after(self._cursor))

    def action_previous_finding(self) -> None:
        """Go to the previous finding that is left."""
        self._go(self._queue.after(self._cursor, step=-1))

    def action_rule(self) -> None:
        """Show the findings of the next rule, or of all."""
        finding = self._queue.finding_at(self._cursor)
        self._queue.next_rule()
        own = (at for at in range(len(self._queue.rows)) if self._queue.finding_at(at) is finding)
        self._show_rows(next(own, self._queue.after(-1)))

    # Deciding ----------------------------------------------------------------------------------------------

    def _press_label(self, character: str) -> None:
        label = self._desk.project.config.scheme.label_for_key(character)
        if label:
            self._decide(label.name)
        else:
            self.say(f"no label on {character}{'. Caps Lock?' if character in RESERVED_KEYS else ''}")

    def _may_act(self) -> bool:
        """Whether the line under the cursor has been on screen for the person who has pressed a key just now."""
        return not self._held and self.query_one(LineList).is_drawn

    def action_fix(self) -> None:
        """Make of the line what is proposed, and go to the next one that is left."""
        case, cursor = self._queue.case_at(self._cursor), self._cursor
        if not self._may_act():
            return
        if case is None or not case.spot.suspect or not self._queue.is_as_found(case.spot):
            self._go(self._queue.after_line(cursor))
        elif not case.fixed:
            self.say("nothing is proposed here: a label, or x for no entity")
        elif self._act(lambda: self._queue.fix(case)):
            self._go(self._queue.after_line(cursor))
        self.redraw()

    def action_reject(self) -> None:
        """No entity on this line: what is there is rejected, what is not there is accepted as it is."""
        case, finding = self._queue.case_at(self._cursor), self._queue.finding_at(self._cursor)
        if case and finding and not case.spot.label and case.spot.suspect and self._queue.is_as_found(case.spot):
            if self._may_act() and self._act(lambda: self._queue.accept(finding, [case])):
                self._go(self._queue.after_line(self._cursor))
                self.redraw()
        else:
            self._decide("")

    def _decide(self, label: str) -> None:
        case, cursor = self._queue.case_at(self._cursor), self._cursor
        if case and self._may_act():
            if self._act(lambda: self._queue.decide(case, label)) and case.spot.suspect:
                self._go(self._queue.after_line(cursor))
            self.redraw()

    def _act(self, act: Callable[[], bool]) -> bool:
        key = self.current
        try:
            done = act()
        except ManiculeError as error:
            self.say(error.message)
            return False
        if done and key:
            self.touched.add(key[0])
        return done

    def action_accept(self) -> None:
        """Leave what is left of the finding as it is, and remember that."""
        finding, cursor = self._queue.finding_at(self._cursor), self._cursor
        if finding and self._may_act() and self._act(lambda: self._queue.accept(finding)):
            self._notice = f"left as it is: {finding.told} · {key_of('checks.undo')} takes that back"
            self._go(self._queue.after(cursor))
        self.redraw()

    def action_fix_all(self) -> None:
        """Make of all that is left of the finding what is proposed; asks where part of it was not on screen."""
        finding = self._queue.finding_at(self._cursor)
        left = self._queue.left_rows(self._cursor)
        if finding is None or not left or not self._may_act():
            return
        unseen = [at for at in left if at not in self._seen]
        if unseen and self._asked is not finding:
            self._asked = finding
            self.say(f"{len(unseen):,} of {len(left):,} lines were not on screen: {key_of('checks.fix_all')} fixes all")
            return

        def decide(on_article: OnArticle) -> tuple[list[ArticleMentions], int, list[str]]:
            decisions, problems = self._queue.fixes(finding)
            articles = self._desk.decide_at_once(decisions, on_article) if decisions else []
            return articles, len(left) - len(problems), problems

        self._run(decide, _FIXING)

    def _take_in(self, articles: list[ArticleMentions], fixed: int, problems: list[str]) -> None:
        self._corpus.replace(articles)
        for one in articles:
            self._desk.refresh_row(one.article_id)
            self.touched.add(one.article_id)
        cursor = self._cursor
        self._queue.refresh()
        lines, where = ("line" if fixed == 1 else "lines"), ("article" if len(articles) == 1 else "articles")
        told = f"{fixed:,} {lines} in {len(articles):,} {where} fixed · {key_of('checks.undo')} takes that back"
        self._notice = " · ".join([told if articles else "nothing to change", *problems[:1]])
        self._go(self._queue.after(cursor) if not self._queue.left_rows(cursor) else cursor)
        self.redraw()
