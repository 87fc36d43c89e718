"""The page of an entity: its names, its labels, and every mention in its sentence, article by article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from textual.binding import Binding

from annotate.concordance import Line, line_at
from annotate.decisions import Decision
from annotate.entities import statements
from annotate.entities.grouping import Entity, Mention, family_of
from annotate.entities.index import key_of
from annotate.errors import ManiculeError
from annotate.layers import Layer
from annotate.project_wide import PROJECT, MentionKey
from annotate.sentences import sentence_around
from tui.actions import actions_of, shown_keys
from tui.corpus import Corpus, in_order
from tui.desk import Desk
from tui.screens.line_screen import LineScreen
from tui.widgets.bar import Piece
from tui.widgets.line_list import Context, Heading, LineList, Row
from tui.widgets.prompt import Prompt

_HINTED = ("open", "name", "link", "merge", "split", "split_name", "undo", "back")
_MOST_NAMES = 6


def has_page(mention: Mention) -> bool:
    """Whether a mention names a thing that can be mentioned elsewhere."""
    return bool(family_of(mention.label))


class EntityPage(LineScreen):
    """Shows the entity that a mention belongs to, and takes what is said of it.

    Args:
        desk: the project.
        corpus: its entities.
        mention: the mention that the annotator comes from.
    """

    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("entity")
    ]

    def __init__(self, desk: Desk, corpus: Corpus, mention: Mention) -> None:
        super().__init__(desk, corpus)
        self._mention = mention
        self._entity: Entity | None = None
        self._rows: list[Mention | str] = []
        self._texts: dict[str, str] = {}
        self._others: list[tuple[str, Mention]] = []
        self._other = 0

    def on_mount(self) -> None:
        """Find the mentions; again once all articles have been read."""
        self._gather(self._mention)
        if not self._corpus.complete:
            self._waiting = self.set_interval(0.2, self._gather_again)

    def _gather_again(self) -> None:
        row = self._rows[self.query_one(LineList).cursor] if self._rows else self._mention
        self._gather(row if isinstance(row, Mention) else self._mention)
        if self._corpus.complete:
            self._waiting.stop()

    def _layer(self) -> Layer:
        return self._desk.session.peek(PROJECT)

    def _gather(self, at: Mention) -> None:
        self._entity = entity = self._corpus.entity_of(at, self._layer().entities.values())
        mentions = in_order(entity.mentions, self._corpus, self._desk.ids) if entity else []
        self._rows = []
        for article_id, held in groupby(mentions, key=lambda one: one.article_id):
            date = self._corpus.date(article_id)
            self._rows += [f"{self._corpus.title(article_id)}{f'  ·  {date}' if date else ''}", *held]
        cursor = next((row for row, one in enumerate(self._rows) if one == at), min(1, len(self._rows)))
        self.query_one(LineList).show(len(self._rows), cursor)
        self.show_frame()

    # What is shown -----------------------------------------------------------------------------------------

    def row(self, index: int) -> Row:
        """A heading, or a mention in its sentence."""
        one = self._rows[index]
        if isinstance(one, str):
            return Heading(one)
        found = self._corpus.at(*one.key)
        return Context(self._line(one), one.label, found.state if found else None)

    def _line(self, mention: Mention) -> Line:
        text = self._text(mention.article_id)
        start, end = sentence_around(text, mention.start, mention.end)
        line = line_at(mention.article_id, text[:end], mention.start, mention.end)
        left = max(mention.start - start, 0)
        return Line(line.article_id, line.start, line.end, line.left[-left:] if left else "", line.keyword, line.right)

    def _text(self, article_id: str) -> str:
        if article_id not in self._texts:
            try:
                self._texts[article_id] = self._desk.project.article(article_id).text
            except ManiculeError:
                self._texts[article_id] = ""
        return self._texts[article_id]

    def key_at(self, index: int) -> MentionKey | None:
        """The place of a mention."""
        one = self._rows[index] if index < len(self._rows) else ""
        return one.key if isinstance(one, Mention) else None

    def heading(self) -> tuple[list[Piece], list[Piece]]:
        """Name, labels and link; how many mentions there are."""
        entity = self._entity
        if entity is None:
            return [], []
        labels = ", ".join(label if len(entity.labels) == 1 else f"{label} {count}" for label, count in entity.labels)
        link = f"  {entity.identifier}" if entity.identifier else ""
        articles = len({one.article_id for one in entity.mentions})
        reading = "" if self._corpus.complete else " · reading …"
        many = f"{len(entity.mentions):,} mentions · {articles:,} articles{reading}"
        return [("☞ ", "bold $accent"), (entity.name, "bold"), f"  {labels}{link}"], [(many, "$foreground 65%")]

    def standing(self) -> str:
        """The names that it has."""
        names = self._entity.names if self._entity else ()
        more = f" · {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        return " · ".join(f"{name} {count:,}" for name, count in names[:_MOST_NAMES]) + more

    def hints(self) -> Sequence[str]:
        """What the keys do; while a name is typed, the entity that it stands for."""
        prompt = self.query_one(Prompt)
        if prompt.asking and prompt.purpose == "merge":
            return (self._others[self._other][0] if self._others else "no such name",)
        keys = shown_keys("entity")
        return [f"{keys[name]} {name.replace('_', ' ')}" for name in _HINTED]

    # Keys --------------------------------------------------------------------------------------------------

    def action_name(self) -> None:
        """What the entity is called."""
        if self._entity:
            self.ask("name", self._entity.name, "what it is called")

    def action_link(self) -> None:
        """Link it to a Wikidata id or an address."""
        if self._entity:
            self.ask("link", self._entity.identifier, "Q30, or https://…")

    def action_merge(self) -> None:
        """Make another entity one with it."""
        if self._entity:
            self._others, self._other = [], 0
            self.ask("merge", "", "part of the other's name  ↑ ↓ another  Enter merge")

    def action_split(self) -> None:
        """The mention under the cursor is another entity's."""
        self._split(statements.split_mention, lambda one, other: one == other)

    def action_split_name(self) -> None:
        """All mentions with the text under the cursor are another entity's."""
        self._split(statements.split_name, lambda one, other: key_of(one) == key_of(other))

    def _split(
        self,
        say: Callable[[Layer, Entity, Mention], tuple[Decision, ...]],
        goes_too: Callable[[Mention, Mention], bool],
    ) -> None:
        """Let the mention under the cursor go its own way, and stay with what is left."""
        cursor, entity = self.query_one(LineList).cursor, self._entity
        gone = self._rows[cursor] if cursor < len(self._rows) else ""
        if entity and isinstance(gone, Mention) and self._decide(lambda layer: say(layer, entity, gone)):
            self._gather(next((one for one in entity.mentions if not goes_too(one, gone)), gone))

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Offer the names that hold what is typed."""
        if event.purpose == "merge" and self._entity:
            own = set(self._entity.mentions)
            found = self._corpus.index.named(event.text, self._entity.family)
            self._others = [(name, mention) for name, mention in found if mention not in own]
            self._other = 0
            self.show_frame()

    def on_prompt_stepped(self, event: Prompt.Stepped) -> None:
        """Offer another name."""
        if self._others:
            self._other = (self._other + event.step) % len(self._others)
            self.show_frame()

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Decide."""
        entity, typed = self._entity, event.text.strip()
        self.stop_asking()
        if entity is None:
            return
        if event.purpose == "name":
            self._decide(lambda layer: statements.name(layer, entity, typed))
        elif event.purpose == "link":
            self._decide(lambda layer: statements.link(layer, entity, typed))
        elif self._others:
            other = self._corpus.entity_of(self._others[self._other][1], self._layer().entities.values())
            if other:
                self._decide(lambda layer: statements.merge(layer, entity, other))
        self.show_frame()

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Nothing is decided."""
        self.stop_asking()
        self.show_frame()

    def _decide(self, make: Callable[[Layer], tuple[Decision, ...]]) -> bool:
        try:
            self._desk.session.commit(make(self._layer()))
        except ManiculeError as error:
            self.say(error.message)
            return False
        self._desk.session.leave(PROJECT)
        self.changed()
        return True

    def changed(self) -> None:
        """Show the entity of the mention under the cursor as it is now."""
        cursor = self.query_one(LineList).cursor
        here = self._rows[cursor] if cursor < len(self._rows) else None
        self._gather(here if isinstance(here, Mention) else self._mention)
