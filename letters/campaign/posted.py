"""Regions and postal codes as people write them, and as the post of their country wants them.

Only spelling is changed: a province in words becomes its letters, small letters become capitals and
the spaces of a postal code are set. What is not known stays as it was written.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from letters.campaign.places import Places, shipped
from letters.campaign.postal_address import Address
from letters.campaign.source import read

_WORDS = Path(__file__).parent / "data" / "regions.yaml"
_BETWEEN = re.compile(r"[\W_ʻʼ]+")


def as_posted(address: Address, country: str, formats: Places | None = None) -> Address:
    """The address with region and postal code as they are printed."""
    rules = (formats or shipped()).get(country)
    if rules is None:
        return address
    changed: dict[str, str] = {}
    known = (rules.regions or "").split()
    if address.region and known and address.region not in known:
        letters = region(address.region, country)
        if letters in known:
            changed["region"] = letters
    if address.postcode:
        code = postcode(address.postcode, country, formats)
        changed |= {"postcode": code} if code != address.postcode else {}
    return address.model_copy(update=changed) if changed else address


def region(words: str, country: str) -> str | None:
    """The letters of a province or state; None for words that are not known for that country."""
    known = _regions().get(country)
    if known is None:
        return words.strip() or None
    plain = _plain(words)
    return known.get(plain) or known.get(plain.replace(" ", ""))  # D.C., N. Y.


def has_regions(country: str) -> bool:
    """Whether the post of a country has letters for its regions."""
    return country in _regions()


def postcode(written: str, country: str, formats: Places | None = None) -> str:
    """A postal code in the shape that its country has; as written where it has none of them."""
    rules = (formats or shipped()).get(country)
    if rules is None or not rules.postcode or rules.fits(written):
        return written
    bare = re.sub(r"[\W_]+", "", written).upper()
    if found := re.fullmatch(rf"(?:{country}|{country[0]})(\d+)", bare):
        bare = found[1]  # D-10117, as long ago
    for shape in (one.strip() for one in rules.postcode.split(",")):
        filled = _filled(shape, bare, country)
        if filled and rules.fits(filled):
            return filled
    return written


@functools.cache
def _regions() -> Mapping[str, Mapping[str, str]]:
    source, problems = read(_WORDS, _WORDS.name)
    if problems:
        raise RuntimeError("\n".join(map(str, problems)))
    found: dict[str, dict[str, str]] = {}
    for code, regions in source.root.items():
        by_words = {_plain(letters): letters for letters in regions}
        for letters, phrases in regions.items():
            # The letters win: ME is Maine.
            for phrase in phrases.split("|"):
                by_words.setdefault(_plain(phrase), letters)
        found[code] = by_words
    return found


def _plain(text: str) -> str:
    """Words without capitals, accents, hyphens and apostrophes: a place in anybody's spelling."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", bare).strip()


def _filled(shape: str, bare: str, country: str) -> str | None:
    """The letters and digits put into a shape such as A9A 9A9.

    What a shape has of its own must be there: the D6W of Dublin is a place, and nobody knows of
    another code that it lies there. Only the country’s own letters, as in LV-9999, say nothing new.
    """
    slots = sum(c in "9AX" for c in shape)
    fixed = "".join(c for c in shape if c.isalnum() and c not in "9AX")
    if not bare.startswith(fixed) and fixed not in (country, country[0]):
        return None
    rest = bare.removeprefix(fixed)
    if len(rest) != slots:
        return None
    letters = iter(rest)
    return "".join(next(letters) if c in "9AX" else c for c in shape)
