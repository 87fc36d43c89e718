"""gatenlp: reads every document with its features, and writes it, as code points and as Java's offsets."""

from __future__ import annotations

import json

from common import OURS, TEXTS, same, theirs
from gatenlp import Document

theirs("bdoc").mkdir()
found = []
for path in sorted((OURS / "bdoc").glob("*.bdocjs")):
    document = Document.load(str(path))
    if document.text != TEXTS[path.stem] or document.features["manicule.status"] != "done":
        raise SystemExit(f"{path}: another text or status")
    entities = document.annset("manicule")
    found += [(path.stem, one.start, one.end, one.type, document[one]) for one in entities]
    if any(one.features["annotator"] != "ada" for one in entities):
        raise SystemExit(f"{path}: another annotator")
    for_java = document.to_dict(offset_type="j")
    (theirs("bdoc") / path.name).write_text(json.dumps(for_java), "utf-8")
spans = same(found, "bdoc")
print(f"{spans} annotations in {len(TEXTS)} documents with their features")
