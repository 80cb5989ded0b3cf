"""Which way words run, and where they have to be set apart from those around them.

By Unicode's rules a number goes with the letters before it. Where a name, an address or a date
stands among words of the other direction, or meets another one, its parts would change places:
“Elm Street 40”. So such words are set apart, in HTML by an element, in Word by two characters.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from letters.draft.document import Direction

GROUPED = re.compile(
    r"(?<![\w.,])(?:\d{4}-\d\d-\d\d|\d{3}[-.]\d{3}[-.]\d{4}"
    r"|(?:\+\d+|\(?0\d*\)?|\(\d{2,5}\))(?:[ -]?\(\d+\)|[ -]\d+|(?<=\))\d+)+"
    r"|[-−+][0-9۰-۹]+(?:[.,٫٬\u00a0][0-9۰-۹]+)*[%‰٪€₪]?)(?!\w)"
)
"""Telephone numbers and dates, whose groups would change places between words of the other way.

So would the sign of a number below zero and the number, but for that of an Arabic one.
"""

ISOLATES: dict[Direction, str] = {"ltr": "\u2066", "rtl": "\u2067"}
ISOLATES_END = "\u2069"

_LAST_LEFT_TO_RIGHT = "\u058f"  # Hebrew, the first script from right to left, begins after it

# What belongs to a number by Unicode's rules; after an Arabic letter that is less.
_AFTER_ARABIC = re.compile("[0-9]+(?:[.,:/\u00a0][0-9]+)*")
_NUMBER = re.compile("[$€£#]?[0-9]+(?:[-+.,:/\u00a0][0-9]+)*[%‰°€]?")

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_NUMBERS = ("EN", "AN")
_kind = unicodedata.bidirectional


def own(text: str, around: Direction) -> Direction:
    """The direction of its first letter that has one, else that of the words around."""
    return next((_STRONG[kind] for kind in map(_kind, text) if kind in _STRONG), around)


def apart(text: str, around: Direction) -> Direction | None:
    """The direction that a value has to be set apart in; None where it can't be torn."""
    found = own(text, around)
    if found != around:
        return found
    ends = {_kind(text[0]), _kind(text[-1])} if text else set()
    lettered = any(_kind(character) in _STRONG for character in text)
    return found if around == "rtl" and lettered and not ends.isdisjoint(_NUMBERS) else None


def only(text: str, around: Direction) -> Direction:
    """The direction of words that have letters of one only, else that of the words around."""
    found = {_STRONG[kind] for kind in map(_kind, text) if kind in _STRONG}
    return found.pop() if len(found) == 1 else around


def by_direction(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """``text`` cut where its direction changes; True marks what runs from right to left.

    Spaces and signs go with the letters around them where both sides agree, else with ``rtl``, the
    direction of the words around. Between words from right to left a number of ordinary digits is
    a piece by itself, in the font of the text and in no other digits.
    """
    if not text or (not rtl and max(text) <= _LAST_LEFT_TO_RIGHT):
        return [(text, rtl)] if text else []
    groups = [(known, len(list(same))) for known, same in groupby(_strong(text))]
    pieces: list[tuple[str, bool]] = []
    start = 0
    for index, (known, length) in enumerate(groups):
        direction = known
        if direction is None:
            before = groups[index - 1][0] if index else None
            after = groups[index + 1][0] if index + 1 < len(groups) else None
            direction = before if before is not None and before == after else rtl
        _append(pieces, text[start : start + length], rtl=direction)
        start += length
    return (
        _numbers_apart(pieces, _AFTER_ARABIC if "AL" in map(_kind, text) else _NUMBER)
        if rtl
        else pieces
    )


def _numbers_apart(
    pieces: list[tuple[str, bool]], number: re.Pattern[str]
) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for piece, rtl in pieces:
        at = 0
        for each in number.finditer(piece) if rtl else ():
            _append(found, piece[at : each.start()], rtl=True)
            _append(found, each[0], rtl=False)
            at = each.end()
        _append(found, piece[at:], rtl=rtl)
    return found


def _append(pieces: list[tuple[str, bool]], piece: str, *, rtl: bool) -> None:
    if pieces and pieces[-1][1] is rtl:
        piece = pieces.pop()[0] + piece
    if piece:
        pieces.append((piece, rtl))


def _strong(text: str) -> list[bool | None]:
    """For each character whether it runs from right to left; None where it has no own direction."""
    directions: list[bool | None] = []
    last: bool | None = None
    for character in text:
        kind = _kind(character)
        direction: bool | None = None
        if kind in {"R", "AL", "AN"}:
            direction = last = True
        elif kind == "L":
            direction = last = False
        elif kind in {"NSM", "BN"} or (kind == "EN" and last is False):
            direction = last
        directions.append(direction)
    return directions
