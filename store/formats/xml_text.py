"""What XML 1.0 has no place for: most control characters, and two that Unicode calls no characters."""

from __future__ import annotations

import re

_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STAND_IN = "\ufffd"
"""What is written instead, one for one, so that offsets hold."""


def for_xml(text: str) -> str:
    """The text with a stand-in for each character that XML cannot hold."""
    return _REFUSED.sub(STAND_IN, text)


def refused_by_xml(text: str) -> int:
    """How many characters of a text XML cannot hold."""
    return len(_REFUSED.findall(text))
