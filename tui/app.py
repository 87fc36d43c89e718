"""The app: wires the desk to the screens, and keeps extraction running behind them."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.filter import LineFilter
from textual.geometry import Size
from textual.message import Message
from textual.worker import Worker, WorkerState

from annotate.errors import ManiculeError
from annotate.pace import Meter
from store.annotator import annotator_name, known_as, remember_annotator
from store.errors import ConfigError
from store.project import Project
from store.user_config import UserConfig, read_user_config, remember_choice
from tui.actions import actions_of, own_keys, put_in_force
from tui.colourless import without_colours
from tui.commands import provide_commands
from tui.desk import Desk
from tui.keymap import keymap_of
from tui.pace import Pace
from tui.safe_text import drawable
from tui.screens.library import Library
from tui.screens.reader import Reader, text_width
from tui.screens.too_small import TooSmall, is_too_small
from tui.themes import DEFAULT_LOOK, LOOKS
from tui.travel import Traveller, Way
from tui.watching import Looked, Watch

if TYPE_CHECKING:
    from store.extracting import Progress
    from tui.corpus import MentionsRead
    from tui.long_task import TaskEnded, TaskMoved
    from tui.reading import Reading

_EXTRACT_AFTER = 0.1
"""Seconds after the first paint at which extraction begins, so that it does not delay it."""


MEMORY_AFTER = 0.15
"""Seconds after which the annotator's memory is read, so that it does not delay the first paint."""

_CORPUS_AFTER = 4.0
"""Seconds after which the entities of all articles are read, once the library has its rows."""

_CORPUS_ARTICLES = 20_000
"""In a larger project they are read when they are first asked for: they take memory."""

_COLLECT = 50_000, 50, 1000
"""When the collector looks for garbage: almost never among all the entities of a project, which would hold up keys."""

_RETRY_EVERY = 2.0
"""Seconds between attempts to save what the disk refused."""


class Extracted(Message):
    """One article's suggestions are written."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class ExtractionBegun(Message):
    """A pipeline is at work behind the screens."""


class ExtractionEnded(Message):
    """Extraction is over; `problem` says why, when it was not to be."""

    def __init__(self, problem: str) -> None:
        super().__init__()
        self.problem = problem


class MemoryRead(Message):
    """The annotator's memory has something for the open article; `told` says what they should know of it."""

    def __init__(self, told: str = "") -> None:
        super().__init__()
        self.told = told


class ManiculeApp(App[None]):
    """Shows the library of a project and the reader over it."""

    TITLE = "Manicule"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {provide_commands}
    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False, priority=False)
        for action in actions_of("app")
    ]

    def __init__(
        self,
        project: Project,
        annotator: str | None,
        *,
        clock: Callable[[], float] = time.monotonic,
        extract: bool = True,
        config: UserConfig | None = None,
    ) -> None:
        super().__init__()
        self._project = project
        self._config = config
        self.set_keymap({action.id: ",".join(action.keys) for action in own_keys()})
        self._annotator = annotator
        self._pace = Pace(clock)
        self._meter = Meter(clock)
        self._extract = extract
        self._stop = threading.Event()
        self.desk: Desk | None = None
        self._watch: Watch | None = None
        self._traveller: Traveller | None = None
        self._warned = False
        self.closing_problem = ""

    def on_mount(self) -> None:
        """Begin with the library, or by asking who annotates."""
        self._begin_look()
        self._handle_signals()
        self.set_interval(_RETRY_EVERY, self._retry)
        if self._annotator:
            self._begin(self._annotator)
        else:
            from tui.screens.who import Who

            self.push_screen(Who(), self._begin_as)
            self._fit(self.size)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line is drawn through: no colour reaches the terminal of a user who wants none."""
        filters = super().get_line_filters()
        return without_colours(filters) if self.no_color else filters

    def on_unmount(self) -> None:
        """Have the work behind the screens wait for nobody any more."""
        if self.desk:
            self.desk.quiet.end()

    def on_resize(self, event: events.Resize) -> None:
        """Have a terminal that is too small say so."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        """Cover the screens while there is no room for them, and uncover them when there is."""
        covered = isinstance(self.screen, TooSmall)
        if is_too_small(size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not is_too_small(size):
            self.pop_screen()

    # The user's own configuration --------------------------------------------------------------------------

    def _begin_look(self) -> None:
        """Show the theme that was chosen last; say what is wrong with the configuration, and go on without it."""
        for look in LOOKS.values():
            self.register_theme(look.theme)
        config = self._config
        name = config.values.get("theme", DEFAULT_LOOK) if config else DEFAULT_LOOK
        known = isinstance(name, str) and name in LOOKS
        self.theme = LOOKS[name if known else DEFAULT_LOOK].theme.name
        if config and not known:
            self._warn(f"{config.path}: theme: {name!r} is none of {', '.join(LOOKS)}", ConfigError.title)
        elif config and config.problem:
            self._warn(config.problem, ConfigError.title)

    def choose_look(self, name: str) -> None:
        """Change to a theme and remember it for all projects.

        Args:
            name: of one of `LOOKS`.
        """
        self.theme = LOOKS[name].theme.name
        if self._config is None:
            return
        try:
            remember_choice("theme", name)
        except ManiculeError as error:
            self._warn(f"not remembered: {error.message}", error.title)

    def _warn(self, message: str, title: str) -> None:
        self.notify(drawable(message), title=title, severity="warning", markup=False)

    # Begin -------------------------------------------------------------------------------------------------

    def _begin_as(self, name: str | None) -> None:
        if not name:
            self.exit()
            return
        name = known_as(self._project.root, name)
        try:
            remember_annotator(self._project.root, name)
        except ManiculeError as error:
            self._warn(error.message, error.title)
        self._begin(name)

    def _begin(self, annotator: str) -> None:
        self.desk = Desk(self._project, annotator, self._meter)
        self.desk.recall_sieve()
        self._traveller = Traveller(self, self.desk)
        self.push_screen(Library(self.desk))
        last = self.desk.last_place()
        if last:
            self.open_article(last)
        self._fit(self.size)
        self._watch = Watch(self, self.desk)
        self._watch.begin()
        self.set_timer(MEMORY_AFTER, self._read_memory)
        if len(self.desk.ids) <= _CORPUS_ARTICLES:
            self.set_timer(_CORPUS_AFTER, self.read_corpus)
        if self._extract and self.desk.ids and not self._project.is_blind(annotator):
            self.set_timer(_EXTRACT_AFTER, self._start_extraction)

    async def on_event(self, event: events.Event) -> None:
        """Count keys and clicks as they come from the terminal, to tell the annotator their own pace."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            self._meter.press(isinstance(event, events.Key))
            if self.desk:
                self.desk.quiet.press()
        await super().on_event(event)

    def open_article(self, article_id: str, offset: int | None = None) -> None:
        """Read an article, at a place in its text where one is given.

        Raises:
            ManiculeError: it cannot be read.
        """
        assert self.desk is not None
        try:
            with self.desk.quiet.urgent():
                reading = self.desk.open(article_id)
        except ManiculeError as error:
            self.notify(drawable(error.message), title=error.title, severity="error", markup=False)
            return
        if offset is not None:
            reading.move_to(offset)
        self.push_screen(Reader(self.desk, reading, self._pace))
        self.call_after_refresh(self.desk.quiet.press)

    def prepare_article(self, article_id: str) -> None:
        """Read an article in the background that is likely to be opened next."""
        desk = self.desk
        if desk:
            width = text_width(self.size.width)
            self.run_worker(
                lambda: desk.prepare(article_id, width), thread=True, exclusive=True, exit_on_error=False, group="ahead"
            )

    def _read_memory(self) -> None:
        desk = self.desk
        if desk:
            self.run_worker(
                lambda: self.post_message(MemoryRead(desk.recall.load(self._stop))),
                thread=True,
                exit_on_error=False,
                group="memory",
            )

    def recall_article(self, reading: Reading) -> None:
        """Look through memory for a long article that is open, and offer what it suggests."""
        desk = self.desk

        def look() -> None:
            if desk:
                desk.look_through_memory(reading)
                self.post_message(MemoryRead())

        self.run_worker(look, thread=True, exclusive=True, exit_on_error=False, group="recall")

    def on_memory_read(self, event: MemoryRead) -> None:
        """Offer what it suggests for the open article."""
        if event.told:
            self._warn(event.told, "Memory")
        reader = next((screen for screen in self.screen_stack if isinstance(screen, Reader)), None)
        if reader and reader.is_mounted:
            reader.offer()

    def on_looked(self, event: Looked) -> None:
        """Show what others have changed in the project."""
        if self._watch:
            self._watch.take(event)

    def read_corpus(self) -> None:
        """Read the entities of all articles in the background, if that has not begun."""
        desk = self.desk
        if desk and not desk.corpus_begun:
            desk.corpus_begun = True
            self.run_worker(lambda: self._read_corpus(desk), thread=True, exit_on_error=False, group="corpus")

    def _read_corpus(self, desk: Desk) -> None:
        from tui.corpus import CorpusReader

        CorpusReader(desk, self.post_message).read(self._stop)

    def on_mentions_read(self, event: MentionsRead) -> None:
        """Take in the entities that have come."""
        if self.desk:
            self.screen.post_message(self.desk.corpus.take_read(event))

    def travel(self, way: Way) -> bool:
        """Whether an undo or a redo is over so many articles that it is made behind the screens, or one is.

        Raises:
            ManiculeError: what is to be taken back cannot be read.
        """
        return self._traveller is not None and self._traveller.begin(way)

    def stop_travel(self) -> bool:
        """Stop that, as long as nothing has changed; whether it was under way."""
        return self._traveller is not None and self._traveller.stop()

    def on_task_moved(self, event: TaskMoved) -> None:
        """Show how far an undo is."""
        if self._traveller:
            self._traveller.take_moved(event)

    def on_task_ended(self, event: TaskEnded) -> None:
        """Show what an undo has come to."""
        if self._traveller:
            self._traveller.take_ended(event)

    # Extraction --------------------------------------------------------------------------------------------

    def _start_extraction(self) -> None:
        self.run_worker(self._run_extraction, thread=True, exit_on_error=False, group="extraction")

    def on_extraction_begun(self) -> None:
        """Let readers know that suggestions may still come."""
        if self.desk:
            self.desk.extracting = True

    def _run_extraction(self) -> None:
        from annotate.extractor import Engine
        from store.extracting import extract_missing, is_unread

        problem = ""
        try:
            if is_unread(self._project, self._stop) and not self._stop.is_set():
                self.post_message(ExtractionBegun())
                for progress in extract_missing(self._project, stop=self._stop, engine=Engine(apart=True)):
                    self.post_message(Extracted(progress))
        except ManiculeError as error:
            problem = error.message
        self.post_message(ExtractionEnded(problem))

    def on_extracted(self, event: Extracted) -> None:
        """Show progress; offer what is new where the article is open."""
        progress = event.progress
        library = self._library()
        library.show_extraction(f"extracting {progress.done} of {progress.total} …")
        library.refresh_article(progress.article_id)
        reader = next((screen for screen in self.screen_stack if isinstance(screen, Reader)), None)
        if reader and reader.reading.article.id == progress.article_id:
            reader.offer()

    def on_extraction_ended(self, event: ExtractionEnded) -> None:
        """Say what came of it."""
        if self.desk:
            self.desk.extracting = False
        self._library().show_extraction(event.problem)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Keep the session when work behind the screens fails, and say so."""
        if event.state is WorkerState.ERROR:
            self.notify(drawable(repr(event.worker.error)), title="Failed", severity="error", markup=False)

    def _library(self) -> Library:
        return next(screen for screen in self.screen_stack if isinstance(screen, Library))

    # Ending ------------------------------------------------------------------------------------------------

    def _retry(self) -> None:
        """Try again to save what could not be saved."""
        if self.desk and self.desk.session.unsaved:
            failing = bool(self.desk.retry())
            self._warned = self._warned and failing
            if isinstance(self.screen, Reader | Library):
                self.screen.show_frame()

    def _handle_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and threading.current_thread() is threading.main_thread():
                loop.add_signal_handler(number, self._end)

    async def action_quit(self) -> None:
        """Quit; where something is not on disk, only when asked twice."""
        if self.desk and self.desk.retry() and not self._warned:
            self._warned = True
            why = f"{self.desk.session.unsaved}: the last decisions are not on disk. Quit again to lose them."
            self.notify(drawable(why), title="NOT SAVED", severity="error", markup=False)
            return
        self._end()

    def _end(self) -> None:
        self._stop.set()
        self.stop_travel()
        for screen in self.screen_stack:
            if isinstance(screen, Reader):
                screen.put_away()
        if self.desk:
            self.closing_problem = self.desk.close()
        self.exit()

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import Help

        if not isinstance(self.screen, Help):
            self.push_screen(Help(self._project.config.scheme))


def run_app(root: Path | None, annotator: str | None) -> int:
    """Open a project, the sample project when `root` is None; the exit code.

    Raises:
        ManiculeError: the project cannot be opened, or the user's keys have mistakes.
    """
    if root is None:
        from tui.sample import sample_project

        root = sample_project()
    gc.set_threshold(*_COLLECT)
    config = read_user_config()
    put_in_force(keymap_of(config))
    app = ManiculeApp(Project.open(root), annotator_name(root, annotator, config), config=config)
    app.run()
    if app.closing_problem:
        sys.stderr.write(f"manicule: not saved: {drawable(app.closing_problem)}\n")
        return 1
    return app.return_code or 0
