"""What the post would not like about an address, and what a form of address can't say.

All of it is a warning: the post's rules are many, and its people read more than they admit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.campaign import postal
from letters.campaign.forms import LOCAL
from letters.campaign.posted import as_posted
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign, Located
    from letters.campaign.people import Recipient


def check_form(recipient: Recipient, at: Located, campaign: Campaign) -> Iterator[Problem]:
    """A form in other languages than the letter's leaves the office out; a local one has no place.

    Where a local office is, no form knows.
    """
    if (recipient.form or "").endswith(LOCAL) and not recipient.address:
        message = "a form of a local office knows no address"
        yield Problem(at.place("form"), message, "write “address” below it", severity="warning")
    silent = [
        tag
        for tag in campaign.letter.languages
        if recipient.form
        and campaign.forms.knows(recipient.form)
        and not campaign.forms.speaks(recipient.form, tag)
        and not (recipient.salutation and recipient.salutation.get(tag))
    ]
    if silent:
        message = f"this form of address has no words for {', '.join(silent)}"
        hint = "write office and salutation for that language, or add it to a form of your own"
        yield Problem(at.place("form"), message, hint, severity="warning")


def check_address(recipient: Recipient, at: Located, campaign: Campaign) -> Iterator[Problem]:
    """What the country's post says of the address that the recipient's own record gives."""
    address = recipient.address
    if not address:
        return
    country = address.country or campaign.letter.sender.country or ""
    rules = campaign.places.get(country)
    if not rules:
        return
    printed = as_posted(address, country, campaign.places)
    for key in ("region", "postcode"):
        spelt: str | None = getattr(printed, key)
        if spelt != getattr(address, key):
            message = f"is printed as “{spelt}”, as the post of {country} wants it"
            yield _warning(at, (key,), message, "write it so, and the data say what is printed")
    if printed.postcode and not rules.fits(printed.postcode):
        message = f"does not look like a postal code of {country}"
        yield _warning(
            at, ("postcode",), message, f"like {rules.postcode}; 9 is a digit, A a letter"
        )
    if printed.region and rules.regions and printed.region not in rules.regions.split():
        message = f"is not how the post of {country} calls a region"
        yield _warning(at, ("region",), message, f"one of {', '.join(rules.regions.split())}")
    written: list[tuple[tuple[str | int, ...], str]] = [(("city",), address.city or "")]
    written += [(("street", i), line) for i, line in enumerate(address.street)]
    for steps, text in written:
        found = [mark for mark in rules.avoid if mark in text]
        if found:
            message = f"the post of {country} wants no “{found[0]}” in an address"
            yield _warning(at, steps, message, "leave it out, unless it is part of a name")
    if rules.longest and (line := _longest(recipient, campaign)) > rules.longest:
        message = f"a line of the address has {line} characters without its spaces"
        hint = f"the post of {country} wants at most {rules.longest}"
        yield Problem(at.place("address"), message, hint, severity="warning")


def _longest(recipient: Recipient, campaign: Campaign) -> int:
    """How many characters the longest line of the address has, in any language of the letter."""
    sender = campaign.letter.sender.country
    return max(
        len("".join(line.split()))
        for tag in campaign.letter.languages
        for line in postal.block(
            recipient, tag, sender_country=sender, country_name="", formats=campaign.places
        )
    )


def _warning(at: Located, steps: tuple[str | int, ...], message: str, hint: str) -> Problem:
    return Problem(at.place("address", *steps), message, hint, severity="warning")
