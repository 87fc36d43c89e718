"""Open the app on an article and press keys as a person does, each one once the last has reached the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from pilots import SIZE, wait_for
from readings import session_in
from textual import events
from textual.pilot import Pilot

from store.place import Place, write_place
from store.project import Project
from tui.app import ManiculeApp
from tui.reading import Reading
from tui.screens.reader import Reader
from tui.widgets.article_view import ArticleView
from tui.widgets.prompt import Prompt

TEXT = "Talks in Lima\n\nGen Ali Khan of the Ministry of Water met Bo Lind.\n\n" + "\n\n".join(
    f"Nothing that anybody heard of came to pass in the halls of Lima on day {day}." for day in range(1, 21)
)
TEXTS = (f"First of all\n\n{TEXT}", TEXT, "Last of all\n\nAnna met Bo Lind in Lima.")


class Clock:
    """A clock that goes on by `step` seconds whenever it is asked."""

    def __init__(self) -> None:
        self.now = 0.0
        self.step = 1.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Keys come as fast as a held key repeats."""
        self.step = 0.0
        yield
        self.step = 1.0


def project_of_texts(root: Path, *texts: str) -> Project:
    """A project of the articles a, b, c …, with what a source suggests for them."""
    return session_in(root, *(texts or TEXTS)).project


@asynccontextmanager
async def reading_app(
    project: Project, article_id: str = "b", *, size: tuple[int, int] = SIZE, clock: Clock | None = None
) -> AsyncIterator[Pilot[None]]:
    """The app with an article open for ada and painted, at its first undecided suggestion."""
    write_place(project, Place(article_id, 0))
    app = ManiculeApp(project, "ada", clock=clock or Clock(), extract=False)
    async with app.run_test(size=size) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, Reader), "the reader")
        await settled(pilot)
        yield pilot


def reader_of(pilot: Pilot[None]) -> Reader:
    """The reader that is open, on top or not."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, Reader))


def reading_of_app(pilot: Pilot[None]) -> Reading:
    """What the reader reads."""
    return reader_of(pilot).reading


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the keys so far have come to something and the focus is on screen."""
    await pilot.pause()
    readers = [screen for screen in pilot.app.screen_stack if isinstance(screen, Reader)]
    for reader in readers:
        view = reader.query_one(ArticleView)
        if reader.is_current and reader.reading.focus and view.region in pilot.app.screen.region:
            await wait_for(pilot, view.focus_is_drawn, "the focus on screen")


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once the last one has reached the screen."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def type_ahead(pilot: Pilot[None], *keys: str) -> None:
    """Let keys arrive all at once, before the first of them has come to anything."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await settled(pilot)


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type into the prompt, and wait until it is there."""
    prompt = reader_of(pilot).query_one(Prompt)
    await wait_for(pilot, lambda: prompt.has_focus, "the prompt")
    await pilot.press(*("space" if one == " " else one for one in text))
    await wait_for(pilot, lambda: prompt.value.endswith(text), f"{text!r} in the prompt")
    await pilot.pause()
