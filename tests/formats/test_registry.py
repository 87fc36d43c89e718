import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import store.formats
from store.formats import UnknownFormatError, find_format, format_names, loaded_formats
from store.formats.jsonl import FORMAT
from store.formats.model import Capabilities, Format

THEIRS = Format("theirs", "another package's", ".x", Capabilities(), read=FORMAT.read)
UNNAMED = Format("other", "of another name", ".x", Capabilities())


@pytest.fixture
def added(monkeypatch):
    points = {
        name: EntryPoint(name, value, store.formats.GROUP)
        for name, value in (
            ("theirs", f"{__name__}:THEIRS"),
            ("gone", "no_such_package:FORMAT"),
            ("unnamed", f"{__name__}:UNNAMED"),
        )
    }
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or _this_module())
    monkeypatch.setattr(store.formats, "_added", lambda: points)


def _this_module():
    module = type(sys)(__name__)
    module.THEIRS, module.UNNAMED = THEIRS, UNNAMED
    return module


def test_every_format_has_its_own_name_and_a_writer_or_a_reader():
    for name in format_names():
        form = find_format(name)
        assert form.name == name
        assert form.write or form.read
        assert form.title and (form.is_folder or form.suffix.startswith("."))


def test_listing_and_finding_formats_imports_nothing_heavy():
    code = (
        "import sys; from store.formats import find_format, format_names\n"
        "[find_format(name) for name in format_names()]\n"
        "heavy = {'spacy', 'cassis', 'lxml', 'pyarrow', 'textual'} & set(sys.modules)\n"
        "raise SystemExit(repr(sorted(heavy)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert ran.stderr.strip() == "[]"


def test_an_unknown_format_is_one_line_with_those_there_are():
    with pytest.raises(UnknownFormatError, match=r"no format 'dbase': there are jsonl, spacy"):
        find_format("dbase")


def test_another_package_s_format_is_found_by_its_entry_point(added):
    assert find_format("theirs") is THEIRS
    assert format_names()[-3:] == ["gone", "theirs", "unnamed"]


def test_one_that_cannot_be_loaded_keeps_no_other_from_being_listed(added):
    known, problems = loaded_formats()
    assert [one.name for one in known] == [name for name in format_names() if name not in ("gone", "unnamed")]
    assert [line.split(":")[0].split(" (")[0] for line in problems] == ["format gone", "format unnamed"]


def test_one_that_cannot_be_loaded_or_is_none_is_named(added):
    with pytest.raises(UnknownFormatError, match=r"format gone \(no_such_package:FORMAT\) cannot be loaded: No module"):
        find_format("gone")
    with pytest.raises(UnknownFormatError, match="format unnamed: .*:UNNAMED is no format of that name"):
        find_format("unnamed")
