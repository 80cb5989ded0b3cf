"""Addresses as the post of each country wants them."""

from __future__ import annotations

from typing import Any

import pytest

from letters.campaign import places, postal
from letters.campaign.people import Address, Recipient

CANADA = {"street": "80 Wellington Street", "city": "Ottawa", "region": "ON", "postcode": "K1A 0A2"}


@pytest.mark.parametrize(
    ("country", "fields", "lines"),
    [
        ("CA", CANADA, ["80 Wellington Street", "OTTAWA ON  K1A 0A2"]),
        ("CA", {"city": "Montréal", "region": "QC", "postcode": "H2Y 1C6"}, ["MONTRÉAL QC  H2Y 1C6"]),
        ("CA", {"city": "Ottawa", "postcode": "K1A 0A6"}, ["OTTAWA  K1A 0A6"]),
        ("CA", {"city": "Ottawa"}, ["OTTAWA"]),
        ("CA", {"postcode": "K1A 0A6"}, ["K1A 0A6"]),
        ("US", {"city": "Washington", "region": "DC", "postcode": "20510"}, ["Washington, DC 20510"]),
        ("US", {"city": "Washington", "postcode": "20510"}, ["Washington 20510"]),
        ("US", {"region": "DC", "postcode": "20510"}, ["DC 20510"]),
        ("GB", {"street": "10 Downing Street", "city": "London", "postcode": "SW1A 2AA"}, ["10 Downing Street", "LONDON", "SW1A 2AA"]),
        ("DE", {"street": "Willy-Brandt-Straße 1", "city": "Berlin", "postcode": "10557"}, ["Willy-Brandt-Straße 1", "10557 Berlin"]),
        ("FR", {"street": "55 rue du Faubourg-Saint-Honoré", "city": "Paris", "postcode": "75008"}, ["55 rue du Faubourg-Saint-Honoré", "75008 PARIS"]),
        ("UA", {"city": "Київ", "region": "Київська обл.", "postcode": "01220"}, ["Київ", "Київська обл.", "01220"]),
        ("BE", {"street": ["Rue Wiertz 60", "PETI"], "city": "Brussels", "postcode": "1047"}, ["Rue Wiertz 60", "PETI", "1047 Brussels"]),
        ("JP", {"city": "Tokyo", "region": "Chiyoda", "postcode": "100-8914"}, ["100-8914 Tokyo", "Chiyoda"]),
        ("CH", {}, []),
    ],
)  # fmt: skip
def test_it_sets_the_last_lines_as_the_country_does(
    country: str, fields: dict[str, Any], lines: list[str]
) -> None:
    address = Address.model_validate(fields)
    assert places.lines(address, country, places.shipped()) == lines


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
