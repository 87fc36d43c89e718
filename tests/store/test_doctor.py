"""The doctor names what is wrong, and only that; what it mends is in order afterwards, and no byte is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from edited_files import edit, without_checksum
from hypothesis import given, settings
from hypothesis import strategies as st
from small_projects import annotate, propose, small_project
from store_helpers import view_of

from annotate import acts
from annotate.layers import Layer, Status
from store.checksums import with_checksum
from store.doctor.examination import Examination
from store.doctor.findings import Finding
from store.doctor.journals import journal_files
from store.errors import BrokenFileError, StoreError
from store.project import Draft, Project
from store.revisions import stand, update_articles
from store.session import Session

TEXTS = {"a": "Ada flew to Lima.", "b": "Lima is wet. Ada wrote it."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "wire", TEXTS)
    propose(project, "a", [("Lima", "GPE")])
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    annotate(project, "ada", "b", [("Lima", "GPE")])
    return project


def check(project: Project) -> list[Finding]:
    return [one for one in Examination(project.root).findings() if one is not None]


def repair(project: Project) -> list[str]:
    return [one.mend() if one.mend else "" for one in Examination(project.root).findings() if one is not None]


def layers(project: Project) -> dict[str, Layer]:
    again = Project.open(project.root)
    return {name: again.layer("ada", name) for name in TEXTS}


def journal(project: Project, number: int = 0) -> Path:
    return journal_files(project.locations.journal("ada"))[number]


def aside(project: Project) -> list[bytes]:
    return [path.read_bytes() for path in sorted((project.root / "set-aside").rglob("*")) if path.is_file()]


def resealed(path: Path, *changes: tuple[str, str]) -> None:
    """Change a database file and have its checksum fit."""
    edit(path, *changes)
    path.write_bytes(with_checksum(path.read_bytes()))


def test_a_sound_project_is_in_order_and_reading_it_changes_nothing(project: Project) -> None:
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    assert check(project) == []
    assert {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()} == before


def test_what_it_looked_at_is_counted(project: Project) -> None:
    examination = Examination(project.root)
    files = [one for one in examination.findings() if one is None]
    checked = examination.checked
    assert (checked.articles, checked.suggestions, checked.layers, checked.journals) == (2, 1, 2, 2)
    assert len(files) == examination.count_files() - checked.journals == 5


LAYER_DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "zeroed": lambda data: b"\0" * len(data),
    "cut": lambda data: data[: len(data) // 2],
    "foreign": lambda data: b'{"some": "other program"}',
    "flipped": lambda data: data.replace(b'"start": 0', b'"start": 1'),
    "changed and old": lambda data: without_checksum(data).replace(b'"quote": "Ada"', b'"quote": "Adi"'),
}


@pytest.mark.parametrize("damage", LAYER_DAMAGES)
def test_a_broken_layer_is_named_and_rebuilt_from_the_journal(project: Project, damage: str) -> None:
    path = project.locations.layer("ada", "a")
    before = layers(project)
    broken = LAYER_DAMAGES[damage](path.read_bytes())
    path.write_bytes(broken)
    (finding,) = check(project)
    assert finding.path == path
    (done,) = repair(project)
    assert "rebuilt from" in done
    assert check(project) == []
    assert layers(project) == before
    assert aside(project) == [broken]


def test_a_line_number_is_told_where_there_is_one(project: Project) -> None:
    path = project.locations.layer("ada", "a")
    path.write_text('{"layer": {\n  oops')
    (finding,) = check(project)
    assert (finding.line, finding.what.partition(" (")[0]) == (2, "not JSON")


def test_a_broken_layer_that_the_journal_knows_nothing_of_is_set_aside(project: Project) -> None:
    path = project.locations.layer("ada", "a")
    shutil.rmtree(project.locations.journal("ada"))
    path.write_bytes(b"broken")
    assert path in [one.path for one in check(project)]
    repair(project)
    assert not path.exists()
    assert aside(project) == [b"broken"]


def test_a_layer_changed_by_hand_is_accepted_as_one_decision_that_can_be_undone(project: Project) -> None:
    path = project.locations.layer("ada", "a")
    before = layers(project)
    path.write_bytes(path.read_bytes().replace(b'"label": "PERSON"', b'"label": "ORG"'))
    (finding,) = check(project)
    assert "changed by hand" in finding.what and "--accept" in finding.do
    Examination(project.root).accept(path)
    assert check(project) == []
    assert {one.span.label for one in layers(project)["a"].annotations.values()} == {"ORG", "GPE"}
    session = Session(Project.open(project.root), "ada")
    session.undo()
    session.close()
    assert layers(project) == before
    assert check(project) == []


@pytest.mark.parametrize("change", [(b'"quote": "Ada"', b'"quote": "Eve"'), (b'"state"', b'"stat"'), (b"{", b"")])
def test_a_layer_that_does_not_fit_its_article_is_not_accepted(project: Project, change: tuple[bytes, bytes]) -> None:
    path = project.locations.layer("ada", "a")
    path.write_bytes(path.read_bytes().replace(*change))
    held = path.read_bytes()
    with pytest.raises(BrokenFileError) as caught:
        Examination(project.root).accept(path)
    assert caught.value.path == path and "\n" not in caught.value.message
    assert path.read_bytes() == held


def test_only_files_of_the_project_are_accepted(project: Project, tmp_path: Path) -> None:
    for path in (tmp_path / "x.json", project.root / "manicule.toml", journal(project)):
        with pytest.raises(StoreError, match="no article, layer or suggestions of this project"):
            Examination(project.root).accept(path)
    with pytest.raises(BrokenFileError, match="no such file"):
        Examination(project.root).accept(project.locations.article("zzz"))


def test_a_damaged_journal_line_is_isolated_and_the_layer_keeps_what_it_said(project: Project) -> None:
    before = layers(project)
    path = journal(project)
    held = path.read_bytes()
    path.write_bytes(held.replace(b'"label":"PERSON"', b'"label":"NERSON"', 1))
    damaged = path.read_bytes()
    first, second = check(project)
    assert (first.path, first.line, first.what) == (path, 1, "a damaged line: its check does not fit")
    assert second.path == project.locations.layer("ada", "a")
    assert "not what its history" in second.what
    repair(project)
    assert check(project) == []
    assert layers(project) == before
    assert aside(project) == [damaged]
    project.locations.layer("ada", "a").unlink()
    assert layers(project) == before, "the journal alone comes to it"
    assert Session(Project.open(project.root), "ada").problems == ()


def test_a_deleted_journal_line_is_noticed_without_layers_and_told_once_repaired(project: Project) -> None:
    path = journal(project)
    lines = path.read_bytes().split(b"\n")
    assert len(lines) > 3
    path.write_bytes(b"\n".join([lines[0], *lines[2:]]))
    for layer in list((project.root / "layers" / "ada").glob("??/*.json")):
        layer.unlink()
    (found,) = [one for one in check(project) if one.path == path]
    assert found.what == "lacks what was its line 2: deleted, or lost before a check could tell"
    assert found.mend is not None
    assert found.mend().startswith("taken as it is; as it was: set-aside/layers/ada/journal/")
    assert check(project) == []


def test_what_repair_took_out_is_no_gap_and_a_line_deleted_later_is(project: Project) -> None:
    path = journal(project)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], lines[1].replace(b'"seq"', b'"sep"'), *lines[2:]]))
    (found,) = [one for one in check(project) if one.path == path]
    assert found.mend is not None and found.line == 2
    found.mend()
    gaps = [one for one in check(project) if "lacks what was" in one.what]
    assert gaps == []
    path.write_bytes(b"\n".join([*lines[2:]]))
    (gap,) = [one for one in check(project) if "lacks what was" in one.what]
    assert "lines 1 to 2" in gap.what


def test_a_journal_file_that_is_gone_is_named_and_made_good_from_the_layer(project: Project) -> None:
    before = layers(project)
    path = journal(project)
    path.unlink()
    (finding,) = check(project)
    assert (finding.path, "lacks decisions on a" in finding.what) == (path, True)
    repair(project)
    assert check(project) == []
    assert layers(project) == before
    project.locations.layer("ada", "a").unlink()
    assert layers(project) == before


def test_a_journal_that_comes_back_after_it_was_made_good_does_no_harm(project: Project) -> None:
    before = layers(project)
    path = journal(project)
    held = path.read_bytes()
    path.unlink()
    repair(project)
    path.write_bytes(held)
    assert {name: layer.annotations for name, layer in layers(project).items()} == {
        name: layer.annotations for name, layer in before.items()
    }


def test_a_torn_last_line_is_named_and_isolated(project: Project) -> None:
    session = Session(Project.open(project.root), "ada")
    view = view_of(session, "b")
    session.commit(acts.note(view, None, "torn"))
    path = journal(project, 2)
    path.write_bytes(path.read_bytes()[:-20])
    (finding,) = check(project)
    assert (finding.path, finding.line, finding.what.partition(":")[0]) == (path, 1, "the last line is torn")
    repair(project)
    assert check(project) == []


def test_a_broken_article_is_set_aside_and_the_work_on_it_is_named(project: Project) -> None:
    path = project.locations.article("a")
    path.write_bytes(path.read_bytes()[:100])
    (finding,) = check(project)
    assert finding.path == path
    repair(project)
    left = check(project)
    assert [one.path for one in left] == [project.locations.layer("ada", "a")]
    assert "not here" in left[0].what
    kept = next((project.root / "set-aside").rglob("a.json.*"))
    assert len(kept.read_bytes()) == 100


def test_an_article_whose_text_is_sound_is_kept_by_repair(project: Project) -> None:
    path = project.locations.article("a")
    path.write_bytes(path.read_bytes().replace(b'"title": "A"', b'"title": "Flight"'))
    (finding,) = check(project)
    assert "changed by hand" in finding.what
    repair(project)
    assert check(project) == []
    assert project.article("a").title == "Flight"


@pytest.mark.parametrize("of", ["article", "suggestions"])
def test_articles_and_suggestions_changed_by_hand_are_accepted(project: Project, of: str) -> None:
    path = project.locations.article("a") if of == "article" else project.locations.suggestions("news", "a")
    change = (b'"title": "A"', b'"title": "B"') if of == "article" else (b'"score": null', b'"score": 0.5')
    path.write_bytes(path.read_bytes().replace(*change))
    Examination(project.root).accept(path)
    assert check(project) == []
    assert change[1] in path.read_bytes()


def test_a_text_that_is_not_the_one_added_is_named_in_any_revision(project: Project) -> None:
    path = project.locations.article("a")
    resealed(path, ("Ada flew", "Eve flew"))
    (finding,) = check(project)
    assert (finding.path, finding.what) == (path, "the text is not what it was when it was added")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (('"end": 16', '"end": 96'), "1 of it, 12-96 first, outside the text of 17 characters"),
        (('"source": "news"', '"source": "other"'), "of the source other, and lies among those of news"),
        (('"label": "GPE"', '"label": 3'), "label: not a text"),
    ],
)
def test_suggestions_that_do_not_fit_are_named_and_set_aside(
    project: Project, change: tuple[str, str], what: str
) -> None:
    path = project.locations.suggestions("news", "a")
    resealed(path, change)
    (finding,) = check(project)
    assert (finding.path, finding.what) == (path, what)
    repair(project)
    assert check(project) == []
    assert not path.exists()


def test_suggestions_for_another_text_and_for_no_article_are_named(project: Project) -> None:
    path = project.locations.suggestions("news", "a")
    resealed(path, (project.article("a").text_hash, "0" * 64))
    assert [one.what for one in check(project)] == ["for a text that the article never had (000000000000)"]
    project.locations.article("a").unlink()
    assert "there is no such article" in [one.what for one in check(project)]


def test_a_removed_article_is_no_reason_for_a_finding(project: Project) -> None:
    from store.trash import remove_article

    remove_article(project, "a")
    assert check(project) == []


def test_labels_that_the_scheme_lost_are_named(project: Project) -> None:
    config = project.root / "manicule.toml"
    config.write_text(config.read_text("utf-8").replace('name = "GPE"', 'name = "TOWN"'), "utf-8")
    assert {one.what for one in check(project)} == {"labels that the scheme does not have: GPE"}


def test_mistakes_in_the_configuration_are_findings_and_the_rest_is_checked(project: Project) -> None:
    config = project.root / "manicule.toml"
    config.write_text(config.read_text("utf-8").replace("overlap = false", 'overlap = "no"'), "utf-8")
    project.locations.layer("ada", "a").write_bytes(b"")
    first, second = check(project)
    assert first.path == config and first.line > 1
    assert second.what == "empty"


def test_files_in_the_wrong_place_are_moved_and_strangers_are_set_aside(project: Project) -> None:
    right = project.locations.article("a")
    wrong = right.parent.parent / "00" / "a.json"
    wrong.parent.mkdir(exist_ok=True)
    right.rename(wrong)
    (right.parent / "a (copy).json").write_bytes(b"mine")
    (right.parent / ".DS_Store").write_bytes(b"none of our business")
    assert len(check(project)) >= 2
    repair(project)
    repair(project)
    assert check(project) == []
    assert right.exists() and b"mine" in aside(project)


def test_what_a_crash_left_behind_is_named_once_it_is_old(project: Project) -> None:
    left = project.locations.article("a").parent / ".0123456789ab.tmp"
    left.write_bytes(b"half")
    assert check(project) == [], "somebody may be writing it just now"
    os.utime(left, (1, 1))
    assert [one.path for one in check(project)] == [left]
    repair(project)
    assert not left.exists()


def test_work_on_an_article_that_is_gone_is_named_with_and_without_a_layer_file(project: Project) -> None:
    project.locations.article("b").unlink()
    assert [one.path for one in check(project)] == [project.locations.layer("ada", "b")]
    project.locations.layer("ada", "b").unlink()
    (finding,) = check(project)
    assert finding.what == "decisions on 'b', an article that is not here"


def test_files_without_a_checksum_are_in_order(project: Project) -> None:
    for path in project.root.rglob("*.json"):
        if ".manicule" not in path.parts:
            path.write_bytes(without_checksum(path.read_bytes()))
    assert check(project) == []


def test_two_clones_that_came_together_are_in_order(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.root, tmp_path / "clone")
    clone = Project.open(tmp_path / "clone")
    annotate(clone, "ada", "b", [("Ada", "PERSON")], status=Status.IN_PROGRESS)
    annotate(project, "ada", "b", [("Ada", "ORG")], status=Status.IN_PROGRESS)
    for path in journal_files(clone.locations.journal("ada")):
        shutil.copy(path, project.locations.journal("ada"))
    assert check(project) == []
    session = Session(Project.open(project.root), "ada")
    session.commit(acts.note(view_of(session, "b"), None, "merged"))
    session.close()
    assert check(project) == []


def test_what_another_clone_brings_costs_no_decision_whose_line_is_damaged(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.root, tmp_path / "clone")
    clone = Project.open(tmp_path / "clone")
    annotate(clone, "ada", "a", [("flew", "ORG")], status=Status.IN_PROGRESS)
    annotate(project, "ada", "a", [("to", "ORG")], status=Status.IN_PROGRESS)
    path = journal(project)
    path.write_bytes(path.read_bytes().replace(b'"label":"PERSON"', b'"label":"NERSON"', 1))
    for brought in journal_files(clone.locations.journal("ada")):
        if not (path.parent / brought.name).exists():
            shutil.copy(brought, path.parent)
    before = project.stored_layer("ada", "a").layer
    assert {one.quote for one in before.annotations.values()} == {"Ada", "Lima", "flew", "to"}
    repair(project)
    assert check(project) == []
    assert layers(project)["a"] == before


@pytest.mark.parametrize("lost", ["nothing", "layer", "journal"])
def test_a_layer_that_went_on_to_a_newer_text_is_in_order_and_can_be_made_good(tmp_path: Path, lost: str) -> None:
    project = small_project(tmp_path / "wire", {})
    project.add_articles([Draft("a", "", "Ada flew to Lima.", {"file": "a.txt"})])
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")], status=Status.IN_PROGRESS)
    list(update_articles(project, [Draft("a", "", "So Ada flew away.", {"file": "a.txt"})]))
    session = Session(project, "ada")
    stand(session, project.article("a"))
    session.close()
    before = project.layer("ada", "a")
    assert len(before.annotations) == len(before.unplaced) == 1
    assert check(project) == []
    if lost == "layer":
        project.locations.layer("ada", "a").write_bytes(b"")
    elif lost == "journal":
        shutil.rmtree(project.locations.journal("ada"))
    assert len(check(project)) == (lost != "nothing")
    repair(project)
    assert check(project) == []
    assert Project.open(project.root).layer("ada", "a") == before


@settings(max_examples=40)
@given(st.data())
def test_any_damaged_byte_of_a_layer_or_journal_is_named_and_mended(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("damage") / "wire"
    project = small_project(root, {"a": TEXTS["a"]})
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    before = project.layer("ada", "a")
    path = data.draw(st.sampled_from([project.locations.layer("ada", "a"), journal(project)]))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    path.write_bytes(bytes(content))
    found = check(project)
    assert found or path.suffix == ".json"
    repair(project)
    assert check(project) == []
    assert Project.open(root).layer("ada", "a") == before
    assert json.loads(project.locations.layer("ada", "a").read_bytes())
