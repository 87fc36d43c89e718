"""The queue of findings: its lines side by side, one or all fixed, or left as they are for good."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pilots import running, screen_text, wait_for, wait_for_text
from reader_pilots import Clock, press, reading_app, reading_of_app
from small_projects import annotate, small_project
from textual import events
from textual.pilot import Pilot

from annotate.checks.findings import Doubt, Spot
from annotate.decisions import How
from annotate.layers import Status
from annotate.project_wide import PROJECT
from annotate.spans import Span
from store.log import read_log
from store.project import Project
from store.session import Session
from tui.screens.checks import Checks
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.widgets.line_list import LineList


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Ada has Lima as GPE five times and as ORG twice, in articles that are done, and in one that is not."""
    names = ("a", "b", "c", "d", "e")
    texts = {one: f"Talks with Lima ended. {one}" for one in (*names, "x", "y")}
    project = small_project(tmp_path / "wire", texts | {"z": "Talks with Lima ended. Zed left."})
    for name in names:
        annotate(project, "ada", name, [("Lima", "GPE")])
    annotate(project, "ada", "x", [("Lima", "ORG")])
    annotate(project, "ada", "y", [("Lima", "ORG")], status=Status.IN_PROGRESS)
    annotate(project, "bo", "z", [("Lima", "ORG")])
    return project


def labels(project: Project, annotator: str = "ada") -> dict[str, list[str]]:
    found = {article_id: Session(project, annotator).peek(article_id) for article_id in project.article_ids()}
    return {name: [f"{one.quote}/{one.span.label}" for one in layer.confirmed()] for name, layer in found.items()}


def accepted(project: Project) -> list[str]:
    return [one.told for one in Session(project, "ada").peek(PROJECT).accepted.values()]


def lines(pilot: Pilot[None]) -> LineList:
    return pilot.app.screen.query_one(LineList)


async def opened(pilot: Pilot[None], told: str = "1 finding left · labels 1") -> None:
    await pilot.press("number_sign")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, Checks), "the queue")
    await wait_for_text(pilot, told)
    await wait_for(pilot, lambda: not lines(pilot).count or lines(pilot).is_drawn, "the line on screen")


async def pressed(pilot: Pilot[None], key: str, told: str) -> None:
    await pilot.press(key)
    await wait_for_text(pilot, told)
    await pilot.pause(0.15)


async def test_a_finding_shows_its_lines_and_what_they_would_become(project: Project) -> None:
    async with running(project) as pilot:
        await opened(pilot)
        shown = screen_text(pilot.app)
        assert "labels  ·  “Lima”: GPE 5, ORG 2" in shown
        assert shown.count("→ GPE · ORG ✓") == 2 and shown.count("GPE ✓") == 5
        assert shown.index("→ GPE") < shown.index("GPE ✓")
        assert lines(pilot).cursor == 1


async def test_space_fixes_one_line_and_goes_to_the_next(project: Project) -> None:
    async with running(project) as pilot:
        await opened(pilot)
        await pilot.press("space")
        await wait_for(pilot, lambda: labels(project)["x"] == ["Lima/GPE"], "the fix")
        assert (lines(pilot).cursor, labels(project)["y"]) == (2, ["Lima/ORG"])
        assert Session(project, "ada").peek("x").status is Status.DONE
        await pressed(pilot, "u", "undone: relabel “Lima”")
        assert labels(project)["x"] == ["Lima/ORG"]
        await wait_for(pilot, lambda: screen_text(pilot.app).count("→ GPE") == 2, "both lines")


async def test_a_fixes_all_lines_as_one_decision_in_bulk(project: Project) -> None:
    async with running(project) as pilot:
        await opened(pilot)
        await pressed(pilot, "a", "2 lines in 2 articles fixed · u takes that back")
        assert labels(project)["x"] == labels(project)["y"] == ["Lima/GPE"]
        assert "0 findings left" in screen_text(pilot.app) and "✓ labels" in screen_text(pilot.app)
        logged = list(read_log(project.locations, "ada", lambda _: None))[-2:]
        assert {one.decision.how for one in logged} == {How.PROJECT} and len({one.line.group for one in logged}) == 1
        await pressed(pilot, "u", "1 finding left")
        assert labels(project)["x"] == labels(project)["y"] == ["Lima/ORG"]
    assert labels(project, "bo")["z"] == ["Lima/ORG"]


async def test_what_is_left_as_it_is_is_remembered_until_it_is_undone(project: Project) -> None:
    async with running(project) as pilot:
        await opened(pilot)
        await pressed(pilot, "d", "left as it is: “Lima”: GPE 5, ORG 2")
        assert accepted(project) == ["“Lima”: GPE 5, ORG 2"] * 2
        assert screen_text(pilot.app).count("accepted · ORG ✓") == 2
        await pilot.press("g")
        await wait_for_text(pilot, "nothing: your decisions contradict each other nowhere")
    async with running(project) as pilot:
        await opened(pilot, "0 findings left")
        await pressed(pilot, "u", "undone: accept ““Lima”")
        assert "1 finding left" in screen_text(pilot.app)
    assert accepted(project) == []


async def test_lines_take_labels_and_no_entity(project: Project) -> None:
    async with running(project) as pilot:
        await opened(pilot)
        await pilot.press("P")
        await wait_for(pilot, lambda: labels(project)["x"] == ["Lima/PERSON"], "the label")
        await pilot.press("x")
        await wait_for(pilot, lambda: labels(project)["y"] == [], "the rejection")
        await pressed(pilot, "D", "no label on D. Caps Lock?")
        assert "0 findings left" in screen_text(pilot.app)


async def test_missed_places_are_added_or_accepted_one_by_one(tmp_path: Path) -> None:
    texts = {one: f"The ISPR spoke, {one}." for one in "abcdefgh"} | {"y": "An ISPR man.", "z": "Ask ISPR."}
    project = small_project(tmp_path / "wire", texts)
    for name in "abcdefgh":
        annotate(project, "ada", name, [("ISPR", "ORG")])
    for name in "yz":
        annotate(project, "ada", name)
    async with running(project) as pilot:
        await opened(pilot, "1 finding left · missed 1")
        await pressed(pilot, "x", "accepted · –")
        assert accepted(project) == ["“ISPR”: ORG 8, not labelled 2"]
        await pilot.press("space")
        await wait_for(pilot, lambda: labels(project)["z"] == ["ISPR/ORG"], "the addition")
        assert labels(project)["y"] == []
        await wait_for_text(pilot, "0 findings left")


async def test_a_line_is_read_in_its_article_and_the_reader_shows_what_was_decided(project: Project) -> None:
    async with reading_app(project, "x") as pilot:
        await press(pilot, "home")
        await opened(pilot)
        await pilot.press("space", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        await wait_for(pilot, lambda: "GPE" in [one.label for one in reading_of_app(pilot).view.entries()], "the label")
        await opened(pilot, "1 finding left")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader again")
        assert reading_of_app(pilot).article.id == "y"


async def test_it_opens_on_the_finding_of_the_article_that_one_comes_from(project: Project) -> None:
    async with reading_app(project, "y") as pilot:
        await opened(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, Checks) and screen.current == ("y", 11, 15)


async def test_what_was_decided_otherwise_meanwhile_is_not_offered(project: Project) -> None:
    async with running(project) as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await pilot.press("c")
        await pilot.press(*"Lima", "enter")
        await wait_for_text(pilot, "8 lines")
        await pilot.press("end", "up", "G")
        await wait_for(pilot, lambda: labels(project)["y"] == ["Lima/GPE"], "the label")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await opened(pilot)
        assert screen_text(pilot.app).count("→ GPE") == 1


async def test_a_held_key_fixes_nothing_unseen(project: Project) -> None:
    clock = Clock()
    async with reading_app(project, "x", clock=clock) as pilot:
        await press(pilot, "home")
        await opened(pilot)
        with clock.stopped():
            for _ in range(5):
                pilot.app.post_message(events.Key("space", " "))
            await wait_for(pilot, lambda: labels(project)["x"] == ["Lima/GPE"], "one fix")
        await pilot.pause()
        assert labels(project)["y"] == ["Lima/ORG"]


async def test_a_asks_where_lines_were_not_on_screen(tmp_path: Path) -> None:
    names = [f"n{at:03}" for at in range(100)]
    project = small_project(tmp_path / "wire", {one: f"Talks with Lima, {one}." for one in names})
    for at, name in enumerate(names):
        annotate(project, "ada", name, [("Lima", "GPE" if at < 70 else "ORG")])
    async with running(project) as pilot:
        await opened(pilot)
        await pressed(pilot, "a", "of 30 lines were not on screen: a fixes all")
        assert labels(project)["n099"] == ["Lima/ORG"]
        await pressed(pilot, "a", "30 lines in 30 articles fixed")
        assert labels(project)["n099"] == ["Lima/GPE"]


async def test_findings_of_one_rule_are_shown_after_the_other(project: Project) -> None:
    annotate(project, "ada", "z", [("Lima ended. Zed", "GPE")])
    async with running(project) as pilot:
        await opened(pilot, "2 findings left · sentences 1 · labels 1")
        await pressed(pilot, "t", "1 finding left · labels")
        assert "crosses" not in screen_text(pilot.app)
        await pressed(pilot, "t", "1 finding left · sentences")
        assert "→ “Lima ended”" in screen_text(pilot.app)
        await pressed(pilot, "t", "2 findings left")


async def test_no_article_drives_the_terminal_from_a_finding(tmp_path: Path) -> None:
    project = small_project(tmp_path / "wire", {one: f"\x1b[2J[/foo] \u202eLima, {one}." for one in "abcdx"})
    for name in "abcd":
        annotate(project, "ada", name, [("Lima", "GPE")])
    annotate(project, "ada", "x", [("Lima", "ORG")])
    async with running(project) as pilot:
        await opened(pilot)
        drawn = "".join(part.text for y in range(lines(pilot).size.height) for part in lines(pilot).render_line(y))
        assert "\x1b" not in drawn and "\u202e" not in drawn and "␛[2J[/foo]" in drawn


async def test_an_article_that_cannot_be_read_is_told(project: Project) -> None:
    async with running(project) as pilot:
        project.locations.article("a").write_text("{", encoding="utf-8")
        await opened(pilot, "a.json")
        project.locations.article("x").write_text("{", encoding="utf-8")
        await pressed(pilot, "space", "x.json")
        assert pilot.app.is_running


async def test_models_are_trained_when_they_are_asked_for_and_what_they_doubt_is_kept(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubt = Doubt("cross-validation", "“Talks”: …", (Spot("a", 0, 5, "", Span(0, 5, "ORG")),), 0.97)

    def trained(*arguments: object) -> list[Doubt]:
        tell = arguments[-1]
        assert callable(tell)
        tell(3, 35)
        return [doubt]

    monkeypatch.setattr("store.checking_apart.cross_validate_apart", trained)
    async with running(project) as pilot:
        await opened(pilot)
        await pressed(pilot, "v", "2 findings left")
        await pilot.press("end", "space")
        await wait_for(pilot, lambda: "Talks/ORG" in labels(project)["a"], "the fix")
        await pressed(pilot, "g", "2 findings left · labels 1 · missed 1")


async def test_looking_is_stopped_by_escape(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = threading.Event()

    def endless(*arguments: object) -> list[Doubt]:
        tell = arguments[-1]
        assert callable(tell)
        while not waiting.wait(0.01):
            tell(1, 35)
        return []

    monkeypatch.setattr("store.checking_apart.cross_validate_apart", endless)
    async with running(project) as pilot:
        await opened(pilot)
        await pressed(pilot, "v", "trained 1 of 35 …")
        await pressed(pilot, "escape", "stopped")
        assert "1 finding left" in screen_text(pilot.app)
        waiting.set()
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
