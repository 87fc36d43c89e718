"""brat's own parser and project configuration: no line fails, every span has its text, every label is known."""

from __future__ import annotations

from pathlib import Path

from bratsubset.annotation import TextAnnotations
from bratsubset.projectconfig import ProjectConfiguration
from common import OURS, TEXTS, same, theirs

known = set(ProjectConfiguration(str((OURS / "brat").resolve())).get_entity_types())
theirs("brat").mkdir()
found = []
for path in sorted((OURS / "brat").glob("*.ann")):
    annotations = TextAnnotations(str(path.with_suffix("")))
    if annotations.failed_lines:
        raise SystemExit(f"{path}: lines {annotations.failed_lines} fail")
    text = path.with_suffix(".txt").read_text("utf-8")
    for one in annotations.get_textbounds():
        if one.type not in known:
            raise SystemExit(f"{path}: {one.type} is not in annotation.conf")
        start, end = one.spans[0][0], one.spans[-1][1]
        if one.text != " ".join(text[left:right] for left, right in one.spans):
            raise SystemExit(f"{path}: {one.id} has another text")
        found.append((path.stem, start, end, one.type, TEXTS[path.stem][start:end]))
    (theirs("brat") / path.name).write_text(str(annotations), "utf-8")
    Path(theirs("brat") / f"{path.stem}.txt").write_text(text, "utf-8")
print(f"{same(found, 'brat')} spans in {len(TEXTS)} texts, no line fails, all labels configured")
