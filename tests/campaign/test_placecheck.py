"""What the post would not like is a warning, where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("postcode: K1A 0A2", "postcode: K1A0A2", "recipients.yaml:9:15: warning: [0].address.postcode – is printed as “K1A 0A2”, as the post of CA wants it (write it so, and the data say what is printed)"),
        ("postcode: K1A 0A2", "postcode: K1A 0A", "recipients.yaml:9:15: warning: [0].address.postcode – does not look like a postal code of CA (like A9A 9A9; 9 is a digit, A a letter)"),
        ("region: ON", "region: Ontario", "recipients.yaml:8:13: warning: [0].address.region – is printed as “ON”, as the post of CA wants it (write it so, and the data say what is printed)"),
        ("region: ON", "region: Upper Canada", "recipients.yaml:8:13: warning: [0].address.region – is not how the post of CA calls a region (one of AB, BC, MB, NB, NL, NS, NT, NU, ON, PE, QC, SK, YT)"),
        ("80 Wellington Street", "'80 Wellington Street #2'", "recipients.yaml:6:13: warning: [0].address.street[0] – the post of CA wants no “#” in an address (leave it out, unless it is part of a name)"),
        ("street: 80 Wellington Street", "street: [Room 2, '80, Wellington Street']", "recipients.yaml:6:22: warning: [0].address.street[1] – the post of CA wants no “,” in an address (leave it out, unless it is part of a name)"),
        ("city: Ottawa", "city: 'Ottawa,'", "recipients.yaml:7:11: warning: [0].address.city – the post of CA wants no “,” in an address (leave it out, unless it is part of a name)"),
        ("80 Wellington Street", "80 The Street of the Longest Name of All the Towns", "recipients.yaml:6:5: warning: [0].address – a line of the address has 40 characters without its spaces (the post of CA wants at most 39)"),
        ("fr: Premier ministre du Canada", "fr: Premier ministre du Canada et de toutes ses provinces", "recipients.yaml:6:5: warning: [0].address – a line of the address has 45 characters without its spaces (the post of CA wants at most 39)"),
    ],
)  # fmt: skip
def test_it_warns_of_what_the_post_would_not_like(
    campaign: CampaignFolder, old: str, new: str, said: str
) -> None:
    campaign.edit("recipients.yaml", old, new)
    loaded, problems = load(campaign.path)
    assert loaded is not None
    assert [str(problem) for problem in problems] == [said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("80 Wellington Street", "80 The Street of the Longest Name of All the Town"),
        ("city: Ottawa", "city: St. John’s"),
        ("    country: CA", "    country: JP"),  # of which nothing is known
        ("    postcode: K1A 0A2\n", ""),
        ("    region: ON\n", ""),
    ],
)
def test_it_has_nothing_against_what_is_right(campaign: CampaignFolder, old: str, new: str) -> None:
    campaign.edit("recipients.yaml", old, new)
    assert load(campaign.path)[1] == []


def test_an_address_without_a_country_is_in_the_senders(campaign: CampaignFolder) -> None:
    campaign.edit("recipients.yaml", "    country: CA\n", "")
    campaign.edit("recipients.yaml", "K1A 0A2", "10117")
    assert [p.message for p in load(campaign.path)[1]] == ["does not look like a postal code of CA"]
    campaign.edit("letter.yaml", "  country: CA\n", "")
    assert load(campaign.path)[1] == []


def test_where_a_local_office_is_must_be_written(campaign: CampaignFolder) -> None:
    campaign.edit("recipients.yaml", "  gender: m\n", "  gender: m\n  form: ca-mp-local\n")
    assert load(campaign.path)[1] == []
    person = "- {id: a, name: Sam Lee, form: ca-mp-local}\n"
    campaign.write("recipients.yaml", person)
    assert [str(problem) for problem in load(campaign.path)[1]] == [
        "recipients.yaml:1:32: warning: [0].form – a form of a local office knows no address (write “address” below it)"
    ]
