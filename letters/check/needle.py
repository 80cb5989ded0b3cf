"""What is searched for in a text: anywhere in it, or as words of their own.

A number is the same number with spaces, dots or brackets in it, and with or without the code of its
country. What begins or ends with a letter is a word of its own where no letter stands beside it:
names of files and mailboxes have lines and digits there.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from msgspec import Struct

from letters.check.folding import Folded, packed, spelled

_NUMBER = re.compile(r"[\d\s()./+\u2010-\u2015-]+")
# The codes of countries that have one or two digits (ITU-T E.164); all others have three.
_COUNTRY = re.compile(
    r"(?:\+|00)\s*(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})"
)
_DIGRAPH = re.compile("([aou])e|(a)a")
# Scripts in which two signs are a whole name: Han, kana, Hangul, Bopomofo, Yi.
_SIGN_IS_WORD = re.compile(
    "[\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_SHORTEST = 4  # letters that are searched for anywhere; fewer stand inside of other words
_PACKED = 6  # letters that are searched for across spaces and signs
_OWN_NUMBER = 9  # digits of a telephone number without the code of its country
_SHORT_NUMBER = 7  # that are searched for with whatever signs between them
_SHORTEST_NUMBER = 6  # that are searched for as people group them
_LETTER, _GROUPED = r"[^\W\d_]", r"[ ./\u2010-\u2015-]"


class Needle(Struct, frozen=True, dict=True):
    """What is searched for: ``anywhere`` in a text, or else as words of their own.

    ``spelled`` is the same with letters for what stands on others: ue for ü. One of the
    ``initials`` may stand at a word: ivexlerin, vexlerini.
    """

    folded: Folded
    anywhere: bool
    spelled: Folded | None = None
    initials: str = ""

    def is_in(self, view: Folded) -> bool:
        """Whether the view holds it, in its own script."""
        if self._holds(view, self.folded) or (self.spelled and self._holds(view, self.spelled)):
            return True
        return any(number in view.packed for number in self._numbers)

    def is_perhaps_in(self, view: Folded) -> bool:
        """Whether what stands there as words of their own may be the same."""
        if self._has_digraph and (
            _is_word_in(self.folded.text, view.spelled)
            or (self._plainer and _is_word_in(self._plainer, view.text))
        ):
            return True
        if self._short_number and self._short_number in view.packed and self._is_dialled_in(view):
            return True
        if not self.folded.is_foreign and not view.is_foreign:
            return False
        latin = self.folded.latin
        if len(latin) < _SHORTEST:
            return False
        return (
            _is_word_in(latin, view.latin)
            or self._sounds_in(view)
            or _is_word_in(self.folded.seen, view.seen)
        )

    def _holds(self, view: Folded, sought: Folded) -> bool:
        text, letters = sought.text, sought.packed
        if not letters:
            return False
        of_signs = is_of_signs(letters)
        if not self.anywhere:
            return text in view.text and self._is_own_word_in(text, view)
        if not (len(letters) >= _SHORTEST or of_signs):
            return _is_word_in(text, view.text)
        if len(letters) >= _PACKED or of_signs:
            return text in view.text or letters in view.packed
        # What is short may stand in two other words: Bo Li in “symbolic”.
        if letters == text:  # and in one: Anna in “Savannah”
            return self._is_own_word_in(text, view)
        return letters in view.packed and (
            _is_apart_in(letters, view.text) or _is_apart_in(letters, view.parted)
        )

    def _is_own_word_in(self, text: str, view: Folded) -> bool:
        """A family name, also as files and mailboxes have it: ScanVexlerin, ivexlerin."""
        if _is_word_in(text, view.text) or _is_word_in(text, view.parted):
            return True
        return any(_is_word_in(f"{i}{text}", view.text) or _is_word_in(f"{text}{i}", view.text)
                   for i in self.initials)  # fmt: skip

    def _is_dialled_in(self, view: Folded) -> bool:
        own = self._short_number
        if len(own) >= _SHORT_NUMBER:
            return any(_is_apart_in(number, view.text) for number in (own, f"0{own}"))
        # So few digits are in any table of numbers: they stand in one, or in up to three groups.
        spread = f"{_GROUPED}?".join(own)
        found = re.finditer(rf"(?<!\d)(?<!\d[.,])0?({spread})(?![.,]?\d)", view.text)
        return any(len(one[1]) <= len(own) + 2 for one in found)

    def _sounds_in(self, view: Folded) -> bool:
        sounded = self.folded.sounded
        if len(sounded) < _SHORTEST or sounded not in view.sounded:
            return False
        return _is_apart_in(sounded, view.sounding)

    @cached_property
    def _has_digraph(self) -> bool:
        return self.folded.text.isascii() and bool(_DIGRAPH.search(self.folded.text))

    @cached_property
    def _plainer(self) -> str:
        """Muller, where Mueller is searched for; "" where that may be a word, as has is of Haas."""
        if not self.anywhere or len(self.folded.packed) < _PACKED:
            return ""
        return _DIGRAPH.sub(r"\1\2", self.folded.text)

    @cached_property
    def _numbers(self) -> tuple[str, ...]:
        """A telephone number as it is dialled in its own country."""
        digits = self.folded.packed
        if not _NUMBER.fullmatch(self.folded.text) or len(digits) <= _OWN_NUMBER:
            return ()
        return (digits[-_OWN_NUMBER:],)

    @cached_property
    def _short_number(self) -> str:
        """The same where it has fewer digits there, and other numbers may have them by chance."""
        text = self.folded.text
        code = _COUNTRY.match(text) if _NUMBER.fullmatch(text) else None
        own = packed(text[code.end() :]).lstrip("0") if code else ""
        return own if _SHORTEST_NUMBER <= len(own) < _OWN_NUMBER else ""


@lru_cache(maxsize=1 << 16)
def needle(text: str, *, anywhere: bool, initials: str = "") -> Needle:
    """What to search for; the same words are looked for in many files."""
    other, first = spelled(text), "".join(sorted(set(Folded.of(initials).packed)))
    return Needle(Folded.of(text), anywhere, Folded.of(other) if other != text else None, first)


def is_of_signs(text: str) -> bool:
    """Whether two characters of the text are as much as a name of an alphabet."""
    return len(text) > 1 and bool(_SIGN_IS_WORD.search(text))


def _is_word_in(needle: str, view: str) -> bool:
    return needle in view and bool(re.search(_guarded(needle, re.escape(needle[1:])), view))


def _is_apart_in(letters: str, view: str) -> bool:
    """The same, with whatever signs between the letters, and an ending of one letter."""
    spread = "".join(rf"[\W_]{{0,3}}{re.escape(one)}" for one in letters[1:])
    ending = "" if letters[-1].isdecimal() else f"{_LETTER}?"
    return bool(re.search(_guarded(letters, spread + ending), view))


def _guarded(letters: str, after: str) -> str:
    """The first of the letters and what comes after, where no letter stands beside it all.

    Beside a digit of its own stands no digit. What stands before is looked at behind the first
    letter, because a search that begins with a letter is several times as quick.
    """
    first, last = (r"\d" if end.isdecimal() else _LETTER for end in (letters[0], letters[-1]))
    begin = re.escape(letters[0])
    return f"{begin}(?<!{first}{begin}){after}(?!{last})"
