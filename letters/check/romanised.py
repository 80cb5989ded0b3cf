"""How a name of one script may be written in the letters of another.

Each language has its own transliteration: Щ is shch, sch, schtsch or chtch, and Юлия is Yulia,
Iuliia, Julija or Ioulia. So two texts in Latin letters are compared by what they sound like to all
of them. Greek writes some sounds with two letters. And whoever hides a name may write а for a,
which looks the same.
"""

from __future__ import annotations

import re

# Each is replaced in its turn; what is written for one sound becomes one sign.
_SOUNDS = tuple(
    (many, one)
    for one, group in (
        ("", ("'", "`", '"')), ("s", ("schtsch", "shch", "chtch", "sch", "sh", "sz")),
        ("ng", ("gg",)), ("g", ("gk",)), ("b", ("mp", "mb")), ("ks", ("x",)),
        ("c", ("tsch", "tch", "dzh", "ch", "cz", "ts", "tz")), ("z", ("zh",)),
        ("h", ("kh", "gh", "g")), ("v", ("w",)), ("f", ("ph",)), ("k", ("ck", "q")),
        ("u", ("ou",)), ("ev", ("eu",)), ("av", ("au",)), ("i", ("y", "j")),
        ("i", ("iii", "ii")), ("e", ("io", "ie")),
        *((letter, (2 * letter,)) for letter in "bdfklmnprstz"),
    )
    for many in group
)  # fmt: skip
# What is another sound by what stands beside it: Ivanoff, Khrushchov, Eftychia, Ntora.
_BESIDE = tuple(
    (re.compile(many), one)
    for many, one in (
        (r"ff(?=s?(?![^\W\d_]))", "v"),
        ("(?<=[scz]h)o(?=[vwf])", "e"),
        ("(?<=[ae])f(?=[ckpstx])", "v"),
        (r"(?<![^\W\d_])nt", "d"),
    )
)
_GREEK = (("ου", "ou"), ("ευ", "ev"), ("αυ", "av"), ("ηυ", "iv"), ("γγ", "ng"))
_LATIN = str.maketrans(
    dict(zip("авекмнорстухіјѕһԁԛԝүɡανορτυικϲ", "abekmhopctyxijshdqwygavoptyikc", strict=True))
)
_LIKE_LATIN = frozenset(_LATIN)


def sounded(latin: str) -> str:
    """Small Latin letters, written as any language that transliterates might write them."""
    for pattern, one in _BESIDE:
        latin = pattern.sub(one, latin)
    for many, one in _SOUNDS:
        if many in latin:
            latin = latin.replace(many, one)
    return latin


def greek(text: str) -> str:
    """Small Greek letters without accents, where two are one sound that neither has alone."""
    if "υ" in text or "γ" in text:
        for many, one in _GREEK:
            text = text.replace(many, one)
    return text


def seen(text: str) -> str:
    """Small letters as they look; the same text where none looks like a Latin one."""
    found = set(map(ord, set(text)))
    return text if found.isdisjoint(_LIKE_LATIN) else text.translate(_LATIN)
