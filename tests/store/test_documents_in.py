"""Pages, books, PDFs, feeds and archives become articles with their text as a reader sees it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from document_helpers import drafts, items, refusals
from documents_made import ATOM, PAGE, PAGE_TEXT, RSS, epub, pdf, zipped
from hypothesis import given
from hypothesis import strategies as st

from annotate.articles import clean_text
from annotate.errors import TextError
from store.documents.markup import shown_text
from store.documents.values import Note


def made(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_page_is_its_main_text_with_every_character_kept(tmp_path: Path) -> None:
    (one,) = drafts(made(tmp_path, "talks.html", PAGE))
    assert one.text == PAGE_TEXT
    assert (one.stem, one.title, one.kind) == ("talks", "Talks in Lima", "html")
    changed = one.metadata["changed"]
    assert {**one.metadata, "changed": ""} == {
        "file": "talks.html",
        "author": "Jane Q. Doe",
        "date": "2024-03-05",
        "site": "The Daily",
        "changed": "",
    }
    assert changed.startswith("HTML made plain text by trafilatura ")


@pytest.mark.parametrize(
    ("encoding", "declared", "name"),
    [
        ("cp1252", "ISO-8859-1", "windows-1252"),
        ("cp1251", "windows-1251", "windows-1251"),
        ("gb18030", "gb2312", "gb18030"),
        ("utf-16", "utf-8", "utf-16"),
    ],
)
def test_a_page_is_in_the_encoding_that_it_names(tmp_path: Path, encoding: str, declared: str, name: str) -> None:
    page = PAGE.replace("utf-8", declared).replace("Qamar", "Çamar" if encoding == "cp1252" else "Пётр")
    (one,) = drafts(made(tmp_path, "x.html", page.encode(encoding, "xmlcharrefreplace")))
    assert ("Çamar" if encoding == "cp1252" else "Пётр") in one.text
    assert one.metadata["changed"].startswith(f"decoded from {name}; ")


def test_a_page_that_names_a_wrong_encoding_is_treated_as_text_is(tmp_path: Path) -> None:
    path = made(tmp_path, "x.html", PAGE.replace("Qamar", "Qämär").encode("cp1252", "xmlcharrefreplace"))
    (line,) = refusals(path)
    assert line.startswith("x.html: line 7: not UTF-8 (byte 0xe4); it looks like windows-1252: “<p>General")
    assert "Qämär" in drafts(path, accept_encoding=True)[0].text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two<p> three \n four</p>five", "one\ntwo\n\nthree four\n\nfive"),
        ("<p>a<!-- c -->b <b> c</b></p>", "ab c"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d", "a\nb\nc\n\nd"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("<pre>\n a\n  b\n</pre><p>c", " a\n  b\n\nc"),
        ("a\xa0\u200cb&shy;<ruby>漢<rp>(</rp><rt>kan</rt></ruby>", "a\xa0\u200cb\xad漢"),
        ("<script>x()</script><style>y</style><p hidden>z</p>seen<template>t</template>", "seen"),
        ("<p> <i> a </i> , <i>b</i></p>", "a , b"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("", ""),
        ("<!-- -->", ""),
    ],
)
def test_html_is_laid_out_as_it_is_seen(html: str, text: str) -> None:
    assert shown_text(html) == text


@given(st.text("<>/ab ph1ulitrd=\"'&;\n\t!-", max_size=120))
def test_any_html_gives_a_text_that_can_be_an_article(html: str) -> None:
    text = shown_text(html)
    try:
        assert clean_text(text)[0] == text.rstrip("\n")
    except TextError:
        assert not text.strip()


def test_a_book_is_an_article_of_each_chapter_that_holds_text(tmp_path: Path) -> None:
    chapters = {
        "cover.xhtml": '<html><head><title/></head><body><img src="c.png"/></body></html>',
        "one%20a.xhtml": "<html><body><h1>The <i>first</i></h1><p>Mr&#160;Khan came.</p></body></html>",
        "two.xhtml": '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Café.</p></body></html>',
    }
    more = {"OPS/one a.xhtml": chapters["one%20a.xhtml"], "OPS/two.xhtml": chapters["two.xhtml"].encode("latin-1")}
    one, two = drafts(made(tmp_path, "book.epub", epub(chapters, **more)))
    assert (one.stem, one.title, one.text) == ("book-2", "The first", "The first\n\nMr\xa0Khan came.")
    assert one.metadata == {
        "file": "book.epub",
        "book": "The Book",
        "author": "Jane Doe; Jon Roe",
        "chapter": "2",
        "changed": "EPUB made plain text",
    }
    assert (two.stem, two.text) == ("book-3", "Café.")
    assert two.metadata["changed"] == "decoded from windows-1252; EPUB made plain text"


def test_a_pdf_is_the_text_of_its_pages(tmp_path: Path) -> None:
    data = pdf(["Talks in Lima", "Mr Khan came."], [], ["He left."], Title="The  talks", Author="Jane Doe")
    (one,) = drafts(made(tmp_path, "talks.pdf", data))
    assert (one.stem, one.title, one.text) == ("talks", "The talks", "Talks in Lima\nMr Khan came.\n\nHe left.")
    assert (one.metadata["author"], one.metadata["pages"]) == ("Jane Doe", "3")
    assert one.metadata["changed"].startswith("PDF made plain text by pypdf ")


def test_a_feed_is_an_article_of_each_entry_that_holds_text(tmp_path: Path) -> None:
    one, two, note = items(made(tmp_path, "wire.rss", RSS))
    assert (one.stem, one.title, one.text) == ("Lima & Quito", "Lima & Quito", "Mr Khan came.\n\nHe left.")
    assert one.metadata == {
        "file": "wire.rss",
        "author": "jane@example.org (Jane Doe)",
        "date": "2024-03-05",
        "site": "The Wire",
        "url": "https://example.org/1",
        "changed": "HTML made plain text",
    }
    assert (two.stem, two.title, two.text) == ("wire-3", "A summary of it.", "A summary of it.")
    assert note == Note(str(tmp_path / "wire.rss"), "1 of 3 entries hold no text")


def test_an_atom_feed_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    (one,) = drafts(made(tmp_path, "feed.xml", ATOM))
    assert (one.title, one.text, one.kind) == ("One thing", "Mr Khan came.", "feed")
    assert (one.metadata["date"], one.metadata["entry"]) == ("2024-03-05", "urn:1")


def test_a_feed_that_is_cut_is_read_as_far_as_it_goes_and_that_is_said(tmp_path: Path) -> None:
    note, one = items(made(tmp_path, "wire.rss", RSS[: RSS.index("<item><title>Only")]))
    assert str(note).endswith("wire.rss: line 6: no well-formed XML; see whether all its entries are there")
    assert one.text == "Mr Khan came.\n\nHe left."


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    inner = zipped({"deep.md": "# Deep\n\nText."})
    data = zipped(
        {
            "b/10.txt": "ten",
            "b/9.txt": "nine",
            "rows.jsonl": '{"text": "row"}\n',
            "inner.zip": inner,
            "page.html": PAGE,
            "book.epub": epub({"c.xhtml": "<p>Chapter"}),
            "x.png": b"\x89PNG",
            ".DS_Store": b"",
            "__MACOSX/._a.txt": b"\0",
        }
    )
    path = made(tmp_path, "pack.zip", data)
    assert [(one.metadata["file"], one.kind) for one in drafts(path)] == [
        ("pack.zip/b/9.txt", "text"),
        ("pack.zip/b/10.txt", "text"),
        ("pack.zip/book.epub", "epub"),
        ("pack.zip/inner.zip/deep.md", "markdown"),
        ("pack.zip/page.html", "html"),
        ("pack.zip/rows.jsonl", "jsonl"),
    ]
    assert [one.stem for one in drafts(path, include=("b/*",))] == ["9", "10"]
    assert [one.kind for one in drafts(path, include=("*.txt",), kind="markdown")] == ["markdown"] * 2
    (tmp_path / "pack").write_bytes(data)
    assert [one.kind for one in drafts(tmp_path / "pack", include=("*.md", "*.zip"))] == ["markdown"]
    assert [one.kind for one in drafts(tmp_path / "pack", kind="zip", exclude=("*.html", "*.epub", "b"))] == [
        "markdown",
        "jsonl",
    ]


@pytest.mark.parametrize(
    ("name", "data", "module", "line"),
    [
        ("x.html", PAGE, "trafilatura", 'HTML needs the extra [html]: pip install "manicule[html]"'),
        ("x.html", PAGE, "lxml.html", 'HTML needs the extra [html]: pip install "manicule[html]"'),
        ("x.epub", epub({"c.xhtml": ""}), "lxml.etree", 'EPUB needs the extra [html]: pip install "manicule[html]"'),
        ("x.pdf", pdf(["a"]), "pypdf", 'PDF needs the extra [pdf]: pip install "manicule[pdf]"'),
        ("x.rss", RSS, "feedparser", 'a feed needs the extra [feeds]: pip install "manicule[feeds]"'),
    ],
)
def test_a_library_that_is_missing_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: str | bytes, module: str, line: str
) -> None:
    path = made(tmp_path, name, data)
    monkeypatch.setitem(sys.modules, module, None)
    assert refusals(path) == [f"{name}: {line}"]
