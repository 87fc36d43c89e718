"""The desk opens only what can be trusted, and knows what comes next."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited_files import edit
from reader_pilots import project_of_texts

from annotate import acts
from store.errors import BrokenFileError
from tui.desk import Desk


def test_a_layer_whose_offsets_were_changed_by_hand_is_not_opened(tmp_path: Path) -> None:
    project = project_of_texts(tmp_path)
    desk = Desk(project, "ada")
    view = desk.view("b")
    desk.decide(view, acts.confirm(view, view.undecided()[0]))
    desk.close()
    path = project.locations.layer("ada", "b")
    edit(path, ('"quote": "Lima"', '"quote": "Lyma"'))
    with pytest.raises(BrokenFileError, match="Lyma"):
        Desk(project, "ada").open("b")


def test_the_next_open_article_is_neither_done_nor_skipped(tmp_path: Path) -> None:
    desk = Desk(project_of_texts(tmp_path), "ada")
    assert desk.next_open("a") == "b"
    view = desk.view("b")
    desk.decide(view, acts.skip(view))
    assert desk.next_open("a") == "c"
    view = desk.view("c")
    desk.decide(view, acts.finish(view, acts.reject_rest))
    assert desk.next_open("a") is None
    assert desk.next_open("c") == "a"
