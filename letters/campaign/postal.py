"""The lines of an address as they stand on the envelope: name, office, organisation, place."""

from __future__ import annotations

from letters.campaign import addressing, places
from letters.campaign.people import Recipient
from letters.campaign.places import Places


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
    name, office = addressing.full_name(recipient, language), addressing.office(recipient, language)
    # Where somebody is written to by the office alone, that is the name, and stands there once.
    printed = [name, *([office] if office and office != name else [])]
    organisation = addressing.organisation(recipient, language)
    address = addressing.address(recipient, language)
    below = bool(address and addressing.is_below_street(recipient, language))
    printed += () if below else organisation
    if address:
        country, known = address.country or sender_country or "", formats or places.shipped()
        printed += places.lines(address, country, known, organisation if below else ())
        if address.country and address.country != sender_country:
            printed.append(country_name.upper())
    return tuple(printed)
