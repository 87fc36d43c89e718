"""One cheap view of a document's tokens, so that every rule reads capitals, sentence starts and headlines alike."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

OTHER, LOWER, CAPITAL, UPPER, NUMBER, BREAK = range(6)
"""Kinds of token: punctuation and the rest, lower-case word, Capitalised word, CAPITALS, number, line break."""

_SENTENCE_END = frozenset('.!?:"”“‘…;')
_NO_HEADLINE = 4
_LOWER_IN_TITLES = frozenset(
    "a an the of in on at to for from by with and or but as over under into after amid against s ’s 's is".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens of one text.

    Attributes:
        texts: the tokens' texts.
        kinds: one of OTHER, LOWER, CAPITAL, UPPER, NUMBER, BREAK for each token.
        opens: whether the token opens a sentence or line (its capital then says nothing).
        shouted: whether the token's line is in capitals.
        titled: whether the token's line is in title case or capitals, as headlines are.
        glued: whether the token follows the one before it without a space.
    """

    texts: list[str]
    kinds: list[int]
    opens: list[bool]
    shouted: list[bool]
    titled: list[bool]
    glued: list[bool]

    def __len__(self) -> int:
        return len(self.texts)

    def is_capital(self, i: int) -> bool:
        """Whether token i exists and starts with a capital letter."""
        return 0 <= i < len(self.texts) and self.kinds[i] in (CAPITAL, UPPER)

    def text(self, i: int) -> str:
        """The text of token i, "" outside the document."""
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def phrase(self, start: int, end: int) -> str:
        """Tokens [start, end) joined by single spaces, as a key for comparing mentions."""
        return " ".join(self.texts[start:end])


def kind_of(text: str) -> int:
    """The kind of one token."""
    first = text[0]
    if first.islower():
        return LOWER
    if first.isupper() or first.istitle():
        return UPPER if len(text) > 1 and text.isupper() else CAPITAL
    if first.isdigit():
        return NUMBER
    if "\n" in text:
        return BREAK
    return OTHER


def words_of(doc: Doc) -> Words:
    """The view of a spaCy document."""
    texts = [token.text for token in doc]
    return words_from(texts, [False, *(not token.whitespace_ for token in doc)][: len(texts)])


def words_from(texts: list[str], glued: list[bool]) -> Words:
    """The view of a list of non-empty tokens; a token that holds a line feed is a line break."""
    memo: dict[str, int] = {}
    kinds = []
    for text in texts:
        kind = memo.get(text)
        if kind is None:
            kind = memo[text] = kind_of(text)
        kinds.append(kind)
    opens = [i == 0 or kinds[i - 1] == BREAK or texts[i - 1][-1] in _SENTENCE_END for i in range(len(texts))]
    shouted: list[bool] = []
    titled: list[bool] = []
    start = 0
    for end in [*(i for i, kind in enumerate(kinds) if kind == BREAK), len(texts)]:
        loud, title = _line_style(texts, kinds, start, end)
        stop = min(end + 1, len(texts))
        shouted += [loud] * (stop - start)
        titled += [title] * (stop - start)
        start = stop
    return Words(texts, kinds, opens, shouted, titled, glued)


def _line_style(texts: list[str], kinds: list[int], start: int, end: int) -> tuple[bool, bool]:
    """Whether the line [start, end) is in capitals, and whether it is in title case."""
    upper = capital = lower = 0
    for i in range(start, end):
        kind = kinds[i]
        if kind == UPPER:
            upper += 1
        elif kind == CAPITAL:
            capital += 1
        elif kind == LOWER and texts[i] not in _LOWER_IN_TITLES:
            lower += 1
    named = upper + capital
    loud = upper >= 2 and lower == 0 and upper >= 3 * capital
    sentence = end - start > 1 and texts[end - 1] in (".", "!", "”", '"')
    return loud, loud or (not sentence and named >= _NO_HEADLINE and named > 3 * lower and end - start < 40)
