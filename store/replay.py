"""An annotator's layers as they are: what their files hold, and what the journal has beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from annotate.decisions import Decision, Reanchor, apply_all
from annotate.errors import DecisionError
from annotate.layers import Layer
from store.errors import BrokenFileError
from store.journal_index import JournalIndex
from store.journal_lines import Line, in_groups
from store.layer_files import Clash, StoredLayer, read_layer
from store.locations import Locations
from store.merged_by_git import MergedFileError
from store.records import RecordError
from store.storage import FORMAT


class LayerReader:
    """Reads the layers of one annotator; it writes nothing.

    Attributes:
        index: what their journal holds.
    """

    def __init__(self, locations: Locations, annotator: str) -> None:
        """Look at the journal files; no layer is read yet."""
        self.index = JournalIndex(locations, annotator)
        self._locations = locations
        self._annotator = annotator

    def read(self, article_id: str, text_hash: Callable[[], str]) -> StoredLayer:
        """The layer of an article; an empty one where nothing was ever decided.

        Args:
            article_id: the article.
            text_hash: gives the revision that an empty layer belongs to.

        Raises:
            BrokenFileError: the layer's file, or a journal file that it needs, cannot be read.
        """
        try:
            stored = read_layer(self._locations.layer(self._annotator, article_id), article_id)
        except MergedFileError as error:
            return self._of_both_versions(article_id, error)
        lines = self.index.beyond(article_id, stored.applied if stored else {})
        if stored is not None and _is_late(lines, stored):
            stored, lines = self._from_the_start(article_id, stored, lines)
        if stored is None:
            stored = StoredLayer(Layer(article_id, _revision_of(lines) or text_hash()))
        return replayed(stored, lines) if lines else stored

    def _of_both_versions(self, article_id: str, merged: MergedFileError) -> StoredLayer:
        """What the journal comes to, if it has all that either version of the file held."""
        known = StoredLayer(Layer(article_id, ""), merged.applied, newer=merged.format > FORMAT)
        stored, lines = self._from_the_start(article_id, known, [])
        if stored is known:
            why = (
                "git merged two versions of it, and the journal lacks decisions of one: pull it, or manicule doctor DIR"
            )
            raise BrokenFileError(merged.path, why)
        return replayed(stored, lines)

    def _from_the_start(
        self, article_id: str, stored: StoredLayer, lines: list[Line]
    ) -> tuple[StoredLayer, list[Line]]:
        """An empty layer and all lines, so that the order in which clones came together makes no difference.

        Where the journal has lost lines that the file holds, or may have, it is the file and the lines beyond it.
        """
        whole = self.index.beyond(article_id, {})
        last: dict[str, int] = {}
        for line in whole:
            last[line.session] = max(line.seq, last.get(line.session, -1))
        revision = _revision_of(whole)
        lost = any(last.get(session, -1) < seq for session, seq in stored.applied.items())
        if not revision or lost or self.index.is_damaged(stored.applied):
            return stored, lines
        return StoredLayer(Layer(article_id, revision), newer=stored.newer), whole


def from_lines(article_id: str, text_hash: str, lines: Sequence[Line]) -> StoredLayer:
    """The layer that journal lines, which are sorted, come to by themselves.

    Args:
        article_id: the article.
        text_hash: the revision of an empty layer; the first of `lines` says it where there is one.
        lines: those about the article.
    """
    empty = StoredLayer(Layer(article_id, _revision_of(lines) or text_hash))
    return replayed(empty, lines) if lines else empty


def _is_late(lines: Sequence[Line], stored: StoredLayer) -> bool:
    """Whether one of `lines` came about before something that the file holds: another clone brought it."""
    return any(
        line.time < stored.until or (line.time == stored.until and line.session not in stored.applied) for line in lines
    )


def _revision_of(lines: Iterable[Line]) -> str:
    """The revision that the first decision belongs to that this version understands, or ""."""
    for line in lines:
        with suppress(RecordError):
            return line.decision().starts_from
    return ""


def replayed(stored: StoredLayer, lines: Sequence[Line]) -> StoredLayer:
    """The layer after `lines`, which are sorted; groups that do not fit are kept as clashes."""
    clashes = dict(stored.clashes)
    try:
        layer = _after(stored.layer, lines)
        for line in lines if clashes else ():
            clashes.pop(line.undoes, None)
    except (DecisionError, RecordError):
        layer = _group_by_group(stored.layer, lines, clashes)
    applied = dict(stored.applied)
    for line in lines:
        applied[line.session] = max(line.seq, applied.get(line.session, -1))
    until = max(stored.until, *(line.time for line in lines))
    return StoredLayer(layer, applied, clashes, stored.newer, until)


def apply_checked(layer: Layer, decisions: Sequence[Decision]) -> Layer:
    """The layer after those of `decisions` that belong to its article.

    Raises:
        DecisionError: one of them does not fit, or belongs to another revision of the text.
    """
    revision = layer.text_hash
    for one in decisions:
        if one.article_id == layer.article_id:
            if one.starts_from != revision:
                raise DecisionError("the article's text has changed since")
            revision = one.after.text_hash or revision
    return apply_all(layer, decisions)


def _after(layer: Layer, lines: Iterable[Line]) -> Layer:
    return apply_checked(layer, _once(layer.text_hash, [line.decision() for line in lines]))


def _once(revision: str, decisions: Iterable[Decision]) -> list[Decision]:
    """Without going on to a text on which the layer is already: each of two clones did that for itself."""
    kept = []
    for one in decisions:
        if isinstance(one, Reanchor) and one.starts_from != revision and one.after.text_hash == revision:
            continue
        revision = one.after.text_hash or revision
        kept.append(one)
    return kept


def _group_by_group(layer: Layer, lines: Sequence[Line], clashes: dict[str, Clash]) -> Layer:
    for group in in_groups(lines):
        if clashes.pop(group[0].undoes, None):
            continue  # it takes back what had no effect, so that both have none
        try:
            layer = _after(layer, group)
        except (DecisionError, RecordError) as error:
            clashes[group[0].group] = Clash(group[0].group, str(error))
    return layer
