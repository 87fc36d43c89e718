"""What made an annotation what it is is found among all that was decided on its article."""

from __future__ import annotations

from domain import suggestion, view
from hypothesis import given
from hypothesis import strategies as st

from annotate import acts
from annotate.acts import Decisions
from annotate.lineage import Past, describe_change, lineage
from annotate.view import Entry

TEXT = "Gen Ali met Bo in Lima."


class _Work:
    """A view with all that was decided on it."""

    def __init__(self) -> None:
        self.view = view(TEXT, suggestion(TEXT, "Gen Ali", "ORG"), suggestion(TEXT, "Bo", "PERSON"))
        self.past: list[Past] = []

    def do(self, decisions: Decisions, *, undone: bool = False) -> Decisions:
        self.view.apply(decisions)
        self.past += [Past(f"2026-01-01T00:00:{len(self.past):02}.000Z", one, undone) for one in decisions]
        return decisions

    def undo(self, decisions: Decisions) -> None:
        self.do(tuple(one.inverse() for one in reversed(decisions)), undone=True)

    def entry(self, start: int) -> Entry:
        return next(one for one in self.view.entries() if one.start == start)

    def told(self, start: int) -> list[tuple[str, str, bool]]:
        found = lineage(self.entry(start), self.past)
        return [(one.decision.verb, describe_change(one.decision), one.undone) for one in found]


def test_the_steps_of_one_annotation_are_told_in_order_and_no_others() -> None:
    work = _Work()
    work.do(acts.confirm(work.view, work.entry(12)))
    work.do(acts.relabel(work.view, work.entry(0), "PERSON"))
    work.do(acts.move(work.view, work.entry(0), 4, 7))
    assert work.told(4) == [
        ("relabel", "PERSON “Gen Ali”", False),
        ("move", "“Gen Ali” → “Ali”", False),
    ]
    assert work.told(12) == [("confirm", "PERSON “Bo”", False)]


def test_what_it_took_the_place_of_is_told() -> None:
    work = _Work()
    work.do(acts.add(work.view, 18, 22, "ORG"))
    work.do(acts.add(work.view, 15, 22, "GPE"))
    assert work.told(15) == [("add", "ORG “Lima”", False), ("relabel", "ORG → GPE, “Lima” → “in Lima”", False)]


def test_of_what_is_undecided_again_what_was_taken_back_is_told() -> None:
    work = _Work()
    work.undo(work.do(acts.confirm(work.view, work.entry(12))))
    assert work.told(12) == [("confirm", "PERSON “Bo”", False), ("confirm", "PERSON “Bo”", True)]
    assert work.told(0) == []


def test_notes_and_flags_belong_to_it() -> None:
    work = _Work()
    work.do(acts.note(work.view, work.entry(12), "who?"))
    work.do(acts.flag(work.view, work.entry(12)))
    assert work.told(12) == [("note", "", False), ("flag", "", False)]


@given(st.lists(st.sampled_from(["PERSON", "ORG", "GPE"]), max_size=6))
def test_every_relabel_is_a_step(labels: list[str]) -> None:
    work = _Work()
    work.do(acts.confirm(work.view, work.entry(12)))
    done = [work.do(acts.relabel(work.view, work.entry(12), label)) for label in labels]
    assert len(work.told(12)) == 1 + sum(1 for decisions in done if decisions)
