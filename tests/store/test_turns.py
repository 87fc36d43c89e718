"""While one thread decides at length no other changes the session, and what it stops in the middle has not happened."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from readings import reading_of, session_in

from annotate import acts
from store.session import Session
from store.turns import BusyError

TEXTS = ("Talks in Lima.", "Lima is old.", "To Lima!")


@contextmanager
def _at_length_elsewhere(session: Session) -> Iterator[None]:
    began, end = threading.Event(), threading.Event()

    def work() -> None:
        with session.at_length():
            began.set()
            assert end.wait(20)

    thread = threading.Thread(target=work)
    thread.start()
    assert began.wait(20)
    try:
        yield
    finally:
        end.set()
        thread.join()


def _confirm_all(session: Session) -> None:
    views = [reading_of(session, name).view for name in "abc"]
    session.commit([one for view in views for one in acts.confirm_rest(view)])


def test_nothing_is_decided_meanwhile(tmp_path: Path) -> None:
    session = session_in(tmp_path, *TEXTS)
    decisions = acts.confirm_rest(reading_of(session).view)
    session.commit(decisions)
    with _at_length_elsewhere(session):
        for act in (lambda: session.commit(decisions), session.undo, session.redo, lambda: session.claim("b")):
            with pytest.raises(BusyError):
                act()
    assert session.undo()
    assert not session.layer("a").annotations


def test_what_is_left_meanwhile_is_folded_at_the_end(tmp_path: Path) -> None:
    session = session_in(tmp_path, *TEXTS)
    _confirm_all(session)
    with _at_length_elsewhere(session):
        session.leave("b")
        assert session.holds("b")
    assert not session.holds("b")
    assert list(tmp_path.rglob("layers/ada/*/b.json"))


def test_an_undo_that_is_ended_halfway_has_not_happened(tmp_path: Path) -> None:
    session = session_in(tmp_path, *TEXTS)
    _confirm_all(session)
    lines = _journal(tmp_path)
    told = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        session.undo(stop)
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert _journal(tmp_path) == lines
    assert all(session.layer(name).annotations for name in "abc")
    assert session.undo()
    assert not any(session.layer(name).annotations for name in "abc")


def _journal(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(root.rglob("*.jsonl")))
