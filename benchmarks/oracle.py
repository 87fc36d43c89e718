"""An annotator who knows the gold: plans the keys that a skilled person would type, the fewest that it can find."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from annotate.errors import DecisionError
from annotate.layers import State as Decided
from annotate.mentions import same_in_article
from annotate.spans import Span
from annotate.view import Entry
from benchmarks.simulator import MOVES, Simulator, State, undecided, words_in

PURPOSES = ("move", "confirm", "correct", "add", "finish")
"""What keys are pressed for; relabelling, moving an edge and rejecting are corrections."""

_FURTHEST = 5
"""Keys after which no way is looked for any more but a search."""

_SEARCH_KEYS = 3
"""What a search takes besides its text: `/`, and Esc to leave it and again to drop what it selected."""

_LONGEST_SEARCH = 40

_CHOICES = 3
"""How many of the next corrections are weighed against each other, one key for each that is passed over."""

_LATER = 6
"""Suggestions ahead at which it is considered to come back for a missing entity, if that is nearer from there."""


@dataclass(frozen=True, slots=True)
class Step:
    """Keys pressed one after the other for one of PURPOSES."""

    purpose: str
    keys: tuple[str, ...]


class NoWayError(Exception):
    """The oracle cannot make the gold of an article with the keys that it knows."""


class Oracle:
    """Plans one article by playing it on a simulator.

    With `bulk` what is right stays undecided until the end, where `d` and Space confirm all of it; and `=` decides on
    every mention of a text where that helps.
    """

    def __init__(self, simulator: Simulator, gold: Iterable[Span], *, bulk: bool) -> None:
        self._simulator = simulator
        self._reading = simulator.reading
        self._gold = sorted(gold)
        self._bulk = bulk
        self._steps: list[Step] = []
        scheme = self._reading.view.scheme
        digits = {label.name: digit for digit, label in zip("1234567890", scheme.labels, strict=False)}
        self._keys = {label.name: label.key or digits[label.name] for label in scheme.labels}

    def plan(self) -> list[Step]:
        """The steps from the opened article to its end.

        Raises:
            NoWayError: the gold cannot be made.
        """
        if self._bulk:
            self._correct_only()
        else:
            self._decide_each()
        self._press("finish", "d")
        if self._reading.question:
            self._press("finish", "Space")
        self._check()
        return self._steps

    def _check(self) -> None:
        layer = self._reading.view.layer
        have = {one.span for one in layer.annotations.values() if one.state is Decided.CONFIRMED}
        if have != set(self._gold):
            raise NoWayError(f"{self._reading.article.id}: {sorted(have ^ set(self._gold))}")

    # Every decision singly ---------------------------------------------------------------------------------

    def _decide_each(self) -> None:
        while left := undecided(self._simulator):
            self._add_before(left[0])
            if self._reading.focus != left[0]:
                self._walk("move", self._shortest(self._is_focus(left[0])))
            self._settle(left[0])
        for missing in self._missing(None):
            self._add(missing)

    def _add_before(self, entry: Entry) -> None:
        """Add what is missing before an entry, unless that costs less from one further on."""
        for missing in self._missing(entry.start):
            if not self._is_nearer_later(missing):
                self._add(missing)

    def _is_nearer_later(self, missing: Span) -> bool:
        simulator = self._simulator
        here, now = simulator.state, len(self._shortest(self._is_in(missing)))
        if now < 2:
            return False
        costs = []
        for entry in undecided(simulator)[1:_LATER]:
            simulator.state = (self._reading.words.word_at(entry.start), entry.key, here[2], None)
            simulator.page.reveal()
            costs.append(self._way(self._is_in(missing), now - 1) is not None)
            simulator.state = here
        return any(costs)

    # Only what is wrong ------------------------------------------------------------------------------------

    def _correct_only(self) -> None:
        while tasks := self._tasks():
            chosen, way = 0, self._shortest(tasks[0][0])
            for number, (goal, _) in enumerate(tasks[1:_CHOICES], start=1):
                nearer = self._way(goal, chosen + len(way) - number - 1)
                if nearer is not None:
                    chosen, way = number, nearer
            self._walk("move", way)
            tasks[chosen][1]()

    def _tasks(self) -> list[tuple[Callable[[], bool], Callable[[], None]]]:
        """What there is to correct or add, in order, each with where it is done."""
        found: list[tuple[int, Callable[[], bool], Callable[[], None]]] = []
        for entry in undecided(self._simulator):
            if self._wanted(entry) != Span(entry.start, entry.end, entry.label):
                found.append((entry.start, self._is_focus(entry), lambda entry=entry: self._settle(entry)))  # type: ignore[misc]
        view = self._reading.view
        for missing in self._missing(None):
            if any(entry.undecided for entry in view.overlapping(missing.start, missing.end)):
                continue  # what covers it is wrong, and leaves it bare once it is settled
            found.append((missing.start, self._is_in(missing), lambda missing=missing: self._add_here(missing)))  # type: ignore[misc]
        return [(goal, act) for _, goal, act in sorted(found, key=lambda one: one[0])]

    # What one entity takes ---------------------------------------------------------------------------------

    def _settle(self, entry: Entry) -> None:
        wanted = self._wanted(entry)
        if wanted is None:
            self._press("correct", "x")
        elif (wanted.start, wanted.end) == (entry.start, entry.end):
            same = wanted.label == entry.label
            self._press("confirm" if same else "correct", "Space" if same else self._keys[wanted.label])
        else:
            self._shape("correct", wanted)
            if wanted.label != entry.label:
                self._press("correct", self._keys[wanted.label])
            self._same_where_it_helps("correct")

    def _add(self, missing: Span) -> None:
        self._walk("move", self._shortest(self._is_in(missing)))
        self._add_here(missing)

    def _add_here(self, missing: Span) -> None:
        self._press("add", self._keys[missing.label])
        self._shape("add", missing)
        self._same_where_it_helps("add")

    def _same_where_it_helps(self, purpose: str) -> None:
        """Decide on every mention at once where all of them are gold, and one would have to be added or corrected."""
        reading, focus = self._reading, self._reading.focus
        if not self._bulk or focus is None:
            return
        same = same_in_article(reading.view, focus, reading.words)
        made = {one.span for act in same.decisions for one in act.after.annotations if one.state is Decided.CONFIRMED}
        right = {Span(one.start, one.end, one.label) for one in undecided(self._simulator)}
        if made <= set(self._gold) and made - right:
            self._press(purpose, "=")

    def _shape(self, purpose: str, wanted: Span) -> None:
        """Move the edges of what is focused: by words, and by characters where words do not end there."""
        self._press(purpose, *self._edges(wanted))
        if self._at(wanted):
            return
        self._press(purpose, ",")
        self._press(purpose, *self._edges(wanted))
        self._press(purpose, ",")
        if not self._at(wanted):
            raise NoWayError(f"no keys lead to {wanted}")

    def _at(self, wanted: Span) -> bool:
        focus = self._reading.focus
        return focus is not None and (focus.start, focus.end) == (wanted.start, wanted.end)

    def _edges(self, wanted: Span) -> list[str]:
        """Presses that bring the edges as near as can be; growing first, so that something is always left."""
        focus, stops = self._reading.focus, self._reading.stops
        if focus is None:
            raise NoWayError(f"nothing is focused for {wanted}")
        start, left = _presses(focus.start, wanted.start, stops.previous_edge, "[")
        end, right = _presses(focus.end, wanted.end, stops.next_edge, "]")
        _, less_left = _presses(start, wanted.start, stops.next_start, "{")
        _, less_right = _presses(end, wanted.end, stops.previous_end, "}")
        return [*left, *right, *less_left, *less_right]

    # What is wanted ----------------------------------------------------------------------------------------

    def _placed(self, span: Span) -> bool:
        return any(one.state is Decided.CONFIRMED for one in self._reading.view.holding(span))

    def _wanted(self, entry: Entry) -> Span | None:
        found = [one for one in self._gold if one.overlaps(entry.start, entry.end) and not self._placed(one)]
        return max(found, key=lambda one: (_shared(one, entry), -one.start), default=None)

    def _missing(self, before: int | None) -> list[Span]:
        """Gold that no suggestion that is left will lead to."""
        wanted = {self._wanted(entry) for entry in undecided(self._simulator)}
        return [
            one
            for one in self._gold
            if (before is None or one.start < before) and one not in wanted and not self._placed(one)
        ]

    # Ways --------------------------------------------------------------------------------------------------

    def _is_focus(self, entry: Entry) -> Callable[[], bool]:
        def there() -> bool:
            return self._reading.focus is not None and self._reading.focus.key == entry.key

        there.targets = [self._reading.words.word_at(entry.start)[0]]  # type: ignore[attr-defined]
        return there

    def _is_in(self, span: Span) -> Callable[[], bool]:
        words = list(words_in(self._simulator, span.start, span.end))

        def there() -> bool:
            return self._reading.focus is None and self._reading.cursor in words

        there.targets = [start for start, _ in words]  # type: ignore[attr-defined]
        return there

    def _shortest(self, there: Callable[[], bool]) -> list[str]:
        """The fewest keys that lead from here to there, by moving or by searching."""
        way = self._way(there)
        if way is not None and len(way) <= _SEARCH_KEYS:
            return way
        for target in there.targets:  # type: ignore[attr-defined]
            most = len(way) - _SEARCH_KEYS if way else _LONGEST_SEARCH
            for typed in range(1, most):
                keys = self._search_for(target, typed, there)
                if keys:
                    return keys
        if way is None:
            raise NoWayError(f"{self._reading.article.id}: no way leads to {there.targets}")  # type: ignore[attr-defined]
        return way

    def _search_for(self, target: int, length: int, there: Callable[[], bool]) -> list[str]:
        """The keys that search for the first characters at `target`, if that leads there."""
        simulator = self._simulator
        begin, typed = simulator.state, self._reading.article.text[target : target + length]
        found = "\n" not in typed and simulator.search(typed) is not None
        simulator.drop()
        found = found and there()
        simulator.state = begin
        return ["/", *typed, "Esc", "Esc"] if found else []

    def _way(self, there: Callable[[], bool], most: int = _FURTHEST) -> list[str] | None:
        """The fewest keys that lead from here to there by moving; None where it takes more than `most`."""
        simulator, numbers = self._simulator, count()
        begin = simulator.state
        best: list[str] | None = None
        heap: list[tuple[int, int, State, list[str]]] = [(0, next(numbers), begin, [])]
        seen: set[State] = set()
        while heap:
            cost, _, state, keys = heapq.heappop(heap)
            simulator.state = state
            if there():
                best = keys
                break
            if state in seen or cost >= most:
                continue
            seen.add(state)
            for further in self._from(state, there, keys):
                if len(further[1]) <= most:
                    heapq.heappush(heap, (len(further[1]), next(numbers), *further))
        simulator.state = begin
        return best

    def _from(self, state: State, there: Callable[[], bool], keys: list[str]) -> Iterator[tuple[State, list[str]]]:
        """Where each key leads, and the jumps to what is wanted; from a page that was just turned, too."""
        simulator = self._simulator
        if not keys or keys[-1] in ("PgUp", "PgDn", "Home", "End"):
            tags = simulator.jumps()
            for target in there.targets:  # type: ignore[attr-defined]
                if target in tags:
                    simulator.jump(target)
                    yield simulator.state, [*keys, "g", *tags[target]]
                    simulator.state = state
        for key in MOVES:
            if simulator.move(key):
                yield simulator.state, [*keys, key]
            simulator.state = state

    # Typing ------------------------------------------------------------------------------------------------

    def _walk(self, purpose: str, keys: Sequence[str]) -> None:
        if not keys:
            return
        self._steps.append(Step(purpose, tuple(keys)))
        rest = list(keys)
        while rest:
            key = rest.pop(0)
            if key == "/":
                self._simulator.search("".join(rest[:-2]))
                self._simulator.drop()
                return
            if key == "g":
                tags = {tag: start for start, tag in self._simulator.jumps().items()}
                length = next(size for size in range(1, len(rest) + 1) if "".join(rest[:size]) in tags)
                self._simulator.jump(tags["".join(rest[:length])])
                del rest[:length]
            else:
                self._simulator.move(key)

    def _press(self, purpose: str, *keys: str) -> None:
        if not keys:
            return
        for key in keys:
            try:
                self._simulator.decide(key)
            except DecisionError as error:
                raise NoWayError(error.message) from error
        self._steps.append(Step(purpose, keys))


def _presses(at: int, goal: int, step: Callable[[int], int], key: str) -> tuple[int, list[str]]:
    """Where `key` takes an edge from `at` towards `goal` but not past it, and the presses."""
    keys: list[str] = []
    while at != goal:
        following = step(at)
        if following == at or (following > at) != (goal > at) or abs(following - at) > abs(goal - at):
            break
        at = following
        keys.append(key)
    return at, keys


def _shared(one: Span, entry: Entry) -> int:
    return min(one.end, entry.end) - max(one.start, entry.start)
