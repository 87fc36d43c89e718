"""Broken files of the formats that hold a file or more for each article: one line that says where, nothing read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from store.formats import find_format
from store.formats.model import FormatError, ReadOptions

Files = Mapping[str, str | bytes]
TEXT = "Ada 👩 met Zoë\nin London"


def refusal(name: str, folder: Path, files: Files) -> str:
    """What reading those files says, with the folder left out."""
    form = find_format(name)
    assert form.read is not None
    for file, content in files.items():
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FormatError) as caught:
        list(form.read(folder, ReadOptions()))
    return caught.value.message.replace(f"{folder}/", "").replace(str(folder), "FOLDER")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.ann": "T1\tPER 0 3\tAda\n"}, "a.ann: there is no a.txt beside it"),
        ({"a.txt": TEXT}, "FOLDER: no file in it ends in .ann"),
        ({"a.txt": TEXT, "a.ann": "T1\tPER 0 3\n"}, "a.ann:1: a span is written as T1, tab, TYPE START END, tab, text"),
        (
            {"a.txt": TEXT, "a.ann": "T1\tPER 0 3\tAda\nT2\tPER 10 13\tEve\n"},
            "a.ann:2: T2 says 'Eve' where the text has 'Zoë' (10-13)",
        ),
        ({"a.txt": TEXT, "a.ann": "T1\tPER 0 99\tAda\n"}, "a.ann:1: T1 at 0-99 is beyond the text"),
        ({"a.txt": TEXT, "a.ann": "T1\tPER 3 0\tAda\n"}, "a.ann:1: T1 ends at 0, before it begins at 3"),
        (
            {"a.txt": TEXT, "a.ann": "T1\tPER 0 3\tAda\n\nT1\tPER 10 13\tZoë\n"},
            "a.ann:3: T1 comes a second time",
        ),
        ({"a.txt": TEXT, "a.ann": "T1\tPER 0 3\tAda\nPER 10 13\n"}, "a.ann:2: no annotation of brat's: 'PER 10 13'"),
        (
            {"a.txt": TEXT, "a.ann": "T1\tA PER 0 3\tAda\n"},
            "a.ann:1: a span is written as T1, tab, TYPE START END, tab, text",
        ),
        ({"a.txt": b"Ada\nZo\xeb", "a.ann": "T1\tPER 0 3\tAda\n"}, "a.txt:2: not UTF-8 (byte 0xeb)"),
        ({"a.txt": TEXT, "a.ann": b"T1\tPER 0 3\tAda\nT2\tPER 10 13\tZo\xeb\n"}, "a.ann:2: not UTF-8 (byte 0xeb)"),
        (
            {"a.txt": TEXT, "a.ann": "T1\tPER 11 14\tZoë\nT2\tPER 0 2\tAda\n"},
            "a.ann:1: T1 says 'Zoë' where the text has 'oë\\n' (11-14)",
        ),
    ],
)
def test_brat_tells_what_is_broken(tmp_path: Path, files: Files, said: str) -> None:
    assert refusal("brat", tmp_path, files) == said


def bdoc(change: Callable[[dict[str, Any]], object]) -> str:
    doc: dict[str, Any] = {
        "text": TEXT,
        "offset_type": "p",
        "features": {},
        "name": "a",
        "annotation_sets": {"gold": {"annotations": [{"type": "PER", "start": 0, "end": 3, "id": 0, "features": {}}]}},
    }
    change(doc)
    return json.dumps(doc)


def first(doc: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = doc["annotation_sets"]["gold"]["annotations"][0]
    return found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bdoc(lambda doc: None)[:40], "a.bdocjs:1: not JSON: Unterminated string starting at at column 10"),
        ("[1]", "a.bdocjs:1: not a JSON object"),
        (bdoc(lambda doc: doc.pop("text")), "a.bdocjs: text: missing"),
        (
            bdoc(lambda doc: doc.update(offset_type="u")),
            "a.bdocjs: offset_type: 'u', not p (code points) or j (UTF-16)",
        ),
        (bdoc(lambda doc: doc.update(text="\ud83d")), "a.bdocjs: text: holds a lone surrogate"),
        (
            bdoc(lambda doc: first(doc).update(start="0")),
            "a.bdocjs: annotation_sets.gold.annotations[0]: start: not a whole number",
        ),
        (
            bdoc(lambda doc: first(doc).update(start=3)),
            "a.bdocjs: annotation_sets.gold.annotations[0]: start 3 is not before end 3",
        ),
        (bdoc(lambda doc: first(doc).pop("type")), "a.bdocjs: annotation_sets.gold.annotations[0]: type: missing"),
        (
            bdoc(lambda doc: doc["annotation_sets"]["gold"]["annotations"].append(first(doc))),
            "a.bdocjs: annotation_sets.gold.annotations[1]: id: 0 comes a second time",
        ),
        (bdoc(lambda doc: doc.update(annotation_sets=[])), "a.bdocjs: annotation_sets: not an object"),
        (b'{"text": "Zo\xeb"}', "a.bdocjs:1: not UTF-8 (byte 0xeb)"),
    ],
)
def test_bdoc_tells_what_is_broken(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert refusal("bdoc", tmp_path, {"a.bdocjs": content}) == said


def page(change: Callable[[dict[str, Any]], object]) -> str:
    one = {
        "id": "urn:x:1",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "PER", "purpose": "classifying"},
        "target": {"source": "a.txt", "selector": [{"type": "TextPositionSelector", "start": 0, "end": 3}]},
    }
    change(one)
    return json.dumps({"type": "AnnotationPage", "items": [one]})


def selector(one: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = one["target"]["selector"][0]
    return found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (page(lambda one: None)[:50], "a.jsonld:1: not JSON: Unterminated string starting at at column 45"),
        ('{"type": "Note"}', "a.jsonld: type: 'Note', not Annotation, AnnotationPage or AnnotationCollection"),
        ('{"type": "AnnotationPage", "items": [1]}', "a.jsonld: items[0]: not an object"),
        ('{"type": "AnnotationPage", "items": []}', "a.jsonld: it has no annotation, and no text beside it"),
        (page(lambda one: one.pop("target")), "a.jsonld: items[0]: target: no TextPositionSelector"),
        (page(lambda one: selector(one).update(start=3)), "a.jsonld: items[0]: target: start 3 is not before end 3"),
        (page(lambda one: selector(one).update(end="x")), "a.jsonld: items[0]: end: not a whole number"),
        (
            page(lambda one: one.pop("body")),
            "a.jsonld: items[0]: body: no label: a TextualBody whose purpose is classifying or tagging",
        ),
        (b'{"type": "Zo\xeb"}', "a.jsonld:1: not UTF-8 (byte 0xeb)"),
        (
            json.dumps({"type": "AnnotationPage", "items": json.loads(page(lambda one: None))["items"] * 2}),
            "a.jsonld: items[1]: id: urn:x:1 comes a second time",
        ),
    ],
)
def test_w3c_tells_what_is_broken(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert refusal("w3c", tmp_path, {"a.jsonld": content}) == said


HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("#FORMAT=WebAnno TSV 2\n", "a.tsv:1: it does not begin with #FORMAT=WebAnno TSV 3.3"),
        (HEAD, "a.tsv: it holds no token"),
        (HEAD + "#Text=Ada\n1-1\t0-3\tAda\n", "a.tsv:6: 3 columns, where its layers need 4"),
        (HEAD + "#Text=Ada\n1-1\t0-9\tAda\tPER\t\n", "a.tsv:6: 0-9 is not within its sentence"),
        (HEAD + "#Text=Ada\nAda\tPER\n", "a.tsv:6: neither a sentence nor a token: 'Ada\\tPER'"),
        (
            HEAD + "#Text=Ada met\n1-1\t0-3\tAda\tPER[1]\t\n1-2\t4-7\tmet\tORG[1]\t\n",
            "a.tsv:7: [1] is ORG here and PER on line 6",
        ),
        (HEAD + "#Text=Ada\n1-1\t0-3\tAda\t[1\t\n", "a.tsv:6: '[1' is no value"),
        (
            HEAD + "#Text=Ada\n1-1\t0-3\tAda\t_\t\n\n#Text=met\n2-1\t1-4\tmet\t_\t\n",
            "a.tsv:9: its sentence begins at 1, before the last one ends",
        ),
        (HEAD.encode() + b"#Text=Zo\xeb\n", "a.tsv:5: not UTF-8 (byte 0xeb)"),
        (
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.A|f\n#T_SP=x.B|g\n\n\n",
            "a.tsv:1: no named entities, and not one layer of spans with one feature (x.A|f, x.B|g)",
        ),
        ("#FORMAT=WebAnno TSV 3.3\nAda\n", "a.tsv:2: a layer or an empty line was expected"),
    ],
)
def test_webanno_tells_what_is_broken(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert refusal("webanno-tsv", tmp_path, {"a.tsv": content}) == said
