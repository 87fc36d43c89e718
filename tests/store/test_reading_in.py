"""Documents become drafts with their text as a reader sees it, or every problem is listed and nothing is read in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.articles import clean_text
from annotate.errors import TextError
from store.errors import AddError
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
    for name in ["b/10.txt", "b/9.md", "a.txt", ".hidden.txt", ".git/x.txt", "c.pdf", "b/d/1.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}")
    drafts = list(read_documents([tmp_path]))
    assert [draft.metadata["file"] for draft in drafts] == ["a.txt", "b/9.md", "b/10.txt", "b/d/1.txt"]


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
        "x.docx: only .txt, .md, .markdown files can be read",
        "gone.txt: no such file or folder",
        "folder: no .txt or .md or .markdown file in it",
        "latin.txt: line 3: not UTF-8 (byte 0xe9)",
        "empty.txt: the text is empty",
        "nul.txt: line 2: holds a NUL character",
        "image.md: the text is empty",
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
