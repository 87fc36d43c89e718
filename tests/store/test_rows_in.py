"""JSONL and CSV become an article a row: text, id and title by their columns, all others kept as metadata."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from document_helpers import drafts, refusals
from hypothesis import given
from hypothesis import strategies as st

from annotate.articles import clean_text
from annotate.errors import TextError
from store.documents.columns import row_draft
from store.documents.values import Options, Source

ROWS = [
    {"id": "a/1", "title": "One\n thing", "text": "Lima\r\nPeru", "page": 3, "tags": ["x", "é"], "none": None},
    {"text": "no id,\u2028 no title\x0b\x85 here"},
]


def jsonl(folder: Path, *rows: object) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), newline="")
    return path


def test_a_line_of_json_is_an_article_with_its_other_values_as_metadata(tmp_path: Path) -> None:
    one, two = drafts(jsonl(tmp_path, *ROWS))
    assert (one.stem, one.title, one.text, one.kind) == ("a/1", "One thing", "Lima\nPeru", "jsonl")
    assert one.metadata == {
        "file": "rows.jsonl",
        "line": "1",
        "page": "3",
        "tags": '["x", "é"]',
        "changed": "newlines made \\n",
    }
    assert (two.stem, two.text) == ("rows-2", "no id,\u2028 no title\x0b\x85 here")


def test_columns_have_the_names_that_are_asked_for(tmp_path: Path) -> None:
    path = jsonl(tmp_path, {"body": "Lima", "no": 7, "head": "H", "file": "x", "text": "other"})
    (one,) = drafts(path, text_column="body", id_column="no", title_column="head")
    assert (one.stem, one.title, one.text) == ("7", "H", "Lima")
    assert one.metadata == {"file": "rows.jsonl", "file_": "x", "text": "other", "line": "1"}


def test_each_line_that_can_be_no_article_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [
        b'\xef\xbb\xbf{"text": "fine"}',
        b"",
        b"{",
        b"[1]",
        b'{"t": 1, "u": 2}',
        b'{"text": 5}',
        b'{"text": " "}',
        b'{"text": "a\\u0000"}',
        b'{"text": "\\ud83d"}',
        b'{"text": "x", "id": "\\ud83d"}',
        b'{"text": "x", "\\ud83d": 1}',
        b'{"text": ' + b"[" * 100_000,
        b'{"text": "x", "n": ' + b"9" * 10_000 + b"}",
    ]
    path.write_bytes(b"\n".join(lines))
    assert refusals(path) == [
        "rows.jsonl: line 3: no JSON (Expecting property name enclosed in double quotes, character 2)",
        "rows.jsonl: line 4: no JSON object",
        "rows.jsonl: line 5: no column 'text' (--text-column); there is t, u",
        "rows.jsonl: line 6: 'text' is no text",
        "rows.jsonl: line 7: the text is empty",
        "rows.jsonl: line 8: line 1: holds a NUL character",
        "rows.jsonl: line 9: line 1: holds a lone surrogate, which is no character",
        "rows.jsonl: line 10: id: holds a lone surrogate",
        "rows.jsonl: line 11: \\ud83d: holds a lone surrogate",
        "rows.jsonl: line 12: no JSON that can be read (nested too deeply, or a number too long)",
        "rows.jsonl: line 13: no JSON that can be read (nested too deeply, or a number too long)",
    ]


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_any_row_gives_what_utf_8_can_hold_or_is_refused(text: str, key: str, rest: dict[str, object]) -> None:
    source = Source("rows.jsonl", "rows.jsonl", lambda: pytest.fail("nothing is to be read"))
    try:
        made = row_draft(source, Options(), 1, {"text": text, "id": key, **rest}, "jsonl", ())
    except TextError:
        return
    assert clean_text(made.text) == (made.text, ())
    "".join((made.stem, made.title, *made.metadata, *made.metadata.values())).encode()


@pytest.mark.parametrize(("name", "mark"), [("t.csv", ","), ("t.csv", ";"), ("t.tsv", "\t"), ("t.csv", "|")])
def test_a_row_of_a_table_is_an_article(tmp_path: Path, name: str, mark: str) -> None:
    path = tmp_path / name
    table = '\ufeffid,text,place\r\n7,"Lima, and\r\n ""Peru""",here\r\n\r\n8,Quito\r\n'
    path.write_bytes(table.replace(",", mark).encode())
    one, two = drafts(path)
    assert (one.stem, one.text, one.kind) == ("7", f'Lima{mark} and\n "Peru"', "csv")
    assert one.metadata == {"file": name, "line": "2", "place": "here", "changed": "newlines made \\n"}
    assert (two.stem, two.text, two.metadata["line"]) == ("8", "Quito", "5")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (b"a,b\n1,2\n", "t.csv: line 1: no column 'text' (--text-column); there is a, b"),
        (b"", "t.csv: line 1: no column 'text' (--text-column); there is none"),
        (b"text,a,a\n1,2,3\n", "t.csv: line 1: two columns 'a'"),
        (b"text\nx\na,b\n", "t.csv: line 3: 2 fields under 1 columns"),
        (b'text\n"x', "t.csv: line 2: no row of a table (unexpected end of data)"),
        (b'text\n"x"y\n', "t.csv: line 2: no row of a table (',' expected after '\"')"),
        (b"text,b\n,2\n", "t.csv: line 2: the text is empty"),
        (b"text\nx\0y\n", "t.csv: line 2: line 1: holds a NUL character"),
    ],
)
def test_what_is_wrong_with_a_table_is_named(tmp_path: Path, table: bytes, expected: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table)
    assert refusals(path) == [expected]
