"""Run token classification models of the transformers library, which is not installed with this program."""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from annotate.errors import PipelineError
from annotate.missing_packages import needs
from annotate.outcomes import Outcome, Proposal, first_line, settled, told
from annotate.pipeline_identity import fingerprint_of, source_name
from annotate.suggestions import Source

_RULES = "1"
"""Changes with what is made of a model's answers."""

_BATCH = 8
_LONGEST = 512
_FIRST_ROWS = {"roberta", "xlm-roberta", "camembert", "longformer", "xmod", "data2vec-text", "mpnet"}
"""Kinds of models that keep their first two positions for themselves."""

Found = list[dict[str, Any]]
"""A text's entities as transformers gives them: entity_group, score, start, end."""


@dataclass(frozen=True, slots=True)
class TransformersPipeline:
    """A loaded token classification pipeline and who it is as a source of suggestions."""

    run: Callable[..., Any]
    source: Source

    def read(self, texts: Sequence[str]) -> list[Outcome]:
        """What came of each text; one that fails does not take the others with it."""
        if len(texts) > 1:
            try:
                answers = self.run(list(texts), batch_size=_BATCH)
                return [_outcome(found, text) for found, text in zip(answers, texts, strict=True)]
            except Exception:  # whose fault it was shows when they are run one by one
                pass
        return [self._read_one(text) for text in texts]

    def _read_one(self, text: str) -> Outcome:
        try:
            return _outcome(self.run(text), text)
        except Exception as error:  # a model is other people's code: it may raise anything
            return [], told(error)


def load_transformers(name_or_path: str) -> TransformersPipeline:
    """Load a model for token classification from a folder, or by the name under which transformers finds it.

    Raises:
        PipelineError: a package that it needs is missing, or it cannot be loaded; one line.
    """
    missing = [package for package in ("transformers", "torch") if find_spec(package) is None]
    if missing:
        raise PipelineError(f"pipeline {name_or_path!r} {needs(missing)}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _loaded(name_or_path)
    except PipelineError:
        raise
    except Exception as error:  # a model is other people's code: it may raise anything
        reason = first_line(error) if isinstance(error, OSError | ValueError) else told(error)
        raise PipelineError(f"pipeline {name_or_path!r} cannot be loaded: {reason}") from error


def _loaded(name: str) -> TransformersPipeline:
    import torch
    import transformers

    for library in ("transformers", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.ERROR)
    transformers.utils.logging.disable_progress_bar()
    config = transformers.AutoConfig.from_pretrained(name)
    if not any(str(one).endswith("ForTokenClassification") for one in config.architectures or ()):
        raise PipelineError(f"pipeline {name!r} cannot be loaded: it is no model for token classification")
    tokenizer = transformers.AutoTokenizer.from_pretrained(name, use_fast=True)
    if not tokenizer.is_fast:
        raise PipelineError(f"pipeline {name!r} cannot be loaded: its tokenizer does not tell where words stand")
    tokenizer.model_max_length = min(tokenizer.model_max_length, _positions(config))
    run = transformers.pipeline(
        "token-classification",
        model=transformers.AutoModelForTokenClassification.from_pretrained(name),
        tokenizer=tokenizer,
        aggregation_strategy=_strategy(tokenizer),
        stride=tokenizer.model_max_length // 4,
        device=0 if torch.cuda.is_available() else -1,
    )
    return TransformersPipeline(run, _source(name, config))


def _positions(config: Any) -> int:
    """How many tokens the model takes at once; longer texts are read in overlapping pieces."""
    positions = int(getattr(config, "max_position_embeddings", 0) or _LONGEST)
    return positions - 2 if config.model_type in _FIRST_ROWS else positions


def _strategy(tokenizer: Any) -> str:
    """How pieces of words become entities: by the word's first piece, where pieces can be told from words."""
    marked = getattr(tokenizer.backend_tokenizer.model, "continuing_subword_prefix", None)
    return "first" if marked else "simple"


def _source(name: str, config: Any) -> Source:
    folder = Path(name)
    if folder.is_dir():
        files = sorted(folder.rglob("*"))
        return Source(source_name(folder.resolve().name), "", fingerprint_of(folder, files, _RULES))
    commit = str(getattr(config, "_commit_hash", None) or "")
    fingerprint = hashlib.sha256("\0".join((_RULES, name, commit, config.to_json_string())).encode("utf-8"))
    return Source(source_name(name), commit[:12], fingerprint.hexdigest())


def _outcome(found: Found, text: str) -> Outcome:
    return settled(text, _proposed(found))


def _proposed(found: Found) -> Iterator[Proposal]:
    for one in found:
        yield int(one["start"]), int(one["end"]), str(one["entity_group"]), min(max(float(one["score"]), 0.0), 1.0)
