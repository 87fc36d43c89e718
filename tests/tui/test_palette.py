"""Every state can be seen without colour: with NO_COLOR, with 16 colours, and in the shapes of the others."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from rich.style import Style
from rich.terminal_theme import DIMMED_MONOKAI
from textual.color import Color
from textual.filter import ANSIToTruecolor, monochrome_style

from annotate.ontonotes import ONTONOTES
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import Entry, EntryState
from tui.palette import Colours, Palette, colours_of, shape
from tui.themes import LOOKS, Look

_PLAIN = [Colours.NONE, Colours.SIXTEEN]
_LOOKS = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)


def _entry(state: EntryState, label: str = "ORG", score: float | None = None) -> Entry:
    suggested = state in (EntryState.SUGGESTED, EntryState.NEW_SINCE_DONE)
    suggestions = (Suggestion(Span(0, 1, label), "src", score=score),) if suggested else ()
    return Entry(0, 1, label, state, suggestions=suggestions)


def _entries(label: str = "ORG") -> dict[str, Entry]:
    sure = {state.value: _entry(state, label) for state in EntryState}
    return sure | {"low score": _entry(EntryState.SUGGESTED, label, 0.2)}


def _looks(palette: Palette) -> dict[str, Style]:
    """How everything is drawn that can be on one line, by what it is."""
    text = palette.text
    entries = {name: text + palette.style_of(entry) for name, entry in _entries().items()}
    focused = {f"{name}, focused": style + palette.focus for name, style in entries.items()}
    others = {"cursor": palette.cursor, "selected": palette.selection, "hit": palette.hit}
    return {"text": text} | entries | focused | {name: text + style for name, style in others.items()}


def _attributes(style: Style) -> tuple[bool, ...]:
    """What is left of a style where no colour is, once Textual's filters have had it."""
    black = Color.parse("black").rich_color
    seen = ANSIToTruecolor(DIMMED_MONOKAI).truecolor_style(monochrome_style(style), black)
    flags = (seen.bold, seen.dim, seen.italic, seen.underline, seen.underline2, seen.reverse, seen.strike)
    return tuple(bool(flag) for flag in flags)


@_LOOKS
@pytest.mark.parametrize("colours", _PLAIN)
def test_no_two_states_have_the_same_attributes(look: Look, colours: Colours) -> None:
    looks = _looks(Palette(ONTONOTES, look, colours))
    assert len(looks) == 18
    for (one, style), (other, another) in combinations(looks.items(), 2):
        assert _attributes(style) != _attributes(another), f"{one} looks like {other}"


@_LOOKS
@pytest.mark.parametrize("colours", _PLAIN)
def test_a_badge_looks_like_no_entity_focused_or_not(look: Look, colours: Colours) -> None:
    palette = Palette(ONTONOTES, look, colours)
    looks = _looks(palette)
    badge = _attributes(palette.badge("ORG"))
    assert [name for name, style in looks.items() if _attributes(style) == badge] == ["cursor"]


@_LOOKS
@pytest.mark.parametrize("colours", _PLAIN)
def test_the_title_is_no_state(look: Look, colours: Colours) -> None:
    palette = Palette(ONTONOTES, look, colours)
    assert _attributes(palette.text + palette.title) == _attributes(palette.text)


@_LOOKS
def test_with_colours_states_differ_by_shape_and_fill(look: Look) -> None:
    palette = Palette(ONTONOTES, look)
    seen = {
        name: (_attributes(style), style.bgcolor == palette.text.bgcolor)
        for name, style in _looks(palette).items()
        if name not in ("cursor", "selected", "hit") and not name.endswith("focused")
    }
    assert len(set(seen.values())) == len(seen)


@_LOOKS
@pytest.mark.parametrize("colours", Colours)
def test_the_focus_keeps_the_shape_of_its_entity_and_stands_out(look: Look, colours: Colours) -> None:
    palette = Palette(ONTONOTES, look, colours)
    for entry in _entries().values():
        style = palette.text + palette.style_of(entry)
        focused = style + palette.focus
        changed = {
            name
            for name in ("bold", "dim", "italic", "underline", "strike")
            if getattr(style, name) != getattr(focused, name)
        }
        assert not changed
        assert focused.reverse or focused.bgcolor != style.bgcolor


@_LOOKS
@pytest.mark.parametrize("colours", Colours)
def test_an_inner_entity_looks_the_same_whatever_is_around_it(look: Look, colours: Colours) -> None:
    palette = Palette(ONTONOTES, look, colours)
    for outer, inner in product(_entries("GPE").values(), _entries().values()):
        alone = palette.text + palette.style_of(inner)
        nested = palette.text + palette.title + palette.style_of(outer) + palette.style_of(inner)
        assert (_attributes(nested), nested.color, nested.bgcolor) == (_attributes(alone), alone.color, alone.bgcolor)


@pytest.mark.parametrize("colours", _PLAIN)
def test_what_a_selection_covers_looks_selected_throughout(colours: Colours) -> None:
    palette = Palette(ONTONOTES, LOOKS["dark"], colours)
    bare = palette.text + palette.selection
    for entry in _entries().values():
        assert _attributes(palette.text + palette.style_of(entry) + palette.selection) == _attributes(bare)


@pytest.mark.parametrize(
    ("no_color", "system", "colours"),
    [
        (True, "truecolor", Colours.NONE),
        (False, None, Colours.NONE),
        (False, "standard", Colours.SIXTEEN),
        (False, "windows", Colours.SIXTEEN),
        (False, "256", Colours.MANY),
        (False, "truecolor", Colours.MANY),
    ],
)
def test_what_the_terminal_shows(no_color: bool, system: str | None, colours: Colours) -> None:
    assert colours_of(no_color, system) is colours


def test_without_colour_all_labels_look_alike_and_with_sixteen_most_differ() -> None:
    names = [label.name for label in ONTONOTES.labels]
    assert len({Palette(ONTONOTES, LOOKS["dark"], Colours.NONE).label(name) for name in names}) == 1
    sixteen = {Palette(ONTONOTES, LOOKS["dark"], Colours.SIXTEEN).label(name) for name in names}
    assert len(sixteen) > 2
    assert all(set(color.rgb) <= {85, 255} for color in sixteen)


def test_a_shape_switches_off_what_lies_under_it() -> None:
    assert _attributes(shape("bold underline strike") + shape("italic")) == _attributes(shape("italic"))
