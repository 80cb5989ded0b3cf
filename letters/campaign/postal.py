"""Postal addresses, set in the order of the country they are in.

Only what differs from country to country is here, as data. Sources: Canada Post addressing
guidelines (two spaces before the postal code, no punctuation), USPS Publication 28, Royal Mail,
Deutsche Post, La Poste, Ukrposhta. A country that is not listed gets "postcode city", the order
most of the world uses.
"""

from __future__ import annotations

from letters.campaign.people import Address, Recipient

# Each line is made of groups; a group whose field was not given is left out with its separator.
# CITY is the city in capitals.
_LAST_LINES: dict[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    "CA": ((("", "CITY"), (" ", "region"), ("  ", "postcode")),),
    "US": ((("", "city"), (", ", "region"), (" ", "postcode")),),
    "GB": ((("", "CITY"),), (("", "postcode"),)),
    "DE": ((("", "postcode"), (" ", "city")),),
    "FR": ((("", "postcode"), (" ", "CITY")),),
    "UA": ((("", "city"),), (("", "region"),), (("", "postcode"),)),
}
_ELSEWHERE = ((("", "postcode"), (" ", "city")), (("", "region"),))


def block(
    recipient: Recipient, language: str, *, sender_country: str | None, country_name: str
) -> tuple[str, ...]:
    """The recipient's lines as on an envelope: name, office, organisation, address.

    ``country_name`` is the country in the letter's language; it is printed in capitals and left
    out on domestic mail. An address without a country is in the sender's.
    """
    office = recipient.office.get(language) if recipient.office else None
    organisation = recipient.organisation.get(language) if recipient.organisation else None
    head = [recipient.full_name(language), office, organisation]
    lines = [line for line in head if line]
    if recipient.address:
        country = recipient.address.country
        lines += postal_lines(recipient.address, country or sender_country or "")
        if country and country != sender_country:
            lines.append(country_name.upper())
    return tuple(lines)


def postal_lines(address: Address, country: str) -> list[str]:
    """Street and last lines of an address in ``country``, without the country's name."""
    given = {
        "city": address.city,
        "CITY": (address.city or "").upper(),
        "region": address.region,
        "postcode": address.postcode,
    }
    lines = list(address.street)
    for groups in _LAST_LINES.get(country, _ELSEWHERE):
        line = ""
        for separator, field in groups:
            text = given[field]
            if text:
                line += f"{separator}{text}" if line else text
        if line:
            lines.append(line)
    return lines
