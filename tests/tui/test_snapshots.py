"""The screens look as they did: reader and library in two sizes and four kinds of colour, the others once."""

from __future__ import annotations

from pathlib import Path

import pytest
from grids import compare
from pilots import desk_of, running, wait_for, wait_for_text
from reader_pilots import press, reader_of, reading_app, reading_of_app, settled
from small_projects import annotate
from textual.pilot import Pilot

from annotate.layers import Status
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from store import journal
from store.project import Draft, Project
from tui.app import ManiculeApp
from tui.reading import Reading
from tui.screens.library import Library
from tui.themes import LOOKS
from tui.widgets.entity_panel import EntityPanel
from tui.widgets.prompt import Prompt

_TEXT = """\
Talks on water in Lima

Ada Lovelace of the Ministry of Water and Power of Sindh met Bo Lind in Lima on the talks about the water of the
Indus, which Zed, as he is called, had asked for. It was held in the halls of the Universal Trust.

They met again in Karachi. The Bank of Sindh sent nobody; Bo Lind's office in Lima, 日本 House, was
closed (by the (UT)-men).
"""

_SUGGESTED = (
    ("Lima", "GPE", 0.98),
    ("Ada Lovelace", "PERSON", 0.97),
    ("Ministry of Water and Power of Sindh", "ORG", 0.91),
    ("Water and Power", "ORG", 0.7),
    ("Power", "ORG", 0.6),
    ("Bo Lind", "PERSON", 0.9),
    ("Zed", "PERSON", 0.2),
    ("Universal Trust", "PERSON", 0.8),
    ("halls", "GPE", 0.6),
    ("Karachi", "GPE", 0.9),
    ("Bank of Sindh", "ORG", 0.9),
    ("日本 House", "ORG", 0.9),
    ("(UT)-men", "NORP", 0.9),
    ("UT", "ORG", 0.9),
)

_LOOKS = {
    "dark": ("truecolor", "dark"),
    "light": ("truecolor", "light"),
    "sixteen": ("", "dark"),
    "none": ("no", "dark"),
}
"""What the terminal is said to show, and the theme."""

SIZES = pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
COLOURS = pytest.mark.parametrize("colours", _LOOKS)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Four articles in all statuses, the first with suggestions in and across each other."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(journal, "_stamp", lambda moment: "2026-01-31T09:30:00.000Z")
    Project.create(Path("wire"))
    config = Path("wire/manicule.toml")
    config.write_text(config.read_text("utf-8").replace("overlap = false", "overlap = true"), "utf-8")
    made = Project.open(Path("wire"))
    texts = {"talks": _TEXT, "done": "A done one\n\nIn Lima.", "left": "Left out", "new": "Neu in 東京\n\nLima."}
    made.add_articles(Draft(name, text.partition("\n")[0], text) for name, text in texts.items())
    article = made.article("talks")
    spans = [(article.text.index(quote), quote, label, score) for quote, label, score in _SUGGESTED]
    found = tuple(Suggestion(Span(at, at + len(quote), label), "news", "1", score) for at, quote, label, score in spans)
    made.write_suggestions(SuggestionLayer("talks", article.text_hash, Source("news", "1"), found))
    annotate(made, "ada", "done", [("Lima", "GPE")])
    annotate(made, "ada", "left", status=Status.SKIPPED)
    return made


async def _put_on(pilot: Pilot[None], colours: str) -> None:
    pilot.app.theme = LOOKS[_LOOKS[colours][1]].theme.name
    await pilot.pause()
    await settled(pilot)


@pytest.fixture(autouse=True)
def _terminal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal that the test's colours name; one of all colours where it names none."""
    found = getattr(request.node, "callspec", None)
    shown, _ = _LOOKS[found.params.get("colours", "dark") if found else "dark"]
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor" if shown else "")
    if shown == "no":
        monkeypatch.setenv("NO_COLOR", "1")


def _decide(reading: Reading) -> None:
    """Bring the article's entities into every state, and the focus on an undecided one."""

    def at(quote: str) -> None:
        reading.begin()
        reading.move_to(reading.article.text.index(quote))

    at("Ada")
    reading.confirm(drawn=True)
    at("Universal")
    reading.label("ORG", drawn=True)
    at("Indus")
    reading.label("GPE", drawn=True)
    at("halls")
    reading.reject(drawn=True)
    at("Karachi")
    reading.flag()
    at("日本")
    reading.note("a name?")
    at("Bo Lind")


async def _counted(pilot: Pilot[None]) -> None:
    """Wait until mentions are counted, as far as they are shown."""
    app, panel = pilot.app, reader_of(pilot).query_one(EntityPanel)
    assert isinstance(app, ManiculeApp)
    app.read_corpus()
    await wait_for(pilot, lambda: desk_of(pilot).corpus.complete, "the project's mentions")
    reader_of(pilot).refresh_view()
    await settled(pilot)
    await wait_for(pilot, lambda: not panel.display or panel.is_counted, "the article's mentions")
    reader_of(pilot).refresh_view()
    await settled(pilot)


@SIZES
@COLOURS
async def test_the_reader(project: Project, size: tuple[int, int], colours: str) -> None:
    async with reading_app(project, "talks", size=size) as pilot:
        await _put_on(pilot, colours)
        _decide(reading_of_app(pilot))
        await _counted(pilot)
        compare(pilot.app, f"reader-{colours}-{size[0]}x{size[1]}")


@COLOURS
async def test_the_reader_with_a_selection(project: Project, colours: str) -> None:
    async with reading_app(project, "talks") as pilot:
        await _put_on(pilot, colours)
        _decide(reading_of_app(pilot))
        await press(pilot, "v", "right", "right")
        compare(pilot.app, f"selection-{colours}")


@COLOURS
async def test_the_reader_with_badges(project: Project, colours: str) -> None:
    async with reading_app(project, "talks") as pilot:
        await _put_on(pilot, colours)
        _decide(reading_of_app(pilot))
        await press(pilot, "b")
        compare(pilot.app, f"badges-{colours}")


@pytest.mark.parametrize("colours", ["sixteen", "none"])
async def test_what_is_new_since_done(project: Project, colours: str) -> None:
    annotate(project, "ada", "talks", [("Ada", "PERSON")])
    article = project.article("talks")
    start = article.text.index("Universal Trust")
    late = Suggestion(Span(start, start + 15, "FAC"), "late", "1", 0.9)
    project.write_suggestions(SuggestionLayer("talks", article.text_hash, Source("late", "1"), (late,)))
    async with reading_app(project, "talks") as pilot:
        await _put_on(pilot, colours)
        await settled(pilot)
        compare(pilot.app, f"new-since-done-{colours}")


@SIZES
@COLOURS
async def test_the_library(project: Project, size: tuple[int, int], colours: str) -> None:
    async with running(project, size=size) as pilot:
        await _put_on(pilot, colours)
        await wait_for_text(pilot, "1 of 4 done")
        compare(pilot.app, f"library-{colours}-{size[0]}x{size[1]}")


@pytest.mark.parametrize(
    ("name", "key", "awaited"),
    [("concordance", "c", "by article"), ("everywhere", "plus", "ticked as"), ("entity", "e", "mentions ·")],
)
@pytest.mark.parametrize("colours", ["dark", "none"])
async def test_what_looks_at_the_corpus(project: Project, name: str, key: str, awaited: str, colours: str) -> None:
    async with reading_app(project, "talks") as pilot:
        await _put_on(pilot, colours)
        await _counted(pilot)
        await pilot.press(key)
        await wait_for_text(pilot, awaited)
        compare(pilot.app, f"{name}-{colours}")


@pytest.mark.parametrize(
    ("name", "keys", "awaited"),
    [
        ("help", ["question_mark"], "☞ Keys"),
        ("label-picker", ["semicolon"], "choose"),
        ("search", ["slash", "l", "i", "m"], "1 of"),
        ("note", ["m"], "Enter keep"),
        ("question", ["d"], "undecided"),
        ("about", ["i"], "suggested by"),
    ],
)
async def test_what_opens_over_the_reader(project: Project, name: str, keys: list[str], awaited: str) -> None:
    async with reading_app(project, "talks") as pilot:
        await pilot.press(*keys)
        await wait_for_text(pilot, awaited)
        await pilot.pause()
        compare(pilot.app, name)


@pytest.mark.parametrize(
    ("name", "key", "awaited"), [("statistics", "i", "annotations confirmed"), ("export", "e", "Enter export")]
)
async def test_what_opens_over_the_library(project: Project, name: str, key: str, awaited: str) -> None:
    async with running(project) as pilot:
        assert isinstance(pilot.app.screen, Library)
        await pilot.press(key)
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, Library), "the screen")
        await wait_for_text(pilot, awaited)
        await pilot.pause()
        compare(pilot.app, name)


async def test_who_annotates(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    app = ManiculeApp(project, None, extract=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Enter begin")
        await wait_for(pilot, lambda: app.screen.query_one(Prompt).value == "ada", "the name of the account")
        await pilot.pause()
        compare(app, "who")
