"""The recipient's address as it is printed: in the letter, on an envelope, on a label."""

from __future__ import annotations

import functools

from letters.campaign import addressing, postal
from letters.campaign.model import Campaign
from letters.campaign.people import Recipient

# The languages of the post between countries (Universal Postal Union), the first one unless said.
_EVERYWHERE = ("en", "fr")


def lines(recipient: Recipient, campaign: Campaign, tag: str) -> tuple[str, ...]:
    """The lines of the address in that language, the country last where it is abroad."""
    sender = campaign.letter.sender.country
    address = addressing.address(recipient, tag)
    country = address.country if address else None
    return postal.block(
        recipient,
        tag,
        sender_country=sender,
        country_name=country_name(country, tag, sender) if country else "",
        formats=campaign.places,
    )


@functools.cache
def country_name(country: str, tag: str, sender: str | None) -> str:
    """A country's name in a language that the post which sends the letter can read.

    That is the letter's own, where it is English, French or official in the sender's country; else
    one that is official there; else English.
    """
    from babel import Locale, localedata

    language = tag.partition("-")[0]
    official = _official(sender)
    if language not in (*_EVERYWHERE, *official):
        readable = (tag for tag in official if localedata.exists(tag))
        language = next(iter((*readable, *_EVERYWHERE)))
    return str(Locale.parse(language).territories.get(country, country))


def _official(country: str | None) -> tuple[str, ...]:
    from babel.languages import get_official_languages

    if not country:
        return ()
    return get_official_languages(country) or get_official_languages(country, de_facto=True)
