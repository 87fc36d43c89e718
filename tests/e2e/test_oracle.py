"""An oracle that knows the gold plans the fewest keys, types them into the real program, and the export equals it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from annotate.spans import Span
from benchmarks.keystrokes import MODES, Task, check_export, counts, make_plans, make_project, play, reader_size
from benchmarks.recipe import suggestions_by_recipe

PAGE = (
    "Talks on water open in Lima\n\n"
    "General Ada Khan of the Water Board said on Friday that the talks would go on. A delegation from Quito was "
    "expected to join them, and the Andes Fund would pay for it."
)
GOLD = (("Lima", "GPE"), ("Ada Khan", "PERSON"), ("Water Board", "ORG"), ("Friday", "DATE"), ("Quito", "GPE"))
SUGGESTED = (("Lima", "GPE"), ("General Ada Khan", "PERSON"), ("Water Board", "FAC"), ("Friday", "TIME"))


def spans(text: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Span, ...]:
    return tuple(Span(text.index(quote), text.index(quote) + len(quote), label) for quote, label in pairs)


def page_task() -> Task:
    """One right already, two to relabel, one with a wrong boundary, one to add."""
    return Task(PAGE, spans(PAGE, GOLD), spans(PAGE, SUGGESTED))


def played(tasks: list[Task], home: Path, *, bulk: bool) -> int:
    """Plan the keys and type them; how many there were when the export equals the gold."""
    project = make_project(home, tasks)
    plans = make_plans(project, tasks, reader_size(project), bulk=bulk, memory=True)
    typed = play(project, plans, home)
    assert typed == counts(plans).total()
    check_export(project, tasks, home)
    return typed


def test_the_reference_page_takes_at_most_twelve_keys_and_all_five_are_recorded(tmp_path: Path) -> None:
    assert played([page_task()], tmp_path, bulk=False) <= 12


@pytest.mark.parametrize("bulk", [False, True], ids=MODES)
def test_what_the_oracle_types_makes_the_gold(tmp_path: Path, bulk: bool) -> None:
    text = "Nobody met Bo Lind at 3 p.m. in Lima, where Eve Fox of Acme Water works. " * 3
    gold = tuple(
        Span(start, start + len(quote), label)
        for quote, label in (("Bo Lind", "PERSON"), ("3 p.m.", "TIME"), ("Lima", "GPE"), ("Acme Water", "ORG"))
        for start in (text.index(quote), text.rindex(quote))
    )
    suggested = suggestions_by_recipe(text, sorted(gold), ["PERSON", "TIME", "GPE", "ORG"], Random(3))
    assert set(suggested) != set(gold)
    played([page_task(), Task(text, tuple(sorted(gold)), tuple(suggested))], tmp_path, bulk=bulk)


def test_the_oracle_finds_its_way_without_suggestions(tmp_path: Path) -> None:
    tasks = [Task(PAGE, spans(PAGE, GOLD), ())]
    project = make_project(tmp_path, tasks)
    (plan,) = make_plans(project, tasks, reader_size(project), bulk=False)
    assert counts([plan])["add"] == 7
    assert counts([plan])["move"] <= 3 * len(GOLD)
