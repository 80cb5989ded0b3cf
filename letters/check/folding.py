"""How a text is compared when it is searched for what must not be in it.

A name is the same name without its accents, in capitals, with a hyphen where a line ends, with
marks between its letters that nobody sees, and in another script; a number is the same number with
spaces, dots or brackets in it, and with or without the code of its country.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

_LINE_END = re.compile(r"[-\u2010\u2011\u00ad][ \t\r]*\n\s*")
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[\d\s()./+\u2010-\u2015-]+")
# What Unicode takes apart into no letter and mark, although readers do; and letters that are blank.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
     "ŧ": "t", "ŋ": "ng", "ĸ": "k", "ʼ": "'", "\u115f": "", "\u1160": "", "\u2800": ""}
)  # fmt: skip
_UNSEEN = ("Mn", "Me", "Cf")  # marks on letters, and what has no width
# Scripts in which two signs are a whole name: Han, kana, Hangul, Bopomofo, Yi.
_SIGN_IS_WORD = re.compile(
    "[\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_SHORTEST = 4  # letters that are searched for anywhere; fewer stand inside of other words
_PACKED = 6  # letters that are searched for across spaces and signs
_OWN_NUMBER = 9  # digits of a telephone number without the code of its country


@dataclass(frozen=True)
class Folded:
    """One text in the forms in which it is compared; ``text`` keeps its words apart."""

    text: str

    @classmethod
    def of(cls, written: str) -> Folded:
        """Without accents, case, what nobody sees, and hyphens at the ends of lines."""
        return cls(_plain(_LINE_END.sub("", written) if "\n" in written else written))

    @cached_property
    def packed(self) -> str:
        """The letters and digits alone."""
        return _SIGNS.sub("", self.text)

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

        table = {ord(c): anyascii(c).lower() for c in set(self.text) if not c.isascii()}
        return " ".join(self.text.translate(table).split())


@dataclass(frozen=True)
class Needle:
    """What is searched for: ``anywhere`` in a text, or else as words of their own."""

    folded: Folded
    anywhere: bool

    def is_in(self, view: Folded) -> bool:
        """Whether the view holds it, in its own script."""
        text, packed = self.folded.text, self.folded.packed
        if not packed:
            return False
        if not self.anywhere or not (len(packed) >= _SHORTEST or is_of_signs(packed)):
            return _is_word_in(text, view.text)
        if text in view.text or (self._may_be_packed and packed in view.packed):
            return True
        return any(number in view.packed for number in self._numbers)

    def is_transliterated_in(self, view: Folded) -> bool:
        """Whether it stands there in the letters of another script, as words of their own."""
        if not self.folded.is_foreign and not view.is_foreign:
            return False
        latin = self.folded.latin
        return len(latin) >= _SHORTEST and _is_word_in(latin, view.latin)

    @property
    def _may_be_packed(self) -> bool:
        packed = self.folded.packed
        return len(packed) >= _PACKED or " " in self.folded.text or is_of_signs(packed)

    @cached_property
    def _numbers(self) -> tuple[str, ...]:
        """A telephone number as it is dialled in its own country."""
        digits = self.folded.packed
        if not _NUMBER.fullmatch(self.folded.text) or len(digits) <= _OWN_NUMBER:
            return ()
        return (digits[-_OWN_NUMBER:],)


@lru_cache(maxsize=1 << 16)
def needle(text: str, *, anywhere: bool) -> Needle:
    """What to search for; the same words are looked for in many files."""
    return Needle(Folded.of(text), anywhere)


def is_of_signs(text: str) -> bool:
    """Whether two characters of the text are as much as a name of an alphabet."""
    return len(text) > 1 and bool(_SIGN_IS_WORD.search(text))


def _is_word_in(needle: str, view: str) -> bool:
    return needle in view and bool(re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", view))


def _plain(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    table: dict[int, str | None] = {**_LETTERS}
    for character in set(parted):
        if unicodedata.category(character) in _UNSEEN:
            table[ord(character)] = None
        elif character.isdecimal():
            table[ord(character)] = str(unicodedata.decimal(character))
    return " ".join(unicodedata.normalize("NFC", parted.translate(table)).split())
