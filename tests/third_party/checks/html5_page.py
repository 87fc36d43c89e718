"""html5lib, strict: the page is HTML without a parse error, every text in it once, every span in marks of its label."""

from __future__ import annotations

import html5lib
from common import OURS, TEXTS, expected

with (OURS / "html.html").open("rb") as file:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(file)
marked: dict[str, list[tuple[str, int, int]]] = {}
for article in page.iter("article"):
    text = article.find("div")
    assert text is not None
    if "".join(text.itertext()) != TEXTS[article.attrib["id"]]:
        raise SystemExit(f"{article.attrib['id']}: another text")
    marked[article.attrib["id"]] = [(m.attrib["title"], 0, len("".join(m.itertext()))) for m in text.iter("mark")]
for article_id, start, end, label, surface in expected("html"):
    length = sum(piece[2] for piece in marked[article_id] if piece[0] == label)
    if length < end - start:
        raise SystemExit(f"{article_id}: {label} {surface!r} is not marked")
print(f"no parse error, {len(marked)} texts as they were, {sum(map(len, marked.values()))} marks")
