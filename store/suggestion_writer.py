"""Write what a pipeline proposes for many articles: the only place of a run that does, some files with one sync.

What a kill of the program takes with it was not told as done, and is extracted again by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from annotate.suggestions import SuggestionLayer
from store.errors import BrokenFileError, NewerFileError
from store.file_batch import FileBatch
from store.project import Project
from store.suggestion_files import encode_over

MOST = 512
"""Articles that are written at once at most."""

MOST_SUGGESTIONS = 100_000
"""Suggestions from which on it is enough, too: memory is taken by these."""

SECONDS = 0.5
"""How long nothing is written while more is coming."""


class SuggestionWriter:
    """Takes layers and writes them when there are enough, or when it is time."""

    def __init__(self, project: Project) -> None:
        """Nothing is written yet."""
        self._project = project
        self._layers: list[SuggestionLayer] = []
        self._suggestions = 0
        self._written = monotonic() - SECONDS

    def add(self, layer: SuggestionLayer) -> None:
        """Have a layer written by and by."""
        self._layers.append(layer)
        self._suggestions += len(layer.suggestions)

    @property
    def due(self) -> bool:
        """Whether what was added should be written now."""
        enough = len(self._layers) >= MOST or self._suggestions >= MOST_SUGGESTIONS
        return bool(self._layers) and (enough or monotonic() - self._written >= SECONDS)

    def write(self) -> Iterator[tuple[SuggestionLayer, str]]:
        """Write all that was added; each layer with "", or with one line about why its file is as it was.

        Raises:
            StoreError: some of it may be written, each file whole.
        """
        layers, self._layers, self._suggestions = self._layers, [], 0
        batch = FileBatch(self._project.root)
        try:
            try:
                problems = [self._put(batch, layer) for layer in layers]
            finally:
                batch.finish()
        finally:
            batch.drop()
        self._written = monotonic()
        yield from zip(layers, problems, strict=True)

    def _put(self, batch: FileBatch, layer: SuggestionLayer) -> str:
        path = self._project.locations.suggestions(layer.source.name, layer.article_id)
        try:
            batch.write(path, encode_over(path, layer))
        except (BrokenFileError, NewerFileError) as error:
            return error.message
        return ""
