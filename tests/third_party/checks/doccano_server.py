"""doccano itself, in process: its import reads every row, its export holds every span at its UTF-16 offsets."""

from __future__ import annotations

import json
import os
import sys

import backend
from common import OURS, TEXTS, same, theirs

sys.path.insert(0, os.path.dirname(backend.__file__))
os.environ.update(
    DJANGO_SETTINGS_MODULE="config.settings.development", DATABASE_URL=f"sqlite:///{os.path.abspath('d.sqlite3')}"
)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)

from data_export.celery_tasks import create_collaborative_dataset  # noqa: E402
from data_export.pipeline.factories import create_formatter, create_writer  # noqa: E402
from data_import.datasets import load_dataset  # noqa: E402
from data_import.pipeline.catalog import JSONL  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from projects.models import ProjectType, SequenceLabelingProject  # noqa: E402

user = User.objects.create(username="ada")
kind = ProjectType.SEQUENCE_LABELING
project = SequenceLabelingProject.objects.create(name="p", description="", project_type=kind, allow_overlapping=True)
file = FileName(str((OURS / "doccano.jsonl").resolve()), "doccano.jsonl", "doccano.jsonl")
dataset = load_dataset(kind, JSONL, [file], project)
dataset.save(user)
if dataset.errors:
    raise SystemExit(f"its import says {dataset.errors}")
create_collaborative_dataset(project, ".", False, create_formatter(project, "JSONL"), create_writer("JSONL"))
with open("all.jsonl", encoding="utf-8") as exported:
    rows = [json.loads(line) for line in exported]
found = []
for row in rows:
    units = TEXTS[row["article"]].encode("utf-16-le")
    for start, end, label in row["label"]:
        before, surface = units[: 2 * start].decode("utf-16-le"), units[2 * start : 2 * end].decode("utf-16-le")
        found.append((row["article"], len(before), len(before) + len(surface), label, surface))
os.rename("all.jsonl", theirs("doccano.jsonl"))
print(f"{same(found, 'doccano')} spans of {len(rows)} texts went in and came out")
