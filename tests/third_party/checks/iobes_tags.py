"""iobes: every sequence of tags is legal, in CoNLL-U, in IOB2 and in BIOES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from common import OURS, expected
from iobes import parse_spans_bio_with_errors, parse_spans_iobes_with_errors

Parse = Callable[[list[str]], tuple[list[Any], list[Any]]]


def sentences(name: str) -> Iterator[list[list[str]]]:
    for block in (OURS / name).read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows:
            yield rows


def check(form: str, name: str, tag: Callable[[list[str]], str], parse: Parse) -> int:
    spans = 0
    for rows in sentences(name):
        found, errors = parse([tag(row) for row in rows])
        if errors:
            raise SystemExit(f"{name}: {errors}")
        spans += len(found)
    if spans != len(expected(form)):
        raise SystemExit(f"{name}: {spans} entities, not {len(expected(form))}")
    return spans


def in_misc(row: list[str]) -> str:
    return dict(part.partition("=")[::2] for part in row[9].split("|")).get("NER", "O")


spans = check("conllu", "conllu.conllu", in_misc, parse_spans_bio_with_errors)
check("iob2", "iob2.iob", lambda row: row[1], parse_spans_bio_with_errors)
check("bioes", "bioes.bioes", lambda row: row[1], parse_spans_iobes_with_errors)
print(f"{spans} entities each, every transition legal")
