"""Read documents in: every one is checked before the first is handed on, so that a mistake adds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotate.articles import clean_text, decode, title_of
from annotate.errors import TextError
from store.errors import AddError, reason
from store.ids import natural_key
from store.project import Draft

MARKDOWN = (".md", ".markdown")
"""Endings of files that are read as Markdown."""

ENDINGS = (".txt", *MARKDOWN)
"""Endings of files that are read."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read, and its path as the article remembers it."""

    path: Path
    shown: str


def read_documents(paths: Iterable[Path]) -> Iterator[Draft]:
    """The documents in files and folders, in the order given; in a folder as a person sorts names.

    Text files are taken as they are, Markdown as the text that it shows. Of a folder, and those in it, all files with
    these endings are read, except hidden ones. Nothing is yielded before all were read once; only one is held at a
    time.

    Raises:
        AddError: some cannot be added; it has a line for each.
    """
    files, problems = _gathered(paths)
    for file in files:
        problems.extend(_problem(file))
    if problems:
        raise AddError(problems)
    for file in files:
        try:
            yield _draft(file)
        except (TextError, OSError) as error:
            raise AddError([_told(file, error)]) from error


def _gathered(paths: Iterable[Path]) -> tuple[list[_File], list[str]]:
    files: list[_File] = []
    problems = []
    for path in paths:
        if path.is_dir():
            closed: list[str] = []
            found = [_File(one, one.relative_to(path).as_posix()) for one in _inside(path, closed)]
            files.extend(found)
            problems.extend(closed)
            if not found and not closed:
                problems.append(f"{path}: no {' or '.join(ENDINGS)} file in it")
        elif not path.exists():
            problems.append(f"{path}: no such file or folder")
        elif path.suffix.lower() not in ENDINGS:
            problems.append(f"{path}: only {', '.join(ENDINGS)} files can be read")
        elif not path.is_file():
            problems.append(f"{path}: neither a file nor a folder")
        else:
            files.append(_File(path, path.name))
    return files, problems


def _inside(folder: Path, closed: list[str]) -> Iterator[Path]:
    """The files to read; a line about each, and each folder, that cannot be goes to `closed`."""

    def note(error: OSError) -> None:
        closed.append(f"{error.filename}: {reason(error)}")

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted((name for name in folders if name[0] != "."), key=natural_key)
        for name in sorted(names, key=natural_key):
            path = Path(root, name)
            if name[0] == "." or path.suffix.lower() not in ENDINGS:
                continue
            if path.is_file():
                yield path
            else:
                closed.append(f"{path}: no file, or a link that leads nowhere")


def _problem(file: _File) -> Iterator[str]:
    try:
        _draft(file)
    except (TextError, OSError) as error:
        yield _told(file, error)


def _told(file: _File, error: TextError | OSError) -> str:
    return f"{file.path}: {reason(error) if isinstance(error, OSError) else error.message}"


def _draft(file: _File) -> Draft:
    is_markdown = file.path.suffix.lower() in MARKDOWN
    title, text, changes = (_from_markdown if is_markdown else _from_text)(decode(file.path.read_bytes()))
    metadata = {"file": file.shown, "changed": "; ".join(changes)}
    return Draft(
        file.path.stem, title or title_of(text), text, {key: value for key, value in metadata.items() if value}
    )


_Read = tuple[str, str, tuple[str, ...]]
"""Title or "", text, and what was changed."""


def _from_text(raw: str) -> _Read:
    text, changes = clean_text(raw)
    return "", text, changes


def _from_markdown(raw: str) -> _Read:
    from store.markdown_text import plain_text

    cleaned, changes = clean_text(raw)
    plain = plain_text(cleaned)
    text, _ = clean_text(plain.text)
    return plain.title, text, (*changes, "Markdown made plain text")
