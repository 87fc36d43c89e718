"""An article cannot drive the terminal that shows it."""

from __future__ import annotations

import re
from pathlib import Path

from terminal import Terminal, manicule

TITLE = "[/foo] [@click=app.quit]go[/] \x1b]0;pwned\x07"
TEXT = f"""{TITLE}

Clipboard \x1b]52;c;cHduZWQ=\x07 clear \x1b[2J eight bit \x9b2J title \x1b]2;pwned\x1b\\ done.
Order \u202eabc\u202c marks \u200f and isolates \u2066x\u2069, backspace \x08, form feed \x0c, delete \x7f.
Lines\u2028and\u2029paragraphs, a word of {"x" * 200} and [/ [link=http://x]x[/].
"""
OSC = re.compile(rb"\x1b\](?:0|1|2|8|52);")


def test_neither_library_nor_reader_lets_an_article_act(tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text(TEXT, encoding="utf-8")
    root = tmp_path / "wire"
    manicule(tmp_path, "new", root, "--annotator", "ada")
    added = manicule(tmp_path, "add", root, tmp_path / "evil.txt")
    assert "\x1b]" not in added.stdout + added.stderr
    with Terminal(root, home=tmp_path) as person:
        person.wait_for("[/foo]", "the title in the library, as it is")
        person.press("Enter")
        person.wait_for("Clipboard ␛]52;c;", "the text with stand-ins")
        person.press("End", "n", "m")
        person.type("\u202e[/bar]")
        person.press("Enter", "?", "Esc", "q")
        person.wait_for("[/foo]", "the library again")
        person.press("Ctrl+Q")
        assert person.wait_end() == 0
    assert not OSC.search(person.raw)
    drawn = person.raw.decode("utf-8", errors="replace")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x80-\x9f\x0b\x0c]", drawn)
    assert "\x1b[2J" not in drawn.partition("Clipboard")[2]
