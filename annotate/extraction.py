"""Run spaCy pipelines over articles: with `annotate.news_pipeline` the one place here that imports spaCy.

spaCy takes most of a second to import, so the functions that need it import it, never this module.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotate.errors import PipelineError
from annotate.missing_packages import lacked, needs, pipeline_command
from annotate.outcomes import Outcome, Pipeline, Proposal, first_line, settled, suggestions_of, told
from annotate.pipeline_identity import fingerprint_of, source_name
from annotate.pipelines import TRANSFORMERS
from annotate.suggestions import Source, Suggestion

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BUILT_IN = "manicule_news"
"""The pipeline that is always there."""

_MEMORY_HUNGRY = frozenset({"parser", "beam_parser", "ner", "beam_ner"})
_ANY_LENGTH = 1 << 40


@dataclass(frozen=True, slots=True)
class SpacyPipeline:
    """A loaded spaCy pipeline and who it is as a source of suggestions."""

    nlp: Language
    source: Source

    def read(self, texts: Sequence[str]) -> list[Outcome]:
        """What came of each text; one that fails does not take the others with it.

        Where it can, the vocabulary forgets what it met on the way: else it would grow with every new word.
        """
        with self.nlp.memory_zone() if _forgets(self.nlp) else nullcontext():
            if len(texts) > 1:
                try:
                    docs = list(self.nlp.pipe(texts, batch_size=len(texts)))
                    return [_outcome(doc, text) for doc, text in zip(docs, texts, strict=True)]
                except Exception:  # whose fault it was shows when they are run one by one
                    pass
            return [_read_one(self.nlp, text) for text in texts]


# Loading ---------------------------------------------------------------------------------------------------


def load_spacy(name_or_path: str) -> SpacyPipeline:
    """Load the built-in pipeline, an installed package or a folder.

    Raises:
        PipelineError: there is none of that name, or it cannot be loaded; one line.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = _built_in() if name_or_path == BUILT_IN else _spacy_pipeline(name_or_path)
    _lift_length_limit(nlp)
    return SpacyPipeline(nlp, _source(nlp, name_or_path))


def blank(language: str) -> Language:
    """A language's blank pipeline: spaCy's tokenizer and nothing else.

    Raises:
        PipelineError: spaCy has no such language, or a package that it needs for it is missing.
    """
    import spacy

    try:
        return spacy.blank(language)
    except (ImportError, OSError) as error:
        reason = first_line(error)
        raise PipelineError(f"language {language!r}: spaCy has no tokenizer for it here: {reason}") from error


def _built_in() -> Language:
    from annotate import news_pipeline

    return news_pipeline.load()


def _spacy_pipeline(name_or_path: str) -> Language:
    import spacy

    folder = Path(name_or_path)
    installed = bool(name_or_path) and spacy.util.is_package(name_or_path)
    if not name_or_path or not (installed or folder.is_dir()):
        raise PipelineError(
            f"no pipeline {name_or_path!r}: it is neither an installed package nor a folder{_hint(name_or_path)}"
        )
    try:
        return spacy.load(name_or_path)
    except Exception as error:  # a pipeline is other people's code: it may raise anything
        reason = _why_not(name_or_path, None if installed else folder, error)
        raise PipelineError(f"pipeline {name_or_path!r} cannot be loaded: {reason}") from error


def _hint(name: str) -> str:
    """How to get a pipeline of that name, if it may be one's."""
    if re.fullmatch(r"\w[\w.-]*/\w[\w.-]*", name):
        return f"; a model of that name for the transformers library is {TRANSFORMERS}{name}"
    if not re.fullmatch(r"[A-Za-z][\w.-]*", name):
        return ""
    return f"; the command that installs it beside Manicule: {pipeline_command(name)}"


def _why_not(name: str, folder: Path | None, error: Exception) -> str:
    if folder is not None and not (folder / "meta.json").is_file():
        return "the folder is no spaCy pipeline (it has no meta.json)"
    meta = _meta(name, folder)
    if missing := lacked(error, meta.get("requirements") or () if meta else ()):
        return f"it {needs(missing)}"
    if folder is None:
        plain = isinstance(error, AttributeError | TypeError)
        return f"the package {name} is no spaCy pipeline" if plain else told(error)
    made_for = "its meta.json cannot be read" if meta is None else _made_for(str(meta.get("spacy_version", "")))
    return f"{made_for}: {told(error)}" if made_for else told(error)


def _meta(name: str, folder: Path | None) -> dict[str, Any] | None:
    """What a pipeline's meta.json says; None where it cannot be read."""
    import spacy

    try:
        path = folder or spacy.util.get_package_path(name)
        meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    except (ImportError, OSError, TypeError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None


def _made_for(wanted: str) -> str:
    """Which spaCy a pipeline was made for, if that is not this one."""
    import spacy

    here = spacy.about.__version__
    if not wanted or spacy.util.is_compatible_version(here, wanted):
        return ""
    return f"it was made for spaCy {wanted} and this is spaCy {here}"


def _lift_length_limit(nlp: Language) -> None:
    if not _MEMORY_HUNGRY.intersection(nlp.pipe_factories.values()):
        nlp.max_length = _ANY_LENGTH


# Who it is -------------------------------------------------------------------------------------------------


def _source(nlp: Language, name_or_path: str) -> Source:
    version = str(nlp.meta.get("version", ""))
    return Source(_source_name(nlp, name_or_path), version, _fingerprint(nlp, name_or_path))


def _source_name(nlp: Language, name_or_path: str) -> str:
    if name_or_path == BUILT_IN:
        return BUILT_IN
    name = str(nlp.meta.get("name") or "")
    if name in ("", "pipeline"):  # what spaCy calls a pipeline that nobody named
        return source_name(Path(name_or_path).resolve().name)
    return source_name(f"{nlp.lang}_{name}")


def _fingerprint(nlp: Language, name_or_path: str) -> str:
    folder = _folder_of(nlp, name_or_path)
    if folder is None:
        return hashlib.sha256(nlp.to_bytes()).hexdigest()
    return fingerprint_of(folder, _files_of(folder, name_or_path))


def _files_of(folder: Path, name_or_path: str) -> list[Path]:
    """What makes a pipeline: all in its folder, for the built-in one without what only trains and measures it."""
    found = sorted(folder.rglob("*"))
    if name_or_path != BUILT_IN:
        return found
    from annotate.news_pipeline import NOT_RUN

    return [path for path in found if path.relative_to(folder).parts[0] not in NOT_RUN]


def _folder_of(nlp: Language, name_or_path: str) -> Path | None:
    """Where the configuration and weights lie; the built-in pipeline's are its own code and tables."""
    if name_or_path == BUILT_IN:
        from annotate import news_pipeline

        return Path(news_pipeline.__file__).parent
    return Path(nlp.path) if nlp.path else None


# Running ---------------------------------------------------------------------------------------------------


def suggest(pipeline: Pipeline, text: str) -> list[Suggestion]:
    """What the pipeline proposes for one text, in the order of the text.

    Raises:
        PipelineError: it failed on this text.
    """
    ((proposals, problem),) = pipeline.read([text])
    if problem:
        raise PipelineError(problem)
    return suggestions_of(pipeline.source, proposals)


def _forgets(nlp: Language) -> bool:
    """Whether all parts are known to keep nothing of a text: spaCy's own and the built-in pipeline's."""
    parts = (nlp.tokenizer, *(part for _, part in nlp.components))
    return all(type(part).__module__.startswith(("spacy.", "annotate.news_pipeline.")) for part in parts)


def _read_one(nlp: Language, text: str) -> Outcome:
    if len(text) > nlp.max_length:
        return [], f"the text has {len(text):,} characters, this pipeline takes {nlp.max_length:,} at most"
    try:
        return _outcome(nlp(text), text)
    except Exception as error:  # a pipeline is other people's code: it may raise anything
        return [], told(error)


def _outcome(doc: Doc, text: str) -> Outcome:
    if doc.text != text:
        return [], "the pipeline's tokenizer changes the text, so its offsets cannot be trusted"
    return settled(text, _proposed(doc))


def _proposed(doc: Doc) -> Iterator[Proposal]:
    for entity in doc.ents:
        yield entity.start_char, entity.end_char, entity.label_, None
    for group in doc.spans.values():
        scores = _scores(group.attrs.get("scores"), len(group))
        for span, score in zip(group, scores, strict=True):
            yield span.start_char, span.end_char, span.label_, score


def _scores(found: Any, length: int) -> list[float | None]:
    """A span group's scores, one for each span; None where it has none, or not as many."""
    if found is None or len(found) != length:
        return [None] * length
    return [min(max(float(one), 0.0), 1.0) if math.isfinite(one) else None for one in found]
