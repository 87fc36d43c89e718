"""What a key comes to: from an annotator's view and an intent to the decisions of one group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from annotate.contradictions import twins
from annotate.decisions import (
    Add,
    Annotate,
    Confirm,
    Decision,
    Finish,
    Flag,
    How,
    Move,
    Reject,
    Relabel,
    Remove,
    Reopen,
    Show,
    Skip,
)
from annotate.errors import DecisionError
from annotate.ids import new_id
from annotate.layers import Annotation, Marks, Part, Remark, State, Status
from annotate.position_index import PositionIndex
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import Entry, EntryKey, View
from annotate.words import trim

Decisions = tuple[Decision, ...]


def confirm(view: View, entry: Entry, how: How = How.SINGLE) -> Decisions:
    """The entry's best-scored suggestion is right; nothing for what is decided already."""
    if not entry.suggestions:
        return ()
    span = Span(entry.start, entry.end, entry.label)
    return (_settle(view, Confirm, (), _annotation(view, span, entry.suggestions), how),)


def reject(view: View, entry: Entry, how: How = How.SINGLE) -> Decisions:
    """No entity: every suggestion of the range is rejected, an added annotation removed.

    Raises:
        DecisionError: it is rejected already.
    """
    if entry.suggestions:
        rejected = tuple(_rejections(view, entry.suggestions))
        return (_decision(view, Reject, Part(), Part(rejected), how),)
    annotation = _annotation_of(entry)
    if annotation.state is State.REJECTED:
        raise DecisionError(f"“{annotation.quote}” is rejected already")
    if not annotation.origin:
        remarks = _remarks_on(view, [annotation.span])
        return (_decision(view, Remove, Part((annotation,), remarks), Part(), how),)
    free = [one for one in annotation.origin if all(held == annotation for held in view.holding(one.span))]
    rejected = tuple(_rejections(view, free))
    return (_decision(view, Reject, Part((annotation,)), Part(rejected), how),)


def relabel(view: View, entry: Entry, label: str, how: How = How.SINGLE) -> Decisions:
    """The range is an entity of that label; nothing for an annotation that has it already."""
    _check_label(view, label)
    span = Span(entry.start, entry.end, label)
    if entry.suggestions:
        kind = Confirm if any(one.span == span for one in entry.suggestions) else Relabel
        return (_settle(view, kind, (), _annotation(view, span, entry.suggestions), how),)
    annotation = _annotation_of(entry)
    if annotation.state is State.CONFIRMED and annotation.span == span:
        return ()
    if annotation.state is State.REJECTED:
        return (_revive(view, annotation, span, how),)
    changed = replace(annotation, span=span, spread=False)
    return (_settle(view, Relabel, (annotation,), changed, how),)


def move(view: View, entry: Entry, start: int, end: int, how: How = How.SINGLE) -> Decisions:
    """The entity is [start, end), white space at the edges left out; nothing when it was that already.

    Raises:
        DecisionError: nothing would be left, or a confirmed neighbour is in the way.
    """
    text = view.article.text
    start, end = trim(text, max(start, 0), min(end, len(text)))
    if start >= end:
        raise DecisionError("nothing would be left of it")
    if (start, end) == (entry.start, entry.end):
        return ()
    span = Span(start, end, entry.label)
    annotation = entry.annotation
    _check_room(view, span, annotation)
    if annotation is None:
        return (_settle(view, Move, (), _annotation(view, span, entry.suggestions), how),)
    changed = replace(annotation, span=span, quote=text[start:end], state=State.CONFIRMED, spread=False)
    return (_settle(view, Move, (annotation,), changed, how),)


def correct(view: View, entry: Entry, span: Span, how: How) -> Decisions:
    """The undecided entry is `span`, whose range may be another one."""
    kind: type[Decision] = Move if (span.start, span.end) != (entry.start, entry.end) else Relabel
    if any(one.span == span for one in entry.suggestions):
        kind = Confirm
    return (_settle(view, kind, (), _annotation(view, span, entry.suggestions), how),)


def add(view: View, start: int, end: int, label: str, how: How = How.SINGLE) -> Decisions:
    """[start, end) is an entity of that label, white space at the edges left out.

    Where the scheme allows no overlap, confirmed annotations that are in the way are replaced.

    Raises:
        DecisionError: nothing but white space is selected, or it is an annotation already.
    """
    _check_label(view, label)
    start, end = trim(view.article.text, start, end)
    if start >= end:
        raise DecisionError("nothing is selected")
    span = Span(start, end, label)
    if any(one.state is State.CONFIRMED for one in view.holding(span)):
        raise DecisionError(f"“{_quote(view, span)}” is {label} already")
    replaced = replaced_by(view, start, end)
    suggested = [*_suggested_under(view, span), *view.hidden_suggestions(start, end)]
    origin = [*suggested, *(one for annotation in replaced for one in annotation.origin)]
    kind: type[Decision] = Relabel if replaced else Add
    if suggested and not replaced:
        kind = Confirm if any(one.span == span for one in suggested) else Move
    return (_settle(view, kind, replaced, _annotation(view, span, origin), how),)


def replaced_by(view: View, start: int, end: int) -> tuple[Annotation, ...]:
    """The confirmed annotations that an annotation of [start, end) would replace."""
    return () if view.scheme.overlap else tuple(view.confirmed_overlapping(start, end))


def confirm_rest(view: View, how: How = How.REST, *, at_least: float | None = None) -> Decisions:
    """Every undecided entry is right; of overlapping ones the longest where the scheme allows no overlap.

    With `at_least` only those whose score is that or more; what has no score is left.
    """
    decisions: list[Decision] = []
    for entry in _without_clashes(view, scored(view, at_least)):
        decisions.extend(confirm(view, entry, how))
    return tuple(decisions)


def scored(view: View, at_least: float | None) -> list[Entry]:
    """The undecided entries whose score is `at_least` or more; all where that is None."""
    left = view.undecided()
    return left if at_least is None else [one for one in left if one.score is not None and one.score >= at_least]


def reject_rest(view: View, how: How = How.REST) -> Decisions:
    """No undecided entry is an entity."""
    return tuple(one for entry in view.undecided() for one in reject(view, entry, how))


def finish(view: View, rest: Callable[[View], Decisions] | None = None) -> Decisions:
    """The article is done, after `rest` has settled what is left.

    Raises:
        DecisionError: it is done already, or something is left and `rest` is not given.
    """
    if view.layer.status is Status.DONE:
        raise DecisionError("this article is done already")
    if view.undecided_count and rest is None:
        raise DecisionError(f"{view.undecided_count} undecided")
    settled = rest(view) if rest else ()
    return (*settled, _mark(view, Finish, finished=Status.DONE))


def skip(view: View) -> Decisions:
    """The article is left out; nothing when it is already."""
    if view.layer.status is Status.SKIPPED:
        return ()
    return (_mark(view, Skip, finished=Status.SKIPPED),)


def reopen(view: View) -> Decisions:
    """The article is open again; nothing when it is."""
    return (_mark(view, Reopen, finished=None),) if view.layer.marks.finished else ()


def flag(view: View, entry: Entry | None) -> Decisions:
    """Mark the entry as unsure, or the article to be looked at again; or take that back."""
    if entry is None:
        return (_mark(view, Flag, flagged=not view.layer.marks.flagged),)
    remark = entry.remark or Remark(entry.start, entry.end)
    return _remark(view, Flag, entry, replace(remark, unsure=not remark.unsure))


def note(view: View, entry: Entry | None, text: str) -> Decisions:
    """Note `text` on the entry or the article; an empty one takes the note away."""
    if entry is None:
        return (_mark(view, Annotate, note=text),) if text != view.layer.marks.note else ()
    remark = entry.remark or Remark(entry.start, entry.end)
    return _remark(view, Annotate, entry, replace(remark, note=text))


def join_twins(view: View) -> Decisions:
    """One annotation instead of several that say the same, where two copies of the annotator's work came together."""
    return tuple(_decision(view, Remove, Part((one,)), Part(), How.IMPORT) for one in twins(view.layer))


def with_shown(view: View, decisions: Decisions, sources: Iterable[str], remembered: str = "") -> Decisions:
    """`decisions`, after recording that suggestions of `sources` were on screen, if that is news.

    With them it is recorded up to when memory was looked at (`remembered`), once for all.
    """
    old = view.layer.marks
    shown = tuple(sorted(set(old.shown) | set(sources)))
    new = replace(old, shown=shown, remembered=old.remembered or remembered)
    if not decisions or new == old:
        return decisions
    record = _decision(view, Show, Part(marks=old), Part(marks=new), How.SINGLE)
    return (record, *(_after_show(one, new) for one in decisions))


def _after_show(decision: Decision, marks: Marks) -> Decision:
    before, after = decision.before.marks, decision.after.marks
    if before is None or after is None:
        return decision

    def shown(one: Marks) -> Marks:
        return replace(one, shown=marks.shown, remembered=marks.remembered)

    return replace(
        decision,
        before=replace(decision.before, marks=shown(before)),
        after=replace(decision.after, marks=shown(after)),
    )


# How they are made -----------------------------------------------------------------------------------------


def _decision(view: View, kind: type[Decision], before: Part, after: Part, how: How) -> Decision:
    return kind(view.article.id, view.article.text_hash, before, after, how)


def _mark(view: View, kind: type[Decision], **changes: object) -> Decision:
    marks = view.layer.marks
    changed: Marks = replace(marks, **changes)  # type: ignore[arg-type]
    return _decision(view, kind, Part(marks=marks), Part(marks=changed), How.SINGLE)


def _remark(view: View, kind: type[Decision], entry: Entry, remark: Remark) -> Decisions:
    old = entry.remark
    if remark == (old or Remark(entry.start, entry.end)):
        return ()
    keep = remark.unsure or remark.note
    before = Part(remarks=(old,) if old else ())
    after = Part(remarks=(remark,) if keep else ())
    return (_decision(view, kind, before, after, How.SINGLE),)


def _settle(view: View, kind: type[Decision], removed: Sequence[Annotation], new: Annotation, how: How) -> Decision:
    """Put `new` in place of `removed` so that every suggestion it came from stays settled."""
    same = [one for one in view.holding(new.span) if one not in removed]
    origin = dict.fromkeys((*new.origin, *(suggestion for one in same for suggestion in one.origin)))
    new = replace(new, origin=tuple(origin))
    gone = (*removed, *same)
    rejected = tuple(_left_unsettled(view, gone, new))
    left = [one.span for one in gone]
    if not removed:
        left.extend(one.span for one in new.origin)
    old_remarks, new_remarks = _carried_remarks(view, left, new.span)
    return _decision(view, kind, Part(gone, old_remarks), Part((new, *rejected), new_remarks), how)


def _left_unsettled(view: View, gone: Sequence[Annotation], new: Annotation) -> list[Annotation]:
    lost = []
    for one in new.origin:
        overlapped = not view.scheme.overlap and new.span.overlaps(one.span.start, one.span.end)
        held = any(other not in gone for other in view.holding(one.span))
        if one.span != new.span and not overlapped and not held:
            lost.append(one)
    return _rejections(view, lost)


def _carried_remarks(view: View, left: Iterable[Span], span: Span) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """Remarks on the ranges that are `left` for that of `span`, and the one that says the same there."""
    target = (span.start, span.end)
    carried = _remarks_on(view, (one for one in left if (one.start, one.end) != target))
    if not carried:
        return (), ()
    there = view.remark_at(*target)
    old = (*carried, there) if there else carried
    note = "; ".join(remark.note for remark in old if remark.note)
    return old, (Remark(*target, any(remark.unsure for remark in old), note),)


def _remarks_on(view: View, spans: Iterable[Span]) -> tuple[Remark, ...]:
    places = sorted({(one.start, one.end) for one in spans})
    found = (view.remark_at(*place) for place in places)
    return tuple(remark for remark in found if remark)


def _revive(view: View, rejected: Annotation, span: Span, how: How) -> Decision:
    at_range = [one for one in view.annotations_at(span.start, span.end) if one.state is State.REJECTED]
    origin = [suggestion for one in at_range for suggestion in one.origin]
    new = replace(_annotation(view, span, origin), id=rejected.id)
    kind = Confirm if new.span == rejected.span else Relabel
    return _settle(view, kind, at_range, new, how)


def _annotation(view: View, span: Span, origin: Iterable[Suggestion]) -> Annotation:
    return Annotation(new_id(), span, _quote(view, span), State.CONFIRMED, tuple(dict.fromkeys(origin)))


def _rejections(view: View, suggestions: Iterable[Suggestion]) -> list[Annotation]:
    by_span: dict[Span, list[Suggestion]] = {}
    for one in suggestions:
        by_span.setdefault(one.span, []).append(one)
    return [
        Annotation(new_id(), span, _quote(view, span), State.REJECTED, tuple(same)) for span, same in by_span.items()
    ]


def _quote(view: View, span: Span) -> str:
    return view.article.text[span.start : span.end]


def _annotation_of(entry: Entry) -> Annotation:
    if entry.annotation is None:
        raise DecisionError("there is nothing to decide here")
    return entry.annotation


def _suggested_under(view: View, span: Span) -> list[Suggestion]:
    """The unsettled suggestions that an annotation of `span` settles, or that share its range."""
    found = [one for entry in view.overlapping(span.start, span.end) for one in entry.suggestions]
    if view.scheme.overlap:
        found = [one for one in found if (one.span.start, one.span.end) == (span.start, span.end)]
    return found


def _check_label(view: View, label: str) -> None:
    if label not in view.scheme:
        raise DecisionError(f"there is no label {label}")


def _check_room(view: View, span: Span, mine: Annotation | None) -> None:
    for other in replaced_by(view, span.start, span.end):
        if other != mine:
            raise DecisionError(f"“{other.quote}” ({other.span.label}) is in the way")


def _without_clashes(view: View, left: list[Entry]) -> list[Entry]:
    if view.scheme.overlap:
        return left
    kept: list[Entry] = []
    taken: PositionIndex[EntryKey] = PositionIndex()
    for entry in sorted(left, key=lambda one: (one.start - one.end, one.start)):
        if not any(taken.overlapping(entry.start, entry.end)):
            taken.add(entry.start, entry.end, entry.key)
            kept.append(entry)
    return sorted(kept, key=lambda one: one.key)
