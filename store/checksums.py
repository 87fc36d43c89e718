"""Tell a database file that is as it was written from one that was damaged, cut or changed since."""

from __future__ import annotations

import re
from enum import Enum
from zlib import crc32

TABLE = "check"
"""The table of a database file that holds its checksum; always the last one."""

_END = b"\n}\n"
_TAIL = b'\n "check": {\n  "file": {\n   "crc32": "%08x"\n  }\n }\n}\n'
_TAIL_LENGTH = len(_TAIL % 0)
_FOUND = re.compile(re.escape(_TAIL).replace(b"%08x", b"([0-9a-f]{8})"))


class Checksum(Enum):
    """What a file's checksum says of it."""

    FITS = "fits"
    ABSENT = "absent"
    OFF = "off"


def with_checksum(data: bytes) -> bytes:
    """An indented JSON object that ends in a line break, with its checksum as a last table.

    The checksum is the CRC-32 of `data` as it is given, in eight hex digits.
    """
    head = data.removesuffix(_END) if data.endswith(_END) else b"{"
    comma = b"," if head != b"{" else b""
    return head + comma + _TAIL % _of(head)


def checksum_of(data: bytes) -> Checksum:
    """What the checksum at the end of `data` says; ABSENT where it does not end in one.

    Line breaks that became CR LF on the way, as version control does on some systems, do no harm.
    """
    found = _FOUND.fullmatch(data, max(len(data) - _TAIL_LENGTH, 0))
    if found is None:
        return checksum_of(data.replace(b"\r\n", b"\n")) if data.endswith(b"\r\n") else Checksum.ABSENT
    end = found.start() - data.endswith(b",", 0, found.start())
    head = memoryview(data)[:end]
    return Checksum.FITS if int(found[1], 16) == _of(head) else Checksum.OFF


def with_check_line(data: bytes) -> bytes:
    """`data` below a line that holds its CRC-32 in eight hex digits."""
    return b"%08x\n" % crc32(data) + data


def below_check_line(data: bytes) -> bytes | None:
    """What stands below the line that `with_check_line` makes; None where the two do not fit."""
    line, _, rest = data.partition(b"\n")
    return rest if line == b"%08x" % crc32(rest) else None


def _of(head: bytes | memoryview) -> int:
    return crc32(_END, crc32(head))
