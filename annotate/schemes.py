"""A project's labels: what may be said of a span, with the key, colour and guideline of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotate.errors import SchemeError

RESERVED_KEYS = frozenset("ADQSUX")
"""Upper-case letters that stay free of labels: pressed by mistake, they ask about Caps Lock."""

_NAME = re.compile(r"[^\W\d_][\w.+-]{0,79}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    Attributes:
        name: as exported: letters, digits and `_ . + -`, no space.
        key: the upper-case letter that gives it, or "" for none.
        color: "#rrggbb".
        guideline: when to use it, for the annotators.
        examples: short pieces of text that are such entities.
    """

    name: str
    key: str = ""
    color: str = "#7f8fa6"
    guideline: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """What a label that sources use means in a scheme.

    Attributes:
        label: as the sources write it.
        means: a label of the scheme; "" where such suggestions are left out.
        source: the only source of which this holds; "" where it holds of all that have none of their own.
    """

    label: str
    means: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class LabelScheme:
    """A project's labels in their order, whether annotations may overlap, and what sources' labels mean.

    Raises:
        SchemeError: no labels, a name, key or colour that cannot be used, or one used twice.
    """

    labels: tuple[Label, ...]
    overlap: bool = False
    translations: tuple[Translation, ...] = ()
    _by_name: dict[str, Label] = field(init=False, repr=False, compare=False)
    _by_key: dict[str, Label] = field(init=False, repr=False, compare=False)
    _meanings: dict[tuple[str, str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = scheme_problems(self.labels)
        if problems:
            raise SchemeError(problems[0].message)
        keys = {label.key: label for label in self.labels if label.key}
        digits = dict(zip("1234567890", self.labels, strict=False))
        object.__setattr__(self, "_by_name", {label.name: label for label in self.labels})
        object.__setattr__(self, "_by_key", digits | keys)
        meanings = {(one.source, one.label): one.means for one in self.translations}
        object.__setattr__(self, "_meanings", meanings)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def label(self, name: str) -> Label | None:
        """The label of that name, if there is one."""
        return self._by_name.get(name)

    def label_for_key(self, key: str) -> Label | None:
        """The label that an upper-case letter or a digit gives, if there is one."""
        return self._by_key.get(key)

    def meant(self, source: str, label: str) -> str:
        """What a source's label means here: the label itself unless a translation says otherwise; "" for nothing."""
        everyone = self._meanings.get(("", label), label)
        return self._meanings.get((source, label), everyone)


@dataclass(frozen=True, slots=True)
class LabelProblem:
    """What is wrong with a label.

    Attributes:
        index: the label's place in the scheme, from 0.
        field: the attribute of `Label` that is wrong; "" where there is no label at all.
        message: one line.
    """

    index: int
    field: str
    message: str


def scheme_problems(labels: Sequence[Label]) -> list[LabelProblem]:
    """All that is wrong with `labels`, in their order."""
    if not labels:
        return [LabelProblem(0, "", "a label scheme needs at least one label")]
    names = Counter(label.name for label in labels)
    keys = Counter(label.key for label in labels if label.key)
    return [
        LabelProblem(index, wrong, message)
        for index, label in enumerate(labels)
        for wrong, message in _problems(label, names, keys)
    ]


def _problems(label: Label, names: Counter[str], keys: Counter[str]) -> Iterator[tuple[str, str]]:
    if not _NAME.fullmatch(label.name):
        yield "name", f"label name {label.name!r}: letters, digits and _ . + - only, no space"
    if names[label.name] > 1:
        yield "name", f"label {label.name} is there twice"
    if label.key and (len(label.key) != 1 or not "A" <= label.key <= "Z"):
        yield "key", f"label {label.name}: key {label.key!r} is not one letter from A to Z"
    elif label.key in RESERVED_KEYS:
        yield "key", f"label {label.name}: key {label.key} is kept free (A D Q S U X are)"
    elif keys[label.key] > 1:
        yield "key", f"label {label.name}: key {label.key} is used twice"
    if not _COLOR.fullmatch(label.color):
        yield "color", f"label {label.name}: color {label.color!r} is not like #3a7ca5"
