"""What an undo or a redo of decisions on several articles leaves to do: where to go, and what to bring up to date."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.decisions import Group
from annotate.errors import ManiculeError
from tui.desk import Desk
from tui.told_groups import articles_of


def in_order(desk: Desk, group: Group) -> list[str]:
    """The articles that a group touches, as the library lists them now; those that it does not list come last."""
    touched = articles_of(group)
    listed = desk.order() or desk.ids
    places = {article_id: at for at, article_id in enumerate(listed)} if len(touched) > 1 else {}
    return sorted(touched, key=lambda article_id: places.get(article_id, len(places)))


def bring_up_to_date(desk: Desk, articles: Iterable[str]) -> list[str]:
    """Fold what was decided in articles that are not open, and show it in the library and in what is known of entities.

    Returns:
        What went wrong with those that are gone or cannot be read, a line for each.
    """
    there = set(desk.ids)
    told = [_bring_up_to_date(desk, one) if one in there else _forget(desk, one) for one in articles]
    return [problem for problem in told if problem]


def _forget(desk: Desk, article_id: str) -> str:
    desk.session.leave(article_id)
    return f"{article_id} was removed"


def _bring_up_to_date(desk: Desk, article_id: str) -> str:
    try:
        if desk.has_corpus:
            desk.corpus.note(desk.peek(article_id))
        desk.session.leave(article_id)
    except ManiculeError as error:
        desk.refresh_row(article_id)
        return f"{article_id}: {error.message}"
    return desk.refresh_row(article_id).problem
