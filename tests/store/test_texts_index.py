"""What is kept of texts and readings is what the files say, and lies within the project whatever a source is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_helpers import TEXT, project_in, suggest

from annotate.articles import hash_text
from store.errors import StoreError
from store.library_index import LibraryIndex
from store.statistics import gather
from store.texts_index import readings, text_hashes

OUTSIDE = ("../../../outside", "..", "/tmp/outside", "a/b", "")


def test_revisions_and_readings_are_told(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT, "Lima")
    suggest(project, "b", ("Lima", "GPE"))
    project.locations.article("a").write_text("{")
    assert text_hashes(project.locations) == {"a": "", "b": hash_text("Lima")}
    assert readings(project.locations, "one") == {"b": (hash_text("Lima"), "1", "ff")}
    assert readings(project.locations, "other") == {}


def test_a_layer_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT, "Lima")
    suggest(project, "b", ("Lima", "GPE"))
    project.locations.suggestions("one", "b").write_text("{")
    assert readings(project.locations, "one", thorough=True) == {}


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_name_leads_out_of_the_project(tmp_path: Path, name: str) -> None:
    root = tmp_path / "deep" / "within" / "wire"
    project = project_in(root, TEXT)
    assert readings(project.locations, name) == {}
    with pytest.raises(StoreError):
        LibraryIndex(project, name)
    if name:
        with pytest.raises(StoreError):
            gather(project, name)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(root)] == []
