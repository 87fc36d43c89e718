"""The export screen: choices by key, the outcome, refusals with what may help."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from pilots import line_with, project_of, running, screen_text, wait_for, wait_for_text
from small_projects import annotate, propose, tree

from store.project import Project
from tui.actions import put_in_force
from tui.screens import export as export_screen
from tui.screens.library import Library

QUOTES = [("Anna Berg", "PERSON"), ("Lima", "GPE")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One article done by ada, one with suggestions."""
    made = project_of(tmp_path / "wire", {"one": "First", "two": "Second"})
    propose(made, "two", QUOTES)
    annotate(made, "ada", "one", QUOTES)
    return made


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


async def test_enter_writes_the_gold_corpus_beside_the_project(project: Project) -> None:
    out = project.root / "gold.jsonl"
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e")
        await wait_for_text(pilot, str(out))
        await pilot.press("enter")
        await wait_for_text(pilot, "1 article with 2 spans written to")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
    assert [one["id"] for one in records(out)] == ["one"]


async def test_choices_turn_with_their_keys_and_only_those_that_apply_are_shown(project: Project) -> None:
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e")
        await wait_for_text(pilot, "f  format     jsonl")
        assert "edges" not in screen_text(pilot.app) and "whose" not in screen_text(pilot.app)
        await pilot.press("a", "w", "t")
        await wait_for_text(pilot, "spaCy's tokens, too")
        await pilot.press("f", "g", "b", "a")
        await wait_for_text(pilot, "f  format     spacy")
        assert "tokens  " not in screen_text(pilot.app)
        assert "grows" in line_with(pilot.app, "edges")
        assert "every article" in line_with(pilot.app, "content")
        assert "left out" in line_with(pilot.app, "broken")
        assert "gold.spacy" in line_with(pilot.app, "file")


async def test_a_typed_path_is_used_and_counts_from_the_project(project: Project) -> None:
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e", "g", "p")
        await wait_for_text(pilot, "Enter keep")
        await pilot.press("ctrl+u", *"all.jsonl", "enter")
        await wait_for_text(pilot, str(project.root / "all.jsonl"))
        await pilot.press("enter")
        await wait_for_text(pilot, "2 articles with 4 spans written to")
        assert "(will be replaced)" in line_with(pilot.app, "file")
    assert [one["id"] for one in records(project.root / "all.jsonl")] == ["one", "two"]


async def test_escape_leaves_the_path_as_it_was(project: Project) -> None:
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e", "p", "x", "y", "escape")
        await wait_for_text(pilot, "Enter export")
        assert line_with(pilot.app, "file").rstrip().endswith("gold.jsonl")


async def test_two_who_are_done_are_refused_until_it_is_said_whose_counts(project: Project) -> None:
    annotate(project, "bo", "one", QUOTES[:1])
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e", "enter")
        await wait_for_text(pilot, "Nothing was written.")
        assert "done by ada and bo" in screen_text(pilot.app)
        assert "w chooses whose work counts." in screen_text(pilot.app)
        assert not (project.root / "gold.jsonl").exists()
        await pilot.press("w", "w")
        await wait_for(pilot, lambda: line_with(pilot.app, "whose").split()[-1] == "bo", "bo's work")
        await pilot.press("enter")
        await wait_for_text(pilot, "1 article with 1 span written to")


async def test_entities_inside_tokens_are_refused_by_name_until_they_may_grow(tmp_path: Path) -> None:
    project = project_of(tmp_path / "wire", {"one": "First"})
    annotate(project, "ada", "one", [("nna Berg", "PERSON")])
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e", "f", "enter")
        await wait_for_text(pilot, "Nothing was written.")
        assert "PERSON “nna Berg”" in screen_text(pilot.app)
        await pilot.press("a", "enter")
        await wait_for_text(pilot, "1 article with 1 span written to")
    assert (project.root / "gold.spacy").exists()


async def test_what_cannot_be_read_is_refused_until_it_may_be_left_out(project: Project) -> None:
    project.locations.article("two").write_text("{", "utf-8")
    before = tree(project.root / "articles")
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e", "enter")
        await wait_for_text(pilot, "b leaves out what cannot be read.")
        await pilot.press("b", "enter")
        await wait_for_text(pilot, "left out: ")
    assert tree(project.root / "articles") == before


async def test_a_folder_that_is_not_there_is_one_clear_line(project: Project) -> None:
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e", "p", "ctrl+u", *"none/[x].jsonl", "enter", "enter")
        await wait_for_text(pilot, "there is no folder")


async def test_escape_cancels_what_is_running_and_nothing_is_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, ended = threading.Event(), threading.Event()

    def endless(project: Project, request: object, out: Path, on_article: object) -> None:
        assert callable(on_article)
        try:
            on_article(1, 2)
            may_go_on.wait(20)
            on_article(2, 2)
            out.write_text("too late")
        finally:
            ended.set()

    monkeypatch.setattr(export_screen, "export", endless)
    async with running(project) as pilot:
        await pilot.press("e", "enter")
        await wait_for_text(pilot, "exporting 1 of 2 …")
        await pilot.press("f", "escape")
        await wait_for_text(pilot, "Cancelled. Nothing was written.")
        may_go_on.set()
        await wait_for(pilot, ended.is_set, "the end of the export")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
    assert not (project.root / "gold.jsonl").exists()


async def test_labels_articles_and_a_day_are_typed_and_only_these_are_written(project: Project) -> None:
    annotate(project, "ada", "two", QUOTES)
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e")
        await wait_for_text(pilot, "m  labels")
        await pilot.press("m")
        await wait_for_text(pilot, "Enter keep")
        await pilot.press(*"GPE", "enter")
        await wait_for(pilot, lambda: line_with(pilot.app, "m  labels").split()[-1] == "GPE", "the label")
        await pilot.press("r", *"two", "enter", "d", *"2020-01-31", "enter")
        await wait_for_text(pilot, "2020-01-31T00:00, in UTC")
        await pilot.press("enter")
        await wait_for_text(pilot, "1 article with 1 span written to")
        (record,) = records(project.root / "gold.jsonl")
        assert record["id"] == "two"
        await pilot.press("d", "ctrl+u", *"2999-01-31", "enter", "enter")
        await wait_for_text(pilot, "No article is done")
    assert records(project.root / "gold.jsonl") == []


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("m", "NONE", "there is no label NONE"),
        ("r", "nine", "there is no article nine"),
        ("d", "soon", "soon: a time is written 2026-01-31, or 2026-01-31T09:30"),
        ("n", "many", "many: how many articles a file has is a number"),
    ],
)
async def test_what_cannot_be_is_told_and_the_choice_stays(project: Project, key: str, typed: str, said: str) -> None:
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e")
        await wait_for_text(pilot, "m  labels")
        await pilot.press(key)
        await wait_for_text(pilot, "Enter keep")
        await pilot.press(*typed, "enter")
        await wait_for_text(pilot, said)
        assert line_with(pilot.app, "labels").split()[-1] == "all"
        await pilot.press("enter")
        await wait_for_text(pilot, "1 article with 2 spans written to")


async def test_files_of_so_many_articles_are_a_folder(project: Project) -> None:
    annotate(project, "ada", "two", QUOTES)
    async with running(project, size=(140, 30)) as pilot:
        await pilot.press("e")
        await wait_for_text(pilot, "m  labels")
        await pilot.press("n")
        await wait_for_text(pilot, "Enter keep")
        await pilot.press("1", "enter")
        await wait_for_text(pilot, "a folder of files of 1 article")
        await pilot.press("enter")
        await wait_for_text(pilot, "2 articles with 4 spans written to")
    assert sorted(one.name for one in (project.root / "gold").iterdir()) == ["corpus-0001.jsonl", "corpus-0002.jsonl"]


async def test_keys_of_the_user_s_own_choose_and_are_named(project: Project) -> None:
    annotate(project, "bo", "one", QUOTES[:1])
    put_in_force({"export.whose": ("y",)})
    try:
        async with running(project, size=(140, 30)) as pilot:
            await pilot.press("e", "enter")
            await wait_for_text(pilot, "y chooses whose work counts.")
            await pilot.press("y", "y")
            await wait_for(pilot, lambda: line_with(pilot.app, "whose").split()[-1] == "bo", "bo's work")
    finally:
        put_in_force({})
