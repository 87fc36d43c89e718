"""What goes beside an exported corpus: how much of what is in it, who made it, when and how, and from what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotate.decisions import How
from annotate.layers import Layer, Status
from annotate.schemes import Label
from store.config import ProjectConfig
from store.formats.model import GoldArticle
from store.locations import ADJUDICATED, Locations
from store.log import read_log

_SETTLING = frozenset({"confirm", "reject", "relabel", "move", "add", "remove"})
_IN_WORDS = {
    How.SINGLE: "one by one",
    How.ARTICLE: "the same in the whole article",
    How.PROJECT: "the same in the whole project",
    How.REST: "all that was left of an article at once",
    How.IMPORT: "by import",
}


@dataclass(slots=True)
class Agreement:
    """How far two annotators' confirmed spans agree, start, end and label, over articles that both have done.

    Attributes:
        articles: how many these are.
        both: spans that both have.
        either: spans of the one and of the other, added up.
    """

    articles: int = 0
    both: int = 0
    either: int = 0

    @property
    def f1(self) -> float | None:
        """The F1 measure; None where neither has a span."""
        return 2 * self.both / self.either if self.either else None


@dataclass(slots=True)
class Provenance:
    """What is gathered about a corpus on its way out.

    Attributes:
        articles: how many, by part.
        spans: how many, by part and label.
        annotators: articles by whose word counts.
        sources: confirmed spans by the source and version that suggested them; "" for those nobody suggested.
        shown: articles by the source whose suggestions were on screen.
        agreement: between every two annotators.
        ids: the articles, by annotator.
    """

    articles: Counter[str] = field(default_factory=Counter)
    spans: dict[str, Counter[str]] = field(default_factory=dict)
    annotators: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    agreement: dict[tuple[str, str], Agreement] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)

    def note_layer(self, annotator: str, layer: Layer, layers: Mapping[str, Layer]) -> None:
        """Take in the layer that counts for an article, and those of all annotators."""
        self.annotators[annotator] += 1
        self.ids.setdefault(annotator, set()).add(layer.article_id)
        self.shown.update(layer.marks.shown)
        for one in layer.confirmed():
            names = {f"{origin.source} {origin.version}".strip() for origin in one.origin} or {""}
            self.sources.update(names)
        self._compare({name: one for name, one in layers.items() if name != ADJUDICATED})

    def _compare(self, layers: Mapping[str, Layer]) -> None:
        done = sorted(name for name, one in layers.items() if one.status is Status.DONE)
        for index, first in enumerate(done):
            for second in done[index + 1 :]:
                if layers[first].text_hash == layers[second].text_hash:
                    one, other = ({span.span for span in layers[name].confirmed()} for name in (first, second))
                    found = self.agreement.setdefault((first, second), Agreement())
                    found.articles += 1
                    found.both += len(one & other)
                    found.either += len(one) + len(other)

    def note_written(self, article: GoldArticle) -> None:
        """Take in an article as it was written."""
        self.articles[article.part] += 1
        counted = (one.label for one in article.spans if one.status == "confirmed")
        self.spans.setdefault(article.part, Counter()).update(counted)


def datasheet(config: ProjectConfig, locations: Locations, found: Provenance, notes: Sequence[str]) -> str:
    """The datasheet, in Markdown; it says the same for the same corpus, whenever it was made."""
    sections = (
        [f"# {config.title or 'Corpus'}: datasheet", "", f"Language: {config.language}. Exported by Manicule."],
        _contents(config, found),
        _people(locations, found),
        _suggestions(config, found),
        _guidelines(config),
        ["## Remarks", "", *(f"- {_flat(note)}" for note in notes)] if notes else [],
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _contents(config: ProjectConfig, found: Provenance) -> list[str]:
    parts = [part for part in ("", "train", "dev", "test") if part in found.articles]
    head = [part or "corpus" for part in parts]
    lines = ["## Contents", "", _row("", *head), _row("---", *("---:" for _ in parts))]
    lines.append(_row("articles", *(f"{found.articles[part]:,}" for part in parts)))
    lines.append(_row("entities", *(f"{found.spans[part].total():,}" for part in parts)))
    for label in (one.name for one in config.scheme.labels):
        counts = [found.spans[part][label] for part in parts]
        if any(counts):
            lines.append(_row(label, *(f"{count:,}" for count in counts)))
    overlap = "may" if config.scheme.overlap else "may not"
    return [*lines, "", f"Entities {overlap} overlap. An article without entities was read and found to have none."]


def _people(locations: Locations, found: Provenance) -> list[str]:
    lines = ["## Who decided, and how", "", _row("annotator", "articles"), _row("---", "---:")]
    lines += [_row(_flat(name) or "nobody yet", f"{count:,}") for name, count in sorted(found.annotators.items())]
    how, last = _decisions(locations, found)
    if last:
        lines += [
            "",
            f"Last decision: {last[:16].replace('T', ' ')} UTC. How the decisions came, later corrections counted:",
        ]
        lines += ["", *(f"- {_IN_WORDS[one]}: {how[one]:,}" for one in _IN_WORDS if how[one])]
    for (one, other), agreement in sorted(found.agreement.items()):
        f1 = "not defined (no entities)" if agreement.f1 is None else f"{agreement.f1:.3f}"
        both = f"{_flat(one)} and {_flat(other)}"
        articles = f"{agreement.articles:,} article{'' if agreement.articles == 1 else 's'}"
        lines += ["", f"Agreement of {both} on {articles} (F1, same edges and label): {f1}"]
    return lines


def _decisions(locations: Locations, found: Provenance) -> tuple[Counter[How], str]:
    """How the decisions on the exported articles came, and when the last one did."""
    how: Counter[How] = Counter()
    last = ""
    for annotator, ids in found.ids.items():
        for one in read_log(locations, annotator, lambda problem: None) if annotator else ():
            if one.line.article in ids:
                last = max(last, one.line.time)
                how[one.decision.how] += one.decision.verb in _SETTLING
    return how, last


def _suggestions(config: ProjectConfig, found: Provenance) -> list[str]:
    lines = ["## Suggestions", "", f"Pipelines of the project: {', '.join(map(_flat, config.pipelines)) or 'none'}."]
    if found.sources:
        lines += ["", _row("entities suggested by", "count"), _row("---", "---:")]
        lines += [_row(_flat(name) or "nobody", f"{count:,}") for name, count in sorted(found.sources.items())]
    if found.shown:
        shown = ", ".join(f"{_flat(name)} in {count:,}" for name, count in sorted(found.shown.items()))
        lines += ["", f"Articles in which the annotator saw a source's suggestions: {shown}."]
    return lines


def _guidelines(config: ProjectConfig) -> list[str]:
    told = [one for one in config.scheme.labels if one.guideline]
    return ["## Guidelines", "", *map(_guideline, told)] if told else []


def _guideline(label: Label) -> str:
    examples = ", ".join(map(_flat, label.examples))
    return f"- {label.name}: {_flat(label.guideline)}{f' Examples: {examples}' if examples else ''}"


def _flat(text: str) -> str:
    """A text on one line, with nothing in it that Markdown would take for a table's edge."""
    return " ".join(text.split()).replace("|", "\\|")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
