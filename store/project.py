"""A project folder: its articles, what sources propose for them, and the annotators' layers."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import monotonic

from annotate.articles import Article
from annotate.label_map import translated
from annotate.layers import Layer
from annotate.project_wide import PROJECT
from annotate.suggestions import Suggestion, SuggestionLayer
from store.article_files import read_article
from store.article_ids import sorted_ids
from store.config import ProjectConfig, read_config
from store.errors import BrokenFileError, StoreError, naming, reason
from store.ids import folded
from store.journal_lines import Line
from store.layer_files import StoredLayer
from store.locations import Locations
from store.locking import locked
from store.replay import LayerReader
from store.suggestion_files import read_suggestions, write_suggestions

_FRESH = 0.5


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is to become an article.

    Attributes:
        stem: what its id is made from.
        title: one line.
        text: as `annotate.articles.clean_text` makes it.
        metadata: where it came from and what was changed.
        kind: what it was read as.
    """

    stem: str
    title: str
    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of a draft.

    Attributes:
        stem: the draft's.
        article_id: the article that has its text.
        added: whether it is new; False when the project has that text already, or may have.
        removed: whether that article is in the trash.
        broken: why that article cannot be read, so that it is not certain; else "".
    """

    stem: str
    article_id: str
    added: bool
    removed: bool = False
    broken: str = ""

    @property
    def there(self) -> str:
        """Where the project has the text already, in words."""
        if self.removed:
            return f"in the trash, as {self.article_id}; manicule restore brings it back"
        if self.broken:
            why = f"may be {self.article_id}, which cannot be read"
            return f"not added: {why}; manicule doctor --repair, then add it again"
        return f"there already, as {self.article_id}"


class Project:
    """An opened project folder. Reading changes nothing on disk.

    Attributes:
        root: the folder.
        config: its manicule.toml.
        locations: where its files lie.
    """

    def __init__(self, root: Path, config: ProjectConfig) -> None:
        """Use `open` or `create`."""
        self.root = root
        self.config = config
        self.locations = Locations(root)
        self._readers: dict[str, LayerReader] = {}
        self._fresh_until: dict[str, float] = {}
        self._identity = _identity(root)

    @classmethod
    def open(cls, root: Path) -> Project:
        """Open the project in a folder.

        Raises:
            ProjectError: there is none.
            ConfigError: its manicule.toml has mistakes; the message has a line for each.
        """
        return cls(root, read_config(Locations(root)))

    @classmethod
    def create(cls, root: Path, *, title: str = "", labels: Path | None = None) -> Project:
        """Make a folder a project, with a manicule.toml that explains itself.

        Args:
            root: the folder; it is made if it is not there.
            title: the project's name; the folder's when it is empty.
            labels: a file of `[[labels]]` tables to use; OntoNotes 5 when it is not given.

        Raises:
            ProjectError: it is a project already, or cannot be written.
            ConfigError: the label file has mistakes; the message has a line for each.
        """
        from store.config_new import create_config

        create_config(Locations(root), title, labels)
        return cls.open(root)

    def check_there(self) -> None:
        """Notice a folder that was moved, deleted or unmounted, before its files are made anew elsewhere.

        Raises:
            OSError: it is gone.
        """
        now = _identity(self.root)
        if now is None or (now != self._identity and self._identity and not self.locations.config.is_file()):
            raise FileNotFoundError(errno.ENOENT, "the project's folder is gone", str(self.root))

    def gone(self) -> str:
        """Why the project's folder is not there, in plain words; "" where it is; see `check_there`."""
        try:
            self.check_there()
        except OSError as error:
            return reason(error)
        return ""

    # Articles -----------------------------------------------------------------------------------------

    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted as a person sorts names; no article is read."""
        return sorted_ids(self.locations)

    def article(self, article_id: str, text_hash: str = "") -> Article:
        """An article as it now is, or as it was in the revision `text_hash`.

        Raises:
            StoreError: there is no such article.
            BrokenFileError: its file cannot be read, or lacks the revision.
        """
        return read_article(self.locations.article(article_id), article_id, text_hash)

    def revision(self, article_id: str) -> str:
        """The hash of an article's text as it now is; "" for `PROJECT`.

        Raises:
            StoreError: there is no such article.
            BrokenFileError: its file cannot be read.
        """
        return "" if article_id == PROJECT else self.article(article_id).text_hash

    def broken_articles(self) -> list[str]:
        """One line about each article whose file cannot be read."""
        from store.texts_index import text_hashes

        problems = []
        for article_id in (name for name, text_hash in text_hashes(self.locations).items() if not text_hash):
            try:
                self.article(article_id)
            except StoreError as error:
                problems.append(error.message)
        return sorted(problems)

    def add_articles(self, drafts: Iterable[Draft]) -> list[str]:
        """Add documents and give the ids of the new articles; texts that are there already are passed over.

        Raises:
            AddError: what `drafts` raises.
            StoreError: a file cannot be written; those before it are added.
        """
        return [one.article_id for one in self.adding(drafts) if one.added]

    def adding(self, drafts: Iterable[Draft]) -> Iterator[Addition]:
        """Add documents one by one, each on disk before it is yielded; see `add_articles`.

        Another program that adds to the project waits until this one has ended.
        """
        drafts = iter(drafts)
        first = next(drafts, None)
        if first is None:
            return
        from store.adding import Adder

        with locked(self.locations):
            yield from Adder(self.locations).add(chain([first], drafts))

    def planned(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Addition]]:
        """What would become of documents if they were added now; nothing is written."""
        from store.adding import Adder

        return Adder(self.locations).plan(drafts)

    # Suggestions --------------------------------------------------------------------------------------

    def sources(self) -> list[str]:
        """The names of the sources that have proposed something."""
        return self.locations.sources()

    def suggestion_layer(self, source: str, article_id: str) -> SuggestionLayer | None:
        """All that a source proposes for an article, in its own labels; None where it has not looked at it.

        Raises:
            BrokenFileError: the file cannot be read.
        """
        return read_suggestions(self.locations.suggestions(source, article_id), article_id)

    def suggestions(self, article: Article, sources: Iterable[str] | None = None) -> list[Suggestion]:
        """What the sources, all unless named, propose for this revision of an article, in the project's labels.

        Raises:
            BrokenFileError: a file cannot be read.
        """
        found: list[Suggestion] = []
        for source in self.sources() if sources is None else sources:
            layer = self.suggestion_layer(source, article.id)
            if layer is not None and layer.text_hash == article.text_hash:
                found.extend(layer.suggestions)
        return translated(found, self.config.scheme)

    def sources_for(self, annotator: str) -> list[str]:
        """The sources whose suggestions an annotator is shown: none where the project keeps them blind."""
        return [] if self.is_blind(annotator) else self.sources()

    def is_blind(self, annotator: str) -> bool:
        """Whether the project shows an annotator no suggestions; case does not tell annotators apart."""
        return folded(annotator) in map(folded, self.config.blind)

    def write_suggestions(self, layer: SuggestionLayer) -> None:
        """Make `layer` all that its source proposes for the article; a file that cannot be read is set aside.

        Raises:
            NewerFileError: a newer version made the file.
            StoreError: the file cannot be written.
        """
        path = self.locations.suggestions(layer.source.name, layer.article_id)
        with naming(path):
            try:
                write_suggestions(path, layer)
            except BrokenFileError:
                self.locations.set_aside(path)
                write_suggestions(path, layer)

    # Layers -------------------------------------------------------------------------------------------

    def annotators(self) -> list[str]:
        """Those who have decided something; "_adjudicated" is among them where there is such a layer."""
        return self.locations.annotators()

    def layer(self, annotator: str, article_id: str) -> Layer:
        """An annotator's layer of an article as their files and journal have it; an empty one when there is none.

        What another program decides meanwhile is seen within half a second.

        Raises:
            BrokenFileError: a file cannot be read.
            StoreError: there is no such article.
        """
        return self.stored_layer(annotator, article_id).layer

    def stored_layer(self, annotator: str, article_id: str) -> StoredLayer:
        """An annotator's layer with what could not be replayed into it; see `layer`."""
        return self._reader(annotator).read(article_id, lambda: self.revision(article_id))

    def journal_lines(self, annotator: str, article_id: str) -> list[Line]:
        """Every decision of an annotator on an article as the journal has it, in order.

        Raises:
            BrokenFileError: a journal file cannot be read.
        """
        return self._reader(annotator).index.beyond(article_id, {})

    def sittings_on(self, annotator: str, article_id: str) -> list[str]:
        """The stems of an annotator's journal files that have decisions on an article."""
        return list(self._reader(annotator).index.last(article_id))

    def lacks_lines(self, annotator: str, article_id: str, applied: Mapping[str, int]) -> bool:
        """Whether the journal, as it was a moment ago, ends before the last lines that a layer names."""
        last = self._reader(annotator).index.last(article_id)
        return any(last.get(session, -1) < seq for session, seq in applied.items())

    def journal_problems(self, annotator: str) -> list[str]:
        """One line about each journal file of an annotator, or line of one, that cannot be used."""
        return self._reader(annotator).index.problems

    def check_quotes(self, annotator: str, article: Article, layer: Layer) -> None:
        """Refuse a layer whose annotations cover something else in `article` than the annotator saw.

        Raises:
            BrokenFileError: its file was changed by hand, or by a program that counts otherwise.
        """
        for one in layer.annotations.values():
            start, end = one.span.start, one.span.end
            if end > len(article.text) or article.text[start:end] != one.quote:
                path = self.locations.layer(annotator, article.id)
                raise BrokenFileError(path, f"annotation {one.id}: the text at {start}-{end} is not {one.quote!r}")

    def journal_marks(self, annotator: str) -> Mapping[str, Mapping[str, str]]:
        """A mark of each article that an annotator ever decided on, by shard; another when the journal has more of it.

        What another program decides meanwhile is seen within half a second.
        """
        return self._reader(annotator).index.marks()

    def keep_journal_index(self, annotator: str) -> None:
        """Have other programs, and the next one, read of an annotator's journal only what is new by then."""
        self._reader(annotator).index.save()

    def journal_grew(self, annotator: str) -> None:
        """Have the next look at an annotator's layers see what was just written to their journal."""
        self._fresh_until.pop(annotator, None)

    def _reader(self, annotator: str) -> LayerReader:
        """A reader that has seen the journal files a moment ago: to look at all of them for each article takes long."""
        reader = self._readers.get(annotator)
        if reader is None:
            reader = self._readers[annotator] = LayerReader(self.locations, annotator)
        elif monotonic() < self._fresh_until.get(annotator, 0.0):
            return reader
        else:
            reader.index.refresh()
        self._fresh_until[annotator] = monotonic() + _FRESH
        return reader


def _identity(root: Path) -> tuple[int, int] | None:
    """What tells a folder from another of the same name; None where there is none."""
    try:
        state = root.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
