"""What an import writes: an annotator's decisions as one group, or a source's suggestions as one folder."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from annotate.articles import Article
from annotate.decisions import Add, Decision, Finish, How, Skip
from annotate.ids import new_id
from annotate.layers import Annotation, Layer, Part, Remark, State, Status
from annotate.position_index import PositionIndex
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from store.atomic import make_folder, sync_all, sync_folder, write_unsynced
from store.errors import StoreError, naming
from store.formats.model import GoldSpan
from store.group_writer import GroupWriter
from store.ids import check_name, shard
from store.project import Project
from store.suggestion_files import encode_suggestions

_BATCH = 1000
"""Files that are synced at once."""


class Target(Protocol):
    """Takes articles between its beginning and its end; only then do they count."""

    def takes(self, span: GoldSpan) -> bool:
        """Whether it has a place for a span of that status."""
        ...

    def problems(self, article: Article, spans: Sequence[GoldSpan]) -> list[str]:
        """Why it cannot take these; nothing is written."""
        ...

    def take(self, article: Article, spans: Sequence[GoldSpan], status: str) -> tuple[int, int]:
        """Take an article's spans, in its code points: how many were taken, and how many were there already.

        Raises:
            StoreError: they cannot be written.
        """
        ...

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Have all count; nothing after an error."""
        ...


class LayerTarget:
    """An annotator's layers, to which one group of decisions is added; one undo takes it back."""

    def __init__(self, project: Project, annotator: str, *, finish: bool, keep_mine: bool) -> None:
        """Nothing is written yet.

        Args:
            project: the project.
            annotator: whose layers.
            finish: whether articles that are done or skipped in the file become so.
            keep_mine: whether what the annotator has stays where a span overlaps it.
        """
        self._project = project
        self._annotator = annotator
        self._finish = finish
        self._keep_mine = keep_mine
        self._group: GroupWriter | None = None

    def takes(self, span: GoldSpan) -> bool:
        """Confirmed and rejected spans."""
        return span.status != "suggested"

    def problems(self, article: Article, spans: Sequence[GoldSpan]) -> list[str]:
        """What lies on an earlier text, or overlaps what the annotator has."""
        layer = self._project.layer(self._annotator, article.id)
        if layer.text_hash != article.text_hash:
            return [f"{article.id}: {self._annotator} has annotated an earlier text of it; open it first"]
        if self._keep_mine:
            return []
        return [
            f"{article.id}: {one.start}-{one.end} {one.label} “{article.text[one.start : one.end]}” overlaps "
            f"{self._annotator}'s “{other.quote}” ({other.span.label})"
            for one, other in self._clashes(layer, spans)
        ]

    def _clashes(self, layer: Layer, spans: Sequence[GoldSpan]) -> Iterator[tuple[GoldSpan, Annotation]]:
        """What overlaps where the labels may not, and what the annotator decided otherwise."""
        held = layer.annotations
        index = PositionIndex((one.span.start, one.span.end, name) for name, one in held.items())
        for one in spans:
            for name in index.overlapping(one.start, one.end):
                other = held[name]
                if _same(one, other) or not self._clash(one, other):
                    continue
                yield one, other
                break

    def _clash(self, one: GoldSpan, other: Annotation) -> bool:
        if other.span == Span(one.start, one.end, one.label):
            return True
        both = one.status == "confirmed" and other.state is State.CONFIRMED
        return both and not self._project.config.scheme.overlap

    def take(self, article: Article, spans: Sequence[GoldSpan], status: str) -> tuple[int, int]:
        """Add what is not there; see `Target.take`."""
        layer = self._project.layer(self._annotator, article.id)
        clashing = {id(one) for one, _ in self._clashes(layer, spans)}
        there = {(one.span, one.state) for one in layer.annotations.values()}
        fresh = [one for one in spans if id(one) not in clashing and (_span(one), _state(one)) not in there]
        decisions = [*self._added(article, layer, fresh), *self._finished(article, layer, status)]
        if self._group is None:
            raise StoreError("nothing is being written")
        self._group.add(decisions)
        return len(fresh), len(spans) - len(fresh)

    def _added(self, article: Article, layer: Layer, spans: Sequence[GoldSpan]) -> Iterator[Decision]:
        annotations = tuple(
            Annotation(new_id(), _span(one), article.text[one.start : one.end], _state(one)) for one in spans
        )
        noted = {(one.start, one.end): Remark(one.start, one.end, note=one.note) for one in spans if one.note}
        remarks = tuple(remark for place, remark in noted.items() if place not in layer.remarks)
        if annotations:
            yield Add(article.id, article.text_hash, Part(), Part(annotations, remarks), How.IMPORT)

    def _finished(self, article: Article, layer: Layer, status: str) -> Iterator[Decision]:
        kind, mark = {"done": (Finish, Status.DONE), "skipped": (Skip, Status.SKIPPED)}.get(status, (None, None))
        old = layer.marks
        if self._finish and kind is not None and old.finished is None:
            new = replace(old, finished=mark)
            yield kind(article.id, article.text_hash, Part(marks=old), Part(marks=new), How.IMPORT)

    def __enter__(self) -> Self:
        """Begin the group."""
        self._group = GroupWriter(self._project, self._annotator)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Have the group count, or forget it."""
        group, self._group = self._group, None
        if group is None:
            return
        if error is None:
            group.close()
        else:
            group.abandon()


def _span(one: GoldSpan) -> Span:
    return Span(one.start, one.end, one.label)


def _state(one: GoldSpan) -> State:
    return State.REJECTED if one.status == "rejected" else State.CONFIRMED


def _same(one: GoldSpan, other: Annotation) -> bool:
    return (_span(one), _state(one)) == (other.span, other.state)


class SourceTarget:
    """A source's suggestions, in a folder that takes its place when it is whole."""

    def __init__(self, project: Project, name: str, *, replaces: bool) -> None:
        """Nothing is written yet.

        Args:
            project: the project.
            name: the source's.
            replaces: whether what a source of this name suggested goes.

        Raises:
            StoreError: the name cannot be one, or there is such a source.
        """
        self._project = project
        self._source = Source(check_name(name, "source"), "import")
        self._folder = project.locations.suggestions(name, "x").parent.parent
        self._beside = self._folder.with_name(f".{secrets.token_hex(6)}.tmp")
        self._unsynced: list[Path] = []
        if self._folder.exists() and not replaces:
            raise StoreError(
                f"there are suggestions of {name} already; --source names another, --replace replaces them"
            )

    def takes(self, span: GoldSpan) -> bool:
        """All but what was rejected."""
        return span.status != "rejected"

    def problems(self, article: Article, spans: Sequence[GoldSpan]) -> list[str]:
        """None: suggestions stand in nobody's way."""
        return []

    def take(self, article: Article, spans: Sequence[GoldSpan], status: str) -> tuple[int, int]:
        """Write the article's suggestions beside; see `Target.take`."""
        source = self._source
        found = tuple(Suggestion(_span(one), source.name, source.version, one.score) for one in spans)
        folder = self._beside / shard(article.id)
        path = folder / f"{article.id}.json"
        with naming(path):
            folder.mkdir(exist_ok=True)
            write_unsynced(path, encode_suggestions(SuggestionLayer(article.id, article.text_hash, source, found)))
            self._unsynced.append(path)
            if len(self._unsynced) == _BATCH:
                self._sync()
        return len(found), 0

    def _sync(self) -> None:
        sync_all(self._unsynced)
        self._unsynced = []

    def __enter__(self) -> Self:
        """Make the folder."""
        with naming(self._beside):
            make_folder(self._beside)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Move the folder to its place, or remove it."""
        try:
            if error is None:
                with naming(self._folder):
                    self._swap()
        finally:
            shutil.rmtree(self._beside, ignore_errors=True)

    def _swap(self) -> None:
        self._sync()
        sync_all([*self._beside.iterdir(), self._beside])
        old = self._beside.with_suffix(".old")
        if self._folder.exists():
            os.rename(self._folder, old)
        os.rename(self._beside, self._folder)
        sync_folder(self._folder.parent)
        shutil.rmtree(old, ignore_errors=True)
