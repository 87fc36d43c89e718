"""Whatever is done to a file, reading it gives articles or one line that names the file: never another error."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from round_trips import TEST_STRING, WriteOptions, fitted, scheme, written

from annotate.errors import ManiculeError
from store.formats import find_format, format_names
from store.formats.model import GoldArticle, GoldSpan, ReadOptions

ARTICLES = [
    GoldArticle("one", "Ada", TEST_STRING, (GoldSpan(0, 12, "PERSON", note="x"), GoldSpan(41, 47, "GPE"))),
    GoldArticle("two", "Zoë", "Zoe\u0308 left.\n\n“東京” stays.", (GoldSpan(0, 4, "PERSON"),)),
]
READ = [name for name in format_names() if find_format(name).read and name != "huggingface-parquet"]
PIECES = [
    b"\x00",
    b"\xff",
    b"\n",
    b"\t",
    b'"',
    b"{",
    b"]",
    b"-1",
    b"null",
    b"\\",
    b"\xef\xbb\xbf",
    b"<",
    b"\\ud800",
    b"\r",
]
NUMBERS = [b"-1", b"0", b"99999", b"x", b"null", b'""', b"[]", b"1.5", b"true"]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with a piece cut off, taken out, put in, or a number replaced."""
    at = chance.randrange(len(content) + 1)
    match chance.randrange(4):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[at + chance.randrange(1, 12) :]
        case 2:
            return content[:at] + chance.choice(PIECES) + content[at:]
        case _:
            found = chance.choice([*re.finditer(rb"\d+", content)] or [*re.finditer(b"", content)])
            return content[: found.start()] + chance.choice(NUMBERS) + content[found.end() :]


@pytest.mark.parametrize("name", READ)
def test_a_damaged_file_is_read_or_refused_by_name(name: str, tmp_path: Path) -> None:
    form, chance = find_format(name), random.Random(name)
    out = written(name, fitted(form, ARTICLES, WriteOptions(scheme())), tmp_path / f"out{form.suffix}")
    files = sorted(one for one in out.rglob("*") if one.is_file()) if out.is_dir() else [out]
    files = [one for one in files if one.name != "TypeSystem.xml"]
    refused = 0
    for _ in range(60):
        file = chance.choice(files)
        content = file.read_bytes()
        file.write_bytes(damaged(content, chance))
        try:
            assert form.read is not None
            for read in form.read(out, ReadOptions()):
                read.article.text.encode()
        except ManiculeError as error:
            refused += 1
            assert str(tmp_path) in error.message
            assert "\n" not in error.message
        file.write_bytes(content)
    assert refused
