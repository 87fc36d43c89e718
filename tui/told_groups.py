"""What a group of decisions did, in a few words for those who took it back or made it again."""

from __future__ import annotations

from annotate.decisions import Group, Reanchor
from annotate.project_wide import PROJECT


def articles_of(group: Group) -> list[str]:
    """The articles that a group touches, in the order in which it does; none when it is about the project."""
    return [one for one in dict.fromkeys(decision.article_id for decision in group.decisions) if one != PROJECT]


def describe(group: Group) -> str:
    """A group in a few words: “relabel “ISPR””, “12 decisions”."""
    decisions = [one for one in group.decisions if one.verb != "show"]
    if len(decisions) != 1:
        return f"{len(decisions)} decisions"
    (decision,) = decisions
    if isinstance(decision, Reanchor):
        return "going on to the newer text"
    for part in (decision.before, decision.after):
        quotes = (*(one.quote for one in part.annotations), *(one.quote for one in part.unplaced))
        if quotes:
            return f"{decision.verb} “{quotes[0]}”"
        for entity in part.entities:
            return f"{decision.verb} “{entity.name}”"
        for finding in part.accepted:
            return f"{decision.verb} “{finding.told}”"
    return decision.verb
