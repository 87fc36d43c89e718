"""Two clones of one annotator's project, each worked in: merged by git or by copying, both sets of decisions count."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from small_projects import propose, small_project
from terminal import manicule

from annotate import acts
from annotate.acts import Decisions
from annotate.layers import Layer, Status
from annotate.view import View
from store.clashes import find_contradictions
from store.doctor.examination import Examination
from store.doctor.findings import Finding
from store.errors import BrokenFileError
from store.merged_by_git import is_merged_by_git
from store.project import Project
from store.session import Session
from store.trash import remove_article, restore_article

TEXT = "Anna Berg met Bo Lind in Lima."
Act = Callable[[View], Decisions]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "home", {"rain": TEXT, "snow": TEXT + " Again."})
    for name in ("rain", "snow"):
        propose(project, name, [("Anna Berg", "PERSON"), ("Bo Lind", "PERSON"), ("Lima", "GPE")])
    work(project, "rain", lambda view: acts.confirm(view, view.entries()[0]))
    return project


def work(project: Project, article_id: str, *acts_: Act) -> None:
    """Ann decides in one sitting, and leaves the article."""
    session = Session(project, "ann")
    article = project.article(article_id)
    view = View(article, project.config.scheme, project.suggestions(article), session.layer(article_id))
    for act in acts_:
        decisions = act(view)
        session.commit(decisions)
        view.apply(decisions)
    session.close()


def confirm(number: int) -> Act:
    return lambda view: acts.confirm(view, view.entries()[number])


def reject(number: int) -> Act:
    return lambda view: acts.reject(view, view.entries()[number])


def relabel(number: int, label: str) -> Act:
    return lambda view: acts.relabel(view, view.entries()[number], label)


def work_in_both(home: Project, away: Project) -> None:
    """At home and away ann settles different things, the same thing, and some things differently."""
    work(home, "rain", confirm(1), relabel(2, "ORG"), lambda view: acts.finish(view))
    work(away, "rain", confirm(2), lambda view: acts.note(view, None, "away"))
    work(home, "snow", confirm(0), reject(1))
    work(away, "snow", confirm(0), confirm(1), lambda view: acts.flag(view, view.entries()[2]))


def layers(project: Project) -> dict[str, Layer]:
    fresh = Project.open(project.root)
    return {name: fresh.layer("ann", name) for name in fresh.article_ids()}


def check_both_count(project: Project) -> None:
    fresh = Project.open(project.root)
    rain, snow = (fresh.layer("ann", name) for name in ("rain", "snow"))
    assert sorted((one.span.label, one.quote) for one in rain.confirmed()) == [
        ("GPE", "Lima"),
        ("ORG", "Lima"),
        ("PERSON", "Anna Berg"),
        ("PERSON", "Bo Lind"),
    ]
    assert rain.status is Status.DONE
    assert [one.quote for one in snow.confirmed()] == ["Anna Berg", "Anna Berg", "Bo Lind"]
    assert len(snow.remarks) == 1
    found = list(find_contradictions(fresh, "ann", []))
    told = [(one.article_id, {side.told for side in one.sides}, bool(one.group)) for one in found]
    assert ("rain", {"confirmed ORG “Lima”", "confirmed GPE “Lima”"}, False) in told
    assert ("snow", {"confirmed PERSON “Bo Lind”", "rejected PERSON “Bo Lind”"}, False) in told
    (note,) = [one for one in found if one.group]
    assert note.article_id == "rain" and note.sides[0].told == "note “” → “away”" and "status has changed" in note.why
    assert len(found) == 3


def git(root: Path, *words: str) -> None:
    done = subprocess.run(
        ["git", "-c", "user.name=ann", "-c", "user.email=ann@example.org", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def begin(project: Project, *clones: Path) -> list[Project]:
    """Put a project into git, and clone it."""
    git(project.root, "init", "-q", "-b", "main")
    save(project, "begin")
    for clone in clones:
        git(clone.parent, "clone", "-q", str(project.root), clone.name)
        assert not (clone / ".manicule").exists()
    return [Project.open(clone) for clone in clones]


def findings(project: Project) -> list[Finding]:
    """What the doctor says."""
    return [one for one in Examination(project.root).findings() if one]


def save(project: Project, message: str) -> None:
    git(project.root, "add", ".")
    git(project.root, "commit", "-qm", message)


def pull(here: Project, there: Project, *, rebase: bool = False) -> None:
    git(here.root, "pull", "-q", "--rebase" if rebase else "--no-rebase", str(there.root), "main")


@needs_git
@pytest.mark.parametrize("rebase", [False, True])
@pytest.mark.parametrize("first_home", [False, True])
def test_git_merges_two_clones_without_a_stop_and_both_count(
    project: Project, tmp_path: Path, first_home: bool, rebase: bool
) -> None:
    (away,) = begin(project, tmp_path / "away")
    work_in_both(project, away)
    save(away, "work")
    save(project, "work")
    first, second = (project, away) if first_home else (away, project)
    pull(first, second, rebase=rebase)
    assert is_merged_by_git(first.locations.layer("ann", "rain").read_bytes())
    check_both_count(first)
    assert not findings(first)
    assert manicule(tmp_path, "stats", first.root, "--annotator", "ann").stderr == ""
    pull(second, first)
    check_both_count(second)
    assert layers(away) == layers(project)


@needs_git
def test_work_goes_on_in_clones_that_git_merged_and_the_layers_are_whole_again(
    project: Project, tmp_path: Path
) -> None:
    (away,) = begin(project, tmp_path / "away")
    work_in_both(project, away)
    save(away, "work")
    save(project, "work")
    pull(project, away)
    pull(away, project)
    work(project, "snow", acts.join_twins)
    assert not is_merged_by_git(project.locations.layer("ann", "snow").read_bytes())
    work(away, "snow", lambda view: acts.note(view, None, "once more"))
    save(away, "again")
    save(project, "again")
    pull(project, away)
    pull(away, project)
    both = layers(project)["snow"]
    assert both == layers(away)["snow"]
    assert [one.quote for one in both.confirmed()] == ["Anna Berg", "Bo Lind"] and both.marks.note == "once more"


@needs_git
def test_three_clones_are_merged_one_after_the_other(project: Project, tmp_path: Path) -> None:
    clones = begin(project, tmp_path / "away", tmp_path / "train")
    for number, clone in enumerate([project, *clones]):
        work(clone, "snow", confirm(number))
        save(clone, "work")
    for clone in clones:
        pull(project, clone)
    assert [one.quote for one in layers(project)["snow"].confirmed()] == ["Anna Berg", "Bo Lind", "Lima"]
    assert not findings(project)


@needs_git
def test_a_merged_layer_whose_journal_is_not_all_there_is_told_and_never_taken_for_less(
    project: Project, tmp_path: Path
) -> None:
    (away,) = begin(project, tmp_path / "away")
    work(project, "snow", confirm(0))
    work(away, "snow", confirm(1))
    save(away, "work")
    save(project, "work")
    pull(project, away)
    (lacking,) = {path.name for path in away.locations.journal("ann").iterdir()} - {
        path.name for path in begin_journal(project)
    }
    (project.locations.journal("ann") / lacking).unlink()
    with pytest.raises(BrokenFileError, match="the journal lacks decisions of one"):
        Project.open(project.root).layer("ann", "snow")
    told = manicule(tmp_path, "stats", project.root, "--annotator", "ann", code=1).stderr
    assert "git merged two versions of it, and the journal lacks decisions of one: pull it" in told
    (found,) = [one for one in findings(project) if one.path == project.locations.layer("ann", "snow")]
    assert "put the journal's files back" in found.do


def begin_journal(project: Project) -> list[Path]:
    """The journal files that were there before the last merge."""
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "HEAD^1", "layers/ann/journal"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [project.root / line for line in listed.stdout.split("\n") if line]


def copied(source: Path, target: Path, *, update: bool = False) -> None:
    """Copy as `rsync -a --exclude .manicule` does: what is there is overwritten, what is not is left.

    With `update` as `rsync -au`: what is there and newer is left, too. Where rsync is installed, it does it.
    """
    if shutil.which("rsync"):
        options = "-au" if update else "-a"
        subprocess.run(["rsync", options, "--exclude", ".manicule", f"{source}/", f"{target}/"], check=True)
        return

    def copy(one: str, other: str) -> None:
        if not (update and Path(other).exists() and Path(other).stat().st_mtime_ns > Path(one).stat().st_mtime_ns):
            shutil.copy2(one, other)

    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".manicule"), copy_function=copy)


@pytest.mark.parametrize("update", [False, True])
@pytest.mark.parametrize("both_ways", [False, True])
def test_copying_one_clone_over_the_other_is_the_same_in_either_direction(
    project: Project, tmp_path: Path, both_ways: bool, update: bool
) -> None:
    copied(project.root, tmp_path / "away")
    away = Project.open(tmp_path / "away")
    work_in_both(project, away)
    copied(project.root, tmp_path / "first")
    if both_ways:
        copied(away.root, project.root, update=update)
        copied(tmp_path / "first", away.root, update=update)
    else:
        copied(away.root, project.root, update=update)
        copied(project.root, away.root, update=update)
    check_both_count(project)
    check_both_count(away)
    assert layers(away) == layers(project)


def test_clashes_are_listed_and_let_go(project: Project, tmp_path: Path) -> None:
    copied(project.root, tmp_path / "away")
    away = Project.open(tmp_path / "away")
    work_in_both(project, away)
    copied(away.root, project.root)
    told = manicule(tmp_path, "clashes", project.root, "--annotator", "ann", code=1)
    lines = told.stdout.split("\n")[:-1]
    assert len(lines) == 3 and told.stderr == "3 clashes\n"
    assert sum("confirmed ORG “Lima”" in line and "confirmed GPE “Lima”" in line for line in lines) == 1
    (group,) = [line.rpartition(" ")[2].rstrip(")") for line in lines if "does not count" in line]
    left = manicule(tmp_path, "clashes", project.root, "--annotator", "ann", "--settle", group, "--json", code=1)
    assert [json.loads(line)["group"] for line in left.stdout.split("\n")[:-1]] == ["", ""]
    copied(project.root, away.root)
    for root in (project.root, away.root):
        assert len(list(find_contradictions(Project.open(root), "ann", []))) == 2


def test_work_goes_on_after_a_merge_and_twins_become_one(project: Project, tmp_path: Path) -> None:
    copied(project.root, tmp_path / "away")
    away = Project.open(tmp_path / "away")
    work_in_both(project, away)
    copied(away.root, project.root)
    merged = Project.open(project.root)
    work(merged, "snow", acts.join_twins)
    assert [one.quote for one in layers(merged)["snow"].confirmed()] == ["Anna Berg", "Bo Lind"]
    session = Session(merged, "ann")
    assert session.undo() is not None
    session.close()
    assert len(layers(merged)["snow"].confirmed()) == 3


@needs_git
def test_an_article_removed_in_one_clone_is_removed_in_the_other_with_its_work_kept(
    project: Project, tmp_path: Path
) -> None:
    (away,) = begin(project, tmp_path / "away")
    remove_article(project, "rain")
    work(away, "rain", confirm(1))
    save(away, "work")
    save(project, "work")
    pull(away, project)
    assert away.article_ids() == ["snow"]
    restore_article(away, "rain")
    assert [one.quote for one in layers(away)["rain"].confirmed()] == ["Anna Berg", "Bo Lind"]
