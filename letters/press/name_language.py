"""The language of a name in another script than the words around it, as far as its letters tell.

A name comes without one, and a voice for English spells Анна out letter by letter, or says nothing.
"""

from __future__ import annotations

import functools
import re

_BEYOND_LATIN = "\u0370"
_CYRILLIC = "und-Cyrl"
_SCRIPTS = (
    ("\u0370", "\u03ff", "el"),
    ("\u0400", "\u052f", _CYRILLIC),
    ("\u0530", "\u058f", "hy"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0900", "\u097f", "und-Deva"),
    ("\u0980", "\u09ff", "und-Beng"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u1100", "\u11ff", "ko"),
    ("\u3040", "\u30ff", "ja"),
    ("\u4e00", "\u9fff", "und-Hani"),
    ("\uac00", "\ud7af", "ko"),
)
_OWN = (
    ("ar", "fa", re.compile("[پچژگکی]")),
    (_CYRILLIC, "uk", re.compile("[ґєіїҐЄІЇ]")),
    (_CYRILLIC, "ru", re.compile("[ёъыэЁЪЫЭ]")),
)
"""Letters by which one of the languages of a script is told from the others."""

_WRITTEN_IN = {
    "el": ("el",),
    "ar": ("ar", "fa", "ur", "ps", "ckb", "ug", "sd"),
    _CYRILLIC: ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "ba", "tt"),
    "he": ("he", "yi"),
    "und-Deva": ("hi", "mr", "ne"),
    "und-Beng": ("bn", "as"),
    "und-Hani": ("zh", "ja", "yue"),
}
"""Languages that are written in a script themselves, and whose readers need no word of it."""


def by_letters(text: str, around: str) -> str:
    """The tag for ``text`` among words in the language ``around``; "" where nothing is to say."""
    return _told(text, around) if text and max(text) >= _BEYOND_LATIN else ""


@functools.lru_cache(maxsize=4096)
def _told(text: str, around: str) -> str:
    found = {_script(letter) for letter in text if letter.isalpha()}
    if found == {"ja", "und-Hani"}:
        found = {"ja"}
    if len(found) != 1 or not (script := found.pop()):
        return ""
    if around.partition("-")[0] in (script, *_WRITTEN_IN.get(script, ())):
        return ""
    return next(
        (tag for one, tag, letters in _OWN if one == script and letters.search(text)), script
    )


def _script(letter: str) -> str:
    return next((tag for first, last, tag in _SCRIPTS if first <= letter <= last), "")
