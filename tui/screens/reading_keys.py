"""From keys to what `Reading` does: labels, answers and most actions of the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from annotate.schemes import RESERVED_KEYS
from tui.actions import actions_of
from tui.jumping import Jump
from tui.pace import Pace
from tui.reading import Reading
from tui.widgets.article_view import ArticleView
from tui.widgets.focus_line import FocusLine
from tui.widgets.prompt import Prompt

_BOUNDARY_KEYS = {"left": (0, -1), "right": (0, 1), "h": (-1, 0), "l": (1, 0)}
"""What arrows and letters do to the start and the end of the focused entity while it is being corrected."""

_ONCE = frozenset({"repeat", "same", "confirm_rest", "done", "skip", "flag", "order"})
"""Actions that a held key does not repeat."""

_JUMP_KEYS = "type the letters on a word  Esc stay"

_Action = Callable[["ReadingKeys"], None]


def _moves(move: Callable[[Reading], None]) -> _Action:
    def action(self: ReadingKeys) -> None:
        self.act(lambda: move(self.reading))

    return action


def _moves_lines(target: Callable[[ArticleView], int]) -> _Action:
    def action(self: ReadingKeys) -> None:
        offset = target(self.query_one(ArticleView))
        self.act(lambda: self.reading.move_to(offset), vertical=True)

    return action


def _decides(decide: Callable[[Reading, bool], None]) -> _Action:
    def action(self: ReadingKeys) -> None:
        drawn = self.is_drawn()
        self.act(lambda: decide(self.reading, drawn))

    return action


def _moves_boundary(left: int, right: int) -> _Action:
    def action(self: ReadingKeys) -> None:
        drawn = self.is_drawn()
        self.act(lambda: self.reading.move_boundary(left, right, drawn=drawn), boundary=True)

    return action


class ReadingKeys(Screen[None]):
    """The part of the reader that turns keys into decisions; the rest shows what came of them.

    Attributes:
        reading: what the keys act on.
    """

    AUTO_FOCUS = "ArticleView"
    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("reader")
    ]

    def __init__(self, reading: Reading, pace: Pace) -> None:
        super().__init__()
        self.reading = reading
        self._pace = pace
        self._held = False

    if TYPE_CHECKING:

        def refresh_view(self) -> None:
            """Show what the last act changed; the screen that shows it knows how."""
            ...

    # Keys --------------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Take the keys in the order in which they were typed, however fast: not even a binding is overtaken."""
        prompt = self.query_one(Prompt)
        if prompt.asking and not event.is_printable:
            return
        event.stop()
        event.prevent_default()
        if prompt.asking:
            prompt.insert_text_at_cursor(event.character or "")
        elif self.is_current:
            self._held = self._pace.is_held(event.key)
            await self._press(event.key, event.character or "")
            self._held = False

    async def _press(self, key: str, character: str) -> None:
        """Tags, answers, boundary moves and labels come before the bindings."""
        binding = self.active_bindings.get(key)
        of_app = binding is not None and binding.node is self.app
        if self.query_one(ArticleView).jump and not of_app:
            self._type_tag(character)
        elif self.reading.question and not of_app:
            self._answer(key)
        elif self.reading.boundary and key in _BOUNDARY_KEYS:
            _moves_boundary(*_BOUNDARY_KEYS[key])(self)
        elif self.reading.placing and key == "enter":
            self.act(self.reading.place)
        elif character.isupper() or character.isdigit():
            self._press_label(character)
        elif binding and not (self._held and binding.binding.action in _ONCE):
            await self.app.run_action(binding.binding.action, binding.node)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is being typed, keys that the prompt has no use for do nothing."""
        return not self.has_class("asking")

    def _answer(self, key: str) -> None:
        question = self.reading.question
        if question and self.query_one(FocusLine).drawn and not self._held:
            self.act(question.answers.get(key, lambda: None))

    def action_jump(self) -> None:
        """Put a tag on each word in sight."""
        self.act(lambda: None)
        view = self.query_one(ArticleView)
        view.show_jump(Jump(view.jump_targets(), self.reading.cursor[0]))
        self.query_one(FocusLine).show_typing("", _JUMP_KEYS)

    def _type_tag(self, character: str) -> None:
        """Take a letter of a tag; any other key, and one that is on no tag, ends the jump."""
        view = self.query_one(ArticleView)
        jump = view.jump
        if jump is None or self._held:
            return
        target = jump.type(character.lower()) if character else None
        if target is not None:
            self.act(lambda: self.reading.move_to(target))
        elif character and jump.left():
            view.show_jump(jump)
            self.query_one(FocusLine).show_typing(jump.typed, _JUMP_KEYS)
        else:
            self.say(f"no tag {jump.typed}" if character.isalpha() else "")

    def _press_label(self, character: str) -> None:
        label = self.reading.view.scheme.label_for_key(character)
        if label:
            self.give_label(label.name)
        elif character in RESERVED_KEYS:
            self.say(f"no label on {character}. Caps Lock?")
        else:
            self.say(f"no label on {character}")

    def give_label(self, name: str) -> None:
        """Give a label to the selection, the focused entity or the word under the cursor."""
        drawn = self.is_drawn()
        self.act(lambda: self.reading.label(name, drawn=drawn))

    def is_drawn(self) -> bool:
        """Whether the focus has been on screen for the person who has pressed a key just now."""
        return not self._held and self.query_one(ArticleView).focus_is_drawn()

    def act(self, act: Callable[[], None], *, boundary: bool = False, vertical: bool = False) -> None:
        """Do what a key asks of the reading, and show what came of it."""
        self.query_one(ArticleView).show_jump(None)
        self.reading.begin(boundary=boundary)
        if not vertical:
            self.query_one(ArticleView).forget_column()
        act()
        self.refresh_view()

    def say(self, notice: str) -> None:
        """Show a notice in place of what the focus is."""

        def say() -> None:
            self.reading.notice = notice

        self.act(say)

    # Moving ------------------------------------------------------------------------------------------------

    action_word_left = _moves(lambda reading: reading.move_by_word(-1))
    action_word_right = _moves(lambda reading: reading.move_by_word(1))
    action_line_up = _moves_lines(lambda view: view.offset_by_lines(-1))
    action_line_down = _moves_lines(lambda view: view.offset_by_lines(1))
    action_page_up = _moves_lines(lambda view: view.turn_page(-1))
    action_page_down = _moves_lines(lambda view: view.turn_page(1))
    action_top = _moves(lambda reading: reading.move_to(0))
    action_bottom = _moves(lambda reading: reading.move_to(len(reading.article.text)))
    action_next_entity = _moves(lambda reading: reading.move_by_entity(1))
    action_previous_entity = _moves(lambda reading: reading.move_by_entity(-1))
    action_next_undecided = _moves(lambda reading: reading.move_by_undecided(1))
    action_previous_undecided = _moves(lambda reading: reading.move_by_undecided(-1))
    action_order = _moves(lambda reading: reading.order_by_certainty(not reading.by_certainty))
    action_unit = _moves(Reading.toggle_unit)
    action_next_mention = _moves(Reading.move_by_mention)
    action_select = _moves(Reading.toggle_selection)
    action_select_left = _moves(lambda reading: reading.move_by_word(-1, select=True))
    action_select_right = _moves(lambda reading: reading.move_by_word(1, select=True))

    def action_drop(self) -> None:
        """Drop the selection; where there is none, nothing changes."""
        self.act(self.reading.drop)

    # Deciding ----------------------------------------------------------------------------------------------

    action_confirm = _decides(lambda reading, drawn: reading.confirm(drawn=drawn))
    action_reject = _decides(lambda reading, drawn: reading.reject(drawn=drawn))
    action_same = _decides(lambda reading, drawn: reading.same_everywhere(drawn=drawn))
    action_repeat = _decides(lambda reading, drawn: reading.repeat(drawn=drawn))
    action_confirm_rest = _decides(lambda reading, _: reading.confirm_rest())
    action_boundary = _decides(lambda reading, _: reading.start_boundary())
    action_grow_left = _moves_boundary(-1, 0)
    action_grow_right = _moves_boundary(0, 1)
    action_shrink_left = _moves_boundary(1, 0)
    action_shrink_right = _moves_boundary(0, -1)
    action_flag = _decides(lambda reading, _: reading.flag())
    action_done = _decides(lambda reading, _: reading.done())
    action_skip = _decides(lambda reading, _: reading.skip())
