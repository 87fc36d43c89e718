"""Without a project the program opens the sample, with something to decide on its first screen."""

from __future__ import annotations

from pathlib import Path

from terminal import Terminal

import seeds

UNDERLINE = b"4;38;2"


def test_one_command_opens_an_article_with_its_entities_highlighted(tmp_path: Path) -> None:
    titles = [article.title for article in seeds.gold()]
    with Terminal(home=tmp_path) as person:
        screen = person.wait_for("Space ✓", "the keys for the focused suggestion")
        assert any(title[:40] in screen for title in titles)
        assert UNDERLINE in person.raw
        person.press("Space")
        person.wait_for("1/", "the first suggestion confirmed")
        person.press("q")
        person.wait_for("sample", "the library of the sample project")
        person.press("Ctrl+Q")
        assert person.wait_end() == 0
    with Terminal(home=tmp_path) as person:
        person.wait_for("1/", "the decision of the first time")
        person.press("Ctrl+Q")
        assert person.wait_end() == 0
