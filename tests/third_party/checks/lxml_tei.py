"""lxml: the corpus is well-formed XML in TEI's namespace, every id once, every reference to one that is there."""

from __future__ import annotations

from common import OURS, TEXTS, same
from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
root = etree.parse(str(OURS / "tei.xml"), etree.XMLParser(huge_tree=False)).getroot()
ids = [one.get(ID) for one in root.iter() if one.get(ID)]
if len(ids) != len(set(ids)):
    raise SystemExit("an id comes twice")
found = []
for article in root.iter(f"{TEI}TEI"):
    name = article.findtext(f".//{TEI}idno")
    ab = article.find(f".//{TEI}ab")
    places: dict[str, int] = {}
    text = ""
    open_ones: list[tuple[str | None, int]] = []
    for event, one in etree.iterwalk(ab, ("start", "end")):
        if event == "start":
            open_ones.append((one.get("type"), len(text)))
            if one.get(ID):
                places[one.get(ID)] = len(text)
            text += one.text or ""
            continue
        kind, start = open_ones.pop()
        if kind:
            found.append((name, start, len(text), kind, TEXTS[name][start : len(text)]))
        if one is not ab:
            text += one.tail or ""
    if text != TEXTS[name]:
        raise SystemExit(f"{name}: another text")
    for span in article.iter(f"{TEI}span"):
        start, end = places[span.get("from")[1:]], places[span.get("to")[1:]]
        found.append((name, start, end, span.get("type"), text[start:end]))
print(f"{same(found, 'tei')} names in {len(TEXTS)} texts, well-formed, every reference resolves")
