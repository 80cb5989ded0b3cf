"""A mistake in letter.yaml hides no other: unknown sources are told in the same run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load

if TYPE_CHECKING:
    from conftest import CampaignFolder

L = "letter.yaml"


def said(folder: CampaignFolder) -> list[str]:
    campaign, problems = load(folder.path)
    assert campaign is None
    return [str(problem) for problem in problems]


def test_an_unknown_source_is_told_beside_a_misspelt_key(campaign: CampaignFolder) -> None:
    campaign.edit(L, "place: Ottawa", "plaec: Ottawa")
    campaign.edit(L, "    source: report\ncases:", "    source: reprot\ncases:")
    campaign.edit(L, "        source: report", "        source: nowhere")
    assert said(campaign) == [
        "letter.yaml:5:1: plaec – is not a known key (did you mean “place”?)",
        "letter.yaml:19:13: figures.applied.source – there is no source “reprot” (did you mean “report”?)",
        "letter.yaml:26:17: cases[0].facts[0].source – there is no source “nowhere” (known: report)",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sources:\n  report:", "soruces:\n  report:"),
        ("        source: report", "        source: Ada Example"),
        ("        source: report", "        source: [report]"),
        ("figures:\n  applied:\n    value: 1000", "figures:\n  - value: 1000"),
    ],
)
def test_what_has_no_form_is_told_once_and_not_repeated(
    campaign: CampaignFolder, old: str, new: str
) -> None:
    campaign.edit(L, old, new)
    lines = said(campaign)
    assert lines
    assert not [line for line in lines if "there is no source" in line or "Ada" in line]
