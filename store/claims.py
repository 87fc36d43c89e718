"""Who has which article open: two sessions of one annotator must not decide on one article at the same time."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.ids import new_id
from store.errors import StoreError
from store.locations import Locations
from store.locking import held, lock_of, try_hold
from store.storage import to_json

if TYPE_CHECKING:
    from filelock import BaseFileLock

_PATIENCE = 3.0
"""Seconds to wait for another session that is just saving; its work takes a thousandth of that."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A session that has an article open.

    Attributes:
        token: random, the session's own.
        host: the machine that it runs on.
        pid: its process there.
        since: UTC, when it began, as in 2026-01-31T09:30Z.
    """

    token: str
    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        where = "" if self.host == platform.node() else f" on {self.host}"
        return f"process {self.pid}{where}, begun {self.since.replace('T', ' ').removesuffix('Z')} UTC"

    @property
    def short(self) -> str:
        """The same in a few words."""
        where = "" if self.host == platform.node() else f" on {self.host}"
        return f"process {self.pid}{where}, since {self.since[11:16]} UTC"


class TakenError(StoreError):
    """Another session of the same annotator has the article open.

    Attributes:
        article_id: the article.
        owner: that session.
    """

    title = "Open elsewhere"

    def __init__(self, article_id: str, owner: Owner) -> None:
        super().__init__(f"{article_id}: open in another session of yours ({owner})")
        self.article_id = article_id
        self.owner = owner


class Claims:
    """The articles that one session has open, as other sessions of its annotator on this project can see.

    A session shows that it is alive by a lock that the system frees when it dies. Where the project's folder cannot
    be written, or its file system has no locks, every article counts as free.
    """

    def __init__(self, locations: Locations, annotator: str) -> None:
        """Nothing is written before an article is taken."""
        self._locations = locations
        self._annotator = annotator
        self._token = new_id()
        self._alive: BaseFileLock | None = None
        self._is_alone = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other session of this annotator takes an article or saves a decision meanwhile.

        Raises:
            BusyError: another one does, and does not end.
        """
        if self._is_alone:
            yield
            return
        with held(self._locations, f"locks/{self._annotator}.lock", _PATIENCE):
            self._is_alone = True
            try:
                yield
            finally:
                self._is_alone = False

    def take(self, article_id: str, *, over: bool = False) -> None:
        """Have an article; to be called inside `alone`.

        Args:
            article_id: the article.
            over: whether to take it from a session that has it.

        Raises:
            TakenError: a session that is alive has it.
        """
        if not over:
            self.check(article_id)
        self._begin()
        if self._alive is not None:
            with suppress(OSError):
                self._locations.make_local()
                path = self._path(article_id)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(to_json({"session": self._token}) + b"\n")

    def check(self, article_id: str) -> None:
        """Refuse to go on when another session that is alive has the article.

        Raises:
            TakenError: one has.
        """
        owner = self.owner(article_id)
        if owner is not None:
            raise TakenError(article_id, owner)

    def owner(self, article_id: str) -> Owner | None:
        """The other session that is alive and has the article; None where it is free, or this session's."""
        token = self._token_at(article_id)
        return None if token in ("", self._token) else self._living(token)

    def holds(self, article_id: str) -> bool:
        """Whether this session has the article."""
        return self._alive is not None and self._token_at(article_id) == self._token

    def release(self, article_id: str) -> None:
        """Let the others have an article; to be called inside `alone`."""
        if self.holds(article_id):
            with suppress(OSError):
                self._path(article_id).unlink()

    def close(self) -> None:
        """The session is over."""
        if self._alive is not None:
            with suppress(OSError):
                os.unlink(self._alive.lock_file)
            self._alive.release()
            self._alive = None

    def _begin(self) -> None:
        """Show that this session is alive, where that can be shown."""
        if self._alive is not None:
            return
        lock = lock_of(self._locations, f"sessions/{self._token}.lock")
        with suppress(OSError):
            if lock is None:
                return
            lock.acquire(blocking=False)
            since = datetime.now(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
            about = {"host": platform.node(), "pid": os.getpid(), "since": since}
            Path(lock.lock_file).write_bytes(to_json(about) + b"\n")
            self._alive = lock
            self._clear_away()

    def _clear_away(self) -> None:
        """Remove what sessions left that did not end as they should."""
        for path in self._session("").parent.glob("*.lock"):
            if path != self._session(self._token):
                self._living(path.stem)

    def _living(self, token: str) -> Owner | None:
        path = self._session(token)
        if not path.is_file():
            return None
        try:
            lock = try_hold(path)
        except OSError:
            return None
        if lock is None:
            return _owner(token, path)
        with suppress(OSError):
            path.unlink()
        lock.release()
        return None

    def _token_at(self, article_id: str) -> str:
        try:
            token = json.loads(self._path(article_id).read_bytes())["session"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ""
        return token if isinstance(token, str) and token.isalnum() else ""

    def _path(self, article_id: str) -> Path:
        return self._locations.claim(self._annotator, article_id)

    def _session(self, token: str) -> Path:
        return self._locations.local / "sessions" / f"{token}.lock"


def _owner(token: str, path: Path) -> Owner:
    """Who a living session is, as far as it has said that yet."""
    try:
        about = json.loads(path.read_bytes())
        host, pid, since = about["host"], about["pid"], about["since"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        host, pid, since = "", 0, ""
    return Owner(token, str(host), pid if type(pid) is int else 0, str(since))
