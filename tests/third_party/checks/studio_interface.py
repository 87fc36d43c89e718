"""Label Studio's LabelInterface: the configuration is valid, and every annotation fits it."""

from __future__ import annotations

import json

from common import OURS, TEXTS, same
from label_studio_sdk.label_interface import LabelInterface

folder = OURS / "label-studio"
interface = LabelInterface((folder / "config.xml").read_text("utf-8"))
interface.validate()
found = []
for task in json.loads((folder / "tasks.json").read_text("utf-8")):
    name = task["data"]["doc_id"]
    if task["data"]["text"] != TEXTS[name]:
        raise SystemExit(f"{name}: another text")
    interface.validate_task({"data": task["data"]})
    (annotation,) = task["annotations"]
    if not interface.validate_annotation(annotation):
        raise SystemExit(f"{name}: the annotation does not fit the configuration")
    if problems := interface.validate_prediction(annotation, return_errors=True):
        raise SystemExit(f"{name}: {problems}")
    for region in annotation["result"]:
        value = region["value"]
        if value["text"] != TEXTS[name][value["start"] : value["end"]]:
            raise SystemExit(f"{name}: {region['id']} says another text")
        found.append((name, value["start"], value["end"], value["labels"][0], value["text"]))
print(f"{same(found, 'label-studio')} regions fit the configuration")
