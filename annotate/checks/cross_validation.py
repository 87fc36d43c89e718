"""What was decided against a model that has learnt from everything else: trained in the pass, asked about the rest.

The articles that are done are parted into folds, copies of one text in one of them. For each fold a small spaCy tagger
learns from the others and says what it would label; where it is sure of something else there is a doubt (after Wang et
al., 2019, and Rücker and Akbik, 2023, whose cross-validation found wrong labels in CoNLL 2003). spaCy is imported only
then.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from annotate.checks.corpus import CheckedArticles
from annotate.checks.findings import Doubt
from annotate.checks.pipeline import Gathered
from annotate.checks.rule import Options
from annotate.errors import ManiculeError
from annotate.extraction import blank
from annotate.position_index import PositionIndex
from annotate.spans import Span
from annotate.splitting import near_duplicates, signature
from annotate.suggestions import Suggestion

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

NAME = "cross-validation"
MOST_TOKENS = 300_000
"""Tokens that a model learns from, about; of a larger corpus it learns from a part that chance has chosen."""
_CHARACTERS = 5
"""Characters a token, about."""

_EPOCHS = 6
_LEAST_BATCHES = 100
_SMALLEST_BATCH, _LARGEST_BATCH = 30, 800
"""Tokens that are learnt from at once: of a small corpus fewer, so that there are steps enough to learn in."""
_DROPOUT = 0.2
_ANY_LENGTH = 1 << 40
_OUTSIDE = "O"
_MODEL = {
    "@architectures": "spacy.Tagger.v2",
    "normalize": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 64,
        "depth": 2,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    },
}

OnStep = Callable[[int, int], object]
"""Called with (done, total) after each step of the training."""

_Folds = dict[str, tuple[int, int]]
"""The fold of each article, and how many characters it has."""

_Line = tuple[int, str, list[Span]]
"""Where a line begins in its article, its text, and the mentions in it, counted from there."""


class TooFewError(ManiculeError):
    """There is nothing to learn from."""

    title = "Cross-validation"


def cross_validate(articles: CheckedArticles, options: Options, on_step: OnStep = max) -> list[Doubt]:
    """What models that have not seen an article would have otherwise in it, where they are sure of themselves.

    The same for the same articles, options and machine.

    Args:
        articles: gone through twice for each fold, and once before.
        options: how many folds, the seed, the language, and the score from which a model counts as sure.
        on_step: told of the training.

    Raises:
        TooFewError: fewer than two articles are done.
        PipelineError: spaCy has no tokenizer for the language.
    """
    fold_of, folds = _folds(articles, options)
    if folds < 2:
        raise TooFewError("too few articles are done: a model needs some to learn from, and others to be asked about")
    gathered = Gathered(NAME)
    steps = folds * (_EPOCHS + 1)
    for fold in range(folds):
        first = fold * (_EPOCHS + 1)

        def on_epoch(epoch: int, first: int = first) -> None:
            on_step(first + epoch, steps)

        tagger = _learn(articles, fold_of, fold, options, on_epoch)
        for article in articles:
            if fold_of.get(article.article_id, (-1, 0))[0] == fold:
                gathered.take(article, [one for one in tagger.read(article.text) if _is_sure(one, options)])
        on_epoch(_EPOCHS + 1)
    return list(gathered.doubts())


def _is_sure(one: Suggestion, options: Options) -> bool:
    return one.score is not None and one.score >= options.threshold


def _folds(articles: CheckedArticles, options: Options) -> tuple[_Folds, int]:
    """The fold of each article that is done, and how many there are; texts that are nearly the same share one."""
    sizes: dict[str, int] = {}
    signatures: list[array[int]] = []
    for article in articles:
        if article.done:
            sizes[article.article_id] = len(article.text)
            signatures.append(signature(article.text))
    groups = near_duplicates(signatures)
    Random(options.seed).shuffle(groups)
    folds = min(options.folds, len(groups))
    ids = list(sizes)
    placed = ((ids[one], number % folds) for number, group in enumerate(groups) for one in group)
    return {one: (fold, sizes[one]) for one, fold in placed}, folds


def _learn(
    articles: CheckedArticles,
    fold_of: _Folds,
    fold: int,
    options: Options,
    on_epoch: Callable[[int], object],
) -> _Tagger:
    from thinc.api import fix_random_seed

    fix_random_seed(options.seed)
    tagger = _Tagger(options.language)
    tagger.learn(_sample(articles, fold_of, fold, options), Random(options.seed), on_epoch)
    return tagger


def _sample(
    articles: CheckedArticles, fold_of: _Folds, fold: int, options: Options
) -> Iterator[tuple[str, Sequence[Span]]]:
    """The articles of the other folds, or as many of them as a model learns from, about."""
    others = [one for one, (number, _) in fold_of.items() if number != fold]
    Random(options.seed).shuffle(others)
    wanted, left = set(), MOST_TOKENS * _CHARACTERS
    for one in others:
        if left <= 0:
            break
        wanted.add(one)
        left -= fold_of[one][1]
    for article in articles:
        if article.article_id in wanted:
            yield article.text, article.spans


class _Tagger:
    """A small spaCy model that tags tokens as the first of a mention, a further one, or outside of any."""

    def __init__(self, language: str) -> None:
        self._nlp: Language = blank(language)
        self._nlp.max_length = _ANY_LENGTH
        self._pipe: Any = self._nlp.add_pipe("tagger", config={"model": _MODEL})
        self._tags: list[str] = []

    def learn(
        self, texts: Iterable[tuple[str, Sequence[Span]]], random: Random, on_epoch: Callable[[int], object]
    ) -> None:
        """Learn from texts with their mentions."""
        from spacy.training.batchers import minibatch_by_words

        examples = [self._example(line, spans) for text, held in texts for _, line, spans in _lines(text, held)]
        optimizer = self._nlp.initialize(lambda: examples)
        self._tags = list(self._pipe.labels)
        tokens = sum(len(one.x) for one in examples)
        size = min(max(tokens // _LEAST_BATCHES, _SMALLEST_BATCH), _LARGEST_BATCH)
        for epoch in range(_EPOCHS):
            random.shuffle(examples)
            for batch in minibatch_by_words(examples, size, get_length=lambda one: len(one.x)):
                self._nlp.update(batch, sgd=optimizer, drop=_DROPOUT)
            on_epoch(epoch + 1)

    def _example(self, line: str, spans: Sequence[Span]) -> Example:
        from spacy.tokens import Doc
        from spacy.training import Example

        doc = self._nlp.make_doc(line)
        words, spaces = [one.text for one in doc], [bool(one.whitespace_) for one in doc]
        return Example(doc, Doc(self._nlp.vocab, words=words, spaces=spaces, tags=_tags(doc, spans)))

    def read(self, text: str) -> Iterator[Suggestion]:
        """What it would label in a text, each with how probable that is to it."""
        lines = list(_lines(text, ()))
        docs = [self._nlp.make_doc(line) for _, line, _ in lines]
        for (offset, _, _), doc, chances in zip(lines, docs, self._pipe.model.predict(docs), strict=True):
            for start, end, label, score in self._mentions(chances):
                first, last = doc[start], doc[end - 1]
                span = Span(offset + first.idx, offset + last.idx + len(last), label)
                yield Suggestion(span, NAME, "", score)

    def _mentions(self, chances: Any) -> Iterator[tuple[int, int, str, float]]:
        """First and last token, label and score of what is most probable; the score is that of the least sure token."""
        best = chances.argmax(axis=1)
        start = 0
        while start < len(best):
            tag = self._tags[best[start]]
            end = start + 1
            if tag != _OUTSIDE:
                label, inner = tag[2:], f"I-{tag[2:]}"
                while end < len(best) and self._tags[best[end]] == inner:
                    end += 1
                score = min(float(chances[at, best[at]]) for at in range(start, end))
                if end < len(best) and inner in self._tags:
                    score *= 1.0 - float(chances[end, self._tags.index(inner)])
                yield start, end, label, score
            start = end


def _lines(text: str, spans: Sequence[Span]) -> Iterator[_Line]:
    """The lines of a text that hold something, with the mentions that lie in them, of overlapping ones the longest."""
    apart = _apart(spans)
    starts = [one.start for one in apart]
    offset = 0
    for line in text.split("\n"):
        end = offset + len(line)
        if line.strip():
            held = [one for one in apart[bisect_left(starts, offset) : bisect_left(starts, end)] if one.end <= end]
            yield offset, line, [Span(one.start - offset, one.end - offset, one.label) for one in held]
        offset = end + 1


def _apart(spans: Sequence[Span]) -> list[Span]:
    taken: PositionIndex[Span] = PositionIndex()
    kept = []
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        if not any(taken.overlapping(span.start, span.end)):
            taken.add(span.start, span.end, span)
            kept.append(span)
    return sorted(kept)


def _tags(doc: Doc, spans: Sequence[Span]) -> list[str]:
    """A tag for each token; what begins or ends inside a token has all of it."""
    tags = [_OUTSIDE] * len(doc)
    for span in spans:
        held = doc.char_span(span.start, span.end, alignment_mode="expand")
        if held is not None:
            tags[held.start : held.end] = [f"B-{span.label}"] + [f"I-{span.label}"] * (len(held) - 1)
    return tags
