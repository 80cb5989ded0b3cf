"""What a letter stands on: sources, consent and dates that agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .judging import judge

if TYPE_CHECKING:
    from conftest import CampaignFolder

L = "letter.yaml"
FACT = "        source: report\n        date: 2025-01-02\n"


def said(folder: CampaignFolder) -> list[str]:
    return [str(problem).removeprefix("letter.yaml:") for problem in judge(folder)]


def test_a_figure_without_a_source_is_a_warning(campaign: CampaignFolder) -> None:
    campaign.edit(L, "    source: report\ncases:", "cases:")
    [line] = said(campaign)
    assert line.startswith(
        "17:5: warning: figures.applied – this figure has no source (add “source”"
    )


def test_a_fact_without_a_source_is_a_warning_unless_somebody_says_so(
    campaign: CampaignFolder,
) -> None:
    agreed = FACT.replace("        source: report\n", "") + "    consent: {given: yes}\n"
    campaign.edit(L, FACT, agreed)
    [line] = said(campaign)
    assert line.startswith("25:9: warning: cases[0].facts[0] – this fact has no source")
    campaign.edit(
        L, "        date: 2025-01-02\n", "        said_by: {en: herself, fr: elle-même}\n"
    )
    assert said(campaign) == []


@pytest.mark.parametrize("visibility", ["withheld", "name-only"])
def test_a_fact_that_is_not_printed_needs_none(campaign: CampaignFolder, visibility: str) -> None:
    campaign.edit(L, FACT, "    consent: {given: yes}\n")
    campaign.edit(L, "    visibility: public", f"    visibility: {visibility}")
    campaign.edit("templates/note/letter.en.md", "{{ case.person }}: ", "")
    assert said(campaign) == []


def test_somebody_who_has_not_agreed_is_not_to_be_named_nor_described(
    campaign: CampaignFolder,
) -> None:
    campaign.edit(L, "        source: report\n        date", "        date")
    lines = said(campaign)
    assert [line for line in lines if "names a person who has not agreed to it" in line]
    campaign.edit(
        L,
        "    visibility: public",
        "    visibility: role-only\n    description: {en: a clerk, fr: une employée}",
    )
    campaign.edit(
        L,
        "{en: Ada Example waited., fr: Ada Example a attendu.}",
        "{en: She waited., fr: Elle a attendu.}",
    )
    lines = said(campaign)
    assert [
        line
        for line in lines
        if line.startswith(
            "24:18: warning: cases[0].description – describes a person who has not agreed to it"
        )
    ]


def test_a_deadline_comes_after_the_letter(campaign: CampaignFolder) -> None:
    campaign.edit(L, "deadline: 2025-10-01", "deadline: 2025-09-03")
    [line] = said(campaign)
    assert line.startswith(
        "38:11: warning: deadline – the deadline is not after the date of the letter"
    )


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("    date: 2025-09-01", "    date: 2025-09-04", "sources.….date"),
        ("        date: 2025-01-02", "        date: 2026-01-02", "cases[0].facts[0].date"),
        ("    value: 1000", "    value: 1000\n    date: 2025-09-04", "figures.applied.date"),
    ],
)
def test_nothing_is_later_than_the_letter(
    campaign: CampaignFolder, old: str, new: str, key: str
) -> None:
    campaign.edit(L, old, new)
    [line] = said(campaign)
    assert f" warning: {key} – is later than the date of the letter (" in line


def test_nor_is_what_a_signatory_tells(campaign: CampaignFolder) -> None:
    campaign.edit(
        "signatories.yaml", "    source: report", "    source: report\n    date: 2025-12-01"
    )
    [line] = said(campaign)
    assert line.startswith("signatories.yaml:9:11: warning: [0].testimony.date – is later than")
