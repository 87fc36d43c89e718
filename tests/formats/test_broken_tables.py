"""Broken files of the formats that are one file, and of UIMA CAS: one line that says where, nothing read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.schemes import Label, LabelScheme
from store.formats import find_format
from store.formats.model import FormatError, GoldArticle, GoldSpan, ReadOptions, WriteOptions

ROW = "1\tAda\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n"


def refusal(name: str, path: Path, content: str | bytes) -> str:
    """What reading that file says, with the folder left out."""
    form = find_format(name)
    assert form.read is not None
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FormatError) as caught:
        list(form.read(path, ReadOptions()))
    return caught.value.message.replace(f"{path.parent}/", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "a.conllu: it holds no token"),
        ("1\tAda\t_\n", "a.conllu:1: 3 columns, where CoNLL-U has 10, with tabs between them"),
        (ROW.replace("\t", " "), "a.conllu:1: 1 columns, where CoNLL-U has 10, with tabs between them"),
        (ROW.replace("1", "x"), "a.conllu:1: 'x' is no number of a token"),
        (ROW + ROW, "a.conllu:2: token 1 where 2 was expected"),
        (ROW.replace("B-PER", "I-PER"), "a.conllu:1: NER=I-PER: no entity of this label goes before it"),
        (
            ROW + ROW.replace("1", "2").replace("B-PER", "E-PER"),
            "a.conllu:2: NER=E-PER: not O, B-LABEL or I-LABEL",
        ),
        (
            f"# newdoc id = x\n{ROW}\n# newdoc id = y\n{ROW}\n# newdoc id = x\n{ROW}",
            "a.conllu:7: article x comes a second time",
        ),
        (b"# text = Zo\xeb\n", "a.conllu:1: not UTF-8 (byte 0xeb)"),
        (
            ROW + ROW.replace("1", "2").replace("B-PER", "I-ORG"),
            "a.conllu:2: NER=I-ORG: no entity of this label goes before it",
        ),
    ],
)
def test_conllu_tells_what_is_broken(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert refusal("conllu", tmp_path / "a.conllu", content) == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "a.csv:1: no column doc_id or start or end or label"),
        ("doc_id,start,end\n", "a.csv:1: no column label"),
        ("doc_id,start,end,label\na,0,3\n", "a.csv:2: 3 columns, where the first line has 4"),
        ("doc_id,start,end,label\na,0,x,PER\n", "a.csv:2: end: 'x' is no offset"),
        ("doc_id,start,end,label\na,-1,3,PER\n", "a.csv:2: start: '-1' is no offset"),
        ("doc_id,start,end,label\na,3,3,PER\n", "a.csv:2: start 3 is not before end 3"),
        ("doc_id,start,end,label\na,0,3,\n", "a.csv:2: label: it is empty"),
        ("doc_id,start,end,label\na,0,3,PER\na,0,3,PER\n", "a.csv:3: a 0-3 PER comes a second time"),
        (
            "doc_id,start,end,label\na,0,3,PER\nb,0,3,PER\na,4,5,PER\n",
            "a.csv:4: rows of a came before: rows of one article have to stand together",
        ),
        (
            "doc_id,start,end,label,status\na,0,3,PER,gold\n",
            "a.csv:2: status: 'gold', not confirmed, rejected, suggested",
        ),
        ("doc_id,start,end,label,score\na,0,3,PER,high\n", "a.csv:2: score: 'high' is no number"),
        ('doc_id,start,end,label\na,0,3,"PER\n', "a.csv:2: not a table: unexpected end of data"),
        (b"doc_id,start,end,label\nZo\xeb,0,3,PER\n", "a.csv:2: not UTF-8 (byte 0xeb)"),
    ],
)
def test_a_table_tells_what_is_broken(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert refusal("csv", tmp_path / "a.csv", content) == said
    tabs = content if isinstance(content, bytes) else content.replace(",", "\t")
    if isinstance(tabs, str):
        assert refusal("tsv", tmp_path / "a.tsv", tabs) == said.replace("a.csv", "a.tsv")


ARTICLE = GoldArticle("a", "", "Ada 👩 met Zoë", (GoldSpan(0, 3, "PER"), GoldSpan(10, 13, "PER")))


def as_written(name: str, folder: Path) -> str:
    """What we write for one article."""
    form = find_format(name)
    assert form.write is not None
    form.write(folder, [ARTICLE], WriteOptions(LabelScheme((Label("PER"),))))
    return next(folder.glob("a.*")).read_text("utf-8")


def changed(content: str, change: Callable[[list[dict[str, Any]]], object]) -> str:
    """The CAS with its feature structures changed: the text first, then the entities."""
    doc = json.loads(content)
    change(doc["%FEATURE_STRUCTURES"])
    return json.dumps(doc)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda held: held[1].update(begin=3), "a.json: NamedEntity 1: 3-3 is no range of its text"),
        (lambda held: held[1].update(begin=2, end=1), "a.json: NamedEntity 1: 2-1 is no range of its text"),
        (lambda held: held[2].update(end=99), "a.json: no CAS that can be read: Not mapping external offset [99]"),
        (lambda held: held[2].update(begin=5), "a.json: no CAS that can be read: Not mapping external offset [5]"),
        (lambda held: held[0].pop("sofaString"), "a.json: its view holds no text"),
        (lambda held: held[1].update({"%TYPE": "no.such"}), "a.json: no CAS that can be read:"),
        (lambda held: held.pop(0), "a.json: no CAS that can be read:"),
    ],
)
def test_cas_json_tells_what_is_broken(
    tmp_path: Path, change: Callable[[list[dict[str, Any]]], object], said: str
) -> None:
    content = changed(as_written("cas-json", tmp_path), change)
    assert refusal("cas-json", tmp_path / "a.json", content).startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"%TYPES": {', "a.json:1: no CAS that can be read: Expecting property name"),
        ("[]", "a.json: no CAS that can be read:"),
        (b'{"Zo\xeb": 1}', "a.json:1: not UTF-8 (byte 0xeb)"),
    ],
)
def test_cas_json_tells_what_is_no_cas(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert refusal("cas-json", tmp_path / "a.json", content).startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('begin="11"', 'begin="99"', "a.xmi: no CAS that can be read: Not mapping external offset [99]"),
        ('begin="11"', 'begin="5"', "a.xmi: no CAS that can be read: Not mapping external offset [5]"),
        ('begin="11"', 'begin="14"', "a.xmi: NamedEntity 2: 13-13 is no range of its text"),
        ('begin="11"', 'begin="x"', "a.xmi: no CAS that can be read: invalid literal for int()"),
        ("sofaString=", "nothing=", "a.xmi: "),
        ("</xmi:XMI>", "", "a.xmi:"),
        ("Zoë", "Zo\x01", "a.xmi:"),
        ("<cas:Sofa", "<cas:Zofa", "a.xmi: no CAS that can be read:"),
    ],
)
def test_cas_xmi_tells_what_is_broken(tmp_path: Path, old: str, new: str, said: str) -> None:
    content = as_written("cas-xmi", tmp_path)
    assert old in content
    message = refusal("cas-xmi", tmp_path / "a.xmi", content.replace(old, new))
    assert message.startswith(said) and "\n" not in message
