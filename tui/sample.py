"""A copy of the sample project in the user's data folder, for whoever starts the program without a project."""

from __future__ import annotations

import getpass
from pathlib import Path

import platformdirs

from annotate.errors import ManiculeError
from store.annotator import annotator_name, check_annotator, remember_annotator
from store.place import Place, write_place
from store.project import Draft, Project

TITLE = "Pakistan wire (sample)"


def sample_project() -> Path:
    """The folder of the copy, made when it is not there yet.

    Raises:
        ManiculeError: it cannot be written.
    """
    root = Path(platformdirs.user_data_dir("manicule")) / "sample"
    if not (root / "manicule.toml").exists():
        _create(root)
    if annotator_name(root, None) is None:
        remember_annotator(root, _account())
    return root


def _create(root: Path) -> None:
    import seeds
    from seeds.suggestions import shipped_suggestions

    project = Project.create(root, title=TITLE)
    drafts = [Draft(gold.id, gold.title, gold.text, {"source": "sample"}) for gold in seeds.gold()]
    project.add_articles(drafts)
    for layer in shipped_suggestions():
        project.write_suggestions(layer)
    write_place(project, Place(project.article_ids()[0], 0))


def _account() -> str:
    try:
        return check_annotator(getpass.getuser())
    except (ManiculeError, KeyError, OSError, ImportError):
        return "me"
