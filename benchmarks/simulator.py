"""The reader without a terminal: the program's own state and its own way of scrolling, moved by the names of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.geometry import Offset, Size

from annotate.view import Entry, EntryKey
from annotate.words import Range
from store.session import Session
from tui.jumping import Jump
from tui.reading import Reading
from tui.recall import Recall, Recalled
from tui.search import Search
from tui.widgets.article_view import ArticleView
from tui.wrapping import wrap


class Page(ArticleView):
    """The app's view of the text, with its own rules for scrolling and moving, but of a given size and never drawn.

    Attributes:
        top: the first line on screen.
    """

    def __init__(self, reading: Reading, width: int, height: int) -> None:
        super().__init__(reading)
        self.top = 0
        self._given = Size(width + 4, height)
        self._margin = 2
        self._lines = wrap(reading.article.text, width)

    @property
    def size(self) -> Size:
        """The cells that it is given."""
        return self._given

    @property
    def scroll_offset(self) -> Offset:
        """How far it is scrolled."""
        return Offset(0, self.top)

    def _scroll(self, line: int) -> None:
        self.top = min(max(line, 0), max(len(self._lines) - self.size.height, 0))


State = tuple[Range, EntryKey | None, int, int | None]
"""Where a person stands: cursor, focus, first line on screen, column of vertical movement."""

_BOUNDARIES = {"[": (-1, 0), "]": (0, 1), "{": (1, 0), "}": (0, -1)}
MOVES = (
    "Left", "Right", "Up", "Down", "Tab", "Shift+Tab", "n", "p", "PgUp", "PgDn", "Home", "End",
)  # fmt: skip


class Simulator:
    """One article open in the reader."""

    def __init__(self, session: Session, article_id: str, size: Size, recall: Recall | None = None) -> None:
        project = session.project
        article = project.article(article_id)
        sources = project.sources_for(session.annotator)
        suggestions = project.suggestions(article, sources)
        layer = session.layer(article_id)
        found = recall.recalled(article, layer, suggestions, sources) if recall else Recalled(suggestions, ())
        self.reading = Reading(session, article, project.config.scheme, found.suggestions, (*sources, *found.sources))
        self.reading.remembered = found.moment
        self.page = Page(self.reading, size.width, size.height)
        self._tags: tuple[tuple[int, int], dict[int, str]] = (-1, -1), {}
        self.page.reveal(third=True)
        self._see()

    @property
    def state(self) -> State:
        """Where the person stands."""
        reading = self.reading
        return reading.cursor, reading._focus, self.page.top, self.page._goal

    @state.setter
    def state(self, state: State) -> None:
        reading = self.reading
        reading.cursor, reading._focus, self.page.top, self.page._goal = state
        reading._anchor = None
        reading.take_changes()

    def move(self, key: str) -> bool:
        """Press a key that only moves; whether anything changed. What is passed over counts as not seen yet."""
        before = self.state
        reading, page = self.reading, self.page
        vertical: dict[str, Callable[[], int]] = {
            "Up": lambda: page.offset_by_lines(-1),
            "Down": lambda: page.offset_by_lines(1),
            "PgUp": lambda: page.turn_page(-1),
            "PgDn": lambda: page.turn_page(1),
        }
        if key in vertical:
            offset = vertical[key]()
            self._act(lambda: reading.move_to(offset), vertical=True)
        else:
            self._act(self._plain_moves()[key])
        return self.state != before

    def _plain_moves(self) -> dict[str, Callable[[], None]]:
        reading = self.reading
        return {
            "Left": lambda: reading.move_by_word(-1),
            "Right": lambda: reading.move_by_word(1),
            "Tab": lambda: reading.move_by_entity(1),
            "Shift+Tab": lambda: reading.move_by_entity(-1),
            "n": lambda: reading.move_by_undecided(1),
            "p": lambda: reading.move_by_undecided(-1),
            "Home": lambda: reading.move_to(0),
            "End": lambda: reading.move_to(len(reading.article.text)),
        }

    def jumps(self) -> dict[int, str]:
        """The tags that `g` would put on the words in sight, by where they lead."""
        here = self.reading.cursor[0], self.page.top
        if self._tags[0] != here:
            self._tags = here, Jump(self.page.jump_targets(), here[0]).left()
        return self._tags[1]

    def jump(self, target: int) -> None:
        """Type a tag that leads to `target`."""
        self._act(lambda: None)
        self._act(lambda: self.reading.move_to(target))

    def search(self, typed: str) -> Range | None:
        """Search for what is typed and leave the search; the hit that is selected then."""
        search = Search(self.reading.article.text, self.reading.cursor[0])
        for end in range(1, len(typed) + 1):
            search.look_for(typed[:end])
            start = search.current[0] if search.current else search.origin
            self._act(lambda start=start: self.reading.move_to(start))  # type: ignore[misc]
        hit = search.current
        if hit:
            self._act(lambda: self.reading.select(*hit))
        return hit

    def drop(self) -> None:
        """Drop the selection."""
        self._act(self.reading.drop)

    def decide(self, key: str) -> None:
        """Press a key that decides on what is focused or selected, or begins to finish the article."""
        reading = self.reading
        if key == "Space" and reading.question:
            answer = reading.question.answers["space"]
            self._act(answer)
        elif key in _BOUNDARIES:
            self._act(lambda: reading.move_boundary(*_BOUNDARIES[key], drawn=True), boundary=True)
        elif label := reading.view.scheme.label_for_key(key):
            self._act(lambda: reading.label(label.name, drawn=True))
        else:
            acts: dict[str, Callable[[], None]] = {
                "Space": lambda: reading.confirm(drawn=True),
                "x": lambda: reading.reject(drawn=True),
                ",": reading.toggle_unit,
                "=": lambda: reading.same_everywhere(drawn=True),
                "d": reading.done,
            }
            self._act(acts[key])
        self._see()

    def _act(self, act: Callable[[], None], *, boundary: bool = False, vertical: bool = False) -> None:
        self.reading.begin(boundary=boundary)
        if not vertical:
            self.page.forget_column()
        act()
        self.page.reveal(leapt=self.reading.take_leap())

    def _see(self) -> None:
        reading = self.reading
        reading.see(reading.view.overlapping(*self.page.visible_range()))


def undecided(simulator: Simulator) -> list[Entry]:
    """What is left, in order."""
    return simulator.reading.view.undecided()


def words_in(simulator: Simulator, start: int, end: int) -> Iterator[Range]:
    """The words of a range, each whole."""
    words = simulator.reading.words
    word: Range | None = words.word_at(start)
    while word and word[0] < end:
        if word[1] > start:
            yield word
        following = words.next_word(word[0])
        word = following if following and following[0] > word[0] else None
