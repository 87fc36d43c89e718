"""Take a layer on to a newer text of its article: every annotation and remark is placed again, or kept as unplaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotate import acts
from annotate.acts import Decisions
from annotate.anchoring import guess, place_again
from annotate.articles import Article
from annotate.decisions import Discard, Place, Reanchor
from annotate.errors import DecisionError
from annotate.layers import Annotation, Layer, Part, Remark, Unplaced
from annotate.schemes import LabelScheme
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import View
from annotate.words import Range, trim

_Places = Mapping[Range, Range | None]


def reanchor(layer: Layer, old: Article, new: Article, scheme: LabelScheme) -> Reanchor:
    """The decision that takes `layer`, which belongs to the text of `old`, on to the text of `new`.

    What stays as it is takes no part in it. Labels, states and sources are kept; only places change.
    """
    places = {(one.span.start, one.span.end) for one in layer.annotations.values()} | set(layer.remarks)
    found = place_again(old.text, new.text, places, overlap=scheme.overlap)
    placed = {one: _placed(one, found, new.text) for one in layer.annotations.values()}
    changed = [one for one, now in placed.items() if now != one]
    remarks = [one for place, one in layer.remarks.items() if found[place] != place]
    before = Part(tuple(changed), tuple(remarks), text_hash=old.text_hash)
    after = Part(
        tuple(now for one in changed if (now := placed[one]) is not None),
        tuple(moved for one in remarks if (moved := _moved(one, found)) is not None),
        unplaced=tuple(_unplaced(layer, old, found)),
        text_hash=new.text_hash,
    )
    return Reanchor(new.id, new.text_hash, before, after)


def told(decision: Reanchor, layer: Layer) -> str:
    """What became of the layer's places, in words: “37 placed, 2 unplaced”.

    Args:
        decision: what took it on.
        layer: as it was before.
    """
    unplaced = len(decision.after.unplaced)
    total = len(layer.annotations) + sum(1 for one in decision.after.unplaced if one.annotation is None)
    return f"{total - unplaced} placed, {unplaced} unplaced" if unplaced else f"{total} placed"


def _placed(one: Annotation, found: _Places, text: str) -> Annotation | None:
    place = found[one.span.start, one.span.end]
    if place is None:
        return None
    return _put(one, place, text)


def _put(one: Annotation, place: Range, text: str) -> Annotation:
    """The annotation at another place, its suggestions moved with it."""
    span = Span(*place, one.span.label)
    origin = tuple(_carried(suggestion, one.span, span, len(text)) for suggestion in one.origin)
    return replace(one, span=span, quote=text[slice(*place)], origin=origin)


def _carried(suggestion: Suggestion, old: Span, new: Span, length: int) -> Suggestion:
    """A suggestion that lies to `new` as it lay to `old`, as far as the text reaches."""
    start = min(max(new.start + suggestion.span.start - old.start, 0), length - 1)
    end = max(min(new.end + suggestion.span.end - old.end, length), start + 1)
    return replace(suggestion, span=Span(start, end, suggestion.span.label))


def _moved(one: Remark, found: _Places) -> Remark | None:
    place = found[one.start, one.end]
    return Remark(*place, one.unsure, one.note) if place else None


def _unplaced(layer: Layer, old: Article, found: _Places) -> list[Unplaced]:
    """What found no place: annotations, each range's remark with the first of them, and remarks alone."""
    lost = []
    remarks = {place: one for place, one in layer.remarks.items() if found[place] is None}
    for one in sorted(layer.annotations.values(), key=lambda one: (one.span, one.id)):
        place = (one.span.start, one.span.end)
        if found[place] is None:
            remark = remarks.pop(place, None)
            lost.append(Unplaced(one.id, old.text_hash, *place, one.quote, one, remark))
    for place, remark in sorted(remarks.items()):
        name = f"{old.text_hash[:8]}-{place[0]}-{place[1]}"
        lost.append(Unplaced(name, old.text_hash, *place, old.text[slice(*place)], None, remark))
    return lost


def place(view: View, unplaced: Unplaced, start: int, end: int) -> Decisions:
    """What has no place stands at [start, end), white space at the edges left out.

    Raises:
        DecisionError: nothing but white space is selected, or something confirmed is in the way.
    """
    text = view.article.text
    start, end = trim(text, start, end)
    if start >= end:
        raise DecisionError("nothing is selected")
    annotations: list[Annotation] = []
    gone: list[Annotation] = []
    if unplaced.annotation:
        span = Span(start, end, unplaced.label)
        gone = view.holding(span)
        _check_free(view, span, gone)
        annotations.append(_put(unplaced.annotation, (start, end), text))
    old = view.remark_at(start, end)
    remark = _joined(old, unplaced.remark, start, end)
    changed = remark != old
    before = Part(tuple(gone), (old,) if old and changed else (), unplaced=(unplaced,))
    after = Part(tuple(annotations), (remark,) if remark and changed else ())
    return (Place(view.article.id, view.article.text_hash, before, after),)


def _check_free(view: View, span: Span, gone: list[Annotation]) -> None:
    if any(one in view.layer.confirmed() for one in gone):
        raise DecisionError(f"“{gone[0].quote}” is {span.label} already")
    for other in acts.replaced_by(view, span.start, span.end):
        raise DecisionError(f"“{other.quote}” ({other.span.label}) is in the way")


def _joined(there: Remark | None, brought: Remark | None, start: int, end: int) -> Remark | None:
    if there is None or brought is None:
        return there or (replace(brought, start=start, end=end) if brought else None)
    note = "; ".join(one.note for one in (there, brought) if one.note)
    return Remark(start, end, there.unsure or brought.unsure, note)


def discard(view: View, unplaced: Unplaced) -> Decisions:
    """What has no place is not kept any longer."""
    return (Discard(view.article.id, view.article.text_hash, Part(unplaced=(unplaced,)), Part()),)


def guessed(view: View, unplaced: Unplaced, old: Article) -> Range | None:
    """Where it may stand now, with other words; None where nothing speaks for any place.

    Args:
        view: of the newer text.
        unplaced: what has no place there.
        old: the article in the revision to which it belongs.
    """
    return guess(old.text, view.article.text, (unplaced.start, unplaced.end))
