"""A session keeps what is decided, across articles, restarts and failing disks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from edited_files import edit
from store_helpers import TEXT, project_in, suggest, tree, view_of

from annotate import acts
from annotate.decisions import Decision, Group
from annotate.errors import DecisionError
from annotate.layers import Status
from store import journal_index
from store.checksums import with_check_line
from store.errors import BrokenFileError, StoreError
from store.layer_files import read_layer
from store.project import Project
from store.session import Session
from store.shelf import FOLD_AFTER


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path, TEXT, TEXT + " Again.")
    for name in "ab":
        suggest(project, name, ("Gen Ali Khan", "PERSON"), ("Lima", "GPE"), ("Ministry of Water", "ORG"))
    return project


def confirm_next(session: Session, article_id: str = "a", extend: str = "") -> Group:
    view = view_of(session, article_id)
    return session.commit(acts.confirm(view, view.undecided()[0]), extend=extend)


def note(session: Session, text: str, article_id: str = "a") -> Group:
    return session.commit(acts.note(view_of(session, article_id), None, text))


def layer_file(project: Project, article_id: str = "a") -> Path:
    return project.locations.layer("ann", article_id)


def journal_bytes(project: Project) -> list[bytes]:
    folder = project.locations.journal("ann")
    return [path.read_bytes() for path in sorted(folder.glob("*.jsonl"))]


def quotes(project: Project, article_id: str = "a") -> list[str]:
    return [one.quote for one in project.layer("ann", article_id).confirmed()]


def test_a_decision_is_in_the_journal_when_commit_returns(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    assert not layer_file(project).exists()
    assert quotes(project) == ["Gen Ali Khan"]
    assert session.unsaved == ""


def test_reading_writes_nothing(project: Project) -> None:
    confirm_next(Session(project, "ann"))
    before = tree(project.root)
    session = Session(project, "ann")
    session.layer("a")
    session.layer("b")
    session.peek("b")
    project.layer("ann", "a")
    session.leave("a")
    session.close()
    assert tree(project.root) == before


def test_leaving_an_article_writes_its_layer_and_names_what_it_holds(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    confirm_next(session)
    session.leave("a")
    stored = read_layer(layer_file(project), "a")
    assert stored is not None
    assert stored.layer == session.layer("a")
    assert list(stored.applied.values()) == [1]


def test_a_very_large_layer_is_written_at_the_end_and_not_between_articles(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.shelf.LARGE", 1)
    session = Session(project, "ann")
    confirm_next(session)
    confirm_next(session)
    layer = session.layer("a")
    session.leave("a")
    assert not layer_file(project).exists()
    assert project.layer("ann", "a") == layer, "whoever else reads it takes it from the journal"
    session.close()
    stored = read_layer(layer_file(project), "a")
    assert stored is not None and stored.layer == layer


def test_a_long_sitting_is_written_to_the_layer_file_on_the_way(project: Project) -> None:
    session = Session(project, "ann")
    for number in range(FOLD_AFTER):
        assert not layer_file(project).exists()
        note(session, f"note {number}")
    stored = read_layer(layer_file(project), "a")
    assert stored is not None
    assert stored.layer.marks.note == f"note {FOLD_AFTER - 1}"


def test_what_the_layer_file_holds_is_not_replayed_twice(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.leave("a")
    confirm_next(session)
    assert project.layer("ann", "a") == session.layer("a")
    assert len(quotes(project)) == 2


def test_a_decision_that_does_not_fit_writes_nothing(project: Project) -> None:
    session = Session(project, "ann")
    view = view_of(session, "a")
    decisions = acts.confirm(view, view.undecided()[0])
    session.commit(decisions)
    before = tree(project.root)
    with pytest.raises(DecisionError):
        session.commit(decisions)
    assert tree(project.root) == before
    assert session.undo() is not None


def test_no_decisions_make_no_group(project: Project) -> None:
    session = Session(project, "ann")
    assert session.commit(()) == Group("", ())
    assert journal_bytes(project) == []


def test_a_decision_on_another_revision_is_refused(project: Project) -> None:
    session = Session(project, "ann")
    (decision,) = acts.note(view_of(session, "a"), None, "x")
    stale = Decision("a", "0" * 64, decision.before, decision.after)
    with pytest.raises(DecisionError, match="text has changed"):
        session.commit([stale])


def test_extending_joins_presses_into_one_undo(project: Project) -> None:
    session = Session(project, "ann")
    first = confirm_next(session)
    second = confirm_next(session, extend=first.id)
    assert second.id == first.id
    assert len(second.decisions) == 2
    undone = session.undo()
    assert undone is not None and len(undone.decisions) == 2
    assert session.layer("a").annotations == {}


def test_extending_survives_a_restart_as_one_undo(project: Project) -> None:
    session = Session(project, "ann")
    first = confirm_next(session)
    session.leave("a")
    confirm_next(session, extend=first.id)
    again = Session(project, "ann")
    assert len(again.layer("a").annotations) == 2
    again.undo()
    assert again.layer("a").annotations == {}


def test_a_group_that_is_no_longer_the_last_is_not_extended(project: Project) -> None:
    session = Session(project, "ann")
    first = confirm_next(session)
    note(session, "between")
    assert confirm_next(session, extend=first.id).id != first.id
    undone = session.undo()
    assert session.redo() is not None and undone is not None
    assert confirm_next(session, extend=undone.id).id != undone.id


def test_undo_goes_back_over_articles_and_restarts(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session, "a")
    confirm_next(session, "b")
    session.close()
    session = Session(project, "ann")
    note(session, "last", "a")
    touched = []
    while (group := session.undo()) is not None:
        touched.append({one.article_id for one in group.decisions})
    assert touched == [{"a"}, {"b"}, {"a"}]
    assert session.layer("a").status is Status.NEW
    again = Session(project, "ann")
    assert again.undo() is None
    for expected in touched[::-1]:
        group = again.redo()
        assert group is not None and {one.article_id for one in group.decisions} == expected
    assert again.redo() is None
    assert again.layer("a").marks.note == "last"


def test_what_an_earlier_session_undid_and_this_one_did_again_is_undone_again(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.undo()
    session.close()
    again = Session(project, "ann")
    assert again.redo() is not None
    assert len(again.layer("a").annotations) == 1
    assert again.undo() is not None
    assert again.layer("a").annotations == {}


def test_a_new_decision_ends_redo(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.undo()
    note(session, "other")
    assert session.redo() is None
    session.undo()
    assert session.redo() is not None
    assert session.redo() is None


def test_a_group_over_several_articles_is_undone_as_one(project: Project) -> None:
    session = Session(project, "ann")
    decisions = [one for name in "ab" for one in acts.note(view_of(session, name), None, "both")]
    session.commit(decisions)
    session.undo()
    assert [session.layer(name).marks.note for name in "ab"] == ["", ""]
    session.redo()
    session.close()
    assert [project.layer("ann", name).marks.note for name in "ab"] == ["both", "both"]


def test_undo_is_refused_when_what_it_did_was_changed_elsewhere(project: Project) -> None:
    note(Session(project, "ann"), "here")
    session = Session(project, "ann")
    elsewhere = Session(project, "ann")
    note(elsewhere, "there")
    elsewhere.close()
    before = tree(project.root)
    with pytest.raises(DecisionError, match="changed since"):
        session.undo()
    assert tree(project.root) == before


# Several clones --------------------------------------------------------------------------------------------


def test_two_sessions_at_once_merge_and_clashes_are_kept(project: Project) -> None:
    one, two = Session(project, "ann"), Session(project, "ann")
    first, second = view_of(one, "a"), view_of(two, "a")
    one.commit(acts.confirm(first, first.undecided()[0]))
    two.commit(acts.confirm(second, second.undecided()[1]))
    one.commit(acts.note(first, None, "from one"))
    clashing = two.commit(acts.note(second, None, "from two"))
    one.close()
    two.close()
    stored = project.stored_layer("ann", "a")
    assert len(stored.layer.annotations) == 2
    assert stored.layer.marks.note == "from one"
    assert list(stored.clashes) == [clashing.id]
    assert "status has changed" in stored.clashes[clashing.id].why
    assert read_layer(layer_file(project), "a") == stored


def test_what_another_program_decides_is_seen_after_a_moment(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("store.project.monotonic", lambda: now[0])
    assert quotes(project) == []
    confirm_next(Session(Project(project.root, project.config), "ann"))
    now[0] += 0.5
    assert quotes(project) == ["Gen Ali Khan"]


def test_a_clash_is_not_what_undo_takes_back(project: Project) -> None:
    one, two = Session(project, "ann"), Session(project, "ann")
    two.layer("a")
    note(one, "from one")
    note(two, "from two")
    one.close()
    two.close()
    again = Session(project, "ann")
    assert again.undo() is not None
    assert again.layer("a").marks.note == ""
    assert again.undo() is None


def test_a_layer_file_put_back_to_an_older_state_is_brought_up_to_date(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.leave("a")
    older = layer_file(project).read_bytes()
    confirm_next(session)
    session.close()
    expected = project.layer("ann", "a")
    layer_file(project).write_bytes(older)
    assert Project(project.root, project.config).layer("ann", "a") == expected
    layer_file(project).unlink()
    assert Project(project.root, project.config).layer("ann", "a") == expected
    assert Session(project, "ann").layer("a") == expected


def test_a_layer_is_rebuilt_from_the_journal_alone(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    note(session, "x")
    session.undo()
    session.close()
    expected = project.layer("ann", "a")
    layer_file(project).unlink()
    project.locations.journal_index("ann").unlink()
    assert Session(project, "ann").layer("a") == expected


def test_deleting_the_local_folder_changes_nothing(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.close()
    expected = project.layer("ann", "a")
    for path in (project.root / ".manicule").rglob("*"):
        if path.is_file():
            path.unlink()
    assert Session(project, "ann").layer("a") == expected


def test_opening_after_a_close_does_not_read_the_journal_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.close()
    monkeypatch.setattr("store.journal_index.read_lines", lambda *_: pytest.fail("the journal was read"))
    again = Session(project, "ann")
    assert len(again.layer("a").annotations) == 1
    assert Project(project.root, project.config).layer("ann", "a") == again.layer("a")


def test_what_was_decided_on_an_article_is_known_without_reading_the_sitting_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    assert len(session.past("a")) == 1
    read, offsets = journal_index.read_lines, []
    monkeypatch.setattr(journal_index, "read_lines", lambda path, at=0: offsets.append(at) or read(path, at))
    for count in (2, 3):
        confirm_next(session)
        assert len(session.past("a")) == count
    assert len(offsets) == 2
    assert all(offsets)


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '{"format": 1, "lengths": {}, "last": {}, "damaged": {"s": ["1"]}}',
        '{"format": 1, "lengths": {}, "last": {}, "damaged": {"s": {"1": 2}}}',
        '{"format": 1, "lengths": [], "last": {}, "damaged": {}}',
        '{"format": 1, "lengths": {}, "last": {"a": {"s": "1"}}, "damaged": {}}',
    ],
)
def test_a_copy_of_the_index_that_is_none_is_passed_over(project: Project, content: str) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.close()
    project.locations.journal_index("ann").write_bytes(with_check_line(content.encode()))
    again = Session(project, "ann")
    assert again.problems == ()
    assert again.layer("a") == session.layer("a")


def test_a_damaged_copy_of_the_index_hides_no_decision(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.close()
    session = Session(project, "ann")
    confirm_next(session)
    session._shelf.reader.index.refresh()
    session._shelf.reader.index.save()
    path = project.locations.journal_index("ann")
    stem = session._journal.session
    data = path.read_bytes()
    path.write_bytes(data.replace(f'"{stem}":0'.encode(), f'"{stem}":-1'.encode()))
    assert path.read_bytes() != data
    assert len(Session(project, "ann").layer("a").annotations) == 2


def test_a_damaged_journal_line_is_told_each_time_and_harms_nothing_else(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    note(session, "lost")
    session.close()
    (path,) = project.locations.journal("ann").glob("*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"lost"', b'"lass"'))
    layer_file(project).unlink()
    project.locations.journal_index("ann").unlink()
    told = (f"{path}:2: a damaged line: its check does not fit",)
    again = Session(project, "ann")
    assert again.problems == told
    assert len(again.layer("a").annotations) == 1
    note(again, "later")
    again.close()
    assert Session(project, "ann").problems == told
    again = Session(project, "ann")
    again.project.locations.journal_index("ann").write_bytes(b'{"format": 1, "lengths": 3}')
    assert Session(project, "ann").problems == told


# Failing disks ---------------------------------------------------------------------------------------------


class BadDisk:
    """Makes writes fail, after some bytes of them went through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self._write, self._fsync, self._ftruncate = os.write, os.fsync, os.ftruncate

    def fill_up(self, room: int = 0) -> None:
        left = [room]

        def write(descriptor: int, data: memoryview) -> int:
            if not left[0]:
                raise OSError(errno.ENOSPC, "No space left on device")
            done = self._write(descriptor, data[: left[0]])
            left[0] -= done
            return done

        self._patch.setattr(os, "write", write)

    def fail(self, name: str, number: int) -> None:
        def failing(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        self._patch.setattr(os, name, failing)

    def mend(self) -> None:
        for name, real in (("write", self._write), ("fsync", self._fsync), ("ftruncate", self._ftruncate)):
            self._patch.setattr(os, name, real)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> BadDisk:
    return BadDisk(monkeypatch)


@pytest.mark.parametrize("room", [0, 1, 100])
@pytest.mark.parametrize("truncating", [True, False])
def test_a_full_disk_keeps_decisions_until_there_is_room(
    project: Project, disk: BadDisk, room: int, truncating: bool
) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    disk.fill_up(room)
    if not truncating:
        disk.fail("ftruncate", errno.EIO)
    confirm_next(session)
    note(session, "queued")
    assert session.unsaved == ("the disk is full" if truncating or not room else session.unsaved) != ""
    assert len(session.layer("a").annotations) == 2
    assert len(Session(project, "ann").layer("a").annotations) == 1
    session.leave("a")
    assert session.layer("a").marks.note == "queued"
    disk.mend()
    session.save_pending()
    assert session.unsaved == ""
    reopened = Session(project, "ann")
    assert reopened.layer("a") == session.layer("a")
    assert reopened.problems == ()


def test_the_next_decision_writes_what_is_queued_first(project: Project, disk: BadDisk) -> None:
    session = Session(project, "ann")
    disk.fill_up()
    confirm_next(session)
    disk.mend()
    confirm_next(session)
    assert session.unsaved == ""
    assert Session(project, "ann").layer("a") == session.layer("a")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EIO, "the disk reports an error"), (errno.EROFS, "the disk is read-only"), (errno.EACCES, "permission")],
)
def test_a_failed_sync_is_not_taken_for_saved(project: Project, disk: BadDisk, number: int, words: str) -> None:
    session = Session(project, "ann")
    disk.fail("fsync", number)
    confirm_next(session)
    assert words in session.unsaved
    assert quotes(project) == []
    disk.mend()
    session.close()
    assert session.unsaved == ""
    assert quotes(project) == ["Gen Ali Khan"]


def test_undo_works_while_nothing_can_be_written(project: Project, disk: BadDisk) -> None:
    session = Session(project, "ann")
    disk.fill_up()
    confirm_next(session)
    session.undo()
    assert session.layer("a").annotations == {}
    disk.mend()
    session.close()
    assert quotes(project) == []
    assert Session(project, "ann").redo() is not None


def test_a_folder_that_is_gone_is_told_and_not_made_anew(tmp_path: Path) -> None:
    project = project_in(tmp_path / "wire", TEXT, TEXT + " Again.")
    project = Project(project.root, project.config)
    session = Session(project, "ann")
    note(session, "on disk")
    view = view_of(session, "b")
    moved = project.root.with_name("elsewhere")
    project.root.rename(moved)
    session.commit(acts.note(view, None, "kept in memory"))
    assert session.unsaved == "the project's folder is gone"
    session.leave("b")
    assert not project.root.exists()
    project.root.mkdir()
    session.save_pending()
    assert session.unsaved == "the project's folder is gone", (
        "an empty folder of that name, as where a disk was mounted"
    )
    assert list(project.root.iterdir()) == []
    project.root.rmdir()
    moved.rename(project.root)
    session.close()
    assert session.unsaved == ""
    assert project.layer("ann", "b").marks.note == "kept in memory"


def test_a_layer_that_cannot_be_written_stays_in_memory(project: Project, disk: BadDisk) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    disk.fill_up()
    session.leave("a")
    assert not layer_file(project).exists()
    disk.mend()
    session.close()
    assert read_layer(layer_file(project), "a") is not None


def test_a_journal_file_taken_away_is_begun_anew(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.leave("a")
    (path,) = project.locations.journal("ann").glob("*.jsonl")
    path.unlink()
    confirm_next(session)
    session.close()
    assert len(quotes(project)) == 2
    assert project.stored_layer("ann", "a").clashes == {}


def test_an_unreadable_layer_is_named_and_not_overwritten(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.close()
    layer_file(project).write_bytes(b'{"layer": {\n  oops')
    again = Session(project, "ann")
    with pytest.raises(BrokenFileError, match=r"a\.json: line 2: not JSON") as caught:
        again.layer("a")
    assert caught.value.path == layer_file(project)
    again.close()
    assert layer_file(project).read_bytes() == b'{"layer": {\n  oops'


def test_a_layer_that_becomes_unreadable_meanwhile_is_set_aside(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.leave("a")
    confirm_next(session)
    layer_file(project).write_bytes(b"broken")
    session.close()
    assert len(quotes(project)) == 2
    (aside,) = (project.root / "set-aside" / "layers" / "ann").glob("*/a.json.*")
    assert aside.read_bytes() == b"broken"


def test_a_layer_of_a_newer_version_is_read_only(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.close()
    path = layer_file(project)
    edit(path, ('"format": 1', '"format": 2'))
    again = Session(project, "ann")
    assert len(again.layer("a").annotations) == 1
    before = tree(project.root)
    with pytest.raises(StoreError, match="newer Manicule"):
        note(again, "x")
    again.close()
    assert tree(project.root) == before


def test_fields_that_are_not_known_survive_a_rewrite(project: Project) -> None:
    session = Session(project, "ann")
    confirm_next(session)
    session.close()
    path = layer_file(project)
    unknown = [('"quote":', '"mood": "sure",\n   "quote":'), ('"flagged":', '"colour": 3,\n   "flagged":')]
    edit(path, *unknown, ('"remarks"', '"x":{},"remarks"'))
    again = Session(project, "ann")
    note(again, "x")
    again.close()
    written = path.read_bytes()
    assert b'"mood": "sure"' in written
    assert b'"colour": 3' in written
    assert b'"x": {}' in written
