"""What the two UIMA CAS formats share: an article as a CAS of DKPro's types, which INCEpTION has built in."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotate.errors import ManiculeError
from store.formats.model import FormatError, GoldArticle, GoldSpan, ReadArticle
from store.formats.webanno import NAMED_ENTITY, UNLABELLED

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

_FEATURES = ("value", "label", "identifier")
"""Where the label of a span of another layer is looked for."""

_BUILT_IN = ("uima.", "de.tudarmstadt.ukp.dkpro.core.", "org.dkpro.core.")


class InceptionMissingError(ManiculeError):
    """The package that reads and writes UIMA CAS is not installed."""

    title = "Not installed"

    def __init__(self) -> None:
        super().__init__("UIMA CAS needs dkpro-cassis: install manicule[inception]")


@cache
def type_system() -> TypeSystem:
    """DKPro's types.

    Raises:
        InceptionMissingError: dkpro-cassis is not installed.
    """
    try:
        from cassis import load_dkpro_core_typesystem
    except ImportError as error:
        raise InceptionMissingError from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return load_dkpro_core_typesystem()


@cache
def types_as_xml() -> str:
    """DKPro's types as a file of UIMA's holds them."""
    return str(type_system().to_xml())


def cas_of(article: GoldArticle, text: str) -> Cas:
    """The article as a CAS; `text` is its text as the file can hold it, as long as the article's own."""
    types = type_system()
    from cassis import Cas

    cas = Cas(typesystem=types)
    cas.sofa_string = text
    cas.sofa_mime = "text/plain"
    entity = types.get_type(NAMED_ENTITY)
    for span in article.spans:
        cas.add(entity(begin=span.start, end=span.end, value=span.label))
    return cas


def read_cas(path: Path, load: Callable[[], Cas]) -> ReadArticle:
    """The article that a CAS holds; its offsets are code points by then.

    Raises:
        FormatError: it cannot be read, or a span of it is not what it should be.
    """
    type_system()
    with _told(path):
        cas = load()
    text = cas.sofa_string
    if not isinstance(text, str) or not text:
        raise FormatError(path, 0, "its view holds no text")
    article = GoldArticle(path.stem, "", text, tuple(_spans(path, cas, len(text))))
    return ReadArticle(article, path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn whatever cassis makes of a broken file, warnings too, into one line about it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", UserWarning)
            yield
    except FormatError:
        raise
    except Exception as error:  # cassis raises what happens to happen: KeyError, ValueError, lxml's own
        why = " ".join(str(error).split()) or type(error).__name__
        raise FormatError(path, getattr(error, "lineno", 0) or 0, f"no CAS that can be read: {why}") from error


def _spans(path: Path, cas: Cas, length: int) -> Iterator[GoldSpan]:
    name, feature = _layer(path, cas)
    for number, one in enumerate(cas.select(name) if name else (), start=1):
        where = f"{name.rpartition('.')[2]} {number}"
        label = getattr(one, feature, None)
        if not isinstance(one.begin, int) or not isinstance(one.end, int) or not 0 <= one.begin < one.end <= length:
            raise FormatError(path, 0, f"{where}: {one.begin}-{one.end} is no range of its text")
        identifier = getattr(one, "identifier", None)
        known = identifier if feature != "identifier" and isinstance(identifier, str) else ""
        yield GoldSpan(one.begin, one.end, str(label or UNLABELLED), link=known)


def _layer(path: Path, cas: Cas) -> tuple[str, str]:
    """The layer of spans, and the feature with their labels: named entities, else the project's one own layer."""
    held = {one.type.name for one in cas.select_all_annotations()}
    if NAMED_ENTITY in held:
        return NAMED_ENTITY, "value"
    own = sorted(name for name in held if not name.startswith(_BUILT_IN))
    if len(own) > 1:
        raise FormatError(path, 0, f"no named entities, and several layers of spans: {', '.join(own)}")
    return (own[0], _feature(path, cas.typesystem.get_type(own[0]))) if own else ("", "")


def _feature(path: Path, kind: Any) -> str:
    names = {feature.name for feature in kind.all_features}
    found = next((name for name in _FEATURES if name in names), None)
    if found is None:
        raise FormatError(path, 0, f"{kind.name} has no feature called {' or '.join(_FEATURES)}")
    return found
