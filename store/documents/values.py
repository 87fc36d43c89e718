"""What readers of documents are given and what they give: shared by all kinds, so that one more is one more file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from annotate.articles import clean_text, title_of
from annotate.errors import TextError
from store.project import Draft

LARGEST_DOCUMENT = 128 * 2**20
"""Most bytes of one document: a file that is read as a whole, a line of JSONL, a field of CSV."""

_FEW = 2**16
"""How many bytes are asked for at first: room is made for all that one asks for."""

OnRead = Callable[[int], None]
"""Called with the number of documents read so far."""


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are to be read.

    Attributes:
        kind: the name of the kind that everything is; "" to see by the ending, else by the first bytes.
        encoding: the encoding of all text; "" for UTF-8, or what a page or a feed says of itself.
        accept_encoding: whether text that is not UTF-8 is read as it looks.
        text_column: the column of JSONL and CSV that holds the text.
        id_column: the column that ids are made from, where there is one.
        title_column: the column that holds titles, where there is one.
        include: globs: of folders and archives only what matches one is read; all that can be, if there is none.
        exclude: globs: what matches one is not read.
        allow_private: whether addresses of this machine and of private networks may be fetched from.
        scratch: a folder for what does not fit into memory; the system's, if None. No name appears in it.
    """

    kind: str = ""
    encoding: str = ""
    accept_encoding: bool = False
    text_column: str = "text"
    id_column: str = "id"
    title_column: str = "title"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allow_private: bool = False
    scratch: Path | None = None


@dataclass(slots=True)
class Allowance:
    """How many bytes an archive may still unpack to, with all archives in it.

    Attributes:
        left: that many.
    """

    left: int


@dataclass(frozen=True, slots=True)
class Source:
    """Something that holds documents, wherever it comes from.

    Attributes:
        shown: how messages name it.
        name: its file's name, or its path in the folder or archive that was given; "" if it has none.
        opens: opens its bytes; each time from the start.
        metadata: what its articles are to remember besides.
        charset: the encoding that whoever served it names; "" where nobody did.
        media_type: what whoever served it calls its kind; "" where nobody did.
        depth: in how many archives it lies.
        allowance: what is left to the outermost of them.
    """

    shown: str
    name: str
    opens: Callable[[], BinaryIO]
    metadata: Mapping[str, str] = field(default_factory=dict)
    charset: str = ""
    media_type: str = ""
    depth: int = 0
    allowance: Allowance | None = None

    @property
    def stem(self) -> str:
        """The name of the file without folders and ending."""
        return Path(self.name).stem

    def data(self, most: int = LARGEST_DOCUMENT) -> bytes:
        """All bytes.

        Raises:
            TextError: they are more than `most`.
            OSError: they cannot be read.
        """
        with self.opens() as file:
            data = file.read(_FEW)
            if len(data) == _FEW:
                data += file.read(most + 1 - _FEW)
        if len(data) > most:
            raise TextError(f"larger than {in_megabytes(most)}, too large for one document")
        return data

    def head(self, size: int = 4096) -> bytes:
        """The first bytes, at most `size`."""
        with self.opens() as file:
            return file.read(size)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that cannot be an article.

    Attributes:
        shown: where it is, as messages name it: a file, a file and its member.
        why: what is wrong, after the line where there is one.
        looks_like: the encoding it seems to be in, where that is what is wrong; else "".
    """

    shown: str
    why: str
    looks_like: str = ""

    def __str__(self) -> str:
        return one_line(f"{self.shown}: {self.why}")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know and that refuses nothing."""

    shown: str
    what: str

    def __str__(self) -> str:
        return one_line(f"{self.shown}: {self.what}")


Item = Draft | Refused | Note
"""What comes of a source, in order."""


class EncodingError(TextError):
    """Text that is not UTF-8 but looks like something else.

    Attributes:
        looks_like: the encoding.
    """

    def __init__(self, message: str, looks_like: str) -> None:
        super().__init__(message)
        self.looks_like = looks_like


def draft(
    source: Source,
    raw: str,
    kind: str,
    *,
    stem: str = "",
    title: str = "",
    metadata: Mapping[str, str] | None = None,
    changes: Iterable[str] = (),
) -> Draft:
    """The draft of an article whose text is `raw`, cleaned.

    Args:
        source: where it comes from; the article remembers its name and metadata.
        raw: the text.
        kind: the name of the kind it was read as.
        stem: what its id is made from; the source's stem if "".
        title: its title, of which white space is made one line; the text's first line if "".
        metadata: what else is known; empty values are left out.
        changes: what was done to make `raw` of the bytes.

    Raises:
        TextError: the text, the title or the metadata cannot be kept.
    """
    text, cleaned = clean_text(raw)
    origin = {**source.metadata, "file": source.name, "changed": "; ".join((*changes, *cleaned))}
    own = {(f"{key}_" if key in origin else key): value for key, value in (metadata or {}).items()}
    kept = {key: value for key, value in {**own, **origin}.items() if value}
    title = title_of(" ".join(title.split())) or title_of(text)
    for name, value in (("id", stem), ("title", title), *((key, key + value) for key, value in kept.items())):
        _check_characters(name, value)
    return Draft(stem or source.stem, title, text, kept, kind)


def one_line(said: str) -> str:
    """What is said of a document, with newlines that came from it as symbols."""
    return said.replace("\n", "\u240a")


def in_megabytes(size: int) -> str:
    """A number of bytes in words."""
    return f"{size // 2**20} MB"


def _check_characters(name: str, value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise TextError(f"{name.encode('ascii', 'backslashreplace').decode()}: holds a lone surrogate") from error
