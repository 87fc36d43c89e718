"""The user's keys do what they say everywhere, and mistakes in them are told all at once before anything starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pilots import project_of, screen_text, wait_for, wait_for_text
from reader_pilots import press, project_of_texts, reading_app, reading_of_app

from annotate.layers import Status
from store.errors import ConfigError
from store.user_config import UserConfig, read_user_config, user_config_path
from tui import main
from tui.actions import ACTIONS, actions_of, in_force, put_in_force
from tui.commands import Commands
from tui.keymap import keymap_of, line_of
from tui.screens.library import Library


@pytest.fixture(autouse=True)
def _table_again() -> Iterator[None]:
    yield
    put_in_force({})


def _config(text: str) -> UserConfig:
    path = user_config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return read_user_config()


def _problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        keymap_of(_config(text))
    return refused.value.message.replace(f"{user_config_path()}:", "").split("\n")


# Reading -------------------------------------------------------------------------------------------------------


def test_without_a_table_the_keys_are_those_of_the_program() -> None:
    put_in_force(keymap_of(_config('theme = "dark"\n')))
    assert tuple(in_force()) == ACTIONS


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ('"space"', ("space",)),
        ('["space", "enter"]', ("space", "enter")),
        ('"Space"', ("space",)),
        ('"&"', ("ampersand",)),
        ('"%"', ("percent_sign",)),
        ('["~", "ctrl+b"]', ("tilde", "ctrl+b")),
        ('["é", "F5"]', ("é", "f5")),
    ],
)
def test_keys_may_be_written_as_they_are_printed(written: str, keys: tuple[str, ...]) -> None:
    assert keymap_of(_config(f'[keys]\n"reader.confirm" = {written}\n')) == {"reader.confirm": keys}


def test_ids_may_be_written_without_quotes_and_in_tables() -> None:
    expected = {"reader.done": ("tilde",), "library.done": ("tilde",)}
    assert keymap_of(_config('[keys]\nreader.done = "~"\nlibrary.done = "~"\n')) == expected
    assert keymap_of(_config('[keys.reader]\ndone = "~"\n[keys.library]\ndone = "~"\n')) == expected


def test_two_actions_may_change_places() -> None:
    assert keymap_of(_config('[keys]\n"reader.done" = "s"\n"reader.skip" = "d"\n'))


def test_what_cannot_be_read_has_no_keys() -> None:
    assert keymap_of(_config("=")) == {}


# Mistakes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('"reader.confrim" = "z"', "2: keys.reader.confrim: no such action; do you mean reader.confirm?"),
        ('"reader.confirm" = "spaec"', "2: keys.reader.confirm: 'spaec' is no key; "),
        ('"reader.confirm" = "hyper+x"', "2: keys.reader.confirm: 'hyper+x' is no key; "),
        ('"reader.confirm" = 3', "2: keys.reader.confirm: give a key in quotes, or several"),
        ('"reader.confirm" = []', "2: keys.reader.confirm: give a key in quotes, or several"),
        ('"reader.confirm" = ""', "2: keys.reader.confirm: give a key in quotes, or several"),
        ('"reader.confirm" = "B"', "2: keys.reader.confirm: 'B' labels: "),
        ('"reader.confirm" = "shift+b"', "2: keys.reader.confirm: 'shift+b' labels: "),
        ('"reader.confirm" = "7"', "2: keys.reader.confirm: '7' labels: "),
        ('"reader.confirm" = "ctrl+m"', "2: keys.reader.confirm: 'ctrl+m' is the same as 'enter' to a terminal"),
        ('"reader.confirm" = "ctrl+b"', "2: keys.reader.confirm: at least one of its keys must do without Ctrl"),
        ('"reader.confirm" = "x"', "2: keys.reader.confirm: x does reader.confirm and reader.reject"),
        ('"reader.confirm" = "?"', "2: keys.reader.confirm: ? does reader.confirm and app.help"),
        ('"app.help" = "z"', "2: keys.app.help: z does reader.confirm_from and app.help"),
    ],
)
def test_a_mistake_is_named_with_its_line(line: str, problem: str) -> None:
    (found,) = _problems(f"[keys]\n{line}\n")
    assert found.startswith(problem)


def test_all_mistakes_are_told_at_once_each_with_its_line() -> None:
    found = _problems(
        'theme = "dark"\n[keys]\n# mine\nreader.dnoe = "z"\n"reader.flag" = ["B", "u"]\n"reader.note" = "u"\n'
    )
    assert [one.partition(":")[0] for one in found] == ["4", "5", "6"]


def test_a_table_that_is_none_is_named() -> None:
    assert _problems('keys = "vim"\n') == ["1: keys: is no table: write [keys] above your keys"]


@given(st.text(max_size=8))
def test_whatever_is_written_for_a_key_is_taken_or_refused_in_words(key: str) -> None:
    config = UserConfig(Path("config.toml"), "", {"keys": {"reader.confirm": key}})
    try:
        assert set(keymap_of(config)) == {"reader.confirm"}
    except ConfigError as refused:
        assert refused.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = 1\n[keys]\n"reader.done" = "z"', 3),
        ("[keys]\nreader . done = 'z'", 2),
        ("[keys.reader]\n\ndone = 'z'", 3),
        ("keys.reader.done = 'z'", 1),
        ("[other]\ndone = 1\n[ keys ]\n'reader.done'='z'", 4),
        ("nothing = 1\n[of]\nthe = 'kind'", 1),
    ],
)
def test_the_line_is_found_however_the_name_is_written(text: str, line: int) -> None:
    assert line_of(text, "keys.reader.done") == line


def test_the_program_does_not_start_with_mistakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(main, "_has_terminal", lambda: True)
    _config('[keys]\n"reader.done" = "A"\n"reader.none" = "z"\n')
    assert main.run([str(project_of(tmp_path / "wire", {"one": "A"}).root), "--annotator", "ada"]) == 2
    first, second = capsys.readouterr().err.rstrip("\n").split("\n")
    assert first.startswith(f"manicule: {user_config_path()}:2: keys.reader.done: 'A' labels")
    assert second.startswith(f"manicule: {user_config_path()}:3: keys.reader.none: no such action")


# In force ------------------------------------------------------------------------------------------------------

_OWN = """\
[keys]
"reader.confirm" = ["~", "enter"]
"reader.done" = "s"
"reader.skip" = "d"
"library.done" = "s"
"library.skip" = "d"
"library.filter" = "%"
"app.help" = "&"
"""


async def test_the_keys_do_what_the_user_says_and_no_longer_what_they_did(tmp_path: Path) -> None:
    put_in_force(keymap_of(_config(_OWN)))
    async with reading_app(project_of_texts(tmp_path), "c") as pilot:
        reading = reading_of_app(pilot)
        left = reading.view.undecided_count
        await press(pilot, "tilde", "enter")
        assert reading.view.undecided_count == left - 2
        await press(pilot, "space")
        assert reading.view.undecided_count == left - 2
        await press(pilot, "d")
        assert reading.view.layer.status is Status.SKIPPED


async def test_every_printed_key_is_the_one_in_force(tmp_path: Path) -> None:
    put_in_force(keymap_of(_config(_OWN)))
    async with reading_app(project_of_texts(tmp_path), "c", size=(110, 30)) as pilot:
        await wait_for_text(pilot, "~ ✓")
        await wait_for_text(pilot, "& help")
        shown = {hit.text: hit.display for hit in [hit async for hit in Commands(pilot.app.screen).discover()]}
        assert str(shown["Done, and open the next article"]).endswith("  s")
        await press(pilot, "ampersand")
        await wait_for_text(pilot, "~ Enter")
        await press(pilot, "ampersand")
        await press(pilot, "a", "space")
        await press(pilot, "n")
        await wait_for_text(pilot, "nothing undecided left · s done")
        await press(pilot, "q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await wait_for_text(pilot, "% filter")
        assert "s done" in screen_text(pilot.app) and "d skip" in screen_text(pilot.app)


@pytest.mark.parametrize("room", ["reader", "library"])
async def test_all_keys_of_a_screen_can_be_others(tmp_path: Path, room: str) -> None:
    """Every action of the screen gets a key that nothing has; each binding then lies on it alone."""
    own = {action.id: (f"f{number + 2}",) for number, action in enumerate(actions_of(room)[:22])}
    put_in_force(own)
    async with reading_app(project_of_texts(tmp_path), "c") as pilot:
        if room == "library":
            await press(pilot, "q")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        bound = {key: active.binding.id for key, active in pilot.app.screen.active_bindings.items()}
        assert {key: name for key, name in bound.items() if name in own} == {own[name][0]: name for name in own}


def test_the_command_prints_the_table_in_force_ready_to_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    _config(_OWN)
    assert main.run(["keys"]) == 0
    printed = capsys.readouterr().out
    keys = keymap_of(_config(printed))
    assert keys.keys() == {action.id for action in ACTIONS}
    assert keys["reader.confirm"] == ("tilde", "enter") and keys["reader.reject"] == ("x",)


def test_the_command_tells_mistakes(capsys: pytest.CaptureFixture[str]) -> None:
    _config('[keys]\n"reader.done" = "A"\n')
    assert main.run(["keys"]) == 2
    assert ":2: keys.reader.done: 'A' labels" in capsys.readouterr().err
