"""Label Studio's tasks and the labelling configuration that they need: gold is annotated, suggestions predicted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from annotate.schemes import LabelScheme
from store.formats.json_files import as_string, number, objects, parse, strings, to_line, whole
from store.formats.model import Capabilities, Format, GoldArticle, GoldSpan, ReadArticle, ReadOptions, WriteOptions
from store.records import Doc, RecordError, characters, field

TASKS = "tasks.json"
CONFIG = "config.xml"


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write tasks.json and the config.xml that a project for them needs."""
    (path / CONFIG).write_text(_config(options.scheme), "utf-8", newline="\n")
    with (path / TASKS).open("w", encoding="utf-8", newline="\n") as file:
        before = "["
        for article in articles:
            file.write(f"{before}\n{to_line(_task(article))}")
            before = ","
        file.write("[]\n" if before == "[" else "\n]\n")
    return [f"{CONFIG} is the labelling configuration of a project for {TASKS}"]


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read tasks as Label Studio exports them (JSON or JSON-MIN), or as they are imported."""
    file = path / TASKS if path.is_dir() else path
    for line, doc in objects(file):
        article = parse(_read_article, doc, file, line)
        spans = [*_annotated(doc, article.text, file, line), *_predicted(doc, article.text, file, line)]
        whole = replace(article, spans=tuple(spans), status=_status(doc))
        losses, passed_over = _unread(doc)
        who = frozenset(_annotators(doc))
        yield ReadArticle(whole, file, line, annotators=who, losses=losses, passed_over=passed_over)


FORMAT = Format(
    "label-studio",
    "Label Studio's tasks and labelling configuration",
    "",
    Capabilities(statuses=True, rejections=False, scores=True, notes=True, titles=True, metadata=True),
    write,
    read,
)


# Writing ---------------------------------------------------------------------------------------------------


def _config(scheme: LabelScheme) -> str:
    labels = "".join(
        f"    <Label value={quoteattr(one.name)} background={quoteattr(one.color)}/>\n" for one in scheme.labels
    )
    return (
        '<View style="white-space: pre-wrap">\n'
        f'  <Labels name="label" toName="text">\n{labels}  </Labels>\n'
        '  <Text name="text" value="$text"/>\n'
        "</View>\n"
    )


def _task(article: GoldArticle) -> Doc:
    task: Doc = {"data": {"text": article.text, "doc_id": article.id, "title": article.title}}
    if article.metadata:
        task["meta"] = dict(sorted(article.metadata.items()))
    gold = [one for one in article.spans if one.status == "confirmed"]
    if gold or article.settled:
        task["annotations"] = [{"result": _results(article, gold)}]
    sources = sorted({one.source for one in article.spans if one.status == "suggested"})
    if sources:
        task["predictions"] = [
            {
                "model_version": source,
                "result": _results(article, [one for one in article.spans if _is_from(one, source)]),
            }
            for source in sources
        ]
    return task


def _is_from(span: GoldSpan, source: str) -> bool:
    return span.status == "suggested" and span.source == source


def _results(article: GoldArticle, spans: Sequence[GoldSpan]) -> list[Doc]:
    return [_result(article, number, one) for number, one in enumerate(spans, start=1)]


def _result(article: GoldArticle, index: int, span: GoldSpan) -> Doc:
    quote = article.text[span.start : span.end]
    result: Doc = {
        "id": f"span-{index}",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": span.start, "end": span.end, "text": quote, "labels": [span.label]},
    }
    if span.score is not None:
        result["score"] = span.score
    if span.note:
        result["meta"] = {"text": [span.note]}
    return result


# Reading ---------------------------------------------------------------------------------------------------


def _read_article(doc: Doc) -> GoldArticle:
    data = field(doc, "data", dict) if "data" in doc else doc
    name = data.get("doc_id", data.get("id", ""))
    title = field(data, "title", str, "")
    for key in ("annotations", "predictions"):
        if doc.get(key) is not None:
            field(doc, key, list)
    metadata = strings(doc, "meta") if isinstance(doc.get("meta"), dict) else {}
    return GoldArticle(as_string(name), title, characters(data, "text"), metadata=metadata)


def _status(doc: Doc) -> str:
    if "data" not in doc:
        return "done"
    annotations = doc.get("annotations") or []
    if annotations and all(isinstance(one, dict) and one.get("was_cancelled") for one in annotations):
        return "skipped"
    return "done" if annotations else "new"


def _annotated(doc: Doc, text: str, path: Path, line: int) -> Iterator[GoldSpan]:
    if "data" not in doc:
        for index, value in enumerate(doc.get("label") or (), start=1):
            for span in parse(_values, value, path, line, f"label {index}"):
                yield _checked(span, text)
        return
    for index, annotation in enumerate(doc.get("annotations") or (), start=1):
        where = f"annotation {index}"
        who = parse(_who, annotation, path, line, where)
        if not annotation.get("was_cancelled"):
            yield from (replace(one, annotator=who) for one in _regions(annotation, text, path, line, where))


def _annotators(doc: Doc) -> Iterator[str]:
    """Who annotated a task, be it that they found nothing; `_annotated` has checked all of it."""
    if "data" in doc:
        yield from (_who(one) for one in doc.get("annotations") or () if not one.get("was_cancelled"))


def _unread(doc: Doc) -> tuple[tuple[str, ...], Counter[str]]:
    """Regions of other kinds than a plain text's, which are a loss, and what is no region: answers, relations."""
    given = [*(doc.get("annotations") or ()), *(doc.get("predictions") or ())] if "data" in doc else []
    results = [one for held in given if not held.get("was_cancelled") for one in held["result"]]
    kinds = Counter(kind for one in results if (kind := as_string(one.get("type") or "no type")) != "labels")
    losses = [
        f"{count:,} region{'' if count == 1 else 's'} of type {kind}: only labels of plain text can be read"
        for kind, count in sorted(kinds.items())
        if kind.endswith("labels")
    ]
    rest = {f"of type {kind} in Label Studio's results": n for kind, n in kinds.items() if not kind.endswith("labels")}
    return tuple(losses), Counter(rest)


def _predicted(doc: Doc, text: str, path: Path, line: int) -> Iterator[GoldSpan]:
    for index, prediction in enumerate(doc.get("predictions") or (), start=1):
        where = f"prediction {index}"
        parse(_result_list, prediction, path, line, where)
        source, score = as_string(prediction.get("model_version") or ""), prediction.get("score")
        for one in _regions(prediction, text, path, line, where):
            scored = one.score if one.score is not None or not isinstance(score, float) else score
            yield replace(one, status="suggested", source=source, score=scored)


def _who(doc: Doc) -> str:
    _result_list(doc)
    who: Any = doc.get("completed_by")
    return as_string(who.get("email", who.get("id", "")) if isinstance(who, dict) else "" if who is None else who)


def _result_list(doc: Doc) -> list[Any]:
    return field(doc, "result", list)


def _regions(doc: Doc, text: str, path: Path, line: int, where: str) -> Iterator[GoldSpan]:
    for index, region in enumerate(doc["result"], start=1):
        for span in parse(_region, region, path, line, f"{where}, result {index}"):
            yield _checked(span, text)


def _region(doc: Doc) -> list[GoldSpan]:
    if doc.get("type") != "labels":
        return []
    meta = doc.get("meta")
    notes = meta.get("text") if isinstance(meta, dict) else None
    note = "; ".join(as_string(one) for one in notes) if isinstance(notes, list) else as_string(notes or "")
    score = number(doc, "score")
    return [replace(one, note=note, score=score) for one in _values(field(doc, "value", dict))]


def _values(value: Doc) -> list[GoldSpan]:
    """A span for each label of a region."""
    labels = field(value, "labels", list)
    if not all(isinstance(label, str) for label in labels):
        raise RecordError("labels: not texts")
    start, end = whole(value.get("start"), "start"), whole(value.get("end"), "end")
    quote = field(value, "text", str) if value.get("text") is not None else None
    return [GoldSpan(start, end, label, quote=quote) for label in labels]


def _checked(span: GoldSpan, text: str) -> GoldSpan:
    r"""The span with a quote in which a line break is one, and not the two characters "\n" that the editor writes."""
    if span.quote is None or "\\n" not in span.quote or text[span.start : span.end] == span.quote:
        return span
    return replace(span, quote=span.quote.replace("\\n", "\n"))
