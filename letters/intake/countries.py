"""Countries, provinces and postal codes, as people write them and as the post does."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from letters.campaign import places
from letters.campaign.types import COUNTRIES
from letters.intake.worded import data, unaccented

_LANGUAGES = ("en", "fr", "de", "es", "uk", "ru", "fa", "ar", "he", "it", "nl", "pl", "pt")
# What Unicode’s lists lack: names in use, and the codes of the European Union.
_OTHERS = {
    **dict.fromkeys(("usa", "u s a", "u s", "united states of america", "america"), "US"),
    **dict.fromkeys(
        ("uk", "great britain", "england", "scotland", "wales", "northern ireland", "britain"), "GB"
    ),
    **dict.fromkeys(("el", "hellas", "hellenic republic"), "GR"),
    **dict.fromkeys(("holland", "the netherlands"), "NL"),
    **dict.fromkeys(("czech republic", "republique tcheque"), "CZ"),
    **dict.fromkeys(("republic of ireland", "eire"), "IE"),
    **dict.fromkeys(("brd", "federal republic of germany"), "DE"),
    **dict.fromkeys(("russian federation",), "RU"),
    **dict.fromkeys(("kosovo",), "XK"),
    **dict.fromkeys(("turkey", "turkiye"), "TR"),
}
_ALPHA = {"USA": "US", "CAN": "CA", "GBR": "GB", "DEU": "DE", "FRA": "FR", "GER": "DE"}


def country(words: str) -> str | None:
    """The code of a country by its name in any of the usual languages, or by a code of it."""
    plain = words.strip()
    if len(plain) == 2 and plain.upper() in COUNTRIES:
        return plain.upper()
    return _ALPHA.get(plain.upper()) or _names().get(unaccented(plain))


@functools.cache
def _names() -> Mapping[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in COUNTRIES:
                found.setdefault(unaccented(name), code)
    return found | _OTHERS


def region(words: str, country: str) -> str | None:
    """The letters of a province or state; None for words that are not known for that country."""
    known = _regions().get(country)
    if known is None:
        return words.strip() or None
    plain = unaccented(words)
    return known.get(plain) or known.get(plain.replace(" ", ""))  # D.C., N. Y.


def has_regions(country: str) -> bool:
    """Whether the post of a country has letters for its regions."""
    return country in _regions()


@functools.cache
def _regions() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code, regions in data("regions").items():
        by_words = {unaccented(letters): letters for letters in regions}
        for letters, phrases in regions.items():
            # The letters win: ME is Maine.
            for phrase in phrases.split("|"):
                by_words.setdefault(unaccented(phrase), letters)
        found[code] = by_words
    return found


def postcode(written: str, country: str, formats: places.Places | None = None) -> str:
    """A postal code in the shape that its country has; as written where it has none of them."""
    rules = (formats or places.shipped()).get(country)
    if rules is None or not rules.postcode or rules.fits(written):
        return written
    bare = re.sub(r"[\W_]+", "", written).upper()
    if found := re.fullmatch(rf"(?:{country}|{country[0]})(\d+)", bare):
        bare = found[1]  # D-10117, as long ago
    for shape in (one.strip() for one in rules.postcode.split(",")):
        filled = _filled(shape, bare)
        if filled and rules.fits(filled):
            return filled
    return written


def lost_zero(written: str, country: str, formats: places.Places | None = None) -> str | None:
    """The code with the zero in front that a spreadsheet dropped, where only that is missing."""
    rules = (formats or places.shipped()).get(country)
    if rules is None or not rules.postcode or not written.isdecimal() or rules.fits(written):
        return None
    for shape in (one.strip() for one in rules.postcode.split(",")):
        if set(shape) == {"9"} and len(written) == len(shape) - 1:
            return f"0{written}"
    return None


def _filled(shape: str, bare: str) -> str | None:
    """The letters and digits put into a shape such as A9A 9A9."""
    slots = sum(c in "9AX" for c in shape)
    fixed = "".join(c for c in shape if c.isalnum() and c not in "9AX")
    rest = bare.removeprefix(fixed) if fixed else bare
    if len(rest) != slots:
        return None
    letters = iter(rest)
    return "".join(next(letters) if c in "9AX" else c for c in shape)
