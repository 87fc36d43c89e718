"""Find the files of a format that is a folder, and read whole texts, with the line of what is wrong."""

from __future__ import annotations

from pathlib import Path

from annotate.articles import decode
from annotate.errors import TextError
from store.errors import reason
from store.formats.model import FormatError, ReadArticle


def text_of(path: Path) -> str:
    """The characters of a UTF-8 file, a byte order mark and all newlines kept.

    Raises:
        FormatError: it cannot be read or is not UTF-8; the line is named.
    """
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise FormatError(path, 0, reason(error)) from error
    except TextError as error:
        where, _, why = error.message.partition(": ")
        raise FormatError(path, int(where.removeprefix("line ")), why) from error


def files_in(path: Path, *suffixes: str) -> list[Path]:
    """The file that `path` is, or those in the folder that it is which end in one of `suffixes`, by name.

    Raises:
        FormatError: there is none.
    """
    if path.is_file():
        return [path]
    try:
        found = sorted(one for one in path.iterdir() if one.name.endswith(suffixes) and not one.name.startswith("."))
    except OSError as error:
        raise FormatError(path, 0, reason(error)) from error
    if not found:
        raise FormatError(path, 0, f"no file in it ends in {' or '.join(suffixes)}")
    return found


class OnceEach:
    """Sees to it that no article comes twice."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def check(self, read: ReadArticle) -> ReadArticle:
        """Give back what is new.

        Raises:
            FormatError: the article's id came before.
        """
        article_id = read.article.id
        if article_id and article_id in self._seen:
            raise read.error(f"article {article_id} comes a second time")
        self._seen.add(article_id)
        return read
