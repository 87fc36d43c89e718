"""Whatever a document is made of, reading it ends in articles or in one line that names it; nothing else happens."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from document_helpers import items, refusals
from documents_made import CONTAINER, PAGE, RSS, epub, package, pdf, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from small_projects import small_project, tree

from annotate.articles import clean_text
from store.documents import patience
from store.documents.dispatch import items_of
from store.documents.values import Options, Source
from store.project import Draft
from store.reading_in import look_through, read_documents
from tui import main
from tui.safe_text import drawable_line

ENTITIES = '<!DOCTYPE x [<!ENTITY a "boo"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(20)) + "]>"


def member(name: str, data: bytes = b"A text.", *, mode: int = 0, flags: int = 0, system: int = 3) -> bytes:
    """An archive with one member that an honest program would not make."""
    info = zipfile.ZipInfo("x.txt")
    info.filename = name
    info.external_attr = mode << 16
    info.create_system = system
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    made = bytearray(file.getvalue())
    if flags:
        made[6] |= flags
        made[made.index(b"PK\1\2") + 8] |= flags
    return bytes(made)


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


def bomb(size: int = 64 * 2**20) -> bytes:
    """An archive with much of nothing in it."""
    return zipped({"zeros.txt": b"0" * size})


def overlapping(count: int) -> bytes:
    """An archive whose members are all the same bytes, listed many times."""
    data = zipped({"a.txt": b"0" * 100_000})
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    entry = data[start:end]
    directory = entry * count
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
    return data[:start] + directory + tail


def nested(depth: int) -> bytes:
    data = zipped({"deep.txt": "A text."})
    for _ in range(depth):
        data = zipped({"inner.zip": data})
    return data


def lying(declared: int) -> bytes:
    """An archive that says another size of its member than it has."""
    data = bytearray(zipped({"a.txt": b"A text that is longer than it says."}))
    real = struct.pack("<I", 35)
    said = struct.pack("<I", declared)
    assert data.count(real) >= 2
    return bytes(data.replace(real, said))


def book(**members: str | bytes) -> bytes:
    return epub({"c.xhtml": "<p>A text."}, **members)


def opf(text: str) -> bytes:
    return book(**{"OPS/book.opf": text})


UNENDED = "Premature end of data in tag package line 1, line 1, column 10"
CYCLE = patched(pdf(["Text"]), b"/Kids [ 5 0 R ]", b"/Kids [ 2 0 R ]")
NO_ZIP = "no zip archive that can be read"
RATIO = "would unpack to more than 1,000 times its size"
BROKEN: dict[str, tuple[str | bytes, str]] = {
    # Text
    "empty.txt": (b"", "the text is empty"),
    "blank.txt": ("\ufeff \r\n\t\u2003\n", "the text is empty"),
    "nul.txt": (b"a\n\0b", "line 2: holds a NUL character"),
    "utf16.txt": (
        "Text.".encode("utf-16"),
        "line 1: not UTF-8 (byte 0xff); it looks like utf-16: “Text.” (--accept-encoding)",
    ),
    "utf16le.txt": ("Text".encode("utf-16-le"), "line 1: holds a NUL character"),
    "surrogate.txt": (
        b"a\xed\xa0\x80b",
        "line 1: not UTF-8 (byte 0xed); it looks like windows-1251: “aн\xa0Ђb” (--accept-encoding)",
    ),
    "overlong.txt": (
        b"../\xc0\xae\xc0\xae/",
        "line 1: not UTF-8 (byte 0xc0); it looks like cp932: “../ﾀｮﾀｮ/” (--accept-encoding)",
    ),
    "cut.txt": (
        "Text é".encode()[:-1],
        "line 1: not UTF-8 (byte 0xc3); it looks like windows-1252: “Text Ã” (--accept-encoding)",
    ),
    "image.md": ("![only](a.png)\n\n```\ncode\n```\n", "the text is empty"),
    "nul.md": ("# a\0", "line 1: holds a NUL character"),
    "noise.bin": (bytes(range(256)), "of no kind that can be read; --as KIND says what it is"),
    "picture": (b"\x89PNG\r\n\x1a\n", "of no kind that can be read; --as KIND says what it is"),
    "report.docx": (
        zipped({"[Content_Types].xml": "<Types/>"}),
        "of no kind that can be read; --as KIND says what it is",
    ),
    "data.xml": ("<TEI><text/></TEI>", "of no kind that can be read; --as KIND says what it is"),
    # Rows
    "deep.jsonl": (
        '{"text": ' + "[" * 100_000,
        "line 1: no JSON that can be read (nested too deeply, or a number too long)",
    ),
    "digits.jsonl": (
        '{"text": "x", "n": ' + "9" * 5000 + "}",
        "line 1: no JSON that can be read (nested too deeply, or a number too long)",
    ),
    "list.jsonl": ('["text"]', "line 1: no JSON object"),
    "half.jsonl": ('{"text": "\\ud800"}', "line 1: line 1: holds a lone surrogate, which is no character"),
    "key.jsonl": ('{"text": "x", "\\udfff": "y"}', "line 1: \\udfff: holds a lone surrogate"),
    "pickle.jsonl": (
        b"\x80\x04cos\nsystem\n",
        "line 1: not UTF-8 (byte 0x80), nor anything else that is known; --encoding says what it is",
    ),
    "quote.csv": ('text\n"never ends', "line 2: no row of a table (unexpected end of data)"),
    "wide.csv": ("text\na,b,c\n", "line 2: 3 fields under 1 columns"),
    "twice.csv": ("text,text\na,b\n", "line 1: two columns 'text'"),
    "none.csv": ("a\tb\n1\t2\n", "line 1: no column 'text' (--text-column); there is a, b"),
    "nul.tsv": (b"text\na\0b\n", "line 2: line 1: holds a NUL character"),
    # Pages
    "empty.html": (b"", "no main text found in the page"),
    "script.html": ("<script>document.write('x')</script>", "no main text found in the page"),
    "deep.html": ("<div>" * 100_000 + "x", "its elements are nested too deeply"),
    "bold.html": ("<p>" + "<b>" * 5_000 + "x", "its elements are nested too deeply"),
    "nul.html": (PAGE.replace("Khan", "K\0han"), "holds a NUL character"),
    "comment.html": ("<!--" * 100_000, "no main text found in the page"),
    "latin.html": (
        PAGE.replace("Qamar", "Qämar").encode("cp1252", "ignore"),
        "line 7: not UTF-8 (byte 0xe4); it looks like windows-1252: “<p>General <b>Qämar</b> Javed met M” "
        "(--accept-encoding)",
    ),
    # Books
    "no.epub": (b"PK\3\4 no", f"{NO_ZIP} (File is not a zip file)"),
    "bare.epub": (zipped({"a.txt": "x"}), "no EPUB: META-INF/container.xml is not in it"),
    "rootless.epub": (
        book(**{"META-INF/container.xml": "<container/>"}),
        "no EPUB: a package document is not in it",
    ),
    "away.epub": (
        book(**{"META-INF/container.xml": CONTAINER.replace("OPS/book.opf", "../../etc/passwd")}),
        "no EPUB: ../../etc/passwd is not in it",
    ),
    "entity.epub": (opf(ENTITIES + "<x>&b;</x>"), "OPS/book.opf: declares XML entities, which are not read"),
    "laughs.epub": (opf(LAUGHS + "<x>&e20;</x>"), "OPS/book.opf: declares XML entities, which are not read"),
    "utf16.epub": (
        book(**{"OPS/book.opf": ('<?xml version="1.0" encoding="utf-16"?>' + ENTITIES + "<x/>").encode("utf-16")}),
        "OPS/book.opf: declares XML entities, which are not read",
    ),
    "broken.epub": (
        opf("<package>"),
        f"OPS/book.opf: no XML that can be read ({UNENDED})",
    ),
    "gone.epub": (opf(package("gone.xhtml")), "OPS/gone.xhtml: not in the archive"),
    "out.epub": (opf(package("../../../etc/passwd")), "../../etc/passwd: not in the archive"),
    "drm.epub": (
        book(**{"META-INF/encryption.xml": '<e><EncryptionMethod Algorithm="aes256-cbc"/></e>'}),
        "its text is encrypted",
    ),
    "pictures.epub": (epub({"c.xhtml": "<img src='a.png'>"}), "no chapter in it holds text"),
    "slip.epub": (book(**{"../../x.txt": "x"}), "../../x.txt: a path that leads out of the archive"),
    "deep.epub": (
        epub({"c.xhtml": "<i>" * 9_000}),
        "OPS/c.xhtml: its elements are nested too deeply",
    ),
    # PDF
    "no.pdf": (b"%PDF-1.7\nnothing", "no PDF that can be read (Stream has ended unexpectedly)"),
    "empty.pdf": (b"", "no PDF that can be read (Cannot read an empty file)"),
    "scan.pdf": (pdf([]), "holds no text: pages that were scanned have none"),
    "locked.pdf": (pdf(["Text"], password="secret"), "needs a password"),
    "cut.pdf": (pdf(["Text"])[:-400], "no PDF that can be read (Stream has ended unexpectedly)"),
    "loop.pdf": (
        patched(pdf(["Text"]), b"/Kids [ 5 0 R ]", b"/Kids [ 2 0 R ]"),
        "no PDF that can be read (Detected cyclic page references.)",
    ),
    # Feeds
    "page.rss": (PAGE, "no RSS or Atom feed"),
    "path.rss": ("/etc/passwd", "no RSS or Atom feed"),
    "url.rss": ("http://127.0.0.1:9/feed", "no RSS or Atom feed"),
    "entity.rss": (
        RSS.replace("<rss", ENTITIES + "<rss").replace("Short", "&b;"),
        "declares XML entities, which are not read",
    ),
    "laughs.atom": (LAUGHS + "<feed>&e20;</feed>", "declares XML entities, which are not read"),
    "titles.rss": (
        '<rss version="2.0"><channel><item><title>A</title></item></channel></rss>',
        "no entry in it holds text",
    ),
    # Archives
    "no.zip": (b"PK", f"{NO_ZIP} (File is not a zip file)"),
    "empty.zip": (zipped({}), "no document in it that can be read"),
    "up.zip": (member("../up.txt"), "../up.txt: a path that leads out of the archive"),
    "up2.zip": (member("a/../../up.txt"), "a/../../up.txt: a path that leads out of the archive"),
    "up3.zip": (member("..\\up.txt"), "..\\up.txt: a path that leads out of the archive"),
    "root.zip": (member("/etc/cron.d/x.txt"), "/etc/cron.d/x.txt: an absolute path, which no member may have"),
    "drive.zip": (member("C:/x.txt"), "C:/x.txt: an absolute path, which no member may have"),
    "share.zip": (member("\\\\host\\x.txt"), "\\\\host\\x.txt: an absolute path, which no member may have"),
    "link.zip": (
        member("link.txt", b"/etc/passwd", mode=stat.S_IFLNK | 0o777),
        "link.txt: a link or a device, not a file",
    ),
    "fifo.zip": (member("p.txt", mode=stat.S_IFIFO | 0o600), "p.txt: a link or a device, not a file"),
    "device.zip": (member("d.txt", mode=stat.S_IFCHR | 0o600), "d.txt: a link or a device, not a file"),
    "locked.zip": (member("s.txt", flags=1), "s.txt: encrypted"),
    "nul.zip": (
        patched(member("name_x.txt"), b"name_x.txt", b"name\0x.txt"),
        "name\0x.txt: a name with a NUL character",
    ),
    "nameless.zip": (member(""), ": a member without a name"),
    "bomb.zip": (bomb(), f"{RATIO}, or more than 8192 MB"),
    "overlap.zip": (overlapping(3000), f"{RATIO}, or more than 8192 MB"),
    "nested.zip": (
        nested(3),
        "inner.zip: inner.zip: inner.zip: lies in 3 archives, one in the other; that is as deep as is looked",
    ),
    "bombs.zip": (
        zipped({"a.zip": bomb()}, zipfile.ZIP_STORED),
        f"a.zip: {RATIO}, or more than 8192 MB",
    ),
    "lying.zip": (lying(5), "a.txt: cannot be unpacked (Bad CRC-32 for file 'a.txt')"),
    "huge.zip": (lying(2**32 - 2), f"{RATIO}, or more than 8192 MB"),
    "crc.zip": (
        patched(zipped({"a.txt": "A text"}, zipfile.ZIP_STORED), b"A text", b"B text"),
        "a.txt: cannot be unpacked (Bad CRC-32 for file 'a.txt')",
    ),
    "method.zip": (
        patched(member("a.txt"), b"\x08\x00", b"\x63\x00"),
        "a.txt: cannot be unpacked (That compression method is not supported)",
    ),
    "cut.zip": (zipped({"a.txt": "A text"})[:-30], f"{NO_ZIP} (File is not a zip file)"),
    "inside.zip": (zipped({"a.txt": b"\0"}), "a.txt: line 1: holds a NUL character"),
}


WHOLE = {
    "x.html": PAGE.encode(),
    "x.epub": epub({"c.xhtml": "<h1>A</h1><p>text."}),
    "x.pdf": pdf(["A text.", "of two lines"]),
    "x.rss": RSS.encode(),
    "x.zip": zipped({"a.txt": "A text.", "b.zip": zipped({"c.md": "# Text"})}),
    "x.csv": b'id,text\n1,"a ""text"""\n',
    "x.jsonl": b'{"text": "A \\u00e9"}\n' * 3,
}
"""Documents that are as they should be."""


def test_there_are_at_least_sixty_hostile_files() -> None:
    assert len(BROKEN) >= 60


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("a document had something looked up or connected to")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", BROKEN)
def test_a_hostile_file_is_refused_with_exactly_these_words(tmp_path: Path, name: str) -> None:
    data, expected = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    assert refusals(path) == [f"{name}: {expected}"]
    assert list(tmp_path.iterdir()) == [path]


def test_all_of_them_together_leave_a_project_as_it_was(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project = small_project(tmp_path / "wire", {"a": "Ada met Bob."})
    (tmp_path / "in").mkdir()
    for name, (data, _) in BROKEN.items():
        (tmp_path / "in" / name).write_bytes(data.encode() if isinstance(data, str) else data)
    before = tree(tmp_path)
    files = [str(tmp_path / "in" / name) for name in BROKEN]
    assert main.run(["add", str(project.root), *files]) == 2
    lines = capfd.readouterr().err.split("\n")[:-1]
    assert len(lines) == len(BROKEN)
    for line, file in zip(lines, files, strict=True):
        assert line.startswith(f"manicule: {file}: ") and drawable_line(line) == line
    assert tree(tmp_path) == before


IDS = [
    "../../../up",
    "/etc/passwd",
    "C:\\up",
    "..",
    ".",
    "",
    "-rf",
    ".hidden",
    "con",
    "NUL.txt",
    "a" * 100_000,
    "é" * 500,
    "x\n\0\x1b]0;title\x07",
    "\u202e\u200b",
    "A",
    "a",
    "articles/ab/other.json",
    "~root",
    "$(id)",
    "%2e%2e%2f",
]


def test_no_id_of_a_document_chooses_where_anything_is_written(tmp_path: Path) -> None:
    project = small_project(tmp_path / "wire", {})
    rows = [json.dumps({"id": one, "text": f"Text {number}."}) for number, one in enumerate(IDS)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    mask = os.umask(0o027)
    try:
        found = list(project.adding(read_documents([tmp_path / "rows.jsonl"])))
    finally:
        os.umask(mask)
    assert len({one.article_id.casefold() for one in found}) == len(IDS)
    assert {path.name for path in tmp_path.iterdir()} == {"wire", "wire-labels.toml", "rows.jsonl"}
    written = [path for path in project.root.rglob("*") if path.is_file() and path.parent.parent.name == "articles"]
    assert len(written) == len(IDS)
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o640}
    assert [project.article(one.article_id).text for one in found] == [f"Text {n}." for n in range(len(IDS))]


def test_a_feed_that_is_a_path_does_not_open_it(tmp_path: Path) -> None:
    (tmp_path / "secret.rss").write_text(RSS)
    (tmp_path / "path.rss").write_text(str(tmp_path / "secret.rss"))
    assert refusals(tmp_path / "path.rss") == ["path.rss: no RSS or Atom feed"]


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with path.open("w") as file:
        for number in range(40):
            file.write(json.dumps({"text": f"{number} " * 250_000}) + "\n")
    tracemalloc.start()
    count = sum(isinstance(one, Draft) for one in look_through([path], Options()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (count, peak < path.stat().st_size / 3) == (40, True)


@settings(max_examples=200)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=4),
)
def test_a_document_of_which_any_bytes_were_changed_is_read_or_refused(
    name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    data = bytearray(WHOLE[name])
    for where, count, new in changes:
        at = int(where * len(data))
        data[at : at + count] = new
    kept = bytes(data)
    source = Source(name, name, lambda: io.BytesIO(kept))
    for item in items_of(source, Options(accept_encoding=True)):
        if isinstance(item, Draft):
            assert clean_text(item.text)[0] == item.text
        else:
            assert "\n" not in str(item)


def test_a_name_that_breaks_lines_or_goes_on_and_on_is_told_in_one(tmp_path: Path) -> None:
    (tmp_path / "n.zip").write_bytes(member("a\nb.txt", b"\0"))
    assert refusals(tmp_path / "n.zip") == ["n.zip: a\u240ab.txt: line 1: holds a NUL character"]
    (tmp_path / "c.csv").write_text('"a\nb",' + "c" * 90 + ",d" * 20 + "\n1\n")
    assert refusals(tmp_path / "c.csv") == [
        "c.csv: line 1: no column 'text' (--text-column); there is a\u240ab, " + "c" * 39 + "…" + ", d" * 10 + ", …"
    ]


def test_a_page_whose_elements_have_impossible_names_is_read_or_refused(tmp_path: Path) -> None:
    title_and_more = PAGE[PAGE.index("Lima |") : PAGE.index("ntent=")]
    (tmp_path / "x.html").write_text(PAGE.replace(title_and_more, "").replace("<head>", "<head(ф"))
    assert len(items(tmp_path / "x.html")) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of collectors that pytest brings
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.html", "<article>" + "<h1>A heading</h1>" * 20_000),
        ("x.md", "*a_" * 100_000),
        ("x.rss", "<rss><channel><item><description>" + "<item><description>x</description></item>" * 20_000),
        ("x.pdf", pdf(["A text of some words."] * 40_000)),
    ],
)
def test_a_document_that_keeps_its_parser_busy_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: str | bytes
) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.1)
    before = signal.getsignal(signal.SIGALRM)
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    assert refusals(path) == [f"{name}: takes longer than 0.1 s to read"]
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
