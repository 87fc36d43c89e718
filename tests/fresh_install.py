"""Install the wheel into an environment of its own, with no extras, and extract the sample there without a network.

    python tests/fresh_install.py

Prints what was installed and found; ends with an error where the program does not work as users install it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import seeds  # noqa: E402
from seeds.suggestions import shipped_suggestions  # noqa: E402

NO_NETWORK = """
import socket
def refuse(*of, **these):
    raise OSError("no network here")
socket.socket.connect = socket.getaddrinfo = refuse
"""
"""What Python runs first in every process that finds it on its path."""


def main() -> None:
    """Build, install, use."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
        (wheel,) = folder.glob("*.whl")
        venv.create(folder / "fresh", with_pip=True)
        bin_folder = folder / "fresh" / "bin"
        constraints = str(ROOT / "constraints.txt")
        quiet = ("--quiet", "--disable-pip-version-check")
        _run(str(bin_folder / "python"), "-m", "pip", "install", *quiet, "-c", constraints, str(wheel), cwd=folder)
        found = _extracted(bin_folder / "manicule", folder)
    expected = sum(len(layer.suggestions) for layer in shipped_suggestions())
    print(f"{wheel.name} in a fresh environment, no network: {found} entities suggested in the sample")
    if found != expected:
        sys.exit(f"the sample's own suggestions are {expected}")


def _extracted(manicule: Path, folder: Path) -> int:
    """How many entities the installed program suggests for the sample's texts."""
    (folder / "first").mkdir()
    (folder / "first/sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    texts = folder / "texts.jsonl"
    lines = (json.dumps({"id": one.id, "text": one.text}, ensure_ascii=False) for one in seeds.gold())
    texts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    own = {"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONPATH": str(folder / "first")}
    project = str(folder / "project")
    for words in (("new", project), ("add", project, str(texts)), ("extract", project)):
        _run(str(manicule), *words, cwd=folder, env=own)
    held = (json.loads(path.read_bytes()) for path in Path(project, "suggestions").rglob("*.json"))
    return sum(len(tables["suggestions"]) for tables in held)


def _run(*command: str, cwd: Path, env: dict[str, str] | None = None) -> None:
    run = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{' '.join(command)}\n{run.stdout}{run.stderr}")


if __name__ == "__main__":
    main()
