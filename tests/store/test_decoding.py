"""Bytes become characters as UTF-8, as a person says, or as they look if a person accepts that, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_helpers import drafts, refusals
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import TextError
from store.documents.decoding import decoded, is_encoding
from store.documents.values import Options

FRENCH = "Le président a déclaré à l’Assemblée que la réforme était terminée.\nOù est-il allé ?"
RUSSIAN = "Москва и Петербург большие города в России, сказал он."
JAPANESE = "東京は日本の首都です。人々がたくさん住んでいます。"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (FRENCH, "cp1252", "windows-1252"),
        ("café", "latin-1", "windows-1252"),
        ("Café à la crème déjà vu, naïve façade in Zürich — voilà.", "cp1252", "windows-1252"),
        ("El niño comió mañana en España; ¿qué pasó después?", "cp1252", "windows-1252"),
        ("İstanbul büyük bir şehir, çünkü nüfusu çok fazladır. Ağaç, ışık, gül.", "cp1254", "windows-1254"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "cp932", "cp932"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (FRENCH, "utf-16", "utf-16"),
    ],
)
def test_text_that_is_not_utf_8_is_read_as_it_looks_only_when_that_is_accepted(
    tmp_path: Path, text: str, encoding: str, name: str
) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode(encoding))
    (line,) = refusals(path)
    assert line.startswith("old.txt: line 1: not UTF-8 (byte 0x") and f"; it looks like {name}: “" in line
    (one,) = drafts(path, accept_encoding=True)
    assert one.text == text
    assert one.metadata["changed"] == f"decoded from {name}"


def test_the_words_around_are_shown_so_that_a_person_can_judge(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("one\nHe went to the café of Zoë\nthree".encode("latin-1"))
    assert refusals(path) == [
        "old.txt: line 2: not UTF-8 (byte 0xe9); it looks like windows-1252: "
        "“He went to the café of Zoë” (--accept-encoding)"
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (
            "Orbán Viktor Brüsszelben tárgyalt, majd Győrbe utazott.",
            "cp1250",
            "windows-1252: “en tárgyalt, majd Gyõrbe utazott.”, "
            "or like windows-1250: “en tárgyalt, majd Győrbe utazott.”",
        ),
        ("Wałęsa był w Gdańsku.", "cp1250", "windows-1252: “Wa³êsa by³ w Gdañsku.”, or like windows-1250: “Wałęsa był"),
        (
            "Václav Havel přijel.",
            "cp1250",
            "windows-1252: “Václav Havel pøijel.”, or like windows-1250: “Václav Havel p",
        ),
        ("שלום עולם", "cp1255", "windows-1251: “щмен темн”, or like windows-1255: “שלום עולם”"),
    ],
)
def test_what_may_be_another_encoding_is_shown_as_it_reads_in_both_where_these_differ(
    tmp_path: Path, text: str, encoding: str, told: str
) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode(encoding))
    (line,) = refusals(path)
    assert f"it looks like {told}" in line
    assert line.endswith("” (--accept-encoding takes the first, else --encoding)")
    (one,) = drafts(path, encoding=encoding)
    assert one.text == text


@pytest.mark.parametrize("text", [FRENCH, "Der Präsident fuhr nach München und Köln.", "São Paulo não é a capital."])
def test_nothing_else_is_shown_where_its_letters_would_be_those_of_no_language(tmp_path: Path, text: str) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode("cp1252"))
    (line,) = refusals(path)
    assert "it looks like windows-1252: “" in line and line.endswith("” (--accept-encoding)")


def test_an_encoding_that_is_said_is_the_one_that_is_used(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Ž\nŽ".encode("mac_roman", "ignore") + "x\né".encode("mac_roman"))
    (one,) = drafts(path, encoding="mac_roman")
    assert (one.text, one.metadata["changed"]) == ("\nx\né", "decoded from mac-roman")
    path.write_bytes(b"fine\n\xff")
    assert refusals(path, encoding="ascii") == ["old.txt: line 2: not ascii (byte 0xff)"]


def test_rows_are_decoded_as_whole_files_are(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "plain", "padding": "0123456789"}\n' * 30_000 + '{"text": "café"}\n'.encode("latin-1"))
    (line,) = refusals(path)
    assert line.startswith("rows.jsonl: line 30001: not UTF-8 (byte 0xe9); it looks like windows-1252")
    assert drafts(path, accept_encoding=True)[-1].text == "café"
    path.write_text('{"text": "café"}\n', encoding="utf-16")
    assert [one.text for one in drafts(path, accept_encoding=True)] == ["café"]


def test_a_text_that_only_begins_in_an_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes('{"text": "café à Zoë"}\n'.encode("cp1252") * 3000 + b"\x81\n")
    assert "not in the encoding that it begins in" in refusals(path, accept_encoding=True)[-1]


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes, accept: bool) -> None:
    try:
        text, changes = decoded(data, Options(accept_encoding=accept))
    except TextError as error:
        assert "\n" not in error.message
    else:
        assert text.encode() == data or (accept and changes)


def test_only_encodings_of_text_are_encodings() -> None:
    assert [name for name in ("utf-8", "hex", "rot13", "nope", "idna\0") if is_encoding(name)] == ["utf-8"]
