"""datasets: loads JSONL with its card, and Parquet; every tag has a name, every span its text."""

from __future__ import annotations

from common import OURS, TEXTS, same, theirs
from datasets import load_dataset

rows = 0
for form in ("huggingface", "huggingface-parquet"):
    dataset = load_dataset(str((OURS / form).resolve()), split="train", cache_dir=f"cache-{form}")
    tags = dataset.features["ner_tags"].feature
    found = []
    for row in dataset:
        if row["text"] != TEXTS[row["id"]]:
            raise SystemExit(f"{form}: {row['id']} has another text")
        names = [tags.int2str(tag) for tag in row["ner_tags"]]
        if len(names) != len(row["tokens"]):
            raise SystemExit(f"{form}: {row['id']} has {len(names)} tags and {len(row['tokens'])} tokens")
        begun = sum(name.startswith("B-") for name in names)
        if begun != len(row["spans"]):
            raise SystemExit(f"{form}: {row['id']} has {begun} entities in its tags and {len(row['spans'])} spans")
        found += [
            (row["id"], one["start"], one["end"], one["label"], row["text"][one["start"] : one["end"]])
            for one in row["spans"]
        ]
    rows = same(found, form)
    (theirs(form) / "data").mkdir(parents=True)
    if form == "huggingface":
        dataset.to_json(theirs(form) / "data" / "train.jsonl")
    else:
        dataset.to_parquet(theirs(form) / "data" / "train.parquet")
print(f"{rows} spans of both, int2str over every tag")
