"""The doctor's round: everything in a project, one file at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotate.schemes import LabelScheme
from store.config import read_config
from store.doctor.articles import Texts, accept_article, accept_suggestions, article_findings, suggestion_findings
from store.doctor.findings import Finding
from store.doctor.folders import Held, files_in
from store.doctor.journals import fill, journal_findings
from store.doctor.layers import Annotating, orphans
from store.doctor.ledger import Ledger
from store.errors import BrokenFileError, ConfigError, StoreError
from store.ids import is_name, shard
from store.journal import journal_files
from store.locations import Locations

_NUMBERED = re.compile(r"(.*?):(\d+): (.*)")


@dataclass(slots=True)
class Checked:
    """How many files were looked at."""

    articles: int = 0
    suggestions: int = 0
    layers: int = 0
    journals: int = 0


class Examination:
    """One round over a project.

    Attributes:
        checked: what was looked at so far.
    """

    def __init__(self, root: Path) -> None:
        """Look at nothing yet."""
        self.checked = Checked()
        self._locations = Locations(root)
        self._texts = Texts(self._locations)
        self._scheme: LabelScheme | None = None

    def count_files(self) -> int:
        """How many files there are to look at, about; only folders are read."""
        places = self._locations
        folders = [places.root / "articles", places.root / "trash"]
        folders += [places.root / "suggestions" / name for name in places.sources()]
        folders += [places.root / "layers" / name for name in places.annotators()]
        return sum(1 for folder in folders for _ in folder.glob("*/*"))

    def findings(self) -> Iterator[Finding | None]:
        """What is wrong, as it is found; None after each file. What is mended before the next is asked for counts.

        Raises:
            ProjectError: there is no project.
        """
        yield from self._config()
        for folder in ("articles", "trash"):
            for held in files_in(self._locations, self._locations.root / folder):
                if isinstance(held, Finding):
                    yield held
                    continue
                self.checked.articles += 1
                yield from article_findings(self._locations, held)
                yield None
        yield from self._strays("suggestions")
        for source in self._locations.sources():
            yield from self._suggestions(source)
        yield from self._strays("layers")
        for annotator in self._locations.annotators():
            yield from self._annotator(annotator)

    def _config(self) -> Iterator[Finding]:
        try:
            self._scheme = read_config(self._locations).scheme
        except ConfigError as error:
            for message in error.message.split("\n"):
                found = _NUMBERED.fullmatch(message)
                line, what = (int(found[2]), found[3]) if found else (0, message)
                yield Finding(self._locations.config, line, what, "mend it with an editor")

    def _strays(self, name: str) -> Iterator[Finding]:
        folder = self._locations.root / name
        with suppress(FileNotFoundError, NotADirectoryError):
            for path in sorted(folder.iterdir()):
                if path.name[0] != "." and not (path.is_dir() and is_name(path.name)):
                    yield Finding(path, 0, "no folder of a project", "move it elsewhere")

    def _suggestions(self, source: str) -> Iterator[Finding | None]:
        for held in files_in(self._locations, self._locations.root / "suggestions" / source):
            if isinstance(held, Finding):
                yield held
                continue
            self.checked.suggestions += 1
            yield from suggestion_findings(self._locations, self._texts, source, held)
            yield None

    def _annotator(self, annotator: str) -> Iterator[Finding | None]:
        self.checked.journals += len(journal_files(self._locations.journal(annotator)))
        yield from journal_findings(self._locations, annotator)
        with self._annotating(annotator) as annotating:
            folder = self._locations.root / "layers" / annotator
            for held in files_in(self._locations, folder, frozenset({"journal"})):
                if isinstance(held, Finding):
                    yield held
                    continue
                self.checked.layers += 1
                yield from self._layer(annotating, held)
                yield None
            yield from orphans(annotating)

    def _layer(self, annotating: Annotating, held: Held) -> list[Finding]:
        """What is wrong with a layer, looked at again where somebody has decided since the journal was read."""
        found = list(annotating.findings(held))
        if found and not annotating.ledger.is_current():
            fill(annotating.ledger, self._locations.journal(annotating.annotator))
            found = list(annotating.findings(held))
        return found

    def _annotating(self, annotator: str) -> Annotating:
        ledger = Ledger(self._locations.journal(annotator))
        fill(ledger, self._locations.journal(annotator))
        return Annotating(self._locations, annotator, self._texts, ledger, self._scheme)

    # Accepting ----------------------------------------------------------------------------------------

    def accept(self, path: Path) -> str:
        """Take a file that was changed by hand as it is; what was done, in a few words.

        Raises:
            BrokenFileError: it is not what it should be.
            StoreError: it is no file of this project that can be taken so.
            OSError: the disk refuses.
        """
        parts = path.resolve().relative_to(self._locations.root.resolve()).parts if self._is_within(path) else ()
        match parts:
            case ("articles", part, name) if _is_file(part, name):
                return accept_article(self._locations, self._held(parts))
            case ("suggestions", _, part, name) if _is_file(part, name):
                return accept_suggestions(self._locations, self._held(parts))
            case ("layers", annotator, part, name) if _is_file(part, name):
                with suppress(ConfigError):
                    self._scheme = read_config(self._locations).scheme
                with self._annotating(annotator) as annotating:
                    return annotating.accept(self._held(parts))
        raise StoreError(f"{path}: no article, layer or suggestions of this project")

    def _is_within(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._locations.root.resolve())

    def _held(self, parts: tuple[str, ...]) -> Held:
        path = self._locations.root.joinpath(*parts)
        if not path.is_file():
            raise BrokenFileError(path, "there is no such file")
        return Held(path.stem, path)


def _is_file(part: str, name: str) -> bool:
    stem = name.removesuffix(".json")
    return name.endswith(".json") and is_name(stem) and shard(stem) == part
