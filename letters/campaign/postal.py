"""Postal addresses, set in the order of the country they are in.

Only what differs from country to country is here, as data. Sources: Canada Post addressing
guidelines (two spaces before the postal code, no punctuation), USPS Publication 28, Royal Mail,
Deutsche Post, La Poste, Ukrposhta. A country that is not listed gets "postcode city", the order
most of the world uses.
"""

from __future__ import annotations

from letters.campaign.people import Address, Recipient

# {city} as written, {CITY} in capitals; a field that was not given leaves no gap behind.
_LAST_LINES: dict[str, tuple[str, ...]] = {
    "CA": ("{CITY} {region}  {postcode}",),
    "US": ("{city}, {region} {postcode}",),
    "GB": ("{CITY}", "{postcode}"),
    "DE": ("{postcode} {city}",),
    "FR": ("{postcode} {CITY}",),
    "UA": ("{city}", "{region}", "{postcode}"),
}
_ELSEWHERE = ("{postcode} {city}", "{region}")


def block(
    recipient: Recipient, language: str, *, sender_country: str | None, country_name: str
) -> tuple[str, ...]:
    """The recipient's lines as on an envelope: name, office, organisation, address.

    ``country_name`` is the country in the letter's language; it is printed in capitals and left
    out on domestic mail.
    """
    office = recipient.office.get(language) if recipient.office else None
    organisation = recipient.organisation.get(language) if recipient.organisation else None
    head = [recipient.full_name(language), office, organisation]
    lines = [line for line in head if line]
    if recipient.address:
        lines += postal_lines(recipient.address)
        if recipient.address.country and recipient.address.country != sender_country:
            lines.append(country_name.upper())
    return tuple(lines)


def postal_lines(address: Address) -> list[str]:
    """Street and last lines of an address, without its country."""
    lines = list(address.street)
    for pattern in _LAST_LINES.get(address.country or "", _ELSEWHERE):
        line = pattern.format(
            city=address.city or "",
            CITY=(address.city or "").upper(),
            region=address.region or "",
            postcode=address.postcode or "",
        ).strip(" ,")
        if line:
            lines.append(line)
    return lines
