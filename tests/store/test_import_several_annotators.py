"""Files in which several annotators speak: whose word an import takes, and what it leaves open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_projects import small_project

from annotate.layers import Status
from store.import_request import Imported, ImportFailedError, ImportRequest
from store.importing import import_files
from store.project import Project

TEXTS = {"a": "Ada met Bob.", "b": "Nobody is here.", "c": "Bob slept.", "d": "Not seen yet."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", TEXTS)


def region(start: int, end: int, kind: str = "labels") -> dict[str, Any]:
    return {"type": kind, "value": {"start": start, "end": end, "labels": ["PERSON"]}}


def annotation(who: str, *regions: dict[str, Any]) -> dict[str, Any]:
    return {"completed_by": {"email": who}, "result": list(regions)}


def tasks(path: Path, annotations: dict[str, list[dict[str, Any]]]) -> Path:
    """A file of Label Studio with these annotations of each article."""
    made = [{"data": {"text": TEXTS[name]}, "annotations": held} for name, held in annotations.items()]
    path.write_text(json.dumps(made), "utf-8")
    return path


def taken(project: Project, form: str, path: Path, **more: Any) -> Imported:
    return import_files(project, ImportRequest(form, (path,), "gold", "me", **more))


def refused(project: Project, form: str, path: Path, **more: Any) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        taken(project, form, path, **more)
    return caught.value


def statuses(project: Project) -> dict[str, Status]:
    opened = Project.open(project.root)
    return {name: opened.layer("me", name).status for name in TEXTS}


def test_only_what_the_annotator_went_through_becomes_done_be_it_without_a_span(
    project: Project, tmp_path: Path
) -> None:
    path = tasks(
        tmp_path / "tasks.json",
        {
            "a": [annotation("ada", region(0, 3)), annotation("bob", region(8, 11))],
            "b": [annotation("ada")],
            "c": [annotation("bob", region(0, 3))],
            "d": [],
        },
    )
    done = taken(project, "label-studio", path, said_by="ada")
    assert statuses(project) == {"a": Status.DONE, "b": Status.DONE, "c": Status.NEW, "d": Status.NEW}
    assert done.notes == ["1 article left open: the file does not say that the annotator of --from went through"]


def test_jsonl_that_does_not_say_who_found_nothing_leaves_the_article_open(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    span = {"start": 0, "end": 3, "label": "PERSON", "annotator": "ada"}
    path.write_text("".join(json.dumps({"text": TEXTS[n], "spans": [span] if n == "a" else []}) + "\n" for n in "ab"))
    taken(project, "jsonl", path, said_by="ada")
    assert statuses(project) == dict.fromkeys("bcd", Status.NEW) | {"a": Status.DONE}


def test_who_found_nothing_contradicts_who_found_something(project: Project, tmp_path: Path) -> None:
    path = tasks(tmp_path / "tasks.json", {"a": [annotation("ada"), annotation("bob", region(8, 11))]})
    assert refused(project, "label-studio", path).problems == (
        f"{path}:1: it holds annotations of ada and bob: say whose with --from",
    )


def test_an_annotator_who_is_nowhere_in_the_files_is_refused(project: Project, tmp_path: Path) -> None:
    path = tasks(tmp_path / "tasks.json", {"a": [annotation("ada", region(0, 3))], "b": []})
    assert refused(project, "label-studio", path, said_by="Ada").problems == ("--from Ada: the files name ada",)
    assert set(statuses(project).values()) == {Status.NEW}


def test_regions_of_another_kind_are_a_loss_and_answers_are_counted(project: Project, tmp_path: Path) -> None:
    others = [region(0, 3, "hypertextlabels"), {"type": "choices", "value": {"choices": ["good"]}}]
    path = tasks(tmp_path / "tasks.json", {"a": [annotation("ada", region(8, 11), *others)]})
    error = refused(project, "label-studio", path)
    line = "a: 1 region of type hypertextlabels: only labels of plain text can be read"
    assert (error.problems, error.losses) == ((line,), True)
    done = taken(project, "label-studio", path, allow_loss=True)
    assert (done.losses, done.notes) == ([line], ["passed over: 1 of type choices in Label Studio's results"])


def rows(path: Path, *answers: tuple[str, str, list[dict[str, Any]]]) -> Path:
    """A file of Prodigy's: (article, annotator, spans) in each row."""
    made = [{"text": TEXTS[name], "spans": spans, "_annotator_id": who} for name, who, spans in answers]
    path.write_text("".join(json.dumps(one) + "\n" for one in made), "utf-8")
    return path


def test_prodigy_s_rows_of_several_annotators_are_told_apart(project: Project, tmp_path: Path) -> None:
    span = {"start": 0, "end": 3, "label": "PERSON"}
    path = rows(tmp_path / "x.jsonl", ("a", "ada", [span]), ("a", "bob", []), ("b", "bob", []), ("b", "ada", []))
    assert refused(project, "prodigy", path).problems == (
        f"{path}:2: the same article as at {path}:1; where these are several annotators', say whose with --from",
        f"{path}:4: the same article as at {path}:3; where these are several annotators', say whose with --from",
    )
    done = taken(project, "prodigy", path, said_by="ada")
    assert (done.articles, done.spans, done.notes) == (2, 1, ["2 rows of other annotators passed over"])
    assert statuses(project) == dict.fromkeys("ab", Status.DONE) | dict.fromkeys("cd", Status.NEW)


def test_prodigy_s_rows_that_one_annotator_has_twice_are_refused(project: Project, tmp_path: Path) -> None:
    path = rows(tmp_path / "x.jsonl", ("a", "bob", []), ("a", "ada", []), ("a", "ada", []))
    (problem,) = refused(project, "prodigy", path, said_by="ada").problems
    assert problem.startswith(f"{path}:3: the same article as at {path}:2")
