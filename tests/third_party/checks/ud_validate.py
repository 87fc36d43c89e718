"""Universal Dependencies' own validator: the backbone of the format holds; only it would have texts normalised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from common import OURS

command = [str(Path(sys.executable).with_name("udvalidate")), "--lang", "ud", "--level", "1"]
ran = subprocess.run(
    [*command, "--exclude", "unicode-normalization", "--", str(OURS / "conllu.conllu")], capture_output=True, text=True
)
said = ran.stdout + ran.stderr
if ran.returncode or "PASSED" not in said:
    raise SystemExit(said)
print("level 1 passed")
