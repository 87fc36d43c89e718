"""Documents become drafts with their text as a reader sees it, or every problem is listed and nothing is read in."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from document_helpers import drafts, refusals
from hypothesis import given
from hypothesis import strategies as st

from annotate.articles import clean_text
from annotate.errors import TextError
from store.documents import spool
from store.documents.spool import Spool
from store.documents.values import Options
from store.errors import AddError, StoreError
from store.markdown_text import plain_text
from store.project import Draft
from store.reading_in import read_documents

MARKDOWN = """\
---
title: dropped
---
# The *Kabul* talks

Gen **Qamar**
met [Mr Khan](https://example.org "t") &amp; `envoys`.

- Lima
- Quito
  - Sucre

1. first

2. second

| City | People |
|------|-------:|
| Lima | **10** |

> quoted

![a picture](p.png)

<div>dropped</div>

```
code
```

last  
line
"""


def only(*paths: Path) -> Draft:
    (draft,) = read_documents(paths)
    return draft


def test_text_is_taken_as_it_is_and_changes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "Some file.txt"
    path.write_bytes("\ufeff\r\n The  title \r\n\r\nText\u2028 é\r\n".encode())
    draft = only(path)
    assert draft.stem == "Some file"
    assert draft.title == "The  title"
    assert draft.text == "\n The  title \n\nText\u2028 é"
    assert draft.metadata == {"file": "Some file.txt", "changed": "byte order mark dropped; newlines made \\n"}


def test_markdown_becomes_the_text_that_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "x.MD"
    path.write_text(MARKDOWN)
    draft = only(path)
    assert draft.title == "The Kabul talks"
    assert draft.text == (
        "The Kabul talks\n\nGen Qamar met Mr Khan & envoys.\n\nLima\nQuito\nSucre\n\nfirst\n\nsecond\n\n"
        "City | People\nLima | 10\n\nquoted\n\nlast\nline"
    )
    assert draft.metadata["changed"] == "Markdown made plain text"


def test_markdown_without_a_heading_is_titled_by_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "x.markdown"
    path.write_text("*First* line\n\nmore")
    assert only(path).title == "First line"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert plain_text("---\nLima").text == "Lima"
    assert plain_text("one<br>two<b>!</b>\\\nthree").text == "one\ntwo!\nthree"


@given(st.text('#*_`[]()!<>|-~\n\t a1é&;:\\"', max_size=200))
def test_any_markdown_gives_a_text_that_can_be_an_article(markdown: str) -> None:
    text = plain_text(markdown).text
    try:
        assert clean_text(text)[0] == text
    except TextError:
        assert not text.strip()


def test_folders_are_read_in_natural_order_without_hidden_or_other_files(tmp_path: Path) -> None:
    for name in ["b/10.txt", "b/9.md", "a.txt", ".hidden.txt", ".git/x.txt", "c.docx", "b/d/1.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}")
    assert [draft.metadata["file"] for draft in read_documents([tmp_path])] == [
        "a.txt",
        "b/9.md",
        "b/10.txt",
        "b/d/1.txt",
    ]


def test_every_problem_is_listed_before_anything_is_read_in(tmp_path: Path) -> None:
    contents = {
        "good.txt": b"fine",
        "latin.txt": b"one\ntwo\ncaf\xe9\n",
        "empty.txt": b" \n\n",
        "nul.txt": b"a\nb\0",
        "image.md": b"![only](a.png)",
        "x.docx": b"",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    paths = [tmp_path / name for name in [*contents, "gone.txt", "folder"]]
    with pytest.raises(AddError) as caught:
        next(read_documents(paths))
    assert [line.removeprefix(f"{tmp_path}/") for line in caught.value.problems] == [
        "latin.txt: line 3: not UTF-8 (byte 0xe9); it looks like windows-1252: “café” (--accept-encoding)",
        "empty.txt: the text is empty",
        "nul.txt: line 2: holds a NUL character",
        "image.md: the text is empty",
        "x.docx: of no kind that can be read; --as KIND says what it is",
        "gone.txt: no such file or folder",
        "folder: no document in it that can be read",
    ]
    assert caught.value.message.split("\n") == list(caught.value.problems)


def test_what_is_neither_file_nor_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(AddError, match=r"pipe\.txt: neither a file nor a folder"):
        next(read_documents([tmp_path / "pipe.txt"]))


def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text("fine")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(AddError) as caught:
        next(read_documents([tmp_path]))
    assert caught.value.problems == (f"{tmp_path}/closed: permission denied",)


def test_links_that_lead_in_circles_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("fine")
    (tmp_path / "again").symlink_to(tmp_path)
    assert [draft.metadata["file"] for draft in read_documents([tmp_path])] == ["one.txt"]


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("fine")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(AddError) as caught:
        next(read_documents([tmp_path]))
    assert caught.value.problems == (f"{tmp_path}/gone.txt: no file, or a link that leads nowhere",)


def test_globs_choose_among_the_files_of_a_folder(tmp_path: Path) -> None:
    for name in ["a.txt", "b.log", "notes/c.txt", "notes/draft-d.txt", "old/notes/e.md", ".hidden/f.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}")

    def names(**options: object) -> list[str]:
        return [draft.metadata["file"] for draft in drafts(tmp_path, **options)]

    assert names() == ["a.txt", "notes/c.txt", "notes/draft-d.txt", "old/notes/e.md"]
    assert names(exclude=("draft*", "old")) == ["a.txt", "notes/c.txt"]
    assert names(include=("notes/*",)) == ["notes/c.txt", "notes/draft-d.txt"]
    assert names(include=("*.log", "*.md"), kind="text") == ["b.log", "old/notes/e.md"]
    assert refusals(tmp_path, include=("*.log",)) == [
        f"{tmp_path.name}/b.log: of no kind that can be read; --as KIND says what it is"
    ]


def test_of_one_file_only_the_first_problems_are_told(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("{}\n" * 1025)
    with pytest.raises(AddError) as caught:
        next(read_documents([tmp_path]))
    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1] == f"{tmp_path}/rows.jsonl: 1,005 more"


def test_what_does_not_fit_into_memory_leaves_no_file_behind(tmp_path: Path) -> None:
    texts = ["é" * 100_000 + str(number) for number in range(20)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    before = sorted(tmp_path.iterdir())
    found = read_documents([tmp_path / "rows.jsonl"], Options(scratch=tmp_path))
    assert [draft.text for draft in found] == texts
    assert sorted(tmp_path.iterdir()) == before


def test_a_disk_that_has_no_room_for_what_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.txt").write_text("fine")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Spool, "add", refuse)
    with pytest.raises(StoreError, match=f"^{tmp_path}: the disk is full$"):
        next(read_documents([tmp_path / "one.txt"], Options(scratch=tmp_path)))


def test_drafts_that_do_not_fit_into_memory_come_back_in_order_and_as_they_were(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(spool, "_IN_MEMORY", 250)
    kept = Spool(tmp_path)
    drafts = [Draft(f"a{n}", f"T\n{n}", f"{n}\r\né\x85\u2028\n{{}}\n", {"file": f"ü{n}"}, "csv") for n in range(9)]
    for draft in drafts:
        kept.add(draft)
    assert list(kept) == list(kept) == drafts and len(kept) == 9
    assert not list(tmp_path.iterdir())
