"""How a text is compared when it is searched for what must not be in it.

A name is the same name without its accents or with letters for them (Müller, Muller, Mueller), in
capitals, with a hyphen where a line ends, and with marks between its letters that nobody sees; in
another script it may be the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from msgspec import Struct

from letters.check import romanised

_LINE_END = re.compile(r"[-\u2010\u2011\u00ad][ \t\r]*\n\s*")
_SIGNS = re.compile(r"[\W_]+")
# What Unicode takes apart into no letter and mark, although readers do; and letters that are blank.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
     "ŧ": "t", "ŋ": "ng", "ĸ": "k", "ʼ": "'", "\u115f": "", "\u1160": "", "\u2800": "",
     # The stroke that makes an Arabic word longer, and letters that Persian has for Arabic ones.
     "\u0640": "", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا",
     # White letters on black, and those of flags.
     **{chr(first + n): chr(97 + n) for first in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}}
)  # fmt: skip
_WITHOUT_MARKS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
     "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)  # fmt: skip
_UNSEEN = ("Mn", "Me", "Cf")  # marks on letters, and what has no width
# Scripts whose vowels are marks on letters, and belong to what a transliteration says.
_VOWELS = re.compile("[\u0900-\u109f\u1780-\u17ff]")


class Folded(Struct, frozen=True, dict=True):
    """One text in the forms in which it is compared; ``text`` keeps its words apart.

    ``written`` is what it was made from: it has capitals, marks and vowels that are left out.
    """

    text: str
    written: str = ""

    @classmethod
    def of(cls, written: str) -> Folded:
        """Without accents, case, what nobody sees, and hyphens at the ends of lines."""
        whole = _LINE_END.sub("", written) if "\n" in written else written
        return cls(_plain(whole), whole)

    @cached_property
    def packed(self) -> str:
        """The letters and digits alone."""
        return packed(self.text)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether there are letters in it that are not Latin ones."""
        return any(c.isalpha() and not c.isascii() for c in set(self.text))

    @cached_property
    def latin(self) -> str:
        """The same in Latin letters, where it is not so already."""
        if self.text.isascii():
            return self.text
        from anyascii import anyascii

        has_vowels = _VOWELS.search(self.written)
        text = _plain(self.written, keep_vowels=True) if has_vowels else self.text
        text = romanised.greek(text)
        table = {ord(c): anyascii(c).lower() for c in set(text) if not c.isascii()}
        return " ".join(text.translate(table).split())

    @cached_property
    def sounding(self) -> str:
        """The same as any language might write it."""
        return romanised.sounded(self.latin)

    @cached_property
    def sounded(self) -> str:
        """The same without what stands between the letters."""
        return packed(self.sounding)

    @cached_property
    def spelled(self) -> str:
        """With letters for what stands on others: mueller for Müller."""
        return self.text if self.written.isascii() else _plain(spelled(self.written))

    @cached_property
    def parted(self) -> str:
        """With the words apart that are written in one, as BoLi is."""
        return _plain(parted(self.written))

    @cached_property
    def seen(self) -> str:
        """With Latin letters for those that look like them."""
        return romanised.seen(self.text)


def packed(text: str) -> str:
    """The letters and digits of a text alone."""
    return _SIGNS.sub("", text)


def parted(text: str) -> str:
    """The text with a space where a small letter stands before a capital, as in BoLi."""
    letters = set(text)
    small, great = ("".join(filter(is_so, letters)) for is_so in (str.islower, str.isupper))
    return re.sub(f"(?<=[{small}])(?=[{great}])", " ", text) if small and great else text


def spelled(text: str) -> str:
    """The text with letters for what stands on others: Mueller for Müller."""
    return unicodedata.normalize("NFC", text).translate(_WITHOUT_MARKS)


def _plain(text: str, *, keep_vowels: bool = False) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    table: dict[int, str | None] = {**_LETTERS}
    for character in set(apart):
        if keep_vowels and _VOWELS.match(character):
            continue
        if unicodedata.category(character) in _UNSEEN:
            table[ord(character)] = None
        elif character.isdecimal():
            table[ord(character)] = str(unicodedata.decimal(character))
    return " ".join(unicodedata.normalize("NFC", apart.translate(table)).split())
