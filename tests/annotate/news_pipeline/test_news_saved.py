"""A saved copy of the pipeline loads in a program that knows nothing of this one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annotate.news_pipeline import load

LOAD = """
import sys, spacy
nlp = spacy.load(sys.argv[1])
assert not any(name.startswith(("tui", "store")) for name in sys.modules)
print([(ent.text, ent.label_) for ent in nlp("She flew to Lahore on Monday.").ents])
"""


def test_spacy_loads_a_saved_copy_by_its_path_alone(tmp_path: Path) -> None:
    load().to_disk(tmp_path / "saved")
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD, str(tmp_path / "saved")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.strip() == "[('Lahore', 'GPE'), ('Monday', 'DATE')]"
