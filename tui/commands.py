"""The command palette: what the screen that is active can do, its labels, and the theme."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from annotate.schemes import LabelScheme
from tui.actions import ACTIONS, actions_of, shown_key
from tui.safe_text import drawable_line
from tui.themes import LOOKS


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette.

    Attributes:
        name: what is searched and shown.
        hint: shown after it: the key, or the guideline.
        run: does it.
    """

    name: str
    hint: str
    run: Callable[[], Awaitable[object] | None]

    def shown(self, name: Content) -> Content:
        """The line, with `name` as the search has highlighted it; the hint is never markup."""
        return Content.assemble(name, ("  " + drawable_line(self.hint), "$foreground 60% not bold"))


def provide_commands() -> type[Provider]:
    """The palette's one provider."""
    return Commands


def room_of(screen: Screen[object]) -> str:
    """The room of the action table that a screen is: the one whose actions it all has; "" when there is none."""
    for room in dict.fromkeys(action.room for action in ACTIONS):
        if all(hasattr(screen, f"action_{action.name}") for action in actions_of(room)):
            return room
    return ""


class Commands(Provider):
    """Offers what the active screen and the app can do, from the action table."""

    async def search(self, query: str) -> Hits:
        """The commands that match what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(score, command.shown(matcher.highlight(command.name)), command.run, command.name)

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.shown(Content(command.name)), command.run, command.name)

    def _commands(self) -> Iterator[Command]:
        yield from self._actions(room_of(self.screen), self.screen.run_action)
        yield from self._labels()
        yield from self._actions("app", self.app.run_action)
        yield from self._themes()

    def _actions(self, room: str, run: Callable[[str], Awaitable[object]]) -> Iterator[Command]:
        for action in actions_of(room):
            if action.palette:
                keys = " ".join(shown_key(key) for key in action.keys)
                yield Command(action.help[:1].upper() + action.help[1:], keys, partial(run, action.name))

    def _labels(self) -> Iterator[Command]:
        give = getattr(self.screen, "give_label", None)
        scheme = self._scheme()
        if give is None or scheme is None:
            return
        for label in scheme.labels:
            hint = " · ".join(part for part in (label.key, label.guideline) if part)
            yield Command(f"Label: {label.name}", hint, partial(give, label.name))

    def _scheme(self) -> LabelScheme | None:
        reading = getattr(self.screen, "reading", None)
        return reading.view.scheme if reading else None

    def _themes(self) -> Iterator[Command]:
        choose = getattr(self.app, "choose_look", None)
        if choose is None:
            return
        for look in LOOKS.values():
            if look.theme.name != self.app.theme:
                yield Command(f"Theme: {look.title}", "", partial(choose, look.name))
