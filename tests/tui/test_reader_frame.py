"""The lines around the text say what matters in whatever room there is."""

from __future__ import annotations

from pathlib import Path

from readings import find, reading_in, reading_of, session_in
from rich.cells import cell_len
from textual.geometry import Size
from textual.strip import Strip

from annotate.layers import Remark
from annotate.ontonotes import ONTONOTES
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import Entry, EntryState
from tui.reading import Reading
from tui.widgets.bar import Bar, Piece, length
from tui.widgets.entity_panel import EntityPanel
from tui.widgets.focus_line import FocusLine
from tui.widgets.label_bar import LabelBar
from tui.widgets.title_bar import TitleBar


class _Sized(Bar):
    """A bar of a width that needs no screen."""

    width = 80

    @property
    def content_size(self) -> Size:
        return Size(self.width, 1)


class _Labels(_Sized, LabelBar): ...


class _Focus(_Sized, FocusLine): ...


class _Title(_Sized, TitleBar): ...


class _Panel(EntityPanel):
    height = 10

    @property
    def content_size(self) -> Size:
        return Size(34, self.height)

    def rows(self) -> list[str]:
        return [Strip(self.render_line(y)).text for y in range(self.height)]


def _text(bar: Bar) -> str:
    return str(bar.render())


def _labels(focused: str, unsaved: str = "", width: int = 80) -> str:
    bar = _Labels()
    bar.width = width
    bar.show_labels(ONTONOTES, "ada", unsaved, focused)
    return _text(bar)


def test_the_label_bar_shows_whole_labels_and_the_focused_one_always() -> None:
    for width in range(20, 220):
        for name in ("", *(label.name for label in ONTONOTES.labels)):
            line = _labels(name, width=width)
            assert cell_len(line) == width
            assert width < 60 or name.lower() in line
    assert "… Y·date …" in _labels("DATE")
    assert "…" not in _labels("DATE", width=250)


def test_not_saved_is_told_with_the_reason() -> None:
    assert "NOT SAVED: the disk is full · ada" in _labels("ORG", "the disk is full")
    assert _labels("ORG").endswith("saved · ada · ? help")


def _focus_line(reading: Reading, width: int = 80) -> str:
    bar = _Focus()
    bar.width = width
    bar.show_reading(reading)
    return _text(bar)


def test_the_focus_line_tells_all_about_an_entity(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    assert _focus_line(reading).startswith("GPE 0.50 one")
    assert _focus_line(reading).endswith("Space ✓  x ✗  A-Z label  w edges  = all")
    reading.flag()
    reading.note("which?")
    assert "⚑ unsure one · ✎ which?" in _focus_line(reading)
    reading.label("ORG", drawn=True)
    find(reading, "Lima")
    assert _focus_line(reading).startswith("ORG corrected")


def test_who_suggests_which_label_is_told_and_who_suggests_otherwise_and_who_nothing(tmp_path: Path) -> None:
    session = session_in(tmp_path)
    article = session.project.article("a")
    start = article.text.index("Lima")
    both = [
        Suggestion(Span(start, start + 4, label), source, "1", 0.9) for label, source in (("ORG", "x"), ("GPE", "y"))
    ]
    same, wider = Suggestion(both[0].span, "z"), Suggestion(Span(start - 3, start + 4, "GPE"), "wide")
    scheme, text = session.project.config.scheme, article.text
    reading = Reading(session, article, scheme, both, ["x", "y"])
    assert _focus_line(reading).startswith("ORG 0.90 x · GPE 0.90 y ")
    elsewhere = Suggestion(Span(0, 1, "GPE"), "far")
    everyone = ["far", "wide", "x", "y", "z"]
    reading = Reading(session, article, scheme, [*both, same, wider, elsewhere], everyone)
    find(reading, "Lima")
    told = f"ORG 0.90 x, z · GPE 0.90 y · GPE “{text[start - 3 : start + 4]}” wide · not far · 1 more here"
    assert _focus_line(reading, 140).startswith(told)
    reading.confirm(drawn=True)
    find(reading, "Lima")
    assert "ORG confirmed · x 0.90, z" in _focus_line(reading, 140)


def test_the_focus_line_helps_on_text_selections_and_boundaries(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.start_boundary()
    assert "← → move the end  h l the start" in _focus_line(reading)
    find(reading, "met")
    assert "A-Z adds this word" in _focus_line(reading)
    reading.toggle_selection()
    assert _focus_line(reading).startswith("“met”")


def test_it_says_that_suggestions_are_still_to_come(tmp_path: Path) -> None:
    reading = reading_of(session_in(tmp_path, suggested=()))
    reading.waiting = True
    assert "suggestions are still to come" in _focus_line(reading)


def test_answers_stay_and_hints_go_where_there_is_no_room(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    assert _focus_line(reading, 40).strip() == "GPE 0.50 one"
    reading.done()
    assert "Space confirm · x reject · n show · Esc" in _focus_line(reading, 40)


def test_the_title_tells_progress_and_place(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    bar = _Title()

    def line() -> str:
        bar.show_reading(reading, ["z", "a", "b"])
        return _text(bar)

    assert line().startswith("☞ Talks in Lima")
    assert line().endswith("0/4 · 2 of 3")
    reading.confirm(drawn=True)
    assert line().endswith("1/4 · 2 of 3")
    find(reading, "met")
    reading.flag()
    reading.note("twice")
    assert "Talks in Lima ⚑ ✎ twice" in line()
    reading.skip()
    assert line().endswith("skipped · 1/4 · 2 of 3")
    reading.done()
    assert reading.question
    reading.question.answers["space"]()
    assert line().endswith("done · 4 ✓ · 2 of 3")


def test_pieces_are_measured_in_cells() -> None:
    pieces: list[Piece] = ["漢字", ("ab", "bold")]
    assert length(pieces) == 6


def _entries(*names: str) -> tuple[str, list[Entry]]:
    text, entries = "", []
    for name in names:
        entries.append(Entry(len(text), len(text) + len(name), "ORG", EntryState.SUGGESTED))
        text += name + " "
    return text, entries


def test_the_panel_groups_mentions_and_shows_how_they_stand() -> None:
    text, entries = _entries("Lima", "Peru", "Lima")
    entries[1] = Entry(entries[1].start, entries[1].end, "ORG", EntryState.CONFIRMED, remark=Remark(5, 9, True))
    panel = _Panel()
    panel.show_entries(text, entries, entries[0])
    assert [row.split() for row in panel.rows()[:3]] == [["Lima", "org", "2×·"], ["Peru", "org", "✓"], []]


def test_the_panel_keeps_the_marked_group_in_sight_and_counts_the_rest() -> None:
    text, entries = _entries(*(f"n{number}" for number in range(30)))
    panel = _Panel()
    for index, entry in enumerate(entries):
        panel.show_entries(text, entries, entry)
        assert any(row.startswith(f"n{index} ") for row in panel.rows())
    panel.show_entries(text, entries, entries[0])
    assert panel.rows()[-1].startswith("… 21 more")
    panel.show_entries(text, entries, entries[-1])
    assert panel.rows()[-1].startswith("n29 ")


def test_the_focus_line_says_when_characters_are_the_stops(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.toggle_unit()
    assert _focus_line(reading).startswith("by character GPE 0.50")
    reading.move_to(reading.article.text.index("met"))
    assert "A-Z adds this character" in _focus_line(reading)
    reading.toggle_unit()
    assert "by character" not in _focus_line(reading)


def test_a_decided_entity_says_what_it_was_before_and_who_said_so(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.label("ORG", drawn=True)
    reading.go_to(9, 13)
    assert _focus_line(reading).startswith("ORG corrected, was GPE · one 0.50")
    reading.move_boundary(-1, 0, drawn=True)
    assert ", was GPE “Lima” · one 0.50" in _focus_line(reading, 110)
    reading.move_by_undecided(1)
    reading.confirm(drawn=True)
    reading.move_by_entity(-1)
    assert _focus_line(reading).startswith("PERSON confirmed · one 0.50")
