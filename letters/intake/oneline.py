"""A postal address in one line, split where its country makes that safe; else it is kept whole.

Safe is what the end of the line tells: a postal code in the shape of the country, before or behind
it a place that is set off by a comma and has nothing of a street in it. A place is never guessed.
"""

from __future__ import annotations

import functools
import re

from msgspec import Struct

from letters.campaign import posted
from letters.campaign.bygender import LONGEST
from letters.intake import countries
from letters.intake.worded import data, phrases, unaccented, words

MOST = 1_000
"""Characters of an address: what is longer is none."""
_MOST_LINES = 8
_CODES = {
    "US": r"\d{5}(?:\s*-?\s*\d{4})?",
    "CA": r"[A-Za-z]\d[A-Za-z][\s-]*\d[A-Za-z]\d",
    "GB": r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}",
}
_AT_END = {
    code: re.compile(rf"(?:(.*?)[,\s]+)?({shape})", re.DOTALL) for code, shape in _CODES.items()
}
_BEFORE_CITY = {
    "DE": re.compile(r"(?:(.*?)[,\s]+)?(?:DE?[-–\s]\s*)?(\d{5})\s+([^\d,]+)"),
    "FR": re.compile(
        r"(?:(.*?)[,\s]+)?(?:FR?[-–\s]\s*)?(\d{5})\s+([^\d,]+?(?:\s+(?:cedex|SP|\d{1,2}))*)",
        re.IGNORECASE,
    ),
}
_SEPARATED = re.compile(r"\s*[\r\n;|]+\s*|\s{2,}|\s*,[\s,]*")
_NUMBER = re.compile(r"\d{1,5}[A-Za-z]?(?:[-/]\d{1,5}[A-Za-z]?)?(?:\s(?:bis|ter))?")
_WHOLE = re.compile(r"\s*[\r\n;|]+\s*")
_BEFORE_CODE = re.compile(rf"\s+(?=(?:{_CODES['CA']})\W*$)")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_NUMBER_SIGN = re.compile(r"(?:#|№|\bn°)\s*(?=\w)")


class Split(Struct, frozen=True):
    """``parts`` are those of the YAML; ``notes`` say what went.

    ``doubt`` says why it was kept whole, or what is missing.
    """

    parts: dict[str, str | list[str]]
    doubt: str = ""
    notes: tuple[str, ...] = ()


def split(text: str, country: str = "") -> Split:
    """The parts of an address; ``country`` is where it is when the line doesn’t say so."""
    notes: list[str] = []
    pieces = _pieces(text, notes)
    if not pieces:
        return Split({})
    said = countries.country(pieces[-1]) if len(pieces) > 1 else None
    # ON, CA and DE are regions as well as countries: only a whole name is believed.
    if said and len(pieces[-1]) > 2:
        country, pieces = said, pieces[:-1]
    where = country or _told_by_code(pieces)
    if where == "CA":
        pieces = [_NUMBER_SIGN.sub("", piece) for piece in pieces]
    parts, doubt = _of(where, pieces, notes)
    if parts is None:
        whole: dict[str, str | list[str]] = {"street": printed_lines(_WHOLE.split(text.strip()))}
        return Split(whole | ({"country": country} if country and not said else {}), doubt)
    return Split(parts | {"country": where}, doubt, tuple(notes))


def _pieces(text: str, notes: list[str]) -> list[str]:
    """What commas, semicolons, line breaks and wide gaps set apart."""
    for found in _BRACKETS.findall(text):
        if found and set(unaccented(found).split()) <= words("addresses", "remarks"):
            text = re.sub(rf"\s*\({re.escape(found)}\)", "", text)
            notes.append("a remark in brackets was left out")
    return [
        piece for part in _SEPARATED.split(_BEFORE_CODE.sub(" ", text)) if (piece := part.strip())
    ]


def _told_by_code(pieces: list[str]) -> str:
    """The country whose postal code and region are at the end; "" where that tells nothing."""
    line = ", ".join(pieces)
    for code in ("CA", "GB"):
        if _AT_END[code].fullmatch(line):
            return code
    found = _AT_END["US"].fullmatch(line)
    return "US" if found and found[1] and _region(found[1], "US") else ""


def _of(
    country: str, pieces: list[str], notes: list[str]
) -> tuple[dict[str, str | list[str]] | None, str]:
    line = ", ".join(pieces)
    if country in ("US", "CA"):
        return _american(line, country)
    if country == "GB":
        return _british(line, notes)
    if country in _BEFORE_CITY:
        found = _BEFORE_CITY[country].fullmatch(line)
        if not found:
            return None, "no postal code and place stand at its end"
        street = printed_lines((found[1] or "").split(", ") if found[1] else [])
        return _parts(street, city=found[3].strip(), postcode=found[2]), ""
    if not country:
        return None, "its country is not known"
    return None, "addresses of this country are not split"


def _american(line: str, country: str) -> tuple[dict[str, str | list[str]] | None, str]:
    found = _AT_END[country].fullmatch(line)
    before, code = (found[1] or "", found[2]) if found else (line, "")
    region = _region(before, country)
    if region is None:
        return None, "no province or state stands at its end"
    rest, letters = region
    street, city = _city(rest)
    if not city and country == "US" and letters == "DC" and rest.endswith(" Washington"):
        street, city = rest.removesuffix(" Washington").split(", "), "Washington"
    if not city:
        return None, "nothing shows where the street ends and the place begins"
    postcode = posted.postcode(code, country) if code else ""
    doubt = "" if code else "it has no postal code"
    return _parts(printed_lines(street), city=city, region=letters, postcode=postcode), doubt


def _british(line: str, notes: list[str]) -> tuple[dict[str, str | list[str]] | None, str]:
    found = _AT_END["GB"].fullmatch(line)
    if not found or not found[1]:
        return None, "no postal code stands at its end"
    pieces = found[1].split(", ")
    if len(pieces) > 2 and unaccented(pieces[-1]) in _counties():
        pieces.pop()
        notes.append("the county was left out, which the post no longer wants")
    street, city = _city(", ".join(pieces))
    if not city:
        return None, "nothing shows where the street ends and the place begins"
    postcode = posted.postcode(found[2], "GB")
    return _parts(printed_lines(street), city=city, postcode=postcode), ""


def _region(before: str, country: str) -> tuple[str, str] | None:
    """What stands before the region, and its letters: at most the last four words are one."""
    found = re.split(r"([,\s]+)", before.strip(" ,"))
    for count in (7, 5, 3, 1):
        words_ = "".join(found[-count:])
        # “Washington” before a code is a place as well: letters, or set off by a comma.
        if len(found) <= count or "," in words_:
            continue
        letters = posted.region(words_, country)
        set_off = "," in found[-count - 1] or len(words_.replace(".", "")) <= 3
        if letters and (set_off or country == "CA"):
            return "".join(found[: -count - 1]).strip(" ,"), letters
    return None


def _city(line: str) -> tuple[list[str], str]:
    """The lines of the street, and the place that is set off behind them; "" where none is."""
    *street, city = line.split(", ")
    inner = unaccented(city).split()
    if re.search(r"\d", city) or words("addresses", "no_city") & set(inner) or len(inner) > 5:
        return [], ""
    # With nothing before it, several words may be a house and a place.
    return (street, city) if street or len(inner) == 1 else ([], "")


@functools.cache
def _counties() -> frozenset[str]:
    return frozenset(map(unaccented, phrases(data("addresses")["counties"])))


def _parts(street: list[str], **others: str) -> dict[str, str | list[str]]:
    parts: dict[str, str | list[str]] = {"street": street} if street else {}
    return parts | {key: text for key, text in others.items() if text}


def printed_lines(pieces: list[str]) -> list[str]:
    """Lines that can be printed, of a text that is no longer than MOST; none is lost."""
    lines: list[str] = []
    for piece in pieces:
        if lines and _NUMBER.fullmatch(lines[-1]):  # “10, Elm Street” is one line
            lines[-1] += f" {piece}"
        elif piece:
            lines.append(piece)
    short = [line[at : at + LONGEST] for line in lines for at in range(0, len(line), LONGEST)]
    if len(short) <= _MOST_LINES:
        return short
    whole = ", ".join(lines)
    return [whole[at : at + LONGEST] for at in range(0, len(whole), LONGEST)]
