"""Countries as people write them, and what a spreadsheet does to postal codes."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from letters.campaign import places
from letters.campaign.types import COUNTRIES
from letters.intake.worded import unaccented

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


def lost_zero(written: str, country: str, formats: places.Places | None = None) -> str | None:
    """The code with the zero in front that a spreadsheet dropped, where only that is missing."""
    rules = (formats or places.shipped()).get(country)
    if rules is None or not rules.postcode or not written.isdecimal() or rules.fits(written):
        return None
    for shape in (one.strip() for one in rules.postcode.split(",")):
        if set(shape) == {"9"} and len(written) == len(shape) - 1:
            return f"0{written}"
    return None
