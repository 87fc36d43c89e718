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
from tui.actions import key_of
from tui.moments import moment_in_journal

_Choice = TypeVar("_Choice")

_EDGES: dict[Align, str] = {
    "strict": "an entity that begins or ends inside a token is refused",
    "expand": "an entity that begins or ends inside a token grows",
    "contract": "an entity that begins or ends inside a token shrinks",
}
_REPLACED = " (will be replaced)"
_SHARES = Shares(0.8, 0.1, 0.1)
_OVERLAPS: dict[Overlap, str] = {
    "strict": "entities that overlap are refused",
    "longest": "of entities that overlap the longest stays",
    "outermost": "of entities that overlap the outermost stays",
}


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: the name of the action that chooses, what it is about, the choice in words."""

    action: str
    name: str
    choice: str

    @property
    def key(self) -> str:
        """The key that chooses now."""
        return key_of(f"export.{self.action}")


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
        choice = request.choice
        rows = [Option("next_format", "format", f"{form.name}: {form.title}")]
        rows.append(Option("content", "content", _content(choice)))
        if len(self.annotators) > 1:
            rows.append(Option("whose", "whose", _whose(choice.annotator)))
        rows.append(Option("labels", "labels", ", ".join(choice.labels) or "all"))
        rows.append(Option("articles", "articles", ", ".join(choice.articles) or "all"))
        rows.append(Option("since", "since", f"{choice.since[:16]}, in UTC" if choice.since else "ever"))
        if form.can.tokens:
            rows.append(Option("edges", "edges", _EDGES[request.align]))
        if not (form.can.nesting and form.can.crossing):
            rows.append(Option("overlap", "overlap", _OVERLAPS[request.overlap]))
        if form.name == "jsonl":
            rows.append(Option("tokens", "tokens", "spaCy's tokens, too" if request.tokens else "none"))
        rows.append(Option("parts", "parts", _parts(request.shares)))
        if not form.is_folder:
            shard = (
                f"a folder of files of {_number(request.shard, 'article')}"
                if request.shard
                else "none: all articles together"
            )
            rows.append(Option("shard", "shards", shard))
        rows.append(Option("losses", "losses", "left out, and named" if request.allow_loss else "refused"))
        broken = "left out" if request.skip_broken else "refused"
        rows.append(Option("broken", "broken", f"articles that cannot be read: {broken}"))
        return [*rows, Option("choose_path", "file", f"{self.path}{_REPLACED if self.path.is_file() else ''}")]

    def turned(self, action: str) -> Choices:
        """The choices after an action; the same ones after one that turns nothing now."""
        shown = {option.action for option in self.options()} | {"previous_format"}
        return _TURNS[action](self) if action in shown else self

    def can_type(self, action: str) -> bool:
        """Whether something can be typed for an action now."""
        return action in {option.action for option in self.options()}

    def as_typed(self, action: str) -> str:
        """What was typed for an action, to be typed on."""
        choice = self.request.choice
        shard = str(self.request.shard or "")
        texts = {"labels": ", ".join(choice.labels), "articles": ", ".join(choice.articles), "since": choice.since[:16]}
        return {"shard": shard, "choose_path": str(self.path), **texts}[action]

    def typed(self, action: str, text: str) -> Choices:
        """The choices with what was typed for an action; nothing stands for all.

        Raises:
            ValueError: it cannot be that; with a line for the person.
        """
        if action == "choose_path":
            return replace(self, path=Path(text).expanduser()) if text else self
        if action == "shard":
            if text and not (text.isascii() and text.isdigit()):
                raise ValueError(f"{text}: how many articles a file has is a number")
            return _renamed(self, self.asked(shard=int(text or 0)))
        if action == "since":
            return self.choosing(since=moment_in_journal(text) if text else "")
        return self.choosing(**{action: tuple(one.strip() for one in text.split(",") if one.strip())})

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
    shard = 0 if find_format(name).is_folder else now.request.shard
    return _renamed(now, now.asked(form=name, align="strict", overlap="strict", tokens=False, shard=shard))


def _split_or_not(now: Choices) -> Choices:
    return _renamed(now, now.asked(shares=None if now.request.shares else _SHARES))


def _renamed(old: Choices, new: Choices) -> Choices:
    """The new choices with the ending that fits them, if the path had the one that fitted the old ones."""
    if old.path.suffix != _suffix(old.request):
        return new
    return replace(new, path=new.path.with_suffix(_suffix(new.request)))


def _suffix(request: ExportRequest) -> str:
    return "" if request.shares or request.shard else find_format(request.form).suffix


_TURNS: dict[str, Callable[[Choices], Choices]] = {
    "next_format": _next_format,
    "previous_format": _previous_format,
    "content": lambda now: now.choosing(include_suggestions=not now.request.choice.include_suggestions),
    "whose": lambda now: now.choosing(annotator=_after(["", *now.annotators], now.request.choice.annotator)),
    "edges": lambda now: now.asked(align=_after(list(_EDGES), now.request.align)),
    "overlap": lambda now: now.asked(overlap=_after(list(_OVERLAPS), now.request.overlap)),
    "parts": _split_or_not,
    "losses": lambda now: now.asked(allow_loss=not now.request.allow_loss),
    "tokens": lambda now: now.asked(tokens=not now.request.tokens),
    "broken": lambda now: now.asked(skip_broken=not now.request.skip_broken),
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
        helps = {
            "whose": ("chooses whose work counts.", error.unclear),
            "edges": ("lets entities grow or shrink to the edges of tokens.", "align" in error.kinds),
            "overlap": ("keeps the longest or the outermost of those that overlap.", "overlap" in error.kinds),
            "losses": ("leaves out what the format cannot hold.", error.losses),
            "broken": ("leaves out what cannot be read.", error.broken),
        }
        lines += [f"{key_of(f'export.{name}')} {does}" for name, (does, applies) in helps.items() if applies]
    return [*lines, "", *error.message.split("\n")]


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
