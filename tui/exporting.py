"""What a person chooses for an export, one key at a time, and how its outcome is told. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from annotate.errors import ManiculeError
from annotate.splitting import Shares
from store.export import Exported, ExportError, ExportRequest
from store.formats import find_format, loaded_formats
from store.formats.model import Align, Overlap
from store.gold import Choice
from store.locations import ADJUDICATED

_Choice = TypeVar("_Choice")

_EDGES: dict[Align, str] = {
    "strict": "an entity that begins or ends inside a token is refused",
    "expand": "an entity that begins or ends inside a token grows",
    "contract": "an entity that begins or ends inside a token shrinks",
}
_SHARES = Shares(0.8, 0.1, 0.1)
_OVERLAPS: dict[Overlap, str] = {
    "strict": "entities that overlap are refused",
    "longest": "of entities that overlap the longest stays",
    "outermost": "of entities that overlap the outermost stays",
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
        request, form = self.request, find_format(self.request.form)
        rows = [Option("f", "format", f"{form.name}: {form.title}"), Option("g", "content", _content(request.choice))]
        if len(self.annotators) > 1:
            rows.append(Option("w", "whose", _whose(request.choice.annotator)))
        if form.can.tokens:
            rows.append(Option("a", "edges", _EDGES[request.align]))
        if not (form.can.nesting and form.can.crossing):
            rows.append(Option("o", "overlap", _OVERLAPS[request.overlap]))
        if form.name == "jsonl":
            rows.append(Option("t", "tokens", "spaCy's tokens, too" if request.tokens else "none"))
        rows.append(Option("s", "parts", _parts(request.shares)))
        rows.append(Option("l", "losses", "left out, and named" if request.allow_loss else "refused"))
        broken = "left out" if request.skip_broken else "refused"
        rows.append(Option("b", "broken", f"articles that cannot be read: {broken}"))
        return [*rows, Option("p", "file", f"{self.path}{' (will be replaced)' if self.path.is_file() else ''}")]

    def turned(self, key: str) -> Choices:
        """The choices after a key; the same ones after a key that turns nothing now."""
        if key not in _TURNS or key.lower() not in {option.key for option in self.options()}:
            return self
        return _TURNS[key](self)

    def asked(self, **changes: Any) -> Choices:
        """The choices with these attributes of the request changed."""
        return replace(self, request=replace(self.request, **changes))

    def choosing(self, **changes: Any) -> Choices:
        """The choices with these attributes of what is chosen changed."""
        return self.asked(choice=replace(self.request.choice, **changes))


def _next_format(now: Choices) -> Choices:
    return _with_format(now, _after(_written_formats(), now.request.form))


def _previous_format(now: Choices) -> Choices:
    return _with_format(now, _after(_written_formats()[::-1], now.request.form))


def _written_formats() -> list[str]:
    return [one.name for one in loaded_formats()[0] if one.write]


def _with_format(now: Choices, name: str) -> Choices:
    return _renamed(now, now.asked(form=name, align="strict", overlap="strict", tokens=False))


def _split_or_not(now: Choices) -> Choices:
    return _renamed(now, now.asked(shares=None if now.request.shares else _SHARES))


def _renamed(old: Choices, new: Choices) -> Choices:
    """The new choices with the ending that fits them, if the path had the one that fitted the old ones."""
    if old.path.suffix != _suffix(old.request):
        return new
    return replace(new, path=new.path.with_suffix(_suffix(new.request)))


def _suffix(request: ExportRequest) -> str:
    return "" if request.shares else find_format(request.form).suffix


_TURNS: dict[str, Callable[[Choices], Choices]] = {
    "f": _next_format,
    "F": _previous_format,
    "g": lambda now: now.choosing(include_suggestions=not now.request.choice.include_suggestions),
    "w": lambda now: now.choosing(annotator=_after(["", *now.annotators], now.request.choice.annotator)),
    "a": lambda now: now.asked(align=_after(list(_EDGES), now.request.align)),
    "o": lambda now: now.asked(overlap=_after(list(_OVERLAPS), now.request.overlap)),
    "s": _split_or_not,
    "l": lambda now: now.asked(allow_loss=not now.request.allow_loss),
    "t": lambda now: now.asked(tokens=not now.request.tokens),
    "b": lambda now: now.asked(skip_broken=not now.request.skip_broken),
}


def _after(choices: Sequence[_Choice], present: _Choice) -> _Choice:
    return choices[(choices.index(present) + 1) % len(choices)]


def _content(choice: Choice) -> str:
    if choice.include_suggestions:
        return "every article, with suggestions and rejections marked as such"
    return "gold only: confirmed entities of done articles"


def _parts(shares: Shares | None) -> str:
    if shares is None:
        return "none: one corpus"
    return "a folder of " + ", ".join(f"{name} {share:.0%}" for name, share in shares)


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
    lost = [f"{_number(exported.lost, 'thing')} left out that the format cannot hold:"] if exported.lost else []
    return [said, *exported.notes, *(f"left out: {line}" for line in exported.broken), *lost, *exported.losses]


def refusal(error: ManiculeError) -> list[str]:
    """Lines about an export that was not written, and the keys that may help."""
    lines = ["Nothing was written."]
    if isinstance(error, ExportError):
        lines += ["w chooses whose work counts."] if error.unclear else []
        lines += ["a lets entities grow or shrink to the edges of tokens."] if "align" in error.kinds else []
        lines += ["o keeps the longest or the outermost of those that overlap."] if "overlap" in error.kinds else []
        lines += ["l leaves out what the format cannot hold."] if error.losses else []
        lines += ["b leaves out what cannot be read."] if error.broken else []
    return [*lines, "", *error.message.split("\n")]


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
