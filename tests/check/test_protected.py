"""Which strings are searched for in what goes out: none that would be found in every letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.check.protected import secrets

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("family", "searched"),
    [
        ("Rao", False),  # as in “extraordinary”
        ("  Rao ", False),
        ("Khan", True),
        ("Ян", True),  # so short a name is common in other scripts, and so short a word rare
        ("李明", True),
        ("李", False),
    ],
)
def test_a_short_name_is_searched_for_only_where_it_says_something(
    campaign: CampaignFolder, family: str, searched: bool
) -> None:
    campaign.edit("signatories.yaml", "family: Person}", f'family: "{family}"}}')
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    known = {secret.text.strip() for secret in secrets(loaded)}
    assert f"Withheld {family.strip()}" in known  # the whole name in any case
    assert (family.strip() in known) == searched
