"""From a source to its items: the one place where what a reader raises becomes a line about its source."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.errors import TextError
from store.documents.kinds import kind_of
from store.documents.values import EncodingError, Item, Options, Refused, Source
from store.errors import reason


def items_of(source: Source, options: Options) -> Iterator[Item]:
    """What comes of a source, by the reader of its kind; what cannot be read is refused, never raised."""
    try:
        yield from kind_of(source, options).reader()(source, options)
    except EncodingError as error:
        yield Refused(source.shown, error.message, error.looks_like)
    except TextError as error:
        yield Refused(source.shown, error.message)
    except UnicodeError as error:
        yield Refused(source.shown, f"not in the encoding that it begins in ({error})")
    except OSError as error:
        yield Refused(source.shown, reason(error))
