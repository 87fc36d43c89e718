"""TSV of mentions."""

from __future__ import annotations

from store.formats.mentions import table

FORMAT = table("tsv", "TSV of mentions, without the texts", "\t")
