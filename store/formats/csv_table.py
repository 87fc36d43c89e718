"""CSV of mentions."""

from __future__ import annotations

from store.formats.mentions import table

FORMAT = table("csv", "CSV of mentions, without the texts", ",")
