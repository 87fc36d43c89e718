"""Reviewing without a screen: takes one typed answer after the other and gives the lines to show for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from annotate.decisions import Group
from annotate.errors import DecisionError
from annotate.layers import Status
from annotate.schemes import Label
from annotate.sentences import sentence_around
from annotate.sieve import sieve_from
from annotate.view import Entry
from annotate.words import Range
from tui.desk import Desk
from tui.reading import Reading
from tui.spoken import HELP, heading, label_help, reading_aloud, sentence, standing
from tui.told_groups import articles_of, describe

NO_SUCH_ANSWER = "that is no answer"
_EDGES = re.compile(r"(?P<edges>(?:[\[\]{}]\s*\d{0,2}\s*)+)(?P<label>\S*)")
_EDGE = re.compile(r"([\[\]{}])\s*(\d*)")
_STEPS = {"[": (-1, 0), "]": (0, 1), "{": (1, 0), "}": (0, -1)}
_QUESTION_KEYS = {"y": "space", "n": "x", "take": "t"}
"""What the reader calls the answers that are typed here."""

LEAST_CERTAIN, AS_READ = "least certain first", "in order of the text"
_SCORED = re.compile(r"(?:(?P<show>threshold)|confirm from)(?P<score>\s.*|)")
"""What is typed where the reader asks for a score."""

_NOTHING_ASKED = "d done, a TEXT = LABEL adds an entity, t reads it, ? help."
_NOT_A_DECISION = frozenset({"?", "t", "q"})


class LineReview:
    """A conversation about the undecided suggestions of one article after the other.

    Attributes:
        over: whether the annotator has quit.
    """

    def __init__(self, desk: Desk, article_id: str) -> None:
        """Open that article.

        Raises:
            ManiculeError: it cannot be read.
        """
        self.over = False
        self._desk = desk
        self._reading = self._opened(article_id)
        self._told: tuple[str, Range | None] | None = None
        self._words: dict[str, Callable[[], str]] = {
            "": self._confirm,
            "y": self._confirm,
            "n": self._reject,
            "=": self._same,
            "s": self._pass,
            "d": self._done,
            "f": self._flag,
            "m": lambda: self._note(""),
            "u": lambda: self._travel(self._desk.session.undo, "undone", "nothing to undo"),
            "r": lambda: self._travel(self._desk.session.redo, "done again", "nothing to redo"),
            ">": lambda: self._step(1),
            "<": lambda: self._step(-1),
            "q": self._quit,
            LEAST_CERTAIN: lambda: self._order(True),
            AS_READ: lambda: self._order(False),
        }

    def ask(self) -> list[str]:
        """The lines that ask about what comes next; fewer of them where it was asked before."""
        reading, view, focus = self._reading, self._reading.view, self._reading.focus
        told = (reading.article.id, (focus.start, focus.end) if focus else None)
        before, self._told = self._told, told
        lines = [] if before and before[0] == told[0] else [heading(view, self._place()), *_told_first(reading)]
        if reading.question:
            return [*lines, _question(reading)]
        if focus is None:
            hidden = f"{reading.hidden}. " if reading.hidden else ""
            return [*lines, f"Nothing is asked here: {hidden}{_NOTHING_ASKED}"]
        reading.see([focus])
        if before != told:
            lines.append(sentence(view, focus))
        return [*lines, standing(view, focus)]

    def answer(self, line: str, *, read: bool = True) -> list[str]:
        """Act on an answer, saved when this returns; the lines to show: what came of it, and what is asked next.

        Args:
            line: as it was typed.
            read: whether there was time to read what was asked; nothing is decided without.

        Raises:
            ManiculeError: an article cannot be read.
        """
        line = line.strip()
        if line in ("?", "t"):
            told = self._help() if line == "?" else reading_aloud(self._reading.view)
        elif not read and line not in _NOT_A_DECISION:
            told = ["That came before it could be read, so nothing was decided."]
        else:
            told = [self._act(line)]
        if self._reading.unsaved:
            told.append(f"NOT SAVED: {self._reading.unsaved}. It is tried again with each decision.")
        return told if self.over else [*told, *self.ask()]

    def leave(self) -> None:
        """Fold what was decided; the review is over."""
        self._desk.leave(self._reading)

    # What an answer means ----------------------------------------------------------------------------------

    def _act(self, line: str) -> str:
        question = self._reading.question
        if question and line in ("", "y", "n", "d", "take"):
            answers = question.answers
            return self._answer_question(answers.get(_QUESTION_KEYS.get(line, line)) or answers.get(line))
        self._reading.begin()
        if line in self._words:
            return self._words[line]()
        if scored := _SCORED.fullmatch(line):
            return self._sift(scored["score"]) if scored["show"] else self._confirm_from(scored["score"])
        verb, _, rest = line.partition(" ")
        if verb == "m":
            return self._note(rest.strip())
        if verb == "a":
            return self._add(rest)
        if edges := _EDGES.fullmatch(line):
            return self._move(edges["edges"], edges["label"])
        return self._relabel(line)

    def _label(self, word: str) -> Label | None:
        scheme = self._reading.view.scheme
        same = [one for one in scheme.labels if one.name.casefold() == word.casefold()]
        return scheme.label_for_key(word) or scheme.label(word) or (same[0] if len(same) == 1 else None)

    def _answer_question(self, act: Callable[[], None] | None) -> str:
        self._reading.begin()
        if act is None:
            return "nothing has changed"
        act()
        self._desk.look_as(self._reading)
        if self._reading.outdated:
            return self._read_again()
        return self._after_article("open again")

    def _read_again(self) -> str:
        self._reading = self._desk.read_again(self._reading)
        self._go_on()
        return "here is the article as your other session left it"

    # Deciding ----------------------------------------------------------------------------------------------

    def _decide(self, act: Callable[[], None], said: Callable[[Entry], str]) -> str:
        """Decide on what is asked; what came of it, in words."""
        entry, layer = self._reading.focus, self._reading.view.layer
        if entry is None:
            return "nothing is asked here"
        act()
        if self._reading.outdated:
            return self._read_again()
        if self._reading.view.layer is layer:
            return self._reading.notice or "that changes nothing"
        return said(entry)

    def _confirm(self) -> str:
        entry = self._reading.focus
        if entry and not entry.suggestions:
            self._go_on()
            return "next"
        told = self._decide(
            lambda: self._reading.confirm(drawn=True), lambda one: f"confirmed: {self._quote(one)}, {one.label}"
        )
        self._go_on()
        return told

    def _reject(self) -> str:
        told = self._decide(lambda: self._reading.reject(drawn=True), lambda one: f"no entity: {self._quote(one)}")
        self._go_on()
        return told

    def _same(self) -> str:
        told = self._decide(
            lambda: self._reading.same_everywhere(drawn=True),
            lambda one: f"{self._quote(one)}: {self._reading.notice}",
        )
        self._go_on()
        return told

    def _relabel(self, word: str) -> str:
        label = self._label(word)
        if label is None:
            return f"{NO_SUCH_ANSWER}: “{word}”. ? lists the answers"
        told = self._decide(
            lambda: self._reading.label(label.name, drawn=True), lambda one: f"{self._quote(one)}: {label.name}"
        )
        self._go_on()
        return told

    def _move(self, edges: str, word: str) -> str:
        if word and self._label(word) is None:
            return f"{NO_SUCH_ANSWER}: there is no label “{word}”"
        steps = [(_STEPS[key], int(count or 1)) for key, count in _EDGE.findall(edges)]

        def move() -> None:
            for step in (step for step, count in steps for _ in range(count)):
                self._reading.move_boundary(*step, drawn=True)
                if self._reading.notice:
                    return

        told = self._decide(move, lambda _: self._moved())
        return self._relabel(word) if word and not self._reading.notice else told

    def _moved(self) -> str:
        entry = self._reading.focus
        now = f"now: {self._quote(entry)}, {entry.label}" if entry else "moved"
        return f"{now}; {self._reading.notice}" if self._reading.notice else now

    def _add(self, said: str) -> str:
        text, found, word = said.rpartition("=")
        label = self._label(word.strip())
        if not found or not text.strip() or label is None:
            return "to add an entity say what it is: a TEXT = LABEL"
        place = self._unmarked(text.strip())
        if place is None:
            return f"“{text.strip()}” stands nowhere unmarked in this article"
        reading, back = self._reading, self._reading.focus
        layer = reading.view.layer
        reading.select(*place)
        reading.label(label.name, drawn=True)
        if reading.view.layer is layer:
            reading.drop()
            told = reading.notice
        else:
            told = f"added: {label.name}, in: {sentence(reading.view, reading.focus)}" if reading.focus else "added"
        self._go_back(back)
        return told

    def _unmarked(self, text: str) -> Range | None:
        """Where a text first stands outside all entities: in the sentence, then after it, then before it."""
        view, focus = self._reading.view, self._reading.focus
        whole = view.article.text
        start, end = sentence_around(whole, focus.start, focus.end) if focus else (0, len(whole))
        body = r"\s+".join(map(re.escape, text.split()))
        for pattern in (rf"(?<!\w){body}(?!\w)", body):
            for first, last in ((start, end), (end, len(whole)), (0, start)):
                for hit in re.compile(pattern).finditer(whole, first, last):
                    if not view.overlapping(*hit.span()):
                        return hit.span()
        return None

    def _flag(self) -> str:
        self._reading.flag()
        focus = self._reading.focus
        on = bool(focus.remark and focus.remark.unsure) if focus else self._reading.view.layer.marks.flagged
        return f"{'flagged' if on else 'no longer flagged'}: {self._quote(focus) if focus else 'the article'}"

    def _note(self, text: str) -> str:
        self._reading.note(text)
        focus = self._reading.focus
        return f"{'noted' if text else 'no note'}: {self._quote(focus) if focus else 'the article'}"

    # By score ----------------------------------------------------------------------------------------------

    def _sift(self, typed: str) -> str:
        """Show only suggestions on one side of a score; without one say what is shown."""
        reading = self._reading
        if not typed.strip():
            return (
                f"shown: {reading.view.sieve.told or 'all'}. threshold 0.8, threshold <0.5 or threshold all changes it"
            )
        try:
            reading.sift(sieve_from(typed))
        except DecisionError as error:
            return error.message
        return self._looked_otherwise()

    def _order(self, by_certainty: bool) -> str:
        self._reading.order_by_certainty(by_certainty)
        return self._looked_otherwise()

    def _looked_otherwise(self) -> str:
        self._desk.look_as(self._reading)
        told = self._reading.notice
        self._go_on()
        return told

    def _confirm_from(self, typed: str) -> str:
        reading = self._reading
        try:
            sieve = sieve_from(typed)
        except DecisionError as error:
            return error.message
        if sieve.threshold is None or sieve.below:
            return "to confirm all from a score on say which: confirm from 0.9"
        reading.confirm_from(sieve.threshold)
        told = reading.notice or "not yet"
        if not reading.question:
            self._go_on()
        return told

    # Going from one to the next ----------------------------------------------------------------------------

    def _pass(self) -> str:
        self._reading.move_by_undecided(1)
        self._go_on()
        return "next"

    def _go_on(self) -> None:
        reading = self._reading
        if reading.view.undecided_count and not (reading.focus and reading.focus.undecided):
            reading.move_by_undecided(1)
        if not reading.view.undecided_count:
            reading.lose_focus()

    def _go_back(self, entry: Entry | None) -> None:
        if entry:
            self._reading.go_to(entry.start, entry.end)
        self._go_on()

    def _done(self) -> str:
        self._reading.done()
        return "not yet" if self._reading.question else self._after_article("done")

    def _after_article(self, stays: str) -> str:
        if not self._reading.left:
            self._go_on()
            return self._reading.notice or stays
        following = self._desk.next_open(self._reading.article.id)
        self._open(following or self._reading.article.id)
        return "done" if following else "done. No other article is open: q quits"

    def _step(self, step: int) -> str:
        target = self._desk.neighbour(self._reading.article.id, step)
        if target is None:
            return "this is the last article" if step > 0 else "this is the first article"
        self._open(target)
        return "next article" if step > 0 else "previous article"

    def _travel(self, step: Callable[[], Group | None], done: str, nothing: str) -> str:
        try:
            group = step()
        except DecisionError as error:
            return error.message
        if group is None:
            return nothing
        articles = articles_of(group)
        if not articles:
            return f"{done}: {describe(group)}"
        if self._reading.article.id in articles:
            self._take_in(group)
            self._told = self._reading.article.id, None
        else:
            self._open(articles[0], stay=True)
        self._reading.go_to_group(group)
        if self._reading.focus is None:
            self._go_on()
        return f"{done}: {describe(group)}"

    def _take_in(self, group: Group) -> None:
        try:
            self._reading.take_in(group)
        except DecisionError:
            self._open(self._reading.article.id, stay=True)

    def _open(self, article_id: str, *, stay: bool = False) -> None:
        self._desk.leave(self._reading)
        self._reading = self._opened(article_id, stay=stay)
        self._told = None

    def _opened(self, article_id: str, *, stay: bool = False) -> Reading:
        reading = self._desk.open(article_id, stay=stay)
        reading.claim()
        if reading.outdated:
            reading = self._desk.read_again(reading)
        if not (reading.focus and reading.focus.undecided):
            reading.lose_focus()
        return reading

    def _quit(self) -> str:
        self.over = True
        return "Goodbye."

    # Words -------------------------------------------------------------------------------------------------

    def _help(self) -> list[str]:
        return [*HELP, label_help(self._reading.view.scheme)]

    def _place(self) -> str:
        ids = self._desk.ids
        return f"{ids.index(self._reading.article.id) + 1} of {len(ids)}"

    def _quote(self, entry: Entry) -> str:
        return self._reading.article.text[entry.start : entry.end]


def _told_first(reading: Reading) -> list[str]:
    """What there is to say of an article that was just opened, without the key that lists it on a screen."""
    told, _, _ = reading.notice.partition(" · ")
    return [f"{told[0].upper()}{told[1:]}."] if told else []


def _question(reading: Reading) -> str:
    question = reading.question
    assert question is not None
    if "t" in question.answers:
        return f"{question.text} take has it here, any other answer only reads on."
    if "x" in question.answers:
        return f"{question.text} y confirms them, n says that they are no entities, any other answer goes on."
    if "space" in question.answers:
        return f"{question.text} y confirms all, n goes to the first not seen, any other answer goes on."
    if "n" in question.answers:
        return f"{question.text} d finishes it all the same, n shows them, any other answer goes on."
    return f"{question.text} d opens it again, any other answer goes on."


def first_open(desk: Desk) -> str | None:
    """The article that the annotator left last if it is open still, else the next open one; None without any."""
    return next(_open_articles(desk), None)


def _open_articles(desk: Desk) -> Iterator[str]:
    if not desk.ids:
        return
    last = desk.last_place() or desk.ids[0]
    row = desk.refresh_row(last)
    if not row.problem and row.status not in (Status.DONE, Status.SKIPPED):
        yield last
    following = desk.next_open(last)
    if following:
        yield following
