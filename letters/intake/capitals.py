"""Family names that are all in capitals, as their owners may write them: always a proposal.

VON DER LEYEN is von der Leyen in Germany, VAN OVERTVELDT is Van Overtveldt in Belgium, and nobody
can tell MACRON from MACMANUS: whoever imports the list looks at each.
"""

from __future__ import annotations

import functools
import re

from letters.intake.worded import data, folded, words

_ELIDED = re.compile(r"([^\W\d_]{0,5})(['’ʼ])(.+)")
_SCOTTISH = re.compile(r"MC(?=[^\W\d_]{2})")
_ROMAN = re.compile(r"[IVX]{2,4}")


def is_capitals(word: str) -> bool:
    """Whether a word is in capitals: an initial and a script without small letters never are."""
    return word.isupper() and sum(c.isalpha() for c in word) > 1


def recased(name: str, country: str = "") -> str:
    """A name with each word in capitals written else; the other words as they are."""
    parts = name.split(" ")
    small = _particles("particles", country)
    return " ".join(
        _word(part, country, small if position < len(parts) - 1 else frozenset())
        for position, part in enumerate(parts)
    )


def split(text: str) -> tuple[str, str] | None:
    """Given and family name, where only one end of a name is in capitals: DUPONT Marie, too."""
    parts = text.split(" ")
    large = [is_capitals(part) for part in parts]
    if all(large) or not any(large):
        return None
    first, last = large.index(True), len(large) - 1 - large[::-1].index(True)
    group = parts[first : last + 1]
    if not all(large[first : last + 1]) or all(_is_letters(part) for part in group):
        return None
    if last == len(parts) - 1 and first:
        return " ".join(parts[:first]), " ".join(group)
    if first == 0:
        return " ".join(parts[last + 1 :]), " ".join(group)
    return None


def _is_letters(word: str) -> bool:
    """Whether a word is of those behind a name: MP, CBE, III."""
    bare = folded(word).replace(" ", "")
    return bare in words("names", "letters") or bare in words("names", "generations")


@functools.cache
def _particles(kind: str, country: str) -> frozenset[str]:
    known = data("names")[kind]
    return frozenset((known[country] if country in known else known["other"]).split())


def _word(word: str, country: str, small: frozenset[str]) -> str:
    if not word.isupper() or _ROMAN.fullmatch(word):
        return word
    if word.casefold() in small:
        return word.lower()
    found = _ELIDED.fullmatch(word)
    if found and is_capitals(found[3]):
        elided = found[1].casefold() or "'" + found[3].casefold()
        if elided in _particles("elided", country):
            before = found[1].lower()
            rest = found[3].lower() if not before else _word(found[3], country, frozenset())
            return f"{before}{found[2]}{rest}"
        before = _plain(found[1], country)
        return f"{before}{found[2]}{_word(found[3], country, frozenset())}"
    if "-" in word:
        first, *rest = word.split("-")
        inner = [_word(part, country, small) for part in rest[:-1]]
        return "-".join(
            (_word(first, country, frozenset()), *inner, _word(rest[-1], country, frozenset()))
        )
    if not is_capitals(word):
        return word
    if _SCOTTISH.match(word):
        return f"Mc{_plain(word[2:], country)}"
    return _plain(word, country)


def _plain(word: str, country: str) -> str:
    """The first letter large, the rest small; IJ is one letter, and Turkish has two of the i."""
    if "İ" in word or country in ("TR", "AZ"):
        return word[:1] + word[1:].replace("İ", "i").replace("I", "ı").lower()
    if word.startswith("IJ") and country in ("NL", "BE"):
        return "IJ" + word[2:].lower()
    # In small letters as one word, so that a sigma at the end is one at the end.
    return word[:1] + word.lower()[1:]
