"""Bytes of a user's file become text, without the characters that nobody can see.

Control characters, overrides of the writing direction, line separators, surrogates, private use,
non-characters, invisible operators and spaces without a width can't be seen in an editor, and are
able to reorder, break or hide what is printed. This is the one definition of them, wherever a
character comes from. Joiners are letters' business in many scripts and stay, but between two Latin,
Greek or Cyrillic letters they only make a word that no search finds; a space without a width ends
words in Khmer, Thai, Lao and Burmese, and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata

from letters.problem import Place, Problem

_PLAIN = "A-Za-z\u00c0-\u024f\u0370-\u0481\u048a-\u0588\u1e00-\u1fff"
_BETWEEN = r"\s!-@\[-`{-~"
_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
UNUSABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff"
    "\u180e\u2060-\u2064\u206a-\u206f"
    "\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5"  # letters by name, and nothing to be seen
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    f"|(?<![{_WITHOUT_SPACES}])\u200b|\u200b(?![{_WITHOUT_SPACES}])"
    f"|(?<=[{_PLAIN}{_BETWEEN}])[\u200c\u200d](?=[{_PLAIN}{_BETWEEN}\u200c\u200d])"
    f"|(?:(?<=[{_PLAIN}\\s])|^)[\ufe00-\ufe0f\u180b-\u180d\u180f]"  # which vary other signs
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
    at = unusable_at(text)
    return "" if at is None else text[at]


def unusable_at(text: str) -> int | None:
    """Where the first such character stands, if there is one."""
    found = UNUSABLE.search(text)
    if found:
        return found.start()
    if text.isascii():
        return None
    unknown = [c for c in frozenset(text) if unicodedata.category(c) == "Cn"]
    return min(map(text.index, unknown), default=None)


def complaint(character: str) -> str:
    """What is said of such a character, which itself can't be shown."""
    return f"holds the invisible or unusable character U+{ord(character):04X}"


def place_in(text: str, offset: int, shown_as: str) -> Place:
    """The place of the character at ``offset``."""
    line = text.count("\n", 0, offset) + 1
    return Place(shown_as, line, offset - text.rfind("\n", 0, offset))
