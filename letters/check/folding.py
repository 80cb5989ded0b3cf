"""How a text is compared when it is searched for what must not be in it.

A name is the same name without its accents or with letters for them (Müller, Muller, Mueller), in
capitals, with a hyphen where a line ends, and with marks between its letters that nobody sees; in
another script it may be the same. A number is the same number with spaces, dots or brackets in it,
and with or without the code of its country. What begins or ends with a letter is a word of its own
where no letter stands beside it: names of files and mailboxes have lines and digits there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from letters.check import romanised

_LINE_END = re.compile(r"[-\u2010\u2011\u00ad][ \t\r]*\n\s*")
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[\d\s()./+\u2010-\u2015-]+")
# The codes of countries that have one or two digits (ITU-T E.164); all others have three.
_COUNTRY = re.compile(
    r"(?:\+|00)\s*(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})"
)
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
_DIGRAPH = re.compile("([aou])e|(a)a")
_UNSEEN = ("Mn", "Me", "Cf")  # marks on letters, and what has no width
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
# Scripts whose vowels are marks on letters, and belong to what a transliteration says.
_VOWELS = re.compile("[\u0900-\u109f\u1780-\u17ff]")


@dataclass(frozen=True)
class Folded:
    """One text in the forms in which it is compared; ``text`` keeps its words apart.

    ``written`` is what it was made from, where that says more than the folded text does.
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

        has_vowels = _VOWELS.search(self.written)
        text = _plain(self.written, keep_vowels=True) if has_vowels else self.text
        text = romanised.greek(text)
        table = {ord(c): anyascii(c).lower() for c in set(text) if not c.isascii()}
        return " ".join(text.translate(table).split())

    @cached_property
    def sounded(self) -> str:
        """The same as any language might write it, without what stands between the letters."""
        return _SIGNS.sub("", romanised.sounded(self.latin))

    @cached_property
    def spelled(self) -> str:
        """With letters for what stands on others: mueller for Müller."""
        return self.text if self.written.isascii() else _plain(_spelled(self.written))

    @cached_property
    def parted(self) -> str:
        """With the words apart that are written in one, as BoLi is."""
        return _plain(parted(self.written))

    @cached_property
    def seen(self) -> str:
        """With Latin letters for those that look like them."""
        return romanised.seen(self.text)


@dataclass(frozen=True)
class Needle:
    """What is searched for: ``anywhere`` in a text, or else as words of their own.

    ``spelled`` is the same with letters for what stands on others: ue for ü.
    """

    folded: Folded
    anywhere: bool
    spelled: Folded | None = None

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
        if self._short_number in view.packed and self._is_dialled_in(view):
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
        text, packed = sought.text, sought.packed
        if not packed:
            return False
        of_signs = is_of_signs(packed)
        if not self.anywhere or not (len(packed) >= _SHORTEST or of_signs):
            return _is_word_in(text, view.text)
        if len(packed) >= _PACKED or of_signs:
            return text in view.text or packed in view.packed
        # What is short may stand in two other words: Bo Li in “symbolic”.
        if packed == text:
            return text in view.text
        return packed in view.packed and (
            _is_apart_in(packed, view.text) or _is_apart_in(packed, view.parted)
        )

    def _is_dialled_in(self, view: Folded) -> bool:
        own = self._short_number
        if len(own) >= _SHORT_NUMBER:
            return _is_apart_in(own, view.text, before="0?")
        if not own:
            return False
        # So few digits are in any table of numbers: they stand in one, or in up to three groups.
        spread = f"{_GROUPED}?".join(own)
        found = re.finditer(rf"(?<!\d)(?<!\d[.,])0?({spread})(?![.,]?\d)", view.text)
        return any(len(one[1]) <= len(own) + 2 for one in found)

    def _sounds_in(self, view: Folded) -> bool:
        sounded = self.folded.sounded
        if len(sounded) < _SHORTEST or sounded not in view.sounded:
            return False
        return _is_apart_in(sounded, romanised.sounded(view.latin))

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
        own = _SIGNS.sub("", text[code.end() :]).lstrip("0") if code else ""
        return own if _SHORTEST_NUMBER <= len(own) < _OWN_NUMBER else ""


@lru_cache(maxsize=1 << 16)
def needle(text: str, *, anywhere: bool) -> Needle:
    """What to search for; the same words are looked for in many files."""
    spelled = _spelled(text)
    return Needle(Folded.of(text), anywhere, Folded.of(spelled) if spelled != text else None)


def parted(text: str) -> str:
    """The text with a space where a small letter stands before a capital, as in BoLi."""
    letters = set(text)
    small, great = ("".join(filter(is_so, letters)) for is_so in (str.islower, str.isupper))
    return re.sub(f"(?<=[{small}])(?=[{great}])", " ", text) if small and great else text


def is_of_signs(text: str) -> bool:
    """Whether two characters of the text are as much as a name of an alphabet."""
    return len(text) > 1 and bool(_SIGN_IS_WORD.search(text))


def _is_word_in(needle: str, view: str) -> bool:
    return needle in view and bool(re.search(_guarded(needle, re.escape(needle)), view))


def _is_apart_in(letters: str, view: str, *, before: str = "") -> bool:
    """The same, with whatever signs between the letters, and an ending of one letter."""
    spread = r"[\W_]{0,3}".join(map(re.escape, letters))
    ending = "" if letters[-1].isdecimal() else f"{_LETTER}?"
    return bool(re.search(_guarded(letters, before + spread + ending), view))


def _guarded(letters: str, pattern: str) -> str:
    """The pattern where no letter stands beside it, and beside a digit of its own no digit."""
    first, last = (r"\d" if end.isdecimal() else _LETTER for end in (letters[0], letters[-1]))
    return f"(?<!{first}){pattern}(?!{last})"


def _spelled(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_WITHOUT_MARKS)


def _plain(text: str, *, keep_vowels: bool = False) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    table: dict[int, str | None] = {**_LETTERS}
    for character in set(parted):
        if keep_vowels and _VOWELS.match(character):
            continue
        if unicodedata.category(character) in _UNSEEN:
            table[ord(character)] = None
        elif character.isdecimal():
            table[ord(character)] = str(unicodedata.decimal(character))
    return " ".join(unicodedata.normalize("NFC", parted.translate(table)).split())
