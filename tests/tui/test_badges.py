"""Badges say the label of every entity, and no decision on what is there moves the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from domain import FLAT, LABELS, NESTED, article, views
from hypothesis import given
from hypothesis import strategies as st
from pilots import line_with, screen_lines, screen_text
from reader_pilots import press, project_of_texts, reader_of, reading_app, reading_of_app
from readings import session_in
from rich.segment import Segment

from annotate import acts
from annotate.errors import DecisionError
from annotate.layers import Layer
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import View
from annotate.words import grapheme_edges
from store.project import Project
from tui.badges import Badges, with_badges
from tui.palette import Palette
from tui.standing import Standing
from tui.themes import DEFAULT_LOOK, LOOKS
from tui.widgets.article_view import ArticleView
from tui.wrapping import wrap

PALETTE = Palette(FLAT, LOOKS[DEFAULT_LOOK])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path)


def _standing(view: View) -> Standing:
    return Standing(view.article, view, ())


def _on(badges: Badges, view: View, start: int, end: int) -> list[tuple[int, str]]:
    found = badges.on_line(start, end, view.overlapping(start, end), PALETTE)
    return [(place, segment.text) for place, segment in found]


@given(views(), st.data())
def test_every_entity_has_its_badge_and_no_decision_moves_one(view: View, data: st.DataObject) -> None:
    text, end = view.article.text, len(view.article.text)
    standing = _standing(view)
    badges, entries = Badges(standing), view.entries()
    shown = _on(badges, view, 0, end)
    assert sorted(key for _, key in shown) == sorted(entry.label[0] for entry in entries)
    assert [place for place, _ in shown] == list(badges.cells)
    lines = wrap(text, 10, badges.cells)
    for _ in range(data.draw(st.integers(1, 5))):
        if not view.entries():
            break
        assert not badges.take_in(view.apply(_random_decisions(view, data)))
        assert wrap(text, 10, badges.cells) == lines
        now = _on(badges, view, 0, end)
        assert [place for place, _ in now] == list(badges.cells)
        assert sorted(key for _, key in now if key != " ") == sorted(one.label[0] for one in view.entries())


def _random_decisions(view: View, data: st.DataObject) -> acts.Decisions:
    entry = data.draw(st.sampled_from(view.entries()))
    act = data.draw(st.sampled_from([acts.confirm, acts.reject, None]))
    try:
        return act(view, entry) if act else acts.relabel(view, entry, data.draw(st.sampled_from(LABELS)))
    except DecisionError:
        return ()


@given(views(), st.data())
def test_badges_stand_before_whole_characters_and_change_no_other(view: View, data: st.DataObject) -> None:
    text = view.article.text
    badges = Badges(_standing(view))
    start = data.draw(st.integers(0, len(text)))
    cuts = sorted({start, len(text), *data.draw(st.lists(st.integers(start, len(text)), max_size=4))})
    plain = [Segment(text[left:right]) for left, right in zip(cuts, cuts[1:], strict=False)]
    found = badges.on_line(start, len(text), view.overlapping(start, len(text)), PALETTE)
    drawn = with_badges(plain, start, found)
    pieces = [one for one in drawn if not any(one is badge for _, badge in found)]
    assert "".join(one.text for one in pieces) == text[start:]
    assert len(drawn) - len(pieces) == len(found)
    assert {place for place, _ in found} <= set(grapheme_edges(text, 0, len(text)))


def test_a_new_entity_gets_a_cell_and_keeps_it_when_it_goes() -> None:
    view = _view("Ali met Bo.")
    badges = Badges(_standing(view))
    assert badges.take_in(view.apply(acts.add(view, 8, 10, "PERSON")))
    assert _on(badges, view, 0, 11) == [(0, "P"), (8, "P")]
    entry = view.overlapping(8, 10)[0]
    assert not badges.take_in(view.apply(acts.reject(view, entry)))
    assert _on(badges, view, 0, 11) == [(0, "P"), (8, " ")]


def test_of_competing_suggestions_the_one_that_goes_leaves_a_blank() -> None:
    view = _view("Ali Khan met Bo.", Suggestion(Span(0, 8, "ORG"), "two"))
    badges = Badges(_standing(view))
    assert _on(badges, view, 0, 16) == [(0, "O"), (0, "P")]
    view.apply(acts.confirm(view, view.entries()[1]))
    assert _on(badges, view, 0, 16) == [(0, " "), (0, "P")]


def test_a_badge_stands_before_the_character_in_which_an_entity_begins() -> None:
    view = _view("e\u0301te\u0301", Suggestion(Span(1, 3, "ORG"), "two"))
    assert list(Badges(_standing(view)).cells) == [0, 0]


def _view(text: str, *others: Suggestion) -> View:
    page = article(text)
    return View(page, FLAT, [Suggestion(Span(0, 3, "PERSON"), "one"), *others], Layer(page.id, page.text_hash))


# In the reader -----------------------------------------------------------------------------------------------


async def test_badges_come_and_go_and_stay_on_in_the_next_article(project: Project) -> None:
    async with reading_app(project) as pilot:
        before = screen_lines(pilot.app)
        await press(pilot, "b")
        assert "Talks in GLima" in screen_text(pilot.app)
        assert "Gen PAli Khan of the OMinistry of Water met PBo Lind." in screen_text(pilot.app)
        await press(pilot, "greater_than_sign")
        assert "Anna met PBo Lind in GLima." in screen_text(pilot.app)
        await press(pilot, "less_than_sign", "b")
        assert screen_lines(pilot.app)[1:-2] == before[1:-2]


@pytest.mark.parametrize("keys", [("space",), ("x",), ("O",), ("=",), ("a",), ("P", "u")])
async def test_deciding_moves_no_text(project: Project, keys: tuple[str, ...]) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "b")
        before = line_with(pilot.app, "Gen")
        await press(pilot, *keys)
        after = line_with(pilot.app, "Gen")
        assert after.replace(" ", "") == before.replace(" ", "")
        assert after.index("Gen") == before.index("Gen")


async def test_what_is_clicked_is_what_is_drawn_there(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "b")
        view = reader_of(pilot).query_one(ArticleView)
        lines = screen_lines(pilot.app)
        row = next(at for at, text in enumerate(lines) if "Ministry" in text)
        text = reading_of_app(pilot).article.text
        for wanted in ("Gen", "Khan", "Ministry", "Lind"):
            column = lines[row].index(wanted)
            assert view.offset_at_cell(column, row - view.region.y) == text.index(wanted)


async def test_the_tags_of_a_jump_lie_on_the_words(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "b")
        before = line_with(pilot.app, "Ministry")
        await press(pilot, "g")
        jump = reader_of(pilot).query_one(ArticleView).jump
        assert jump
        tag = jump.left()[reading_of_app(pilot).article.text.index("Khan")]
        row = next(line for line in screen_lines(pilot.app) if "inistry" in line or "nistry" in line)
        assert row[before.index("Khan") :].startswith(tag)


def test_overlap_is_shown_outer_first(tmp_path: Path) -> None:
    nest = (("Bank of Lima", "ORG"), ("Bank", "PERSON"))
    session = session_in(tmp_path, "The Bank of Lima", scheme=NESTED, suggested=nest)
    project = session.project
    article = project.article("a")
    view = View(article, NESTED, project.suggestions(article), session.layer("a"))
    assert _on(Badges(_standing(view)), view, 0, 16) == [(4, "O"), (4, "P")]
