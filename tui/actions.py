"""The one table of what keys do: it feeds the bindings, the hints, the help, the palette and the docs."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do with a key.

    Attributes:
        id: "ROOM.NAME"; the screen of that room has the method `action_NAME`.
        keys: Textual's names of the keys that do it; the first is the one shown.
        help: what it does, in the words of the help screen.
        group: heading on the help screen.
        palette: whether the command palette offers it.
    """

    id: str
    keys: tuple[str, ...]
    help: str
    group: str
    palette: bool = False

    @property
    def name(self) -> str:
        """The id without its room."""
        return self.id.partition(".")[2]

    @property
    def room(self) -> str:
        """The screen it belongs to."""
        return self.id.partition(".")[0]


def _rows(room: str, group: str, *rows: tuple[str, str, str]) -> list[Action]:
    return [
        Action(f"{room}.{name.removesuffix('*')}", tuple(keys.split()), text, group, name.endswith("*"))
        for name, keys, text in rows
    ]


ACTIONS: tuple[Action, ...] = (
    *_rows(
        "reader",
        "Move",
        ("word_left", "left h", "word to the left"),
        ("word_right", "right l", "word to the right"),
        ("line_up", "up k", "line up"),
        ("line_down", "down j", "line down"),
        ("page_up", "pageup", "page up"),
        ("page_down", "pagedown", "page down"),
        ("top", "home", "start of the article"),
        ("bottom", "end", "end of the article"),
        ("next_entity", "tab", "next entity"),
        ("previous_entity", "shift+tab", "previous entity"),
        ("next_undecided", "n", "next undecided suggestion"),
        ("previous_undecided", "p", "previous undecided suggestion"),
        ("next_mention", "asterisk", "next mention of the focused text"),
        ("unit", "comma", "go by characters instead of words, and back"),
        ("jump", "g", "tags on the words in sight: type one to go there"),
        ("search*", "slash", "search in the article"),
        ("concordance*", "c", "its text in all articles, line by line"),
        ("entity*", "e", "the entity with all its mentions"),
        ("checks*", "number_sign", "where your decisions contradict each other"),
    ),
    *_rows(
        "reader",
        "Decide",
        ("confirm", "space", "confirm the suggestion and go to the next undecided one"),
        ("reject", "x", "no entity: reject a suggestion, remove what was added"),
        ("pick_label*", "semicolon", "label by typing part of its name"),
        ("same", "equals_sign", "the same for every mention of its text in the article, confirming it if undecided"),
        ("repeat", "full_stop", "repeat the last decision on the focused entity"),
        ("confirm_rest*", "a", "confirm all that is left in this article"),
        ("confirm_from*", "z", "confirm all left from a score on"),
        ("everywhere*", "plus", "the same in the whole project, after a list of its mentions"),
        ("threshold*", "t", "hide suggestions by their score"),
        ("order*", "o", "least certain first, or as read again"),
        ("about", "i", "the guideline of its label, who suggested it, what it was before"),
        ("undo*", "u", "undo the last decision, wherever it was, and go there"),
        ("redo*", "r ctrl+r", "redo"),
    ),
    *_rows(
        "reader",
        "Select and correct",
        ("select", "v", "start a selection, which a label adds; again: the sentence; again: drop it"),
        ("select_left", "shift+left", "extend the selection to the left"),
        ("select_right", "shift+right", "extend the selection to the right"),
        ("drop", "escape", "drop the selection"),
        ("boundary", "w", "boundary: ← → move the end, h l the start, any other key leaves"),
        ("grow_left", "left_square_bracket", "grow to the left"),
        ("grow_right", "right_square_bracket", "grow to the right"),
        ("shrink_left", "left_curly_bracket", "shrink from the left"),
        ("shrink_right", "right_curly_bracket", "shrink from the right"),
    ),
    *_rows(
        "reader",
        "Article",
        ("done*", "d", "done, and open the next article"),
        ("skip*", "s", "skip, and open the next article"),
        ("flag*", "f", "flag the focused entity as unsure, else the article"),
        ("note*", "m", "note on the focused entity, else on the article"),
        ("next_article*", "greater_than_sign", "next article, changing no status"),
        ("previous_article*", "less_than_sign", "previous article, changing no status"),
        ("unplaced*", "exclamation_mark", "what a changed text left unplaced"),
        ("copy", "y", "copy the selection, else the focused entity, to the clipboard"),
        ("badges*", "b", "labels as badges in the text, or off again"),
        ("library*", "q", "back to the library"),
    ),
    *_rows(
        "library",
        "Library",
        ("row_up", "up k", "article above"),
        ("row_down", "down j", "article below"),
        ("page_up", "pageup", "page up"),
        ("page_down", "pagedown", "page down"),
        ("first", "home", "first article"),
        ("last", "end", "last article"),
        ("open", "enter", "read the article"),
        ("filter*", "slash", "show only titles with these words"),
        ("concordance*", "c", "any text in all articles, line by line"),
        ("order*", "o", "change the order"),
        ("status*", "t", "choose the status shown"),
        ("done*", "d", "mark done"),
        ("skip*", "s", "skip"),
        ("flag*", "f", "flag the article"),
        ("note*", "m", "note on the article"),
        ("undo*", "u", "undo the last decision, wherever it was"),
        ("redo*", "r ctrl+r", "redo"),
        ("export*", "e", "export the gold annotations"),
        ("statistics*", "i", "statistics of the project"),
        ("checks*", "number_sign", "where your decisions contradict each other"),
        ("clashes*", "x", "what two copies of your work say differently"),
        ("quit_library", "q", "quit"),
    ),
    *_rows(
        "export",
        "Export",
        ("write", "enter", "write the file, or several"),
        ("next_format", "f", "the next format"),
        ("previous_format", "v", "the format before"),
        ("content", "g", "gold only, or every article with its suggestions"),
        ("whose", "w", "whose annotations count"),
        ("labels", "m", "type the labels wanted, with commas between them; none for all"),
        ("articles", "r", "type the ids of the articles wanted; none for all"),
        ("since", "d", "type a day: only articles decided on since"),
        ("edges", "a", "what becomes of an entity that begins or ends inside a token"),
        ("overlap", "o", "what becomes of entities that overlap"),
        ("tokens", "t", "spaCy's tokens, too"),
        ("parts", "s", "training, development and test parts"),
        ("shard", "n", "type how many articles a file has, for a folder of files"),
        ("losses", "l", "leave out what the format cannot hold, or refuse"),
        ("broken", "b", "leave out what cannot be read, or refuse"),
        ("choose_path", "p", "where to"),
        ("leave_export", "escape q", "cancel what is being written, else back"),
    ),
    *_rows(
        "statistics",
        "Statistics",
        ("leave_statistics", "escape q i", "back to the library"),
    ),
    *_rows(
        "clashes",
        "Clashes",
        ("read", "enter", "read the article there"),
        ("settle", "x", "let go of what does not count"),
        ("leave_clashes", "escape q", "back to the library"),
    ),
    *_rows(
        "unplaced",
        "Without a place",
        ("row_up", "up k", "the one above"),
        ("row_down", "down j", "the one below"),
        ("place", "enter", "place it again, beginning where it may stand now"),
        ("give_up", "x", "give it up"),
        ("leave_unplaced", "escape q exclamation_mark", "back to the text"),
    ),
    *_rows(
        "concordance",
        "Concordance",
        ("row_up", "up k", "line above"),
        ("row_down", "down j", "line below"),
        ("page_up", "pageup", "page up"),
        ("page_down", "pagedown", "page down"),
        ("first", "home", "first line"),
        ("last", "end", "last line"),
        ("open", "enter", "read it in its article; where lines are ticked, decide on them"),
        ("confirm", "space", "confirm the suggestion and go to the next line; tick the line"),
        ("reject", "x", "no entity, on this line or the ticked ones"),
        ("tick*", "v", "tick lines for one decision, or tick no more"),
        ("tick_all*", "a", "tick all lines, or none"),
        ("order*", "o", "sort by article, left context, right context, label"),
        ("query*", "slash", "look for another text, or a /regular expression/"),
        ("undo*", "u", "undo the last decision, wherever it was"),
        ("redo*", "r ctrl+r", "redo"),
        ("back*", "q escape", "back"),
    ),
    *_rows(
        "entity",
        "Entity",
        ("row_up", "up k", "mention above"),
        ("row_down", "down j", "mention below"),
        ("page_up", "pageup", "page up"),
        ("page_down", "pagedown", "page down"),
        ("first", "home", "first mention"),
        ("last", "end", "last mention"),
        ("open", "enter", "read it in its article"),
        ("name*", "n", "what the entity is called"),
        ("link*", "l", "link it to a Wikidata id or an address"),
        ("merge*", "m", "make another entity one with it"),
        ("split*", "s", "this mention is another entity's"),
        ("split_name*", "x", "all mentions with this text are another entity's"),
        ("undo*", "u", "undo the last decision, wherever it was"),
        ("redo*", "r ctrl+r", "redo"),
        ("back*", "q escape e", "back"),
    ),
    *_rows(
        "checks",
        "Checks",
        ("row_up", "up k", "line above"),
        ("row_down", "down j", "line below"),
        ("page_up", "pageup", "page up"),
        ("page_down", "pagedown", "page down"),
        ("first", "home", "first line"),
        ("last", "end", "last line"),
        ("next_finding", "n tab", "next finding that is left"),
        ("previous_finding", "p shift+tab", "previous finding that is left"),
        ("open", "enter", "read it in its article"),
        ("fix", "space", "make of the line what is proposed and go to the next"),
        ("fix_all*", "a", "make of all lines of the finding what is proposed"),
        ("accept*", "d", "leave what is left of the finding as it is, and remember that"),
        ("reject", "x", "no entity on this line"),
        ("rule*", "t", "show the findings of one rule, or of all"),
        ("again*", "g", "look for findings again"),
        ("cross_validate*", "v", "also ask models trained on your other done articles; takes minutes"),
        ("undo*", "u", "undo the last decision, wherever it was"),
        ("redo*", "r ctrl+r", "redo"),
        ("back*", "q escape number_sign", "back"),
    ),
    *_rows(
        "app",
        "Anywhere",
        ("help*", "question_mark f1", "this help"),
        ("command_palette", "ctrl+p", "command palette"),
        ("quit*", "ctrl+q", "quit"),
    ),
)


_FRIENDLY = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
             "plus_sign": "plus", "low_line": "underscore"}  # fmt: skip
"""Where Textual's name of a key is not made of Unicode's."""


def punctuation_name(character: str) -> str:
    """Textual's name of the key of a punctuation mark: "/" gives "slash"."""
    made = unicodedata.name(character).lower().replace(" ", "_").replace("-", "_")
    return _FRIENDLY.get(made, made)


PUNCTUATION = {punctuation_name(character): character for character in string.punctuation}
"""Punctuation marks by Textual's name of their key."""

_SHOWN = PUNCTUATION | {
    "left": "←", "right": "→", "up": "↑", "down": "↓", "space": "Space", "tab": "Tab", "enter": "Enter",
    "escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "f1": "F1",
    "insert": "Ins", "delete": "Del", "backspace": "Backspace",
}  # fmt: skip


def shown_key(key: str) -> str:
    """The key as it is printed for people: "shift+left" gives "Shift+←"."""
    *modifiers, last = key.split("+")
    shown = _SHOWN.get(last, last.upper() if modifiers and len(last) == 1 else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


_in_force: dict[str, Action] = {action.id: action for action in ACTIONS}


def put_in_force(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Have the whole program do these actions with these keys, and all others with those of the table.

    Args:
        keys: by an action's id; without clashes (`find_clashes`).
    """
    for action in ACTIONS:
        _in_force[action.id] = replace(action, keys=keys.get(action.id, action.keys))
    shown_keys.cache_clear()


def in_force() -> list[Action]:
    """All actions with the keys that do them now, in the order of the help."""
    return list(_in_force.values())


def own_keys() -> list[Action]:
    """The actions that keys other than those of the table do now."""
    return [action for action, given in zip(in_force(), ACTIONS, strict=True) if action != given]


def actions_of(room: str) -> list[Action]:
    """The actions of one screen with the keys that do them now, in the order of the help."""
    return [action for action in in_force() if action.room == room]


@cache
def shown_keys(room: str) -> Mapping[str, str]:
    """The first key of each action of a screen as it is printed for people, by the action's name."""
    return {action.name: shown_key(action.keys[0]) for action in actions_of(room)}


def key_of(action_id: str) -> str:
    """The key that does an action now, as it is printed for people."""
    return shown_key(_in_force[action_id].keys[0])


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that two actions claim.

    Attributes:
        key: Textual's name of it.
        one, other: ids of the actions.
    """

    key: str
    one: str
    other: str

    def __str__(self) -> str:
        return f"{shown_key(self.key)}: {self.one} and {self.other}"


def find_clashes(actions: Iterable[Action] = ACTIONS) -> list[Clash]:
    """Keys that two actions of one screen, or a screen and the whole program, both claim."""
    claimed: dict[tuple[str, str], str] = {}
    clashes = []
    table = list(actions)
    rooms = {action.room for action in table} - {"app"}
    for action in table:
        for room in rooms if action.room == "app" else {action.room}:
            for key in action.keys:
                other = claimed.setdefault((room, key), action.id)
                if other != action.id:
                    clashes.append(Clash(key, other, action.id))
    return list(dict.fromkeys(clashes))


def keys_in_markdown() -> str:
    """The table as Markdown, one section a group: docs/keys.md is this text."""
    lines = []
    group = ""
    for action in ACTIONS:
        if action.group != group:
            group = action.group
            lines += ["", f"### {group}", "", "| key | does |", "| --- | --- |"]
        keys = " ".join(f"`{shown_key(key)}`" for key in action.keys)
        lines.append(f"| {keys} | {action.help} |")
    return "\n".join(lines[1:]) + "\n"
