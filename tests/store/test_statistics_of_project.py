from pathlib import Path

import pytest
from small_projects import annotate, propose, shared, small_project

from annotate.layers import Status
from annotate.statistics import UNDECIDED
from store import shard_cache, statistics
from store.cache_files import read_cache, write_cache
from store.project import Project
from store.statistics import gather

TEXTS = {"a": "Ada met Bob in Lima.", "b": "Acme sold it to Lima.", "c": "Nobody is here.", "d": "Lima, Lima."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "wire", TEXTS)
    propose(project, "a", [("Ada", "ORG"), ("Bob", "PERSON"), ("Lima", "GPE")])
    propose(project, "b", [("Acme", "ORG"), ("Lima", "GPE")])
    propose(project, "b", [("it", "ORG")], source="other")
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Bob", "PERSON")])
    annotate(project, "ada", "b", [("Acme", "ORG"), ("to", "GPE")], status=Status.IN_PROGRESS)
    annotate(project, "ada", "c", status=Status.SKIPPED)
    return project


def test_articles_words_and_entities_are_counted(project):
    seen = []
    found = gather(project, "ada", lambda done, total: seen.append((done, total)))
    counted = found.counted
    assert counted.articles == {Status.DONE: 1, Status.IN_PROGRESS: 1, Status.SKIPPED: 1, Status.NEW: 1}
    assert counted.words == {Status.DONE: 5, Status.IN_PROGRESS: 5, Status.SKIPPED: 3, Status.NEW: 2}
    assert counted.entities == {
        ("PERSON", "confirmed"): 1,
        ("PERSON", "corrected"): 1,
        ("GPE", "rejected"): 1,
        ("ORG", "confirmed"): 1,
        ("GPE", "added"): 1,
        ("GPE", UNDECIDED): 1,
        ("ORG", UNDECIDED): 1,
    }
    assert sorted(set(seen))[-4:] == [(number, 4) for number in (1, 2, 3, 4)]
    assert seen == sorted(seen)


def test_each_source_is_reckoned_over_what_is_settled(project):
    counted = gather(project, "ada", None).counted
    assert (counted.settled["news"], counted.agreed["news"]) == (4, 2)
    assert counted.precision("other") is None


def test_one_annotator_s_work_does_not_count_for_another(project):
    annotate(project, "bob", "d", [("Lima", "GPE")])
    counted = gather(project, "bob", None).counted
    assert counted.articles == {Status.NEW: 3, Status.DONE: 1}
    assert not counted.settled


def test_nobody_s_work_is_all_new(project):
    counted = gather(project, "", None).counted
    assert counted.articles == {Status.NEW: 4}
    assert counted.count_of(UNDECIDED) == 6


def test_an_annotator_kept_blind_has_nothing_undecided_but_measures_the_source(project):
    config = project.root / "manicule.toml"
    text = config.read_text()
    assert "blind = []" in text
    config.write_text(text.replace("blind = []", 'blind = ["ada"]'))
    counted = gather(Project.open(project.root), "ada", None).counted
    assert counted.count_of(UNDECIDED) == 0
    assert counted.settled["news"] == 4


def test_what_cannot_be_read_is_named_and_the_rest_counted(project):
    path = project.locations.layer("ada", "a")
    path.write_text("{")
    found = gather(project, "ada", None)
    assert sum(found.counted.articles.values()) == 3
    (problem,) = found.problems
    assert problem.startswith(f"{path}: ")


def test_what_was_counted_is_not_counted_again(project, monkeypatch):
    monkeypatch.setattr(shard_cache, "disk_clock", lambda locations: 1 << 62)
    first = gather(project, "ada")
    seen = []
    count = statistics._of_article
    monkeypatch.setattr(statistics, "_of_article", lambda *given: seen.append(given[2]) or count(*given))
    assert gather(Project.open(project.root), "ada") == first
    assert seen == []
    annotate(project, "ada", "d", [("Lima", "GPE")])
    changed = gather(Project.open(project.root), "ada")
    assert seen == ["d"]
    assert changed.counted.articles[Status.DONE] == first.counted.articles[Status.DONE] + 1


def test_counting_changes_nothing(project):
    before = shared(project.root)
    gather(Project.open(project.root), "ada", None)
    assert shared(project.root) == before


@pytest.mark.parametrize("value", [None, 5, [], {}, {"names": 3}])
def test_what_was_kept_by_something_else_is_counted_again(project, monkeypatch, value):
    monkeypatch.setattr(shard_cache, "disk_clock", lambda locations: 1 << 62)
    first = gather(project, "ada")
    for path in (project.locations.local / "cache" / "counts" / "ada").iterdir():
        content = read_cache(path)
        content["values"] = {name: (print_, value) for name, (print_, _) in content["values"].items()}
        assert write_cache(project.locations, path, content)
    assert gather(Project.open(project.root), "ada") == first
