"""Check annotators' layers against the text and the journal, and rebuild one from the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from annotate.articles import Article
from annotate.differences import difference
from annotate.ids import new_id
from annotate.layers import Layer
from annotate.schemes import LabelScheme
from store.atomic import write_atomic
from store.claims import Claims
from store.doctor.articles import Texts
from store.doctor.findings import Finding, Mend, found_in
from store.doctor.folders import Held
from store.doctor.ledger import Ledger
from store.doctor.rewriting import keep_copy, sound_tables
from store.errors import BrokenFileError, ChangedFileError, StoreError
from store.journal import Journal
from store.journal_lines import Entry
from store.layer_files import StoredLayer, read_layer, write_layer
from store.locations import Locations
from store.merged_by_git import MergedFileError
from store.replay import from_lines, replayed
from store.storage import encode_tables

_REBUILD = "--repair rebuilds it from the journal and sets it aside as it is"
_TAKE_IN = "--repair takes what it holds into the journal, as one decision"


@dataclass(frozen=True, slots=True)
class Annotating:
    """One annotator's layers and what they are held to.

    Attributes:
        locations: the project's.
        annotator: their name.
        texts: the articles.
        ledger: their journal.
        scheme: the project's labels; None where manicule.toml cannot be read.
    """

    locations: Locations
    annotator: str
    texts: Texts
    ledger: Ledger
    scheme: LabelScheme | None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.ledger.close()

    def findings(self, held: Held) -> Iterator[Finding]:
        """What is wrong with the layer of an article."""
        if not self.texts.exists(held.article_id):
            do = "put the article back from a backup or another clone: until then nobody sees this work"
            yield Finding(held.path, 0, "work on an article that is not here", do)
            return
        try:
            stored = read_layer(held.path, held.article_id)
        except MergedFileError as error:
            yield from self._findings_in_merged(held, error)
        except ChangedFileError as error:
            do = f"--accept FILE takes it as it is, as one decision; {_REBUILD}"
            yield found_in(error, do, self._rebuild(held))
        except BrokenFileError as error:
            yield found_in(error, _REBUILD, self._rebuild(held))
        else:
            if stored is not None:
                yield from self._findings_in(held, stored)

    def _findings_in_merged(self, held: Held, merged: MergedFileError) -> Iterator[Finding]:
        """Nothing where the journal has all that both versions held: the next decision writes the file anew."""
        last = self.ledger.last(held.article_id)
        if not last or any(last.get(session, -1) < seq for session, seq in merged.applied.items()):
            do = f"put the journal's files back from a backup or another clone; {_REBUILD}"
            yield found_in(merged, do, self._rebuild(held))
            return
        yield from self._findings_in(held, from_lines(held.article_id, "", self.ledger.lines(held.article_id)))

    def _findings_in(self, held: Held, stored: StoredLayer) -> Iterator[Finding]:
        try:
            article = self.texts.article(held.article_id, stored.layer.text_hash)
        except BrokenFileError:
            what = f"on a text that the article never had ({stored.layer.text_hash[:12]})"
            yield Finding(held.path, 0, what, _REBUILD, self._rebuild(held))
            return
        misplaced = _misplaced(stored.layer, article) if article else ""
        if misplaced:
            yield Finding(held.path, 0, misplaced, _REBUILD, self._rebuild(held))
            return
        yield from self._unknown_labels(held.path, stored.layer)
        if not stored.newer:
            yield from self._history_off(held, stored)

    def _unknown_labels(self, path: Path, layer: Layer) -> Iterator[Finding]:
        labels = {one.span.label for one in layer.annotations.values()}
        unknown = sorted(label for label in labels if self.scheme is not None and label not in self.scheme)
        if unknown:
            what = f"labels that the scheme does not have: {', '.join(unknown)}"
            yield Finding(path, 0, what, "add them to manicule.toml, or relabel in the reader")

    def _history_off(self, held: Held, stored: StoredLayer) -> Iterator[Finding]:
        """Hold a layer to what the journal lines that it names come to."""
        last = self.ledger.last(held.article_id)
        for session, seq in sorted(stored.applied.items()):
            if last.get(session, -1) < seq:
                path = self.locations.journal(self.annotator) / f"{session}.jsonl"
                what = f"lacks decisions on {held.article_id} that the layer holds, up to line {seq + 1}"
                do = f"put the file back from a backup or another clone; {_TAKE_IN.replace(' it ', ' the layer ')}"
                yield Finding(path, 0, what, do, self._take_in(held))
                return
        lines = self.ledger.lines(held.article_id, stored.applied)
        if from_lines(held.article_id, stored.layer.text_hash, lines).layer != stored.layer:
            yield Finding(held.path, 0, "not what its history in the journal comes to", _TAKE_IN, self._take_in(held))

    # Mending ------------------------------------------------------------------------------------------

    def _rebuild(self, held: Held) -> Mend:
        def mend() -> str:
            lines = self.ledger.lines(held.article_id)
            with Claims(self.locations, self.annotator).alone():
                kept = self.locations.set_aside(held.path).relative_to(self.locations.root).as_posix()
                if not lines:
                    return f"the journal has nothing on it; as it was: {kept}"
                write_layer(held.path, from_lines(held.article_id, "", lines))
            return f"rebuilt from {len(lines)} journal lines; as it was: {kept}"

        return mend

    def _take_in(self, held: Held) -> Mend:
        def mend() -> str:
            with Claims(self.locations, self.annotator).alone():
                stored = read_layer(held.path, held.article_id)
                if stored is None:
                    raise StoreError(f"{held.path}: is gone")
                return self._take_in_stored(held, stored)

        return mend

    def _take_in_stored(self, held: Held, stored: StoredLayer) -> str:
        """Have the journal come to what a layer holds, and what was decided beyond it."""
        lines = self.ledger.lines(held.article_id)
        beyond = [line for line in lines if line.seq > stored.applied.get(line.session, -1)]
        wanted = replayed(stored, beyond) if beyond else stored
        history = from_lines(held.article_id, wanted.layer.text_hash, lines)
        applied, until = self.ledger.last(held.article_id), history.until
        decision = difference(history.layer, wanted.layer)
        if decision is not None:
            journal = Journal(self.locations.journal(self.annotator))
            until = journal.now(until)
            session, seq = journal.append([Entry(new_id(), (decision,), until)])
            applied = {**applied, session: seq}
        write_layer(held.path, StoredLayer(wanted.layer, applied, wanted.clashes, until=until))
        return "taken into the journal as one decision" if decision else "written anew"

    def accept(self, held: Held) -> str:
        """Take a layer's file as it is: what is other than in the journal becomes one decision, which can be undone.

        Raises:
            BrokenFileError: it is no layer, or does not fit its article.
            OSError: the disk refuses.
        """
        with Claims(self.locations, self.annotator).alone():
            tables = sound_tables(held.path, lambda copy: self._check(held, copy))
            kept = keep_copy(self.locations, held.path)
            write_atomic(held.path, encode_tables(tables))
            stored = read_layer(held.path, held.article_id)
            assert stored is not None
            return f"{self._take_in_stored(held, stored)}; as it was: {kept}"

    def _check(self, held: Held, copy: Path) -> None:
        stored = read_layer(copy, held.article_id)
        assert stored is not None
        article = self.texts.article(held.article_id, stored.layer.text_hash)
        misplaced = _misplaced(stored.layer, article) if article else "its article cannot be read"
        if misplaced:
            raise BrokenFileError(copy, misplaced)


def _misplaced(layer: Layer, article: Article) -> str:
    """What in a layer does not stand where it says; "" where all does."""
    text = article.text
    for one in layer.annotations.values():
        start, end = one.span.start, one.span.end
        if end > len(text):
            return f"annotation {one.id}: {start}-{end} lies outside the text of {len(text)} characters"
        if text[start:end] != one.quote:
            return f"annotation {one.id}: the text at {start}-{end} is not {one.quote!r}"
    for remark in layer.remarks.values():
        if not 0 <= remark.start <= remark.end <= len(text):
            return f"a remark at {remark.start}-{remark.end} lies outside the text of {len(text)} characters"
    return ""


def orphans(annotating: Annotating) -> Iterator[Finding]:
    """Articles that were decided on and are not here, as far as no layer's file says so already."""
    folder = annotating.locations.journal(annotating.annotator)
    for article_id in annotating.ledger.articles():
        known = False
        with suppress(StoreError):
            path = annotating.locations.layer(annotating.annotator, article_id)
            known = path.exists() or annotating.texts.exists(article_id)
        if not known:
            do = "put the article back from a backup or another clone: until then nobody sees this work"
            yield Finding(folder, 0, f"decisions on {article_id!r}, an article that is not here", do)
