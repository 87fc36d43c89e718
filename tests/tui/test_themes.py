"""Every theme is readable, is remembered, and its trouble with the user's file is a notice."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from pilots import project_of, screen_text, wait_for, wait_for_text
from textual.color import Color
from textual.pilot import Pilot

from annotate.ontonotes import ONTONOTES
from store.user_config import read_user_config, user_config_path
from tui.app import ManiculeApp
from tui.hues import OKABE_ITO, contrast_of, safe_hues
from tui.main import run
from tui.palette import STRONG, Colours, Palette
from tui.themes import DARK, DEFAULT_LOOK, LIGHT, LOOKS, Look, look_of

_SEEN = {
    "with all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "with protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.052)),
    "with deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.9689)),
    "with tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
"""How linear red, green and blue are seen (Machado, Oliveira and Fernandes, 2009, severity 1.0)."""

_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))


def _times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _lab(color: Color, seen: str) -> tuple[float, float, float]:
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in color.normalized]
    clipped = [min(max(one, 0.0), 1.0) for one in _times(_SEEN[seen], linear)]
    x, y, z = (one / white for one, white in zip(_times(_XYZ, clipped), (0.9505, 1.0, 1.089), strict=True))
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _distance(one: Color, other: Color) -> float:
    """The least distance in CIELAB over all kinds of colour vision."""
    pairs = ((_lab(one, seen), _lab(other, seen)) for seen in _SEEN)
    return min(sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 for pair in pairs)


def _least(colors: list[Color]) -> float:
    return min(_distance(*pair) for pair in combinations(colors, 2))


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_text_hues_and_fills_are_readable(look: Look) -> None:
    palette = Palette(ONTONOTES, look)
    background, foreground = (Color.parse(one or "") for one in (look.theme.background, look.theme.foreground))
    assert contrast_of(foreground, background) >= 7
    for label in ONTONOTES.labels:
        assert contrast_of(palette.label(label.name), background) >= look.contrast
        assert contrast_of(foreground, palette.fill(label.name)) >= max(look.contrast, 4.5)
        if look.contrast >= STRONG:
            assert contrast_of(palette.fill(label.name), background) >= 2.4
        if look.contrast >= STRONG:
            sixteen = Palette(ONTONOTES, look, Colours.SIXTEEN)
            assert contrast_of(sixteen.label(label.name), background) >= look.contrast
    focus = palette.focus
    assert focus.color and focus.bgcolor
    assert contrast_of(Color.from_rich_color(focus.color), Color.from_rich_color(focus.bgcolor)) >= 4.5


def test_the_eight_hues_go_to_the_most_frequent_labels_first() -> None:
    white = Color.parse("white")
    hues = safe_hues(ONTONOTES, white)
    first = [hues[name] for name in ("PERSON", "ORG", "GPE")]
    assert first == [Color.parse(hue) for hue in OKABE_ITO[:3]]
    assert len({hues[name].hex for name in ("PERSON", "ORG", "GPE", "DATE", "NORP", "CARDINAL", "LOC", "EVENT")}) == 8


def test_the_first_hues_differ_most_however_one_sees_colours() -> None:
    hues = [Color.parse(hue) for hue in OKABE_ITO]
    least = [_least(hues[:count]) for count in range(2, len(hues) + 1)]
    assert least == sorted(least, reverse=True)
    assert _least(hues[:3]) == max(_least(list(three)) for three in combinations(hues, 3))


def test_a_theme_that_is_none_of_ours_looks_like_the_default() -> None:
    assert look_of("nord") is LOOKS[DEFAULT_LOOK]


async def _shown(tmp_path: Path, text: str, expect: str) -> tuple[str, str]:
    """The theme shown with a config.toml of that text, and the screen once `expect` is on it."""
    path = user_config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    app = ManiculeApp(project_of(tmp_path / "wire", {"one": "A"}), "ada", extract=False, config=read_user_config())
    async with app.run_test(size=(300, 30), notifications=True) as pilot:
        await wait_for_text(pilot, expect)
        return app.theme, screen_text(app)


async def test_the_theme_of_the_file_is_shown(tmp_path: Path) -> None:
    theme, _ = await _shown(tmp_path, 'theme = "light"\n', "ada")
    assert theme == LIGHT.name


@pytest.mark.parametrize(
    ("text", "expect"),
    [('theme = "pink"', "'pink' is none of"), ("theme = 3", "3 is none"), ("=", "Configuration")],
)
async def test_a_file_with_a_mistake_is_a_notice(tmp_path: Path, text: str, expect: str) -> None:
    theme, _ = await _shown(tmp_path, text, expect)
    assert theme == DARK.name


def _app_with_own_file(tmp_path: Path) -> ManiculeApp:
    return ManiculeApp(project_of(tmp_path / "wire", {"one": "A"}), "ada", extract=False, config=read_user_config())


def _choose(pilot: Pilot[None], name: str) -> None:
    assert isinstance(pilot.app, ManiculeApp)
    pilot.app.choose_look(name)


async def test_a_choice_is_remembered(tmp_path: Path) -> None:
    app = _app_with_own_file(tmp_path)
    async with app.run_test() as pilot:
        await wait_for_text(pilot, "ada")
        _choose(pilot, "colour-blind")
        await wait_for(pilot, lambda: app.theme == LOOKS["colour-blind"].theme.name, "the theme")
    assert tomllib.loads(user_config_path().read_text()) == {"theme": "colour-blind"}


async def test_a_choice_that_cannot_be_written_holds_for_this_run_and_is_a_notice(tmp_path: Path) -> None:
    user_config_path().parent.parent.mkdir(parents=True)
    user_config_path().parent.write_bytes(b"")
    app = _app_with_own_file(tmp_path)
    async with app.run_test(size=(300, 30), notifications=True) as pilot:
        await wait_for_text(pilot, "ada")
        _choose(pilot, "light")
        await wait_for_text(pilot, "not remembered")
        assert app.theme == LIGHT.name


def test_the_command_lists_and_chooses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["theme"]) == 0
    assert "* dark" in capsys.readouterr().out
    assert run(["theme", "high-contrast"]) == 0
    assert run(["theme"]) == 0
    assert "* high-contrast " in capsys.readouterr().out
    assert run(["theme", "pink"]) == 2
    assert "'pink' is none of dark, light" in capsys.readouterr().err
