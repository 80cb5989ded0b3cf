"""The lines on the envelope: who, in which office, and where."""

from __future__ import annotations

from typing import Any

import pytest

from letters.campaign import postal
from letters.campaign.people import Recipient
from letters.campaign.places import Format

CANADA = {"street": "80 Wellington Street", "city": "Ottawa", "region": "ON", "postcode": "K1A 0A2"}


def block(sender: str | None, address: dict[str, Any] | None, **fields: Any) -> tuple[str, ...]:
    record = {"id": "a", "name": "Mark Carney", "address": address} | fields
    recipient = Recipient.model_validate({k: v for k, v in record.items() if v is not None})
    return postal.block(recipient, "en", sender_country=sender, country_name="Canada")


def test_name_office_and_organisation_come_first() -> None:
    lines = block(
        "DE",
        CANADA | {"country": "CA"},
        office={"en": "Prime Minister", "fr": "Premier ministre"},
        organisation="House of Commons",
    )
    assert lines == (
        "Mark Carney",
        "Prime Minister",
        "House of Commons",
        "80 Wellington Street",
        "OTTAWA ON  K1A 0A2",
        "CANADA",
    )


@pytest.mark.parametrize(
    ("sender", "country", "last"),
    [
        ("CA", "CA", "OTTAWA ON  K1A 0A2"),  # no country on domestic mail
        ("DE", "CA", "CANADA"),
        (None, "CA", "CANADA"),
        ("CA", None, "OTTAWA ON  K1A 0A2"),  # without a country it is in the sender's
        (None, None, "ON"),
    ],
)
def test_the_country_is_named_on_mail_abroad_only(
    sender: str | None, country: str | None, last: str
) -> None:
    address = CANADA | ({"country": country} if country else {})
    assert block(sender, address)[-1] == last


def test_without_an_address_there_is_the_name() -> None:
    assert block("CA", None) == ("Mark Carney",)


def test_an_office_that_is_the_name_stands_there_once() -> None:
    assert block("CA", None, name="The Chair", office="The Chair") == ("The Chair",)


def test_formats_of_the_campaign_come_before_those_of_the_toolkit() -> None:
    recipient = Recipient.model_validate({"id": "a", "name": "A", "address": CANADA})
    formats = {"CA": Format.model_validate({"lines": ["{postcode}"]})}
    lines = postal.block(
        recipient, "en", sender_country="CA", country_name="Canada", formats=formats
    )
    assert lines == ("A", "80 Wellington Street", "K1A 0A2")
