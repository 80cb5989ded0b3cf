"""Ids for people who are new: readable, safe as names of files, and never somebody else’s.

Whoever is not to be named gets one that says nothing. An id that the log or a file has ever had is
not given again, since what is recorded under it is another person’s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

from letters.campaign.filenames import DEVICES
from letters.campaign.neutral import Role, neutral
from letters.campaign.types import IDENTIFIER

_LONGEST = 48
_BETWEEN = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['’ʼ‘`´]")
_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ħ": "h", "ŋ": "ng", "ə": "e",
}  # fmt: skip
_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфыэі", "abvgdeziiklmnoprstufyei", strict=True)),
    "ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
    "ю": "yu", "я": "ya", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "ђ": "dj", "џ": "dz",
}  # fmt: skip
_GREEK = {
    **dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True)),
    "θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps",
}  # fmt: skip
_SPELLED = str.maketrans({**_LATIN, **_CYRILLIC, **_GREEK})


class Ids:
    """The ids that are taken; each new person takes one more."""

    def __init__(self, role: Role, taken: Iterable[str]) -> None:
        self._role, self._taken = role, set(taken)
        self._neutral: Iterator[str] | None = None
        self._next: dict[str, int] = {}

    def give(self, name: str, *, hidden: bool, wanted: str = "") -> str:
        """An id for somebody of that name; ``hidden``: nothing of the name may be in it.

        The one that is ``wanted`` is given where it is one, and free.
        """
        if wanted not in self._taken and IDENTIFIER.fullmatch(wanted):
            speaks = hidden and any(word in wanted for word in spelled(name).split("-") if word)
            if not speaks and wanted not in DEVICES:
                self._taken.add(wanted)
                return wanted
        stem = "" if hidden else spelled(name)
        if not stem:
            return self._numbered()
        found = stem
        if found in self._taken or found in DEVICES:
            numbers = count(self._next.get(stem, 2))
            number = next(n for n in numbers if f"{stem}-{n}" not in self._taken)
            self._next[stem] = number + 1
            found = f"{stem}-{number}"
        self._taken.add(found)
        return found

    def _numbered(self) -> str:
        self._neutral = self._neutral or neutral(self._role, self._taken)
        found = next(one for one in self._neutral if one not in self._taken)
        self._taken.add(found)
        return found


def spelled(name: str) -> str:
    """A name in small letters a–z; "" where it has none that we can spell."""
    plain = _APOSTROPHES.sub("", name.lower())
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain).translate(_SPELLED)
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in apart if not unicodedata.combining(c)).translate(_SPELLED)
        if any(c.isalpha() and not c.isascii() for c in plain):
            return ""
    words = _BETWEEN.sub("-", plain).strip("-")
    if len(words) > _LONGEST:
        words = words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return words.strip("-")
