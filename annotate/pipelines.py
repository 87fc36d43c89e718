"""Tell the kinds of pipelines apart by what they are called, and load one."""

from __future__ import annotations

from pathlib import Path

from annotate.outcomes import Pipeline

TRANSFORMERS = "transformers:"
"""Begins the name of a pipeline that the transformers library runs: a folder or a model's name follows."""


def load_pipeline(name_or_path: str) -> Pipeline:
    """Load the built-in pipeline, an installed spaCy package, a folder of either kind, or a transformers model.

    Raises:
        PipelineError: there is none of that name, or it cannot be loaded; one line, with the command that installs
            what is missing where that is known.
    """
    if name_or_path.startswith(TRANSFORMERS) or _is_transformers_folder(Path(name_or_path)):
        from annotate.transformer_pipeline import load_transformers

        return load_transformers(name_or_path.removeprefix(TRANSFORMERS))
    from annotate.extraction import load_spacy

    return load_spacy(name_or_path)


def taken_from(folder: Path, name: str) -> str:
    """A pipeline's name with its path, if it is one, taken from `folder`."""
    kind = TRANSFORMERS if name.startswith(TRANSFORMERS) else ""
    path = name.removeprefix(kind)
    return f"{kind}{folder / path}" if path and (folder / path).is_dir() else name


def _is_transformers_folder(folder: Path) -> bool:
    return (folder / "config.json").is_file() and not (folder / "meta.json").is_file()
