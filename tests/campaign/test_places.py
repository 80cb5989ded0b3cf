"""Postal formats: each country's lines, and how a campaign corrects them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from letters.campaign import places
from letters.campaign.load import load
from letters.campaign.places import OTHER, load_places, shipped
from letters.campaign.postal_address import Address

if TYPE_CHECKING:
    from conftest import CampaignFolder

CANADA = {"street": "80 Wellington Street", "city": "Ottawa", "region": "ON", "postcode": "K1A 0A2"}


@pytest.mark.parametrize(
    ("country", "fields", "lines"),
    [
        ("CA", CANADA, ["80 Wellington Street", "OTTAWA ON  K1A 0A2"]),
        ("CA", {"city": "Montréal", "region": "QC", "postcode": "H2Y 1C6"}, ["MONTRÉAL QC  H2Y 1C6"]),
        ("CA", {"city": "St. John’s", "region": "NL", "postcode": "A1B 1B1"}, ["ST. JOHN’S NL  A1B 1B1"]),
        ("CA", {"city": "Ottawa", "postcode": "K1A 0A6"}, ["OTTAWA  K1A 0A6"]),
        ("CA", {"city": "Ottawa"}, ["OTTAWA"]),
        ("CA", {"postcode": "K1A 0A6"}, ["K1A 0A6"]),
        ("US", {"city": "Washington", "region": "DC", "postcode": "20510"}, ["Washington, DC 20510"]),
        ("US", {"city": "Washington", "postcode": "20510"}, ["Washington 20510"]),
        ("US", {"region": "DC", "postcode": "20510"}, ["DC 20510"]),
        ("GB", {"street": "10 Downing Street", "city": "London", "postcode": "SW1A 2AA"}, ["10 Downing Street", "LONDON", "SW1A 2AA"]),
        ("DE", {"street": "Willy-Brandt-Straße 1", "city": "Berlin", "postcode": "10557"}, ["Willy-Brandt-Straße 1", "10557 Berlin"]),
        ("FR", {"street": "55 rue du Faubourg-Saint-Honoré", "city": "Paris", "postcode": "75008"}, ["55 rue du Faubourg-Saint-Honoré", "75008 PARIS"]),
        ("UA", {"street": "вул. Банкова, 11", "city": "Київ", "region": "Київська обл.", "postcode": "01220"}, ["вул. Банкова, 11", "Київ", "Київська обл.", "01220"]),
        ("RU", {"street": "ул. Ильинка, 23", "city": "Москва", "postcode": "103132"}, ["ул. Ильинка, 23", "Москва", "103132"]),
        ("BE", {"street": ["Rue Wiertz 60", "PETI"], "city": "Brussels", "postcode": "1047"}, ["Rue Wiertz 60", "PETI", "1047 Brussels"]),
        ("NL", {"street": "Binnenhof 20", "city": "Den Haag", "postcode": "2513 AA"}, ["Binnenhof 20", "2513 AA  DEN HAAG"]),
        ("PL", {"city": "Warszawa", "postcode": "00-902"}, ["00-902 WARSZAWA"]),
        ("HU", {"street": "Kossuth tér 1–3.", "city": "Budapest", "postcode": "1055"}, ["Budapest", "Kossuth tér 1–3.", "1055"]),
        ("IE", {"street": "Kildare Street", "city": "Dublin 2", "postcode": "D02 A272"}, ["Kildare Street", "Dublin 2", "D02 A272"]),
        ("IL", {"city": "ירושלים", "postcode": "9195016"}, ["ירושלים 9195016"]),
        ("IR", {"street": "خیابان پاستور", "city": "تهران", "postcode": "1316643311"}, ["خیابان پاستور", "تهران", "1316643311"]),
        ("JP", {"city": "Tokyo", "region": "Chiyoda", "postcode": "100-8914"}, ["100-8914 Tokyo", "Chiyoda"]),
        ("CH", {}, []),
        ("", {"city": "Bern"}, ["Bern"]),
    ],
)  # fmt: skip
def test_it_sets_the_last_lines_as_the_country_does(
    country: str, fields: dict[str, Any], lines: list[str]
) -> None:
    assert places.lines(Address.model_validate(fields), country, shipped()) == lines


@pytest.mark.parametrize(
    ("country", "good", "bad"),
    [
        ("CA", "K1A 0A6", "K1A0A6"),
        ("CA", "H2Y 1C6", "k1a 0a6"),
        ("US", "20510", "2051"),
        ("US", "20510-0001", "20510 0001"),
        ("GB", "SW1A 2AA", "SW1A2AA"),
        ("GB", "M1 1AA", "M1"),
        ("DE", "10557", "D-10557"),
        ("CH", "CH-1211", "12111"),
        ("NL", "2513 AA", "2513"),
        ("PL", "00-902", "00902"),
        ("IE", "D02 A272", "Dublin 2"),
        ("IE", "D6W XT21", "D02"),
        ("IR", "13166-43311", "13166"),
        ("UA", "01220", "１２３４５"),  # digits of other scripts are no postal codes
    ],
)
def test_it_knows_the_shape_of_postal_codes(country: str, good: str, bad: str) -> None:
    assert shipped()[country].fits(good)
    assert not shipped()[country].fits(bad)


def test_any_postal_code_will_do_where_none_is_known() -> None:
    assert shipped()[OTHER].fits("100-8914")


def test_the_shipped_formats_say_where_they_are_from() -> None:
    formats = shipped()
    assert {"CA", "US", "GB", "DE", "FR", "UA", "ES", "AT", "CH", "IL", "IR", "RU", "PL", OTHER} <= {*formats}  # fmt: skip
    assert all(one.source for country, one in formats.items() if country != OTHER)


def test_a_campaign_can_add_and_correct_countries(campaign: CampaignFolder) -> None:
    campaign.write(
        "places.yaml",
        'JP:\n  lines: ["{city}{, region}{ postcode}"]\n  postcode: 999-9999\nDE:\n  lines: "{CITY}"\n',
    )
    loaded, problems = load(campaign.path)
    assert problems == []
    assert loaded is not None
    address = Address.model_validate({"city": "Tokyo", "region": "Chiyoda", "postcode": "100-8914"})
    assert places.lines(address, "JP", loaded.places) == ["Tokyo, Chiyoda 100-8914"]
    assert places.lines(address, "DE", loaded.places) == ["TOKYO"]
    assert places.lines(address, "FR", loaded.places) == ["100-8914 TOKYO", "Chiyoda"][:1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Canada:\n  postcode: A9A\n", "places.yaml:1:1: Canada – is not a country code such as CA, DE or GB (or “other” for all countries that are not listed)"),
        ("CA:\n  line: A\n", "places.yaml:2:3: CA.line – is not a known key (did you mean “lines”?)"),
        ("CA:\n  lines: '{CITY} {zip}'\n", "places.yaml:2:10: CA.lines – is made of {city}, {CITY}, {region} and {postcode}, or is {street} alone"),
        ("CA:\n  lines: ['{street}{ city}']\n", "places.yaml:2:10: CA.lines – is made of {city}, {CITY}, {region} and {postcode}, or is {street} alone"),
        ("CA:\n  lines: ['Canada']\n", "places.yaml:2:10: CA.lines – is made of {city}, {CITY}, {region} and {postcode}, or is {street} alone"),
        ("CA:\n  postcode: []\n", "places.yaml:2:13: CA.postcode – must be a shape such as 99999 or A9A 9A9"),
        ("CA:\n  lines: ['{city}{ Позор городу region}']\n", "places.yaml:2:10: CA.lines – is made of {city}, {CITY}, {region} and {postcode}, or is {street} alone"),
        (f"CA:\n  lines: ['{{city}}{{{',' * 200}region}}']\n", "places.yaml:2:10: CA.lines – is made of {city}, {CITY}, {region} and {postcode}, or is {street} alone"),
        (f"CA:\n  longest: {'9' * 5000}\n", "places.yaml:2:12: CA.longest – must be a number of characters, from 10 to 200"),
        ("CA:\n  longest: many\n", "places.yaml:2:12: CA.longest – must be a number of characters, from 10 to 200"),
        ("CA: Canada\n", "places.yaml:1:5: CA – must be a group of “key: value” lines"),
        ("- CA\n", "places.yaml:1:1: must be a group of “key: value” lines (name each country by its code)"),
    ],
)  # fmt: skip
def test_a_format_that_is_wrong_is_reported_at_its_place(
    campaign: CampaignFolder, text: str, said: str
) -> None:
    campaign.write("places.yaml", text)
    loaded, problems = load(campaign.path)
    assert loaded is None
    assert [str(problem) for problem in problems] == [said]


def test_an_empty_file_changes_nothing(campaign: CampaignFolder) -> None:
    campaign.write("places.yaml", "# nothing yet\n")
    assert load_places(campaign.path) == (shipped(), [])


def test_a_link_to_a_file_elsewhere_is_refused(campaign: CampaignFolder, tmp_path: Path) -> None:
    outside = tmp_path / "places.yaml"
    outside.write_text("CA: {}\n", encoding="utf-8")
    (campaign.path / "places.yaml").symlink_to(outside)
    formats, found = load_places(campaign.path)
    assert formats == shipped()
    assert [p.message for p in found] == ["is a link that leads out of the campaign"]


def test_what_is_no_file_is_not_passed_over(campaign: CampaignFolder) -> None:
    (campaign.path / "places.yaml").mkdir()
    formats, found = load_places(campaign.path)
    assert formats == shipped()
    assert [p.message for p in found] == ["is a folder, and no file"]
