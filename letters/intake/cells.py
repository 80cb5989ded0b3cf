"""A cell as text for a letter: one line, without what can't be seen or says nothing."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping

from letters.campaign.localtext import LANGUAGE_TAG
from letters.campaign.plaintext import UNUSABLE
from letters.intake import countries
from letters.intake.worded import unaccented

_BREAKS = re.compile(r"\r\n?|\n|\x0b|\x0c|\x85|\u2028|\u2029")
_NOTHING = frozenset("n/a na none null nil nan - -- — – / keine aucun aucune".split())  # noqa: SIM905
LONGEST_NOTHING = 7
"""Characters of a cell that may say so, with a space or two around the word."""
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?")
_LANGUAGES = ("en", "fr", "de", "es", "uk", "ru", "fa", "ar", "he", "it", "nl", "pl", "pt")


def one_line(text: str) -> tuple[str, bool]:
    """The text in one line, and whether something that can’t be seen was taken out of it."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(), False
    return lines(_BREAKS.sub(" ", text.replace("\t", " ")))


def lines(text: str) -> tuple[str, bool]:
    """The same for a text that may have several lines."""
    text, taken = spaced(text)
    parts = (" ".join(part.split()) for part in text.split("\n"))
    return "\n".join(part for part in parts if part), taken


def spaced(text: str) -> tuple[str, bool]:
    """The same with its wide gaps, which set the parts of an address apart."""
    whole = unicodedata.normalize("NFC", _BREAKS.sub("\n", text))
    clean = UNUSABLE.sub("", whole)
    parts = (part.replace("\t", "  ").strip() for part in clean.split("\n"))
    return "\n".join(part for part in parts if part), clean != whole


def says_nothing(text: str) -> bool:
    """Whether somebody, or a program, wrote that there is nothing to write."""
    return text.strip().casefold() in _NOTHING


def language(text: str) -> str | None:
    """The tag of a language by its name in any of the usual languages, or by its tag: fr_CA."""
    if found := _TAG.fullmatch(text.strip()):
        base, script, region = found[1].lower(), (found[2] or "").title(), (found[3] or "").upper()
        tag = "-".join(filter(None, (base, script, region)))
        if base in _codes() and LANGUAGE_TAG.fullmatch(tag):
            return tag
    words, _, where = text.strip().rstrip(")").partition(" (")  # “French (Canada)”
    code = _languages().get(unaccented(words))
    region = countries.country(where) if where else None
    return f"{code}-{region}" if code and region else code


@functools.cache
def _codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(str(code) for code in Locale("en").languages if len(str(code)) in (2, 3))


@functools.cache
def _languages() -> Mapping[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for named_in in _LANGUAGES:
        for code, name in Locale(named_in).languages.items():
            if len(code) == 2:
                found.setdefault(unaccented(name), code)
    return found
