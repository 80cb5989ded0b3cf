"""The address as printed: the country's name in a language that the post can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.draft.envelope import country_name, lines

from .tree import read

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("country", "tag", "sender", "name"),
    [
        ("DE", "en", "CA", "Germany"),
        ("DE", "fr-CA", "CA", "Allemagne"),
        ("DE", "fr", "US", "Allemagne"),  # French is read everywhere
        ("CA", "de", "DE", "Kanada"),
        ("CA", "de", "AT", "Kanada"),
        ("UA", "uk", "CA", "Ukraine"),  # Canada's post reads no Cyrillic
        ("DE", "uk", "UA", "Німеччина"),
        ("DE", "ru", "UA", "Німеччина"),
        ("DE", "fa", "US", "Germany"),
        ("DE", "he", "IL", "גרמניה"),
        ("DE", "ar", "IL", "ألمانيا"),
        ("DE", "fa", None, "Germany"),
        ("DE", "fr", None, "Allemagne"),
        ("DE", "uk", "TV", "Germany"),  # no data say what Tuvalu calls Germany
    ],
)
def test_the_country_is_in_a_language_that_the_post_can_read(
    country: str, tag: str, sender: str | None, name: str
) -> None:
    assert country_name(country, tag, sender) == name


def test_the_lines_are_those_of_the_campaign(campaign: CampaignFolder) -> None:
    campaign.edit("recipients.yaml", "    country: CA\n", "    country: GB\n")
    campaign.write("places.yaml", 'GB:\n  lines: ["{city}{, region}"]\n')
    loaded = read(campaign)
    assert lines(loaded.recipients[0], loaded, "fr") == (
        "Mark Carney",
        "Premier ministre du Canada",
        "80 Wellington Street",
        "Ottawa, ON",
        "ROYAUME-UNI",
    )
    assert lines(loaded.recipients[1], loaded, "en") == ("Sam Taylor", "Minister")
