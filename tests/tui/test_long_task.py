"""A long task tells how far it is, ends with a result or an error, and is silent once it is cancelled."""

from __future__ import annotations

from textual.message import Message

from store.errors import StoreError
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved


def test_progress_is_told_seldom_and_the_result_always() -> None:
    posted: list[Message] = []

    def work(on_article: OnArticle) -> str:
        for done in range(1, 1001):
            on_article(done, 1000)
        return "found"

    LongTask(work, posted.append).run()
    first, *_, last = posted
    assert isinstance(first, TaskMoved) and (first.done, first.total) == (1, 1000)
    assert isinstance(last, TaskEnded) and (last.result, last.error) == ("found", None)
    assert len(posted) < 100


def test_an_error_that_a_person_can_understand_ends_it() -> None:
    posted: list[Message] = []
    error = StoreError("the disk is full")

    def work(on_article: OnArticle) -> None:
        raise error

    LongTask(work, posted.append).run()
    (ended,) = posted
    assert isinstance(ended, TaskEnded) and ended.error is error


def test_after_cancelling_it_stops_at_the_next_article_and_says_nothing() -> None:
    posted: list[Message] = []
    reached = []

    def work(on_article: OnArticle) -> None:
        task.cancel()
        on_article(1, 2)
        reached.append("the next article")

    task = LongTask(work, posted.append)
    task.run()
    assert (posted, reached) == ([], [])


def test_a_result_that_comes_after_cancelling_is_not_told() -> None:
    posted: list[Message] = []

    def work(on_article: OnArticle) -> str:
        task.cancel()
        return "too late"

    task = LongTask(work, posted.append)
    task.run()
    assert posted == []
