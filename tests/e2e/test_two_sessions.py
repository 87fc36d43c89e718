"""Two terminals, one annotator: the second is told, reads only or takes over, and no decision of either is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal, manicule

from annotate.articles import title_of
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from store.annotator import remember_annotator
from store.project import Draft, Project

SENTENCES = 6


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two articles with one suggestion a sentence."""
    root = tmp_path / "wire"
    opened = Project.create(root)
    settings = root / "manicule.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('["manicule_news"]', "[]"), encoding="utf-8")
    remember_annotator(root, "ada")
    for name in ("rain", "snow"):
        text = "\n".join(f"On day {day} came {name} to Lima." for day in range(SENTENCES))
        opened.add_articles([Draft(name, title_of(text), text)])
        article = opened.article(name)
        starts = [at for at in range(len(article.text)) if article.text.startswith("Lima", at)]
        found = tuple(Suggestion(Span(at, at + 4, "GPE"), "one", "1", 0.9) for at in starts)
        opened.write_suggestions(SuggestionLayer(name, article.text_hash, Source("one", "1", "ff"), found))
    return root


def confirmed(project: Path) -> int:
    opened = Project.open(project)
    layers = [opened.layer(name, article_id) for name in opened.annotators() for article_id in opened.article_ids()]
    return sum(len(layer.confirmed()) for layer in layers)


def test_the_second_session_is_told_reads_only_and_takes_over(project: Path, tmp_path: Path) -> None:
    with Terminal(project, home=tmp_path) as first, Terminal(project, home=tmp_path) as second:
        first.wait_for("came snow")
        first.press("Enter", "Space")
        first.wait_for("1/6")
        second.wait_for("came snow")
        second.press("Enter")
        second.wait_for(f"open elsewhere (process {first.pid}, since ")
        assert "t take over · Esc read only" in second.text
        second.press("Esc")
        second.wait_for("read only")
        second.press("Space")
        second.wait_for("open elsewhere")
        assert confirmed(project) == 1
        second.press("t")
        second.wait_for("as your other session left it")
        second.press("Space")
        second.wait_for("2/6")
        assert "read only" not in second.text
        first.press("Space")
        first.wait_for(f"open elsewhere (process {second.pid}, since ")
        first.press("t")
        first.wait_for("2/6")
        first.press("Space")
        first.wait_for("3/6")
        for person in (second, first):
            person.press("Ctrl+Q")
            assert person.wait_end() == 0
    assert confirmed(project) == 3


def test_sessions_on_different_articles_and_of_different_annotators_are_told_nothing(
    project: Path, tmp_path: Path
) -> None:
    with Terminal(project, home=tmp_path) as first, Terminal(project, home=tmp_path) as second:
        first.wait_for("came snow")
        first.press("Enter", "Space")
        second.wait_for("came snow")
        second.press("End", "Enter", "Space")
        second.wait_for("1/6")
        first.press("Space")
        first.wait_for("2/6")
        with Terminal(project, "--annotator", "eve", home=tmp_path) as other:
            other.wait_for("came snow")
            other.press("Enter", "Space")
            other.wait_for("1/6")
            assert "elsewhere" not in first.text + second.text + other.text
    assert confirmed(project) == 4


def test_a_session_that_was_killed_holds_nothing_back(project: Path, tmp_path: Path) -> None:
    with Terminal(project, home=tmp_path) as first:
        first.wait_for("came snow")
        first.press("Enter", "Space")
        first.wait_for("1/6")
        first.kill()
    with Terminal(project, home=tmp_path) as second:
        second.wait_for("1/6")
        second.press("Space")
        second.wait_for("2/6")
        assert "elsewhere" not in second.text
    assert confirmed(project) == 2


def test_what_commands_do_while_the_library_is_open_is_shown(project: Path, tmp_path: Path) -> None:
    (tmp_path / "hail.txt").write_text("Hail in Lima.", encoding="utf-8")
    with Terminal(project, home=tmp_path) as person:
        person.wait_for("came snow")
        manicule(tmp_path, "add", project, tmp_path / "hail.txt")
        person.wait_for("Hail in Lima")
        manicule(tmp_path, "remove", project, "snow")
        person.wait_for(lambda screen: "came snow" not in screen, "that snow is gone")
        manicule(tmp_path, "restore", project, "snow")
        person.wait_for("came snow")
