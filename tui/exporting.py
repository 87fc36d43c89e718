"""What a person chooses for an export, one key at a time, and how its outcome is told. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from annotate.errors import ManiculeError
from store.export import Exported, ExportError, ExportRequest
from store.formats import FORMATS
from store.formats.values import Align
from store.locations import ADJUDICATED

_Choice = TypeVar("_Choice")

_EDGES: dict[Align, str] = {
    "strict": "an entity that begins or ends inside a token is refused",
    "expand": "an entity that begins or ends inside a token grows",
    "contract": "an entity that begins or ends inside a token shrinks",
}


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: the key that takes the next choice, what it is about, the choice in words."""

    key: str
    name: str
    choice: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices made so far.

    Attributes:
        request: what will be exported.
        path: where to.
        annotators: whose work there is, the adjudicated layer among them.
    """

    request: ExportRequest
    path: Path
    annotators: tuple[str, ...] = ()

    def options(self) -> list[Option]:
        """What can be chosen now, in the order shown."""
        request, form = self.request, FORMATS[self.request.form]
        rows = [Option("f", "format", f"{form.name}: {form.about}"), Option("g", "content", _content(request))]
        if len(self.annotators) > 1:
            rows.append(Option("w", "whose", _whose(request.annotator)))
        if form.tokenized:
            rows.append(Option("a", "edges", _EDGES[request.align]))
        else:
            rows.append(Option("t", "tokens", "spaCy's tokens, too" if request.tokens else "none"))
        broken = "left out" if request.skip_broken else "refused"
        rows.append(Option("b", "broken", f"articles that cannot be read: {broken}"))
        return [*rows, Option("p", "file", f"{self.path}{' (will be replaced)' if self.path.is_file() else ''}")]

    def turned(self, key: str) -> Choices:
        """The choices after a key; the same ones after a key that turns nothing now."""
        if key not in _TURNS or key not in {option.key for option in self.options()}:
            return self
        return _TURNS[key](self)

    def asked(self, **changes: Any) -> Choices:
        """The choices with these attributes of the request changed."""
        return replace(self, request=replace(self.request, **changes))


def _next_format(now: Choices) -> Choices:
    old = now.request.form
    new = _after(list(FORMATS), old)
    path = now.path.with_suffix(f".{new}") if now.path.suffix == f".{old}" else now.path
    return replace(now.asked(form=new, align="strict", tokens=False), path=path)


_TURNS: dict[str, Callable[[Choices], Choices]] = {
    "f": _next_format,
    "g": lambda now: now.asked(include_suggestions=not now.request.include_suggestions),
    "w": lambda now: now.asked(annotator=_after(["", *now.annotators], now.request.annotator)),
    "a": lambda now: now.asked(align=_after(get_args(Align), now.request.align)),
    "t": lambda now: now.asked(tokens=not now.request.tokens),
    "b": lambda now: now.asked(skip_broken=not now.request.skip_broken),
}


def _after(choices: Sequence[_Choice], present: _Choice) -> _Choice:
    return choices[(choices.index(present) + 1) % len(choices)]


def _content(request: ExportRequest) -> str:
    if request.include_suggestions:
        return "every article, with suggestions and rejections marked as such"
    return "gold only: confirmed entities of done articles"


def _whose(annotator: str) -> str:
    if annotator == ADJUDICATED:
        return "what was adjudicated"
    return annotator or "what was adjudicated, else the only one's who has it done"


def outcome(exported: Exported, path: Path) -> list[str]:
    """Lines about an export that was written."""
    if not exported.articles:
        said = f"No article is done: {path} is empty."
    else:
        said = f"{_number(exported.articles, 'article')} with {_number(exported.spans, 'span')} written to {path}."
    return [said, *exported.notes, *(f"left out: {line}" for line in exported.broken)]


def refusal(error: ManiculeError) -> list[str]:
    """Lines about an export that was not written, and the keys that may help."""
    lines = ["Nothing was written."]
    if isinstance(error, ExportError):
        lines += ["w chooses whose work counts."] if error.unclear else []
        lines += ["a lets entities grow or shrink to the edges of tokens."] if error.losses else []
        lines += ["b leaves out what cannot be read."] if error.broken else []
    return [*lines, "", *error.message.split("\n")]


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
