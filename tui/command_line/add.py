"""`manicule add`: read documents in as articles."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from store.documents.decoding import is_encoding
from store.documents.kinds import KINDS
from store.documents.values import Note, Options, Refused
from store.errors import AddError
from store.project import Addition, Draft, Project
from store.reading_in import Findings, ReadIn, look_through, read_in
from store.revisions import Update, Updates, update_articles
from tui.command_line.arguments import Folder
from tui.command_line.telling import number_of, progress_bar, tell, tell_error, tell_problem
from tui.safe_text import drawable_line

EXAMPLE = "manicule add wire reports/ interview.md rows.jsonl --text-column body --exclude 'draft*'"

_NAMED = 10
"""Texts that are there already of which each is named; of more, only how many they are."""


def add(
    folder: Folder,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            help=f"Files ({', '.join(KINDS)}), and folders of them; - is standard input.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="Read all of it as this kind, whatever its ending.")
    ] = "",
    include: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="In folders, read only files whose name or path matches; can be repeated."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="In folders, pass over files and folders that match; can be repeated."),
    ] = None,
    text_column: Annotated[str, typer.Option(metavar="NAME", help="What holds the text, in jsonl and csv.")] = "text",
    id_column: Annotated[str, typer.Option(metavar="NAME", help="What ids are made from, there.")] = "id",
    title_column: Annotated[str, typer.Option(metavar="NAME", help="What holds the title, there.")] = "title",
    encoding: Annotated[
        str, typer.Option(metavar="NAME", help="The encoding of all text; UTF-8 unless this is given.")
    ] = "",
    accept_encoding: Annotated[
        bool, typer.Option("--accept-encoding", help="Read what is not UTF-8 in the encoding that it looks like.")
    ] = False,
    url: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Fetch a page or a file from this http or https address; can be repeated."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks, too.")
    ] = False,
    update: Annotated[
        bool,
        typer.Option("--update", help="Where an article came from the same file, give it the text that is there now."),
    ] = False,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Leave out what cannot be added, and add the rest.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be added: id, words, kind and title. Write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run, list as JSON, an object a line.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name every text that is there already.")] = False,
) -> int:
    """Add documents to a project, each as an article. If one of them cannot be added, none is.

    With --update an article that came from the same file gets the newer text; the earlier one is kept. When annotators
    open the article, each annotation is found again by its words and what stands around them.
    """
    options = Options(
        kind=kind,
        encoding=encoding,
        accept_encoding=accept_encoding,
        text_column=text_column,
        id_column=id_column,
        title_column=title_column,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        allow_private=allow_private,
        scratch=folder,
    )
    asked = _Asked(paths or [], url or [], options)
    _check(asked, dry_run, as_json)
    project = Project.open(folder)
    if dry_run:
        return _list(project, asked, as_json, verbose, update)
    before = len(project.article_ids())
    try:
        read = _read(asked, skip_broken)
        broken = project.broken_articles()
        broken += _add(project, read, verbose, update)
        _tell_broken(broken)
    except KeyboardInterrupt:
        # A batch may be in of which nothing was told yet: what is there says how many there are.
        tell(f"stopped; {_were_added(len(project.article_ids()) - before)}")
        return 130
    return 1 if read.findings.problems or broken else 0


def _were_added(count: int) -> str:
    return f"{number_of(count, 'article')} {'was' if count == 1 else 'were'} added"


def _tell_broken(broken: list[str]) -> None:
    """Name the articles whose text cannot be told."""
    for line in dict.fromkeys(broken):
        tell_problem(f"{line} (manicule doctor)")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to read, and how."""

    paths: list[Path]
    urls: list[str]
    options: Options


def _check(asked: _Asked, dry_run: bool, as_json: bool) -> None:
    """Refuse options that mean nothing."""
    options = asked.options
    if not asked.paths and not asked.urls:
        raise typer.BadParameter("nothing to add: name a PATH or a --url")
    if options.kind and options.kind not in KINDS:
        raise typer.BadParameter(f"--as {options.kind}: it is one of {', '.join(KINDS)}")
    if options.encoding and not is_encoding(options.encoding):
        raise typer.BadParameter(f"--encoding {options.encoding}: no encoding of text that is known")
    if as_json and not dry_run:
        raise typer.BadParameter("--json is for --dry-run")


def _read(asked: _Asked, skip_broken: bool) -> ReadIn:
    """Read everything; a person at a terminal can accept encodings when they are known.

    Raises:
        AddError: something cannot be added, and it is not to be left out.
    """
    read = _read_once(asked)
    if read.findings.encodings and _accepted(read.findings):
        read = _read_once(replace(asked, options=replace(asked.options, accept_encoding=True)))
    if not skip_broken:
        read.check()
    return read


def _read_once(asked: _Asked) -> ReadIn:
    with progress_bar("reading") as show:
        return read_in(asked.paths, asked.options, asked.urls, lambda count: show(count, None))


def _accepted(findings: Findings) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    tell_error(AddError(findings.problems))
    return typer.confirm(f"Read it as {' and '.join(findings.encodings)}?", err=True)


def _add(project: Project, read: ReadIn, verbose: bool, update: bool) -> list[str]:
    """Add what was read; one line about each article that cannot be read and may have one of the texts."""
    broken: list[str] = []
    known = _Known(verbose)
    added, updates = 0, Counter[bool]()
    with progress_bar("adding") as show:
        made = update_articles(project, read.drafts) if update else project.adding(read.drafts)
        for done, one in enumerate(made, start=1):
            if isinstance(one, Update):
                updates[one.changed] += 1
            elif one.added:
                added += 1
            else:
                known.take(one)
                broken += [one.broken] if one.broken else []
            show(done, len(read.drafts))
    known.tell()
    _tell(read.findings)
    told = f", updated {updates[True]:,}, {updates[False]:,} unchanged" if update else ""
    tell(f"added {number_of(added, 'article')}{told}")
    return broken


class _Known:
    """The documents whose text the project has already: some of them, and how many there are."""

    def __init__(self, verbose: bool) -> None:
        self.count = 0
        self._most = None if verbose else _NAMED
        self._lines: list[str] = []

    def take(self, addition: Addition) -> None:
        self.count += 1
        if self._most is None or self.count <= self._most or addition.broken:
            self._lines.append(f"{addition.stem}: {addition.there}")

    def tell(self) -> None:
        for line in self._lines:
            tell(line)
        if self.count > len(self._lines):
            tell(f"{self.count - len(self._lines):,} more are there already; --verbose names them all")


def _tell(findings: Findings) -> None:
    for line in findings.notes:
        tell(line)
    for line in findings.problems:
        tell_problem(f"left out: {line}")


def _list(project: Project, asked: _Asked, as_json: bool, verbose: bool, update: bool) -> int:
    """Say what would be added or updated, as it is read."""
    findings, known, broken = Findings(), _Known(verbose), project.broken_articles()
    drafts = _drafts(asked, findings)
    if update:
        drafts = _listing_updates(Updates(project), drafts, as_json)
    for draft, addition in project.planned(drafts):
        if addition.added:
            print(_row(draft, addition.article_id, as_json))
        else:
            known.take(addition)
            broken += [addition.broken] if addition.broken else []
    known.tell()
    _tell(findings)
    _tell_broken(broken)
    return 2 if findings.problems else int(bool(broken))


def _listing_updates(updates: Updates, drafts: Iterable[Draft], as_json: bool) -> Iterator[Draft]:
    """The drafts that would be added; of the others it is said what would become of them."""
    for draft in drafts:
        found = updates.find(draft)
        if found is None:
            yield draft
        elif found.changed:
            print(_row(draft, found.article_id, as_json, updated=True))
        else:
            tell(f"{found.stem}: unchanged, as {found.article_id}")


def _drafts(asked: _Asked, findings: Findings) -> Iterator[Draft]:
    for item in look_through(asked.paths, asked.options, asked.urls):
        if isinstance(item, Refused | Note):
            findings.take(item)
        else:
            yield item


def _row(draft: Draft, article_id: str, as_json: bool, *, updated: bool = False) -> str:
    words = len(draft.text.split())
    if as_json:
        row = {"id": article_id, "words": words, "kind": draft.kind, "title": draft.title}
        return json.dumps(row | ({"updated": True} if updated else {}))
    return drawable_line(
        f"{article_id}  {words:,} words  {draft.kind}  {draft.title}{'  (updated)' if updated else ''}"
    )
