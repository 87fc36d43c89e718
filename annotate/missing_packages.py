"""Say which packages a pipeline lacks and the command that installs them where this program runs."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

_SPACY_MODEL = re.compile(r"[a-z]{2,3}_(core|dep|ent|sent)_[a-z]+_(sm|md|lg|trf)")
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")
_FACTORY = re.compile(r"Can't find factory for '([^']+)'")
_REGISTERED = re.compile(r"Could not find function '(spacy-[a-z-]+)\.")
_BRINGS = {
    "curated_transformer": "spacy-curated-transformers",
    "experimental_": "spacy-experimental",
    "llm": "spacy-llm",
    "transformer": "spacy-transformers",
}
"""The package with a component, by the beginning of its factory's name."""


def install_command(packages: Sequence[str]) -> str:
    """The command that installs packages beside this program: with pipx or uv where these installed it."""
    place = Path(sys.prefix)
    names = " ".join(packages)
    if place.parent.name == "venvs" and "pipx" in place.parts:
        return f"pipx inject {place.name} {names}"
    if place.parent.name == "tools" and "uv" in place.parts:
        return f"uv tool install {place.name} {' '.join(f'--with {name}' for name in packages)}"
    python = shlex.quote(sys.executable)
    return f"{python} -m pip install {names}" if find_spec("pip") else f"uv pip install --python {python} {names}"


def pipeline_command(name: str) -> str:
    """The command that installs a pipeline of that name as a package; spaCy has its own for those that it publishes."""
    if not _SPACY_MODEL.fullmatch(name):
        return install_command([name])
    download = f"{shlex.quote(sys.executable)} -m spacy download {name}"
    return download if find_spec("pip") else f"{install_command(['pip'])} && {download}"


def not_installed(requirements: Iterable[str]) -> list[str]:
    """The names of the distributions that are required and not there; their versions are not looked at."""
    found = []
    for one in requirements:
        name = _REQUIREMENT.match(one)
        if name:
            try:
                version(name[1])
            except PackageNotFoundError:
                found.append(name[1])
    return found


def lacked(error: BaseException, requirements: Iterable[str]) -> list[str]:
    """The packages for want of which a pipeline could not be loaded.

    Args:
        error: what loading it raised.
        requirements: what it says that it needs.
    """
    missing = not_installed(requirements)
    if isinstance(error, ModuleNotFoundError) and error.name:
        missing.append(error.name.partition(".")[0])
    if registered := _REGISTERED.search(str(error)):
        missing.append(registered[1])
    if factory := _FACTORY.search(str(error)):
        missing += [package for start, package in _BRINGS.items() if factory[1].startswith(start)]
    return list(dict.fromkeys(missing))


def needs(packages: Sequence[str]) -> str:
    """Says of something that it needs packages, with the command: “needs a and b, which …: pip install a b”."""
    which = "which is not installed" if len(packages) == 1 else "which are not installed"
    return f"needs {' and '.join(packages)}, {which}: {install_command(packages)}"
