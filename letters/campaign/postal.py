"""The lines of an address as they stand on the envelope: name, office, organisation, place."""

from __future__ import annotations

from letters.campaign import addressing, places
from letters.campaign import form_words as words
from letters.campaign.people import Recipient
from letters.campaign.places import Places
from letters.campaign.posted import as_posted


def block(
    recipient: Recipient,
    language: str,
    *,
    sender_country: str | None,
    country_name: str,
    formats: Places | None = None,
) -> tuple[str, ...]:
    """The recipient's lines, in the order of the country they are in.

    ``country_name`` is printed in capitals, and left out on domestic mail. An address without a
    country is in the sender's. ``formats`` are the campaign's, or those that come with the
    toolkit.
    """
    printed = list(_person(recipient, language))
    organisation = addressing.organisation(recipient, language)
    address = addressing.address(recipient, language)
    below = bool(address and addressing.is_below_street(recipient, language))
    printed += () if below else organisation
    if address:
        country, known = address.country or sender_country or "", formats or places.shipped()
        abroad = bool(address.country and address.country != sender_country)
        sends = known.get(sender_country or "")
        printed += places.lines(
            as_posted(address, country, known),
            country,
            known,
            organisation if below else (),
            capitals=abroad and sends is not None and sends.capitals_abroad,
        )
        if abroad:
            printed.append(country_name.upper())
    return tuple(printed)


def lacks_dative(recipient: Recipient, tag: str) -> str | None:
    """The key that is missing where somebody's address should name them in the dative.

    No rule makes that case of a name without being wrong for somebody, so it is written down. Who
    is no person stands in the nominative, as an office does that nobody is known to hold.
    """
    cases = (wording.address_case for wording in words.wordings(recipient, tag))
    if next(filter(None, cases), None) != "dative" or not _is_person(recipient):
        return None
    office = addressing.office(recipient, tag)
    if office == addressing.full_name(recipient, tag) or words.own(recipient.name.full, tag):
        return None
    if not words.own(recipient.name.dative, tag):
        return "name"
    return "office" if office and not _office_dative(recipient, tag) else None


def _person(recipient: Recipient, tag: str) -> tuple[str, ...]:
    """Who it is to: the line above the name, the name and the office."""
    name, office = addressing.full_name(recipient, tag), addressing.office(recipient, tag)
    dative = words.own(recipient.name.dative, tag)
    if dative and lacks_dative(recipient, tag) is None:
        name, office = dative, _office_dative(recipient, tag) if office else None
    above = words.said(recipient, tag, "above")
    if above and name.startswith(f"{above} "):
        name = name.removeprefix(f"{above} ")
    elif above and words.own(recipient.name.full, tag) and not _is_for_all(recipient, tag):
        above = None  # a title: the whole name was written without one
    # Where somebody is written to by the office alone, that is the name, and stands there once.
    lines = [name, *([office] if office and office != name else [])]
    firsts = (wording.office_first for wording in words.wordings(recipient, tag))
    if next((first for first in firsts if first is not None), False):
        lines.reverse()
    return (above, *lines) if above else tuple(lines)


def _office_dative(recipient: Recipient, tag: str) -> str | None:
    """The office in the dative: the record's own, or the form's where the office is the form's."""
    own = words.own(recipient.office_dative, tag)
    if own or words.own(recipient.office, tag):
        return own
    return words.said(recipient, tag, "office_dative")


def _is_person(recipient: Recipient) -> bool:
    name = recipient.name
    return recipient.gender != "unknown" or bool(name.given or name.family or name.dative)


def _is_for_all(recipient: Recipient, tag: str) -> bool:
    """Whether the line above a name says the same to everybody, as “to” does."""
    cells = (wording.above for wording in words.wordings(recipient, tag))
    cell = next(filter(None, cells), None)
    return cell is not None and "" in cell.patterns
