"""Label Studio itself, in process: its import takes every task, its export holds every region."""

from __future__ import annotations

import json
import os
import sys

import label_studio
from common import OURS, same, theirs

sys.path.insert(0, os.path.dirname(label_studio.__file__))
os.environ.update(
    LABEL_STUDIO_BASE_DATA_DIR=os.path.abspath("data"),
    COLLECT_ANALYTICS="False",
    LATEST_VERSION_CHECK="False",
    DJANGO_DB="sqlite",
    DJANGO_SETTINGS_MODULE="core.settings.label_studio",
    SENTRY_DSN="",
    FRONTEND_SENTRY_DSN="",
)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)

from organizations.models import Organization  # noqa: E402
from projects.models import Project  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402
from users.models import User  # noqa: E402

ours = OURS / "label-studio"
user = User.objects.create_user(email="ada@example.org", password="x" * 10)
organization = Organization.create_organization(created_by=user, title="check")
user.active_organization = organization
user.save()
config = (ours / "config.xml").read_text("utf-8")
project = Project.objects.create(title="check", created_by=user, organization=organization, label_config=config)
client = APIClient()
client.force_authenticate(user=user)
tasks = json.loads((ours / "tasks.json").read_text("utf-8"))
answer = client.post(f"/api/projects/{project.id}/import", tasks, format="json")
if answer.status_code != 201:
    raise SystemExit(f"its import says {answer.status_code}: {answer.content!r}")
answer = client.get(f"/api/projects/{project.id}/export?exportType=JSON&download_all_tasks=true")
content = b"".join(answer.streaming_content) if answer.streaming else answer.content
theirs("label-studio").mkdir()
(theirs("label-studio") / "tasks.json").write_bytes(content)
found = [
    (t["data"]["doc_id"], r["value"]["start"], r["value"]["end"], r["value"]["labels"][0], r["value"]["text"])
    for t in json.loads(content)
    for a in t["annotations"]
    for r in a["result"]
]
print(f"{same(found, 'label-studio')} regions of {len(tasks)} tasks went in and came out")
