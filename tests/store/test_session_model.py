"""Whatever is done, undone, redone, closed and crashed, the files hold what a model in memory holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from domain import random_act, views
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.decisions import Decision, Group, apply_all
from annotate.layers import Layer
from annotate.view import View
from store.config import ProjectConfig
from store.project import Draft, Project
from store.session import Session

QUICK = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


class Model:
    """Layers, and the two stacks that undo and redo are."""

    def __init__(self, layers: dict[str, Layer]) -> None:
        self.layers = layers
        self.done: list[Group] = []
        self.undone: list[Group] = []

    def commit(self, group: Group, decisions: Sequence[Decision]) -> None:
        self._apply(decisions)
        if self.done and self.done[-1].id == group.id:
            self.done.pop()
        self.done.append(group)
        self.undone.clear()

    def undo(self) -> Group | None:
        if not self.done:
            return None
        group = self.done.pop()
        self._apply(group.inverse())
        self.undone.append(group)
        return group

    def redo(self) -> Group | None:
        if not self.undone:
            return None
        group = self.undone.pop()
        self._apply(group.decisions)
        self.done.append(group)
        return group

    def _apply(self, decisions: Sequence[Decision]) -> None:
        for name, layer in self.layers.items():
            self.layers[name] = apply_all(layer, decisions)


class Run:
    """A session over two articles, and the model beside it."""

    def __init__(self, root: Path, page: View, draw: st.DrawFn) -> None:
        self.project = Project(root, ProjectConfig("Test", "en", page.scheme))
        text = page.article.text
        names = self.project.add_articles([Draft("a", "", text), Draft("b", "", text + " Lima.")])
        self.articles = {name: self.project.article(name) for name in names}
        self.suggestions = [one for entry in page.entries() for one in entry.suggestions]
        self.model = Model({name: Layer(name, one.text_hash) for name, one in self.articles.items()})
        self.session = Session(self.project, "ann")
        self.draw = draw
        self.last = ""

    def step(self) -> None:
        name = self.draw(st.sampled_from(sorted(self.articles)))
        match self.draw(st.sampled_from(["act", "act", "act", "extend", "undo", "redo", "leave", "close", "crash"])):
            case "act":
                self._act(name, "")
            case "extend":
                self._act(name, self.last)
            case "undo":
                expected, group = self.model.undo(), self.session.undo()
                assert (expected.id if expected else "") == (group.undoes if group else "")
            case "redo":
                expected, group = self.model.redo(), self.session.redo()
                assert (expected.decisions if expected else ()) == (group.decisions if group else ())
            case "leave":
                self.session.leave(name)
            case "close":
                self.session.close()
                self.session = Session(self.project, "ann")
            case "crash":
                self.session = Session(self.project, "ann")

    def _act(self, name: str, extend: str) -> None:
        scheme = self.project.config.scheme
        page = View(self.articles[name], scheme, self.suggestions, self.session.layer(name))
        decisions = random_act(self.draw, page)
        group = self.session.commit(decisions, extend=extend)
        if decisions:
            self.model.commit(group, decisions)
            self.last = group.id

    def check(self) -> None:
        for name, layer in self.model.layers.items():
            assert self.session.layer(name) == layer
            assert self.project.layer("ann", name) == layer
        assert self.session.unsaved == ""
        assert self.session.problems == ()


@given(views(), st.integers(1, 12), st.data())
@QUICK
def test_the_files_follow_the_model(page: View, steps: int, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        run = Run(Path(folder), page, data.draw)
        for _ in range(steps):
            run.step()
            run.check()
        run.session.close()
        run.session = Session(Project(Path(folder), run.project.config), "ann")
        run.check()
