"""Which words belong together, so that no line may end between them.

Dates, amounts, initials and titles with their names, and names at a hyphen.
"""

from __future__ import annotations

import re

SPACE, HYPHEN = "\u00a0", "\u2011"
"""A space and a hyphen at which no line ends."""

EDGE = "\x00"
"""Where a tag stands: WeasyPrint breaks a line anywhere if none may end at the edge of a tag."""

_APART = 16  # characters of a word that is kept with no other
_LONGEST_PART = 18  # of a name at a hyphen

_NUMBER = re.compile(r"[(“«]?[€£$№§]?\d[\d.,\u00a0\u202f]*(?:er|re|º|ª|st|nd|rd|th)?")
_YEAR = re.compile(r"[(“«]?(?:1[89]|20)\d\d(?:[\u00a0\u202f][гр]\.)?[^\w-]*")
_AFTER_YEAR = re.compile(r"[гр]\.[^\w]*")
_INITIAL = re.compile(r"[(“«]?(?:[^\W\d_]\.-?)+")
_COUNT = re.compile(r"\d{1,3}[^\w-]*")
_UNIT = re.compile(r"[^\W\d_]|[%‰€£$₽₴°]")
_OF = frozenset(("de", "del", "di", "d’", "do"))
_TITLES = frozenset((
    "Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "St", "Hon", "Sir", "Dame", "Lord", "Lady", "M", "MM",
    "Mme", "Mmes", "Mlle", "Me", "Herr", "Herrn", "Frau", "Sr", "Sra", "пан", "пані", "пана", "г",
))  # fmt: skip
_NUMBERED = frozenset((
    "No", "Nos", "Nr", "Art", "Arts", "Abs", "Ch", "Sec", "p", "pp", "S", "ss", "n", "no", "nº",
    "n°", "ст", "$", "€", "£", "$", "№", "§", "¥",
))  # fmt: skip

_LEADING = _OF | _TITLES | _NUMBERED


def belongs(words: list[str], place: int, *, joined_before: bool) -> bool:
    """Whether the word there and the next are a date, an amount, or a name with what leads it."""
    word, after = words[place], words[place + 1]
    if word.isalpha() and after.isalpha() and word not in _LEADING and after not in _OF:
        return False
    if not can_join(word, after):
        return False
    word, after = word.lstrip(EDGE), after.rstrip(EDGE)
    if not word or not after:
        return False
    if _YEAR.fullmatch(after):
        return len(word) <= 12 and (word[-1].isalnum() or word[-1] in ".,")
    if _YEAR.fullmatch(word):
        return _AFTER_YEAR.fullmatch(after) is not None
    if _NUMBER.fullmatch(word):
        return word[-1] != "," and _UNIT.match(after) is not None
    if word in _OF:
        return joined_before
    if after in _OF:
        return place + 2 < len(words) and _YEAR.fullmatch(words[place + 2]) is not None
    if _INITIAL.fullmatch(word):
        return after[0].isupper() and word[-2:-1].isupper()
    plain = word.strip("(“«.")
    if plain in _TITLES or plain in _NUMBERED:
        return after[0].isupper() if plain in _TITLES else after[0].isdigit()
    counted = len(word) in range(3, 13) and word.istitle() and word[-1] != ","
    return counted and _COUNT.fullmatch(after) is not None


def can_join(word: str, after: str) -> bool:
    """Whether a space between them may be another; two numbers would change places in Arabic."""
    if not word or not after or len(word) >= _APART or len(after) >= _APART:
        return False
    if word[-1] in "\n\x00" or after[0] in "\n\x00":
        return False
    return not (word[-1].isdigit() and after[0].isdigit())


def with_hyphens(text: str) -> str:
    """Names such as Kara-Murza with a hyphen that holds their parts together."""
    if "-" not in text:
        return text
    written = list(text)
    for place, sign in enumerate(text[1:-1], 1):
        if sign == "-" and text[place + 1].isupper() and _begins_large(text, place):
            written[place] = HYPHEN
    return "".join(written)


def _begins_large(text: str, end: int) -> bool:
    """Whether the word that ends there begins with a capital and goes on in small letters."""
    start = end
    while start and end - start < _LONGEST_PART and text[start - 1].isalpha():
        start -= 1
    word = text[start:end]
    return len(word) > 1 and word[0].isupper() and word[1:].islower()
