"""manicule.toml explains itself, and every mistake in it is told with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from store_helpers import tree

from annotate.ontonotes import ONTONOTES
from store.config import ProjectConfig
from store.errors import ConfigError, ProjectError
from store.project import Project

LABELS = '[[labels]]\nname = "ORG"\nkey = "O"\ncolor = "#3a7ca5"\n'


def problems(root: Path, text: str) -> list[str]:
    """What is wrong with `text` as manicule.toml, without the file's path."""
    path = root / "manicule.toml"
    path.write_bytes(text.encode())
    with pytest.raises(ConfigError) as caught:
        Project.open(root)
    lines = caught.value.message.split("\n")
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


def opened(root: Path, text: str) -> ProjectConfig:
    (root / "manicule.toml").write_text(text, "utf-8")
    return Project.open(root).config


def test_a_new_project_has_the_default_labels_and_a_comment_above_each_key(tmp_path: Path) -> None:
    config = Project.create(tmp_path / "new" / "corpus").config
    assert config == ProjectConfig("corpus", "en", ONTONOTES, ("manicule_news",), ())
    lines = (tmp_path / "new" / "corpus" / "manicule.toml").read_text("utf-8").split("\n")
    head = lines[: lines.index("[[labels]]") + 1]
    for number, line in enumerate(head):
        if line and line[0] != "#":
            assert head[number - 1].startswith("#")


def test_the_title_is_kept_as_one_line(tmp_path: Path) -> None:
    title = 'News "of"\n the\tday \\ é'
    assert Project.create(tmp_path, title=title).config.title == 'News "of" the day \\ é'


def test_an_existing_project_is_left_alone(tmp_path: Path) -> None:
    Project.create(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(ProjectError, match="a Manicule project already"):
        Project.create(tmp_path)
    assert tree(tmp_path) == before


def test_a_file_is_no_place_for_a_project(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProjectError, match="file"):
        Project.create(tmp_path / "file")


def test_a_label_file_is_taken_over_with_its_comments(tmp_path: Path) -> None:
    file = tmp_path / "labels.toml"
    file.write_bytes(b"\xef\xbb\xbf# ours\r\n" + LABELS.replace("\n", "\r\n").encode() + b"# the end\r\n")
    project = Project.create(tmp_path / "p", labels=file)
    assert [label.name for label in project.config.scheme.labels] == ["ORG"]
    text = (tmp_path / "p" / "manicule.toml").read_text("utf-8")
    assert "# ours\n" in text and "# the end\n" in text


@pytest.mark.parametrize("form", ["tables", "inline"])
def test_the_labels_of_another_project_are_taken_over_and_nothing_else(tmp_path: Path, form: str) -> None:
    other = tmp_path / "manicule.toml"
    tables = "# mine\n" + LABELS if form == "tables" else 'labels = [{name = "ORG", key = "O", color = "#3a7ca5"}]\n'
    other.write_text('format = 1\ntitle = "Other"\noverlap = true\nblind = ["eve"]\n' + tables)
    config = Project.create(tmp_path / "p", labels=other).config
    assert [(label.name, label.key) for label in config.scheme.labels] == [("ORG", "O")]
    assert (config.title, config.scheme.overlap, config.blind) == ("p", False, ())
    text = (tmp_path / "p" / "manicule.toml").read_text("utf-8")
    Project.create(tmp_path / "q", labels=tmp_path / "p" / "manicule.toml")
    assert (tmp_path / "q" / "manicule.toml").read_text("utf-8").split("\n\n")[1:] == text.replace(
        'title = "p"', 'title = "q"'
    ).split("\n\n")[1:]
    assert "#   guideline  when to use the label" in text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (LABELS + 'colour = "#000000"\n', r":5: labels\[0\]\.colour: no such key; is color meant\?"),
        (LABELS + LABELS, r":2: labels\[0\]\.name: label ORG is there twice"),
        ("title = 'x'\n" + LABELS, ":1: title: no such key; there are labels"),
        ("format = 1\nlanguage = 'EN'\n" + LABELS, ":2: language: cannot be used"),
        ("", ":1: labels: is missing"),
        ("[[labels]\n", r":1: Expected"),
    ],
)
def test_mistakes_in_a_label_file_are_told_and_nothing_is_made(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "labels.toml"
    file.write_text(content)
    with pytest.raises(ConfigError, match=f"{file}{problem}"):
        Project.create(tmp_path / "p", labels=file)
    assert not (tmp_path / "p").exists()


def test_a_label_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.toml: No such file"):
        Project.create(tmp_path / "p", labels=tmp_path / "gone.toml")


def test_all_keys_but_format_and_labels_may_be_left_out(tmp_path: Path) -> None:
    config = opened(tmp_path, 'format = 1\n[[labels]]\nname = "ORG"\n')
    assert (config.title, config.language, config.pipelines, config.blind) == ("", "en", (), ())
    assert config.scheme.labels[0].color == "#7f8fa6"
    assert not config.scheme.overlap


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        'format = "1"\n\ntitel = "x"\nlanguage = "english"\noverlap = 1\npipelines = ["a",\n  2]\n'
        + LABELS
        + '\n[[labels]]\n# no name\nguideline = """\nkey = 3\n"""\nkey = 3\nexamples = "x"\n'
    )
    assert problems(tmp_path, text) == [
        "1: format: is not a whole number",
        "3: titel: no such key; is title meant?",
        "4: language: cannot be used",
        "5: overlap: is not true or false",
        "6: pipelines[1]: is not a text in quotes",
        "13: labels[1].name: is missing",
        "18: labels[1].key: is not a text in quotes",
        "19: labels[1].examples: is not a list in brackets",
    ]


def test_what_labels_of_sources_mean_is_read_for_all_and_for_one(tmp_path: Path) -> None:
    table = '[label_map]\nPER = "ORG"\n"O R" = ""\n[label_map.en_towns]\nPER = ""\n'
    scheme = opened(tmp_path, "format = 1\n" + LABELS + table).scheme
    assert [scheme.meant("any", label) for label in ("PER", "O R", "ORG", "X")] == ["ORG", "", "ORG", "X"]
    assert scheme.meant("en_towns", "PER") == ""


def test_mistakes_in_what_labels_mean_are_told_with_their_lines(tmp_path: Path) -> None:
    table = '[label_map]\nPER = "ORK"\n"B-X" = 3\n[ label_map . "en_towns" ]\nY = "Z"\n[label_map."a b"]\nY = ""\n'
    assert problems(tmp_path, "format = 1\n" + table + LABELS) == [
        "3: label_map.PER: there is no label ORK; is ORG meant?",
        '4: label_map.B-X: is not a label in quotes, nor "" to leave such suggestions out',
        "6: label_map.en_towns.Y: there is no label Z",
        "7: label_map.a b: 'a b' is no source's name",
    ]
    assert problems(tmp_path, "format = 1\nlabel_map = 3\n" + LABELS) == ["2: label_map: is not a table"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("format = 1\n", "1: labels: is missing"),
        (LABELS, "1: format: is missing"),
        ("format = 1\nlabels = []\n", "2: labels: a label scheme needs at least one label"),
        ('format = 1\nlabels = [{name = "A", kay = "B"}]\n', "2: labels[0].kay: no such key; is key meant?"),
        ("format = 1\n" + LABELS + 'key = "P"\n', "6: Cannot overwrite a value"),
        ("format = 1\ntitle = \n" + LABELS, "2: Invalid value"),
        ("format = 1\n" + LABELS.replace('"O"', '"Q"'), "4: labels[0].key: label ORG: key Q is kept free"),
        ('format = 1\nblind = ["a b"]\n' + LABELS, "2: blind[0]: 'a b' is no annotator's name"),
        ("format = 1\n" + LABELS.replace('"ORG"', '"ORG"\x00'), "3: Expected newline"),
    ],
)
def test_one_mistake_is_one_line(tmp_path: Path, text: str, problem: str) -> None:
    (found,) = problems(tmp_path, text)
    assert found.startswith(problem)


def test_a_newer_format_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, "format = 2\nnew_key = 1\n") == [" made by a newer Manicule (format 2)"]


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "manicule.toml").write_bytes(b"format = 1\ntitle = '\xff'\n")
    with pytest.raises(ConfigError, match=r"manicule\.toml: line 2: not UTF-8"):
        Project.open(tmp_path)


def test_a_checked_file_is_not_checked_again_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project.create(tmp_path)
    calls: list[Path] = []
    monkeypatch.setattr("store.config_check.check_config", lambda data, path: calls.append(path))
    assert Project.open(tmp_path).config == project.config
    assert calls == []
    path = tmp_path / "manicule.toml"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    Project.open(tmp_path)
    Project.open(tmp_path)
    assert calls == [path]


def test_a_folder_that_cannot_be_written_still_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "manicule.toml").write_text("format = 1\n" + LABELS)
    monkeypatch.setattr(os, "open", refuse)
    assert Project.open(tmp_path).config.scheme.label("ORG")


def test_what_is_local_is_kept_out_of_git(tmp_path: Path) -> None:
    Project.create(tmp_path)
    assert (tmp_path / ".manicule" / ".gitignore").read_bytes() == b"*\n"


def test_the_example_in_the_guide_is_in_order(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "project-folder.md").read_text("utf-8")
    example = guide.partition("```toml\n")[2].partition("```")[0]
    config = opened(tmp_path, example)
    assert (config.title, config.blind) == ("Kabul talks", ("eve",))
    assert [label.name for label in config.scheme.labels] == ["PERSON", "ORG", "GPE"]


def test_a_new_project_tells_git_to_write_no_marks_into_its_files_and_leaves_what_git_was_told(tmp_path: Path) -> None:
    Project.create(tmp_path / "new")
    assert "layers/*/??/*.json merge=union" in (tmp_path / "new" / ".gitattributes").read_text("utf-8")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / ".gitattributes").write_text("*.json diff")
    Project.create(tmp_path / "old")
    assert (tmp_path / "old" / ".gitattributes").read_text() == "*.json diff"
