"""Whatever is done, undone, redone, closed and crashed, the files hold what a model in memory holds."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from unittest.mock import patch

from domain import LABELS, random_act, views
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotate.decisions import Decision, Group, apply_all
from annotate.layers import Layer
from annotate.view import View
from store.config import ProjectConfig
from store.doctor.examination import Examination
from store.project import Draft, Project
from store.session import Session

NAMES = st.sampled_from(["a", "b"])
CONFIG = "format = 1\n" + "".join(f'[[labels]]\nname = "{label}"\n' for label in LABELS)


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


class Work(RuleBasedStateMachine):
    """An annotator at work on two articles, with a model in memory beside the files."""

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        self._root = Path(self._place.name)
        self._full = False
        self._last = ""
        self._kept: dict[Path, bytes] = {}

    @initialize(page=views())
    def begin(self, page: View) -> None:
        self._project = Project(self._root, ProjectConfig("Test", "en", page.scheme))
        text = page.article.text
        names = self._project.add_articles([Draft("a", "", text), Draft("b", "", text + " Lima.")])
        self._articles = {name: self._project.article(name) for name in names}
        self._suggestions = [one for entry in page.entries() for one in entry.suggestions]
        self._model = Model({name: Layer(name, one.text_hash) for name, one in self._articles.items()})
        self._saved = deepcopy(self._model)
        self._session = Session(self._project, "ann")

    # What an annotator does ---------------------------------------------------------------------------

    @rule(data=st.data(), name=NAMES)
    def act(self, data: st.DataObject, name: str) -> None:
        self._act(data, name, "")

    @rule(data=st.data(), name=NAMES)
    def act_in_the_same_group(self, data: st.DataObject, name: str) -> None:
        self._act(data, name, self._last)

    def _act(self, data: st.DataObject, name: str, extend: str) -> None:
        scheme = self._project.config.scheme
        page = View(self._articles[name], scheme, self._suggestions, self._session.layer(name))
        decisions = random_act(data.draw, page)
        group = self._session.commit(decisions, extend=extend)
        if decisions:
            self._model.commit(group, decisions)
            self._last = group.id
        self._note_saved()

    @rule()
    def undo(self) -> None:
        expected, group = self._model.undo(), self._session.undo()
        assert (expected.id if expected else "") == (group.undoes if group else "")
        self._note_saved()

    @rule()
    def redo(self) -> None:
        expected, group = self._model.redo(), self._session.redo()
        assert (expected.decisions if expected else ()) == (group.decisions if group else ())
        self._note_saved()

    @rule(name=NAMES)
    def open_for_oneself(self, name: str) -> None:
        assert self._session.claim(name)

    @rule(name=NAMES)
    def leave(self, name: str) -> None:
        self._session.leave(name)

    @rule()
    def close_and_open(self) -> None:
        self._session.close()
        self._note_saved()
        self._start_anew()

    # What happens to them -----------------------------------------------------------------------------

    @rule()
    def crash(self) -> None:
        alive = self._session._claims._alive
        if alive is not None:
            alive.release()  # as the system does for a process that is no more
        self._start_anew()

    def _start_anew(self) -> None:
        """Whoever begins anew has what was saved, and nothing else."""
        self._model = deepcopy(self._saved)
        self._session = Session(self._project, "ann")

    @precondition(lambda self: not self._full)
    @rule()
    def disk_fills_up(self) -> None:
        self._full = True
        self._patch = patch("store.journal.write_all", side_effect=OSError(errno.ENOSPC, "full"))
        self._patch.start()

    @precondition(lambda self: self._full)
    @rule()
    def room_on_disk_again(self) -> None:
        self._full = False
        self._patch.stop()
        self._session.save_pending()
        self._note_saved()

    @rule(name=NAMES)
    def layer_file_is_lost(self, name: str) -> None:
        self._project.locations.layer("ann", name).unlink(missing_ok=True)

    @rule(name=NAMES)
    def layer_file_is_put_back_to_an_older_state(self, name: str) -> None:
        path = self._project.locations.layer("ann", name)
        if path in self._kept and path.exists():
            path.write_bytes(self._kept[path])
        if path.exists():
            self._kept[path] = path.read_bytes()

    @rule()
    def local_folder_is_lost(self) -> None:
        rmtree(self._root / ".manicule", ignore_errors=True)

    # What must hold -----------------------------------------------------------------------------------

    def _note_saved(self) -> None:
        assert bool(self._session.unsaved) <= self._full
        if not self._session.unsaved:
            self._saved = deepcopy(self._model)

    @invariant()
    def the_session_shows_what_was_decided(self) -> None:
        for name, layer in self._model.layers.items():
            assert self._session.layer(name) == layer
        assert self._session.problems == ()

    @invariant()
    def the_files_hold_what_was_saved(self) -> None:
        other = Project(self._root, self._project.config)
        for name, layer in self._saved.layers.items():
            assert other.layer("ann", name) == layer
            assert other.stored_layer("ann", name).clashes == {}

    def teardown(self) -> None:
        if self._full:
            self._patch.stop()
        if hasattr(self, "_session"):
            self._session.close()
            again = Session(Project(self._root, self._project.config), "ann")
            for name, layer in self._model.layers.items():
                assert again.layer(name) == layer
            (self._root / "manicule.toml").write_text(CONFIG)
            assert [one for one in Examination(self._root).findings() if one is not None] == []
        self._place.cleanup()


TestWork = Work.TestCase
TestWork.settings = settings(
    deadline=None, max_examples=25, stateful_step_count=20, suppress_health_check=list(HealthCheck)
)
