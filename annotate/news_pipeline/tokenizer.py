"""The pipeline's tokenizer: English, with hyphens, dashes and slashes apart, so that spans can end where names do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

REGISTERED = "manicule.news_tokenizer.v1"
_INFIXES = (r"(?<=[^\W_])[-–—−/+](?=[^\W_])", r"(?<=[^\W_])[\[\](){}<>|«»:;!?…~=](?=[^\W_])", r"—|–|--+")
_PREFIXES = (r"[-–—−+/]",)
_SUFFIXES = (r"[-–—−+/]", r"(?<=[^\W\d_][^\W\d_])\.", r"(?<=\d)\.", r"(?<=\d[A-Z])\.", r"(?<=/h)\.")
_LONGEST = 200
"""Characters without a space that are read at once; spaCy's time for such a run grows with its square."""
_LONG_RUN = re.compile(rf"\S{{{_LONGEST},}}")


class NewsTokenizer:
    """spaCy's tokenizer with more infixes; a run of characters without a space is read in pieces when it is long."""

    def __init__(self, inner: Tokenizer) -> None:
        self.inner = inner

    def __call__(self, text: str) -> Doc:
        """The tokens of any text; joined with their spaces they are the text."""
        if _LONG_RUN.search(text) is None:
            doc: Doc = self.inner(text)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            for token in self.inner(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.inner.vocab, words=words, spaces=spaces)

    def name(self, name: str) -> Doc:
        """The same tokens, faster where words are nothing but letters and single spaces part them."""
        words = name.split(" ")
        if all(word.isalpha() and word not in self._special for word in words):
            return Doc(self.inner.vocab, words=words)
        return self(name)

    @cached_property
    def _special(self) -> frozenset[str]:
        return frozenset(self.inner.rules or ())

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """The tokens of each text."""
        return map(self, texts)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The tokenizer's rules as bytes."""
        data: bytes = self.inner.to_bytes(exclude=tuple(exclude))
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> NewsTokenizer:
        """Take over the rules from to_bytes."""
        self.inner.from_bytes(data, exclude=tuple(exclude))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the tokenizer's rules to a file."""
        self.inner.to_disk(path, exclude=tuple(exclude))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> NewsTokenizer:
        """Take over the rules from to_disk."""
        self.inner.from_disk(path, exclude=tuple(exclude))
        return self


def _pieces(text: str) -> Iterator[str]:
    """The text in parts that join to it, with long runs without a space cut."""
    last = 0
    for run in _LONG_RUN.finditer(text):
        if run.start() > last:
            yield text[last : run.start()]
        for start in range(run.start(), run.end(), _LONGEST):
            yield text[start : min(start + _LONGEST, run.end())]
        last = run.end()
    if last < len(text):
        yield text[last:]


@registry.tokenizers(REGISTERED)  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """The function that gives a pipeline this tokenizer, as spaCy's configuration asks for it."""

    def build(nlp: Language) -> NewsTokenizer:
        defaults = nlp.Defaults
        inner = Tokenizer(
            nlp.vocab,
            rules=defaults.tokenizer_exceptions,
            prefix_search=compile_prefix_regex([*(defaults.prefixes or []), *_PREFIXES]).search,
            suffix_search=compile_suffix_regex([*(defaults.suffixes or []), *_SUFFIXES]).search,
            infix_finditer=compile_infix_regex([*(defaults.infixes or []), *_INFIXES]).finditer,
            url_match=defaults.url_match,
        )
        return NewsTokenizer(inner)

    return build
