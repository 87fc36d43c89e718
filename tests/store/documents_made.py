"""Documents that the tests make: pages, books, PDFs, feeds and archives, whole or as broken as a test wants them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Talks in Lima | The Daily</title>
<meta name="author" content="Jane Q. Doe"><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<div class="cookie">We use cookies. Accept all cookies now.</div>
<article><h1>Talks in Lima</h1>
<p>General <b>Qamar</b> Javed met Mr&nbsp;Khan in <a href="/lima">Lima</a> on Friday, and he said
that all was well with the water.<br>It rained.</p>
<p>Persian می\u200cخواهم and 👩🏽\u200d💻 stand in a paragraph that is long enough to be kept by anyone who reads.</p>
<ul><li>the first item in a list of things</li><li>the second item of that list</li></ul>
<table><tr><th>City</th><th>People</th></tr><tr><td>Lima</td><td>10</td></tr></table>
<h2>What is next</h2><p>More text stands here, with more words, so that nobody thinks that it is an advert.</p>
</article><div id="comments"><p>Bob: nice! I liked this one so much, thank you all for it.</p></div>
<footer>Copyright 2024 The Daily</footer><script>document.write("run")</script></body></html>"""

PAGE_TEXT = """Talks in Lima

General Qamar Javed met Mr\xa0Khan in Lima on Friday, and he said that all was well with the water.
It rained.

Persian می\u200cخواهم and 👩🏽\u200d💻 stand in a paragraph that is long enough to be kept by anyone who reads.

the first item in a list of things
the second item of that list

City | People
Lima | 10

What is next

More text stands here, with more words, so that nobody thinks that it is an advert."""

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Wire</title>
<item><title>Lima &amp;amp; Quito</title><link>https://example.org/1</link><author>jane@example.org (Jane Doe)</author>
<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Mr <b>Khan</b> came.</p><script>run()</script><p>He left.</p>]]></content:encoded></item>
<item><title>Only a title</title></item>
<item><description>A summary of &lt;i&gt;it&lt;/i&gt;.</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title type="html">One &lt;b&gt;thing&lt;/b&gt;</title><id>urn:1</id><updated>2024-03-05T10:00:00Z</updated>
<author><name>Jane Doe</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Mr Khan
came.</p></div></content></entry></feed>"""

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def package(*chapters: str, title: str = "The Book") -> str:
    """The package document of a book whose chapters lie at these places."""
    page = '<item id="c{}" href="{}" media-type="application/xhtml+xml"/>'
    items = "".join(page.format(number, name) for number, name in enumerate(chapters))
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Jane Doe</dc:creator>'
        f"<dc:creator>Jon Roe</dc:creator></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def epub(chapters: Mapping[str, str], **more: str | bytes) -> bytes:
    """An EPUB; `more` are members besides, or instead of those it has."""
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": package(*chapters),
        **{f"OPS/{name}": html for name, html in chapters.items()},
    }
    return zipped(members | more)


def pdf(*pages: Sequence[str], password: str = "", **about: str) -> bytes:
    """A PDF with pages of lines."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    reference = writer._add_object(DictionaryObject({NameObject(key): NameObject(font[key]) for key in font}))
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): reference})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream.set_data(f"BT /F1 12 Tf 14 TL 50 800 Td {shown}ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({f"/{key}": value for key, value in about.items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
