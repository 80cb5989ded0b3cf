"""Where somebody is written to: the parts of an address, from their columns or from one line."""

from __future__ import annotations

from typing import Any

from letters.campaign import mailaddress, posted
from letters.campaign.bygender import LONGEST, one_line
from letters.intake import countries
from letters.intake.filling import Filling
from letters.intake.oneline import MOST, printed_lines, split

_WHOLE = "it is kept whole as lines of the street; split it in the source, or by hand"


def address(made: Filling) -> dict[str, Any]:
    """The group of the YAML; what could not be told apart is flagged."""
    country = _country(made)
    if any(made.first(f"address.{part}") for part in ("street", "city", "region", "postcode")):
        return _parts(made, country)
    whole = made.first("address")
    if not whole or not _is_address(made, "address", whole):
        return {}
    found = split(whole, country or made.settings.country)
    if found.doubt:
        if "city" in found.parts:
            made.say("flag", "address", f"was split, and {found.doubt}")
        else:
            made.say("flag", "address", f"can’t be split safely: {found.doubt}", _WHOLE)
    for note in found.notes:
        made.say("flag", "address", note)
    return dict(found.parts)


def lines(made: Filling) -> list[str]:
    """The same as lines, as a signatory’s contact has it."""
    if "address" not in made.asked and "address" not in made.groups:
        return []
    if whole := made.first("address"):
        return [" ".join(line.split()) for line in whole.split("\n")]
    parts = {part: made.first(f"address.{part}") for part in ("city", "region", "postcode")}
    street = [line for text in made.every("address.street") for line in text.split("\n")]
    last = " ".join(filter(None, (parts["city"], parts["region"], parts["postcode"])))
    return [line for line in (*street, last, made.first("address.country")) if line]


def email(made: Filling) -> str:
    """The one address of mail that a cell holds; what can’t be one is flagged and left out."""
    text = made.first("email")
    if not text:
        return ""
    if mailaddress.fault(text) is None:  # as nearly all are
        return _with_small_domain(text)
    several = [part for part in text.replace(";", ",").split(",") if part.strip()] or [text]
    plain = several[0].strip()
    if plain.endswith(">") and "<" in plain:
        plain = plain.rpartition("<")[2].rstrip(">").strip()
    if plain[:7].lower() == "mailto:":
        plain = plain[7:].partition("?")[0]
    plain = plain.rstrip(".").strip()
    if wrong := mailaddress.fault(plain):
        message, hint = wrong
        made.say("flag", "email", f"{message}; it was left out", hint)
        return ""
    if len(several) > 1:
        made.say("flag", "email", "holds several addresses; the first was taken")
    return _with_small_domain(plain)


def _with_small_domain(plain: str) -> str:
    local, _, domain = plain.rpartition("@")
    return f"{local}@{domain.lower()}"


def _country(made: Filling) -> str:
    for name in ("address.country", "country"):
        if said := made.first(name):
            code = countries.country(said)
            if code is None:
                hint = "write its code, such as CA"
                made.say("flag", name, "is no country that is known; it was left out", hint)
            else:
                return code
    return ""


def _parts(made: Filling, said: str) -> dict[str, Any]:
    country = said or made.settings.country
    street = [line for text in made.every("address.street") for line in text.split("\n")]
    fits = _is_address(made, "address.street", ", ".join(street))
    parts: dict[str, Any] = {"street": printed_lines(street)} if street and fits else {}
    if city := _short(made, "address.city"):
        parts["city"] = city
    if region := _short(made, "address.region"):
        code = posted.region(region, country)
        if code is None:
            made.say("flag", "address.region", f"is no region of {country} that is known")
        parts["region"] = code or region
    if code := _short(made, "address.postcode"):
        parts["postcode"] = _postcode(made, code, country)
    return parts | ({"country": country} if country else {})


def _is_address(made: Filling, name: str, text: str) -> bool:
    if len(text) <= MOST:
        return True
    made.say("flag", name, f"is longer than {MOST} characters, which no address is: left out")
    return False


def _short(made: Filling, name: str) -> str:
    """A part that fits into a line; what is longer is something else and is left out."""
    text = made.first(name)
    if one_line(text):
        return text
    made.say("flag", name, f"is longer than {LONGEST} characters; it was left out")
    return ""


def _postcode(made: Filling, written: str, country: str) -> str:
    formats = made.settings.formats
    code = posted.postcode(written, country, formats)
    longer = countries.lost_zero(code, country, formats)
    if longer is None:
        return code
    if made.settings.accept_proposals:
        said = "had lost the zero in front, as in spreadsheets; it is there again, as accepted"
        made.say("proposal", "address.postcode", said)
        return longer
    said = "has a digit too few: a spreadsheet may have dropped the zero in front"
    made.say("proposal", "address.postcode", said, "say that proposals are accepted")
    return code
