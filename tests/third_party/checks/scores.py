"""seqeval and nervaluate: on tags of ours against a worse copy of them, both give the scores that counting gives.

nervaluate reads Prodigy's tasks as well: against themselves they score 1.
"""

from __future__ import annotations

from common import OURS
from nervaluate import Evaluator
from seqeval.metrics import precision_score, recall_score
from seqeval.scheme import IOB2

Entity = tuple[int, int, int, str]


def tags_of(entities: set[Entity], lengths: list[int]) -> list[list[str]]:
    tags = [["O"] * length for length in lengths]
    for sentence, first, last, label in entities:
        tags[sentence][first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
    return tags


gold: list[list[str]] = []
for block in (OURS / "iob2.iob").read_text("utf-8").strip().split("\n\n"):
    gold.append([line.split("\t")[1] for line in block.split("\n")])
entities: list[Entity] = []
for number, tags in enumerate(gold):
    for place, tag in enumerate(tags):
        if tag.startswith("B-"):
            entities.append((number, place, place, tag[2:]))
        elif tag.startswith("I-"):
            sentence, first, _, label = entities.pop()
            entities.append((sentence, first, place, label))
lengths = [len(tags) for tags in gold]
if tags_of(set(entities), lengths) != gold:
    raise SystemExit("the tags are no IOB2")
worse = {
    (sentence, first, last, "ORG" if number % 5 == 1 else label)
    for number, (sentence, first, last, label) in enumerate(entities)
    if number % 3 != 0
}
predicted = tags_of(worse, lengths)
right = len(worse & set(entities))
counted = right / len(worse), right / len(entities)
precision = precision_score(gold, predicted, mode="strict", scheme=IOB2)
recall = recall_score(gold, predicted, mode="strict", scheme=IOB2)
labels = sorted({one[3] for one in entities})
overall = Evaluator(gold, predicted, tags=labels, loader="list").evaluate()["overall"]["strict"]
for name, got in (("seqeval", (precision, recall)), ("nervaluate", (overall.precision, overall.recall))):
    if any(abs(one - two) > 1e-9 for one, two in zip(got, counted, strict=True)):
        raise SystemExit(f"{name}: {got}, counted {counted}")
print(
    f"precision {counted[0]:.4f}, recall {counted[1]:.4f} by counting, by seqeval (strict) and by nervaluate (strict)"
)
