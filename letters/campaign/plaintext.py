"""Bytes of a user's file become text, without the characters that nobody can see.

Control characters, overrides of the writing direction, line separators, surrogates, private use
and non-characters are invisible in an editor, and able to reorder or break what is printed.
"""

from __future__ import annotations

import re
import unicodedata

from letters.problem import Place, Problem

UNUSABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
HINT = "delete it; retyping the text usually does"


def decode(data: bytes, shown_as: str) -> tuple[str, Problem | None]:
    """The text of a file in UTF-8, with or without its mark; else "" and the place of the fault."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8").replace("\r\n", "\n"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message, hint = "is not UTF-8 text", "save the file with the encoding UTF-8"
        return "", Problem(place_in(before, len(before), shown_as), message, hint)


def unusable(text: str) -> str:
    """The first character of ``text`` that no letter can hold, or ""."""
    found = UNUSABLE.search(text)
    if found:
        return found.group()
    if text.isascii():
        return ""
    return next((c for c in text if unicodedata.category(c) == "Cn"), "")


def complaint(character: str) -> str:
    """What is said of such a character, which itself can't be shown."""
    return f"holds the invisible or unusable character U+{ord(character):04X}"


def place_in(text: str, offset: int, shown_as: str) -> Place:
    """The place of the character at ``offset``."""
    line = text.count("\n", 0, offset) + 1
    return Place(shown_as, line, offset - text.rfind("\n", 0, offset))
