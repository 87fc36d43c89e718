"""A process that decides at random and says what is acknowledged, until it is killed; run by test_kill_store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

from annotate import acts
from annotate.decisions import Group
from annotate.errors import DecisionError
from annotate.view import View
from store.project import Project
from store.records import decision_doc
from store.session import Session


def acknowledge(group: Group, decisions: int) -> None:
    """Say on standard output that the last `decisions` of `group` are on disk."""
    told = {"group": group.id, "decisions": [decision_doc(one) for one in group.decisions[-decisions:]]}
    print(json.dumps(told), flush=True)


def act(session: Session, random: Random, last: Group | None) -> Group | None:
    """Do one thing; the group to extend next, if any."""
    article = session.project.article(random.choice(session.project.article_ids()))
    what = random.choice(["add", "add", "add", "rest", "move", "undo", "redo", "leave"])
    if what == "leave":
        session.leave(article.id)
        return last
    if what in ("undo", "redo"):
        group = session.undo() if what == "undo" else session.redo()
        if group:
            acknowledge(group, len(group.decisions))
        return None
    project = session.project
    view = View(article, project.config.scheme, project.suggestions(article), session.layer(article.id))
    decisions = chosen(view, what, random)
    group = session.commit(decisions, extend=last.id if last and what == "move" else "")
    if decisions:
        acknowledge(group, len(decisions))
    return group


def chosen(view: View, what: str, random: Random) -> tuple:
    """The decisions of one act on the article."""
    entries = view.entries()
    length = len(view.article.text)
    start = random.randrange(length)
    if what == "rest":
        return random.choice([acts.confirm_rest, acts.reject_rest])(view)
    if what == "move" and entries:
        entry = random.choice(entries)
        return acts.move(view, entry, entry.start, min(entry.end + random.randrange(1, 9), length))
    return acts.add(view, start, min(start + random.randrange(3, 20), length), random.choice(["ORG", "GPE"]))


def main() -> None:
    """Decide until killed, closing the session now and then."""
    random = Random(int(sys.argv[2]))
    project = Project.open(Path(sys.argv[1]))
    print("ready", flush=True)
    while True:
        session = Session(project, "ann")
        last: Group | None = None
        for _ in range(random.randrange(5, 60)):
            try:
                last = act(session, random, last)
            except DecisionError:
                continue
        session.close()


if __name__ == "__main__":
    main()
