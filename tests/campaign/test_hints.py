"""A misspelt key is met with the one that was meant, however deep it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.campaign.schemas import all_schemas

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "letter.yaml",
            "place:",
            "plaec:",
            "5:1: plaec – is not a known key (did you mean “place”?)",
        ),
        ("letter.yaml", "    limits:", "    limist:", "(did you mean “limits”?)"),
        ("letter.yaml", "    label:", "    lable:", "(did you mean “label”?)"),
        (
            "letter.yaml",
            "        date: 2025-01-02",
            "        dat: 2025-01-02",
            "(did you mean “date”?)",
        ),
        ("letter.yaml", "    publisher:", "    publishr:", "(did you mean “publisher”?)"),
        ("signatories.yaml", "affiliation:", "afiliation:", "(did you mean “affiliation”?)"),
        ("recipients.yaml", "    postcode:", "    postocde:", "(did you mean “postcode”?)"),
    ],
)
def test_it_names_the_key_that_was_meant(
    campaign: CampaignFolder, file: str, old: str, new: str, said: str
) -> None:
    campaign.edit(file, old, new)
    _, problems = load(campaign.path)
    assert [line for line in map(str, problems) if line.startswith(file) and said in line]


def test_each_schema_is_called_after_its_file() -> None:
    titles = [schema["title"] for schema in all_schemas().values()]
    assert titles == ["letter.yaml", "signatories.yaml", "recipients.yaml", "forms/NAME.yaml", "places.yaml"]  # fmt: skip
