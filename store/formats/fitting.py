"""Make an article fit what a format can hold, and name what does not: the one place where an export loses anything."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from annotate.position_index import PositionIndex
from store.formats.model import Align, Capabilities, GoldArticle, GoldSpan, Overlap
from store.formats.tokens import Token, Tokenize
from store.formats.xml_text import refused_by_xml

_INSIDE = "it begins or ends inside a token"
_NO_TOKEN = "it covers no whole token"
_SAME = "aligned with tokens, it is the same as another"
_OVERLAPS = "it overlaps another"
_NEWLINE = "it runs over a line break"
_NOT_DONE = "it is not done, which the format cannot say"
_EDGE = "it begins or ends with white space"


@dataclass(frozen=True, slots=True)
class Policy:
    """What may become of a span that a format cannot hold as it is.

    Attributes:
        align: for one that begins or ends inside a token.
        overlap: for those that overlap.
    """

    align: Align = "strict"
    overlap: Overlap = "strict"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of an article that the format cannot hold.

    Attributes:
        article_id: the article.
        span: the span that it is about; None for the article.
        quote: the span's text.
        reason: what is the matter.
        kind: "align" or "overlap" where a policy could settle it, "forbidden" where one refuses it; else "".
    """

    article_id: str
    span: GoldSpan | None
    quote: str
    reason: str
    kind: str = ""

    @property
    def line(self) -> str:
        """One line about it: article, range, label, text and reason."""
        if self.span is None:
            line = f"{self.article_id}: {self.reason}"
        else:
            span = f"{self.span.start}-{self.span.end} {self.span.label}"
            line = f"{self.article_id}: {span} “{self.quote}”: {self.reason}"
        return line.replace("\n", " ")


@dataclass(slots=True)
class Fitted:
    """An article as the format can hold it.

    Attributes:
        article: with the spans that stay.
        losses: what the format cannot hold; they stop an export unless they are allowed.
        chosen: what a policy settled that one asked for: told, never a reason to stop.
        aligned: spans that were moved to the edges of tokens.
        left_out: whether the article is no part of the corpus, because the format would say that it is done.
    """

    article: GoldArticle
    losses: list[Loss] = field(default_factory=list)
    chosen: list[Loss] = field(default_factory=list)
    aligned: int = 0
    left_out: bool = False


def fit(article: GoldArticle, can: Capabilities, policy: Policy, tokenize: Tokenize | None) -> Fitted:
    """The article as a format that `can` so much holds it, and what is lost.

    Args:
        article: as it is.
        can: what the format can hold.
        policy: what may be done about it.
        tokenize: cuts texts into tokens; needed where the format's spans have to lie on tokens.
    """
    run = _Fitting(article, policy)
    if not (article.settled or can.statuses):
        run.lose(None, _NOT_DONE)
        run.fitted.left_out = True
        return run.fitted
    if can.mark and can.mark in article.text and _has_token(article.text, can.mark, tokenize):
        run.lose(None, f"its text holds {can.mark}, which parts articles there")
        run.fitted.left_out = True
        return run.fitted
    spans = list(run.stated(can, article.spans))
    if not can.newlines:
        spans = list(run.on_one_line(spans))
    if not can.edges:
        spans = list(run.trimmed(spans))
    if not can.controls and (refused := refused_by_xml(article.text)):
        run.lose(None, f"{refused} of its characters, which XML cannot hold")
    if can.tokens and tokenize is not None and spans:
        spans = run.on_tokens(spans, tokenize(article.text))
    if not (can.nesting and can.crossing):
        spans = run.apart(spans, can)
    if not can.empty and not spans:
        run.lose(None, "it has no span, and the format has no place for such an article")
    run.fitted.article = replace(article, spans=tuple(spans))
    return run.fitted


class _Fitting:
    """One article on its way: each step hands on the spans that stay and notes the others."""

    def __init__(self, article: GoldArticle, policy: Policy) -> None:
        self.fitted = Fitted(article)
        self._article = article
        self._policy = policy

    def lose(self, span: GoldSpan | None, reason: str, kind: str = "") -> None:
        self.fitted.losses.append(self._loss(span, reason, kind))

    def _loss(self, span: GoldSpan | None, reason: str, kind: str = "") -> Loss:
        quote = self._article.text[span.start : span.end] if span else ""
        return Loss(self._article.id, span, quote, reason, kind)

    def stated(self, can: Capabilities, spans: Sequence[GoldSpan]) -> Iterator[GoldSpan]:
        """Those whose status the format can tell, with the note and the score that it can hold."""
        for one in spans:
            sayable = can.statuses and (can.rejections or one.status != "rejected")
            if one.status != "confirmed" and not sayable:
                self.lose(one, f"it is {one.status}, which the format cannot say")
                continue
            if one.note and not can.notes:
                self.lose(one, f"its note “{one.note}”")
                one = replace(one, note="")
            if one.score is not None and not can.scores:
                self.lose(one, f"its score {one.score:g}")
                one = replace(one, score=None)
            yield one

    def on_one_line(self, spans: Sequence[GoldSpan]) -> Iterator[GoldSpan]:
        for one in spans:
            if "\n" in self._article.text[one.start : one.end]:
                self.lose(one, _NEWLINE)
            else:
                yield one

    def trimmed(self, spans: Sequence[GoldSpan]) -> Iterator[GoldSpan]:
        for one in spans:
            quote = self._article.text[one.start : one.end]
            if quote != quote.strip():
                self.lose(one, _EDGE)
            else:
                yield one

    def on_tokens(self, spans: Sequence[GoldSpan], tokens: Sequence[Token]) -> list[GoldSpan]:
        align = self._policy.align
        starts, ends = [one.start for one in tokens], [one.end for one in tokens]
        kept: dict[tuple[int, int, str, str, str], GoldSpan] = {}
        for one in spans:
            first, last = _aligned(one, starts, ends, align)
            if first > last:
                strict = align in ("strict", "error")
                kind = "forbidden" if align == "error" else "align" if strict else ""
                self.lose(one, _INSIDE if strict else _NO_TOKEN, kind)
                continue
            moved = replace(one, start=starts[first], end=ends[last])
            key = (moved.start, moved.end, moved.label, moved.status, moved.source)
            if key in kept:
                self.lose(one, _SAME)
                continue
            self.fitted.aligned += (moved.start, moved.end) != (one.start, one.end)
            kept[key] = moved
        return list(kept.values())

    def apart(self, spans: Sequence[GoldSpan], can: Capabilities) -> list[GoldSpan]:
        """Those that do not overlap in a way that the format cannot hold; the longest, or outermost, come first.

        Only confirmed spans are held against each other: what is rejected or suggested is no part of the corpus.
        """
        policy = self._policy.overlap
        outermost = policy == "outermost"
        confirmed = [one for one in spans if one.status == "confirmed"]
        ranked = sorted(confirmed, key=_outermost_first if outermost else _longest_first)
        taken: PositionIndex[tuple[int, int, str]] = PositionIndex()
        left_out = set()
        for one in ranked:
            others = (two for two in taken.overlapping(one.start, one.end))
            if any(not _may_share(can, one, other) for other in others):
                left_out.add(id(one))
            else:
                taken.add(one.start, one.end, (one.start, one.end, one.label))
        self._note_overlaps([one for one in confirmed if id(one) in left_out])
        return [one for one in spans if id(one) not in left_out]

    def _note_overlaps(self, spans: Sequence[GoldSpan]) -> None:
        policy = self._policy.overlap
        kind = "forbidden" if policy == "error" else "overlap"
        losses = [self._loss(one, _OVERLAPS, kind) for one in spans]
        (self.fitted.chosen if policy in ("longest", "outermost") else self.fitted.losses).extend(losses)


def _has_token(text: str, word: str, tokenize: Tokenize | None) -> bool:
    return tokenize is not None and any(one.text == word for one in tokenize(text))


def _aligned(span: GoldSpan, starts: Sequence[int], ends: Sequence[int], align: Align) -> tuple[int, int]:
    """The first and the last token of a span; the first is beyond the last where there is none."""
    if align == "expand":
        return bisect_right(ends, span.start), bisect_left(starts, span.end) - 1
    first, last = bisect_left(starts, span.start), bisect_right(ends, span.end) - 1
    if align != "contract" and first <= last and (starts[first], ends[last]) != (span.start, span.end):
        return 1, 0
    return first, last


def _longest_first(span: GoldSpan) -> tuple[int, int, str]:
    return span.start - span.end, span.start, span.label


def _outermost_first(span: GoldSpan) -> tuple[int, int, str]:
    return span.start, -span.end, span.label


def _may_share(can: Capabilities, one: GoldSpan, other: tuple[int, int, str]) -> bool:
    start, end, _ = other
    nested = (start <= one.start and one.end <= end) or (one.start <= start and end <= one.end)
    return can.nesting if nested else can.crossing
