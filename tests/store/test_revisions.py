"""An annotator's layer goes on to a newer text by one decision, which holds over restarts, undo, redo and clones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from store_helpers import project_in, suggest, view_of

from annotate import acts
from annotate.layers import Layer
from annotate.reanchoring import discard, place
from annotate.view import View
from store.errors import BrokenFileError
from store.project import Draft, Project
from store.revisions import Standing, stand, update_articles
from store.session import Session

OLD = "Talks in Lima\n\nGen Ali Khan met Bo Lind of the Ministry of Water on a Monday in the old town hall."
NEW = "Talks in Lima\n\nOn a Monday, Gen Ali Khan met Bob Lind of the Ministry of Water in the old town hall."


def _draft(text: str) -> Draft:
    return Draft("a", "Talks in Lima", text, {"file": "a.txt"})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path)
    list(project.adding([_draft(OLD)]))
    return project


def _annotate(session: Session, *wanted: tuple[str, str]) -> None:
    for quote, label in wanted:
        view = view_of(session, "a")
        start = view.article.text.index(quote)
        session.commit(acts.add(view, start, start + len(quote), label))


def _annotated(project: Project) -> Session:
    session = Session(project, "ada")
    _annotate(session, ("Ali Khan", "PERSON"), ("Bo Lind", "PERSON"), ("Ministry of Water", "ORG"))
    return session


def _change(project: Project, text: str = NEW) -> None:
    (update,) = update_articles(project, [_draft(text)])
    assert getattr(update, "changed", False)


def _stand(session: Session, *, stay: bool = False) -> Standing:
    return stand(session, session.project.article("a"), stay=stay)


def _quotes(layer: Layer) -> set[str]:
    return {one.quote for one in layer.annotations.values()}


def _fits(project: Project, layer: Layer) -> bool:
    article = project.article("a", layer.text_hash)
    return all(article.text[one.span.start : one.span.end] == one.quote for one in layer.annotations.values())


def test_the_layer_goes_on_when_its_annotator_opens_the_article_and_says_what_became_of_it(project: Project) -> None:
    _annotated(project).close()
    _change(project)
    session = Session(project, "ada")
    standing = _stand(session)
    assert standing == Standing(project.article("a"), "the text has changed: 2 placed, 1 unplaced")
    assert _quotes(session.layer("a")) == {"Ali Khan", "Ministry of Water"}
    assert _fits(project, session.layer("a"))
    assert _stand(session) == Standing(project.article("a"))


def test_before_that_the_layer_stays_with_the_earlier_text(project: Project) -> None:
    before = _annotated(project)
    layer = before.layer("a")
    before.close()
    _change(project)
    assert project.layer("ada", "a") == layer
    assert _fits(project, layer)


@pytest.mark.parametrize("folded", [True, False])
def test_what_has_no_place_is_kept_over_restarts(project: Project, folded: bool) -> None:
    _annotated(project).close()
    _change(project)
    session = Session(project, "ada")
    _stand(session)
    layer = session.layer("a")
    if folded:
        session.close()
    again = Session(project, "ada").layer("a")
    assert again == layer
    (lost,) = again.unplaced.values()
    assert (lost.quote, lost.label) == ("Bo Lind", "PERSON")


def test_undo_goes_back_to_the_earlier_text_and_redo_on_again(project: Project) -> None:
    first = _annotated(project)
    before = first.layer("a")
    first.close()
    _change(project)
    session = Session(project, "ada")
    _stand(session)
    after = session.layer("a")
    assert session.undo()
    assert session.layer("a") == before
    assert _stand(session, stay=True) == Standing(project.article("a", before.text_hash), earlier=True)
    assert session.undo()
    assert _quotes(session.layer("a")) == {"Ali Khan", "Bo Lind"}
    assert session.redo() and session.redo()
    assert session.layer("a") == after


def test_after_an_undo_opening_the_article_goes_on_anew(project: Project) -> None:
    _annotated(project).close()
    _change(project)
    session = Session(project, "ada")
    _stand(session)
    session.undo()
    _annotate_earlier(session)
    session.close()
    later = Session(project, "ada")
    assert _stand(later).told == "the text has changed: 3 placed, 1 unplaced"
    assert _quotes(later.layer("a")) == {"Ali Khan", "Ministry of Water", "Lima"}


def _annotate_earlier(session: Session) -> None:
    article = session.project.article("a", session.layer("a").text_hash)
    view = View(article, session.project.config.scheme, (), session.layer("a"))
    session.commit(acts.add(view, 9, 13, "GPE"))


def test_what_has_no_place_can_be_placed_or_given_up_and_that_holds(project: Project) -> None:
    _annotated(project).close()
    _change(project)
    session = Session(project, "ada")
    _stand(session)
    view = view_of(session, "a")
    (lost,) = session.layer("a").unplaced.values()
    start = NEW.index("Bob Lind")
    session.commit(place(view, lost, start, start + 8))
    session.close()
    again = Session(project, "ada")
    assert _quotes(again.layer("a")) == {"Ali Khan", "Bob Lind", "Ministry of Water"}
    again.undo()
    (lost,) = again.layer("a").unplaced.values()
    again.commit(discard(view_of(again, "a"), lost))
    again.close()
    assert not project.layer("ada", "a").unplaced


def test_two_clones_that_both_went_on_come_together_without_a_clash(project: Project, tmp_path: Path) -> None:
    _annotated(project).close()
    _change(project)
    clone = tmp_path.with_name(tmp_path.name + "-clone")
    shutil.copytree(project.root, clone)
    other = Project(clone, project.config)
    for one, quote in ((project, "Lima"), (other, "town hall")):
        session = Session(one, "ada")
        _stand(session)
        _annotate(session, (quote, "GPE"))
        session.close()
    journal = other.locations.journal("ada")
    for path in journal.glob("*.jsonl"):
        shutil.copy(path, project.locations.journal("ada") / path.name)
    stored = Project(project.root, project.config).stored_layer("ada", "a")
    assert stored.clashes == {}
    assert _quotes(stored.layer) == {"Ali Khan", "Ministry of Water", "Lima", "town hall"}
    shutil.rmtree(clone)


def test_suggestions_of_the_earlier_text_are_not_shown_on_the_newer_one(project: Project) -> None:
    suggest(project, "a", ("Lima", "GPE"))
    _change(project)
    assert project.suggestions(project.article("a")) == []
    assert len(project.suggestions(project.article("a", _hash_of(project)))) == 1


def _hash_of(project: Project) -> str:
    layer = project.suggestion_layer("one", "a")
    assert layer
    return layer.text_hash


def test_an_annotator_who_decided_nothing_reads_the_newer_text_and_writes_nothing(project: Project) -> None:
    _change(project)
    session = Session(project, "ada")
    assert _stand(session) == Standing(project.article("a"))
    session.close()
    assert project.annotators() == []


def test_a_layer_that_does_not_fit_its_own_text_is_named_and_left_alone(project: Project) -> None:
    _annotated(project).close()
    path = project.locations.article("a")
    _change(project)
    path.write_text(path.read_text().replace("Gen Ali Khan met Bo", "Gen Bob Khan met Bo"))
    with pytest.raises(BrokenFileError):
        _stand(Session(project, "ada"))


def test_where_it_cannot_be_decided_the_earlier_text_is_read(project: Project) -> None:
    _annotated(project).close()
    _change(project)
    owner = Session(project, "ada")
    owner.layer("a")
    owner.claim("a")
    standing = _stand(Session(project, "ada"))
    assert standing.earlier and standing.article.text == OLD
    assert standing.told.startswith("the text has changed, but ")
    owner.close()
