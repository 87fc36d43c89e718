"""Keys never wait for more than one batch of the corpus: the next is read when the one before has been taken in."""

from __future__ import annotations

import threading
from pathlib import Path

from small_projects import propose, small_project

from tui.corpus import CorpusReader, MentionsRead
from tui.desk import Desk


def _desk(tmp_path: Path, monkeypatch) -> Desk:
    monkeypatch.setattr("tui.corpus._BATCH_MENTIONS", 1)
    project = small_project(tmp_path / "wire", {f"a{number}": f"Rain {number} in Lima." for number in range(5)})
    for number in range(5):
        propose(project, f"a{number}", [("Lima", "GPE")])
    return Desk(project, "ada")


def test_a_batch_is_posted_when_the_one_before_has_been_taken_in(tmp_path, monkeypatch):
    posted: list[MentionsRead] = []

    def post(read: MentionsRead) -> None:
        assert all(one.taken.is_set() for one in posted)
        posted.append(read)
        threading.Thread(target=read.taken.set).start()

    CorpusReader(_desk(tmp_path, monkeypatch), post).read(threading.Event())
    assert [len(one.articles) for one in posted] == [1] * 5 + [0]
    assert posted[-1].finished


def test_a_reading_that_waits_ends_when_nobody_wants_it_any_more(tmp_path, monkeypatch):
    posted: list[MentionsRead] = []
    stop = threading.Event()

    def post(read: MentionsRead) -> None:
        posted.append(read)
        stop.set()

    CorpusReader(_desk(tmp_path, monkeypatch), post).read(stop)
    assert len(posted) == 1
