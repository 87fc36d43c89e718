"""The table of keys agrees with the screens, the docs and itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.ontonotes import ONTONOTES
from annotate.schemes import RESERVED_KEYS
from tui.actions import ACTIONS, Action, actions_of, find_clashes, keys_in_markdown, shown_key
from tui.app import ManiculeApp
from tui.screens.checks import Checks
from tui.screens.clashes import Clashes
from tui.screens.concordance import Concordance
from tui.screens.entity import EntityPage
from tui.screens.export import Export
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.screens.statistics import Statistics
from tui.screens.unplaced import UnplacedList

DOCS = Path(__file__).parents[2] / "docs"
SCREENS = {
    "reader": Reader,
    "library": Library,
    "export": Export,
    "statistics": Statistics,
    "clashes": Clashes,
    "unplaced": UnplacedList,
    "concordance": Concordance,
    "entity": EntityPage,
    "checks": Checks,
    "app": ManiculeApp,
}


def test_no_key_is_claimed_twice() -> None:
    assert find_clashes() == []


def test_a_clash_is_found_on_a_screen_and_with_the_whole_program() -> None:
    table = [
        Action("reader.one", ("x",), "", ""),
        Action("reader.two", ("x",), "", ""),
        Action("app.help", ("slash",), "", ""),
        Action("library.filter", ("slash",), "", ""),
    ]
    assert [str(clash) for clash in find_clashes(table)] == [
        "x: reader.one and reader.two",
        "/: app.help and library.filter",
    ]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_something_its_screen_does(action: Action) -> None:
    assert callable(getattr(SCREENS[action.room], f"action_{action.name}"))


def test_ids_are_unique() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def test_no_action_takes_a_key_that_labels() -> None:
    letters = {key for action in actions_of("reader") for key in action.keys if len(key) == 1}
    assert not {key for key in letters if key.isupper() or key.isdigit()}


def test_default_labels_have_keys_that_are_free() -> None:
    keys = [label.key for label in ONTONOTES.labels]
    assert len(set(keys)) == len(keys) == 18
    assert not RESERVED_KEYS & set(keys)


@pytest.mark.parametrize(
    ("key", "shown"),
    [("space", "Space"), ("shift+left", "Shift+←"), ("ctrl+r", "Ctrl+R"), ("x", "x"), ("question_mark", "?")],
)
def test_keys_are_shown_as_people_know_them(key: str, shown: str) -> None:
    assert shown_key(key) == shown


def test_the_docs_hold_the_table() -> None:
    assert keys_in_markdown() in (DOCS / "keys.md").read_text(encoding="utf-8")
