"""What shows only when the files are seen together: sentences and values, place by place.

The mistakes that stop a campaign are in tests/test_mistakes.py; here are the warnings, and what
must not be taken for a mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load

if TYPE_CHECKING:
    from conftest import CampaignFolder


def said(folder: CampaignFolder) -> list[str]:
    return [str(problem) for problem in load(folder.path)[1]]


def test_a_sentence_in_one_language_for_all_is_a_warning(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml",
        "subject: {en: Three questions, fr: Trois questions}",
        "subject: Three questions to the government",
    )
    campaign.edit(
        "letter.yaml",
        "  thanks: {en: You listened., fr: Vous avez écouté.}",
        "  thanks: You listened to all of us.",
    )
    same = "is the same text in every language of the letter (write one for each of en, fr)"
    assert said(campaign) == [
        f"letter.yaml:6:10: warning: subject – {same}",
        f"letter.yaml:40:11: warning: values.thanks – {same}",
    ]


def test_a_name_in_one_language_for_all_is_none(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml",
        "subject: {en: Three questions, fr: Trois questions}",
        "subject: Habeas corpus",
    )
    assert said(campaign) == []


def test_in_a_letter_of_one_language_nothing_needs_a_language(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    campaign.edit(
        "letter.yaml",
        "subject: {en: Three questions, fr: Trois questions}",
        "subject: Three questions to the government",
    )
    campaign.edit("signatories.yaml", "role: {en: Teacher, fr: Enseignante}", "role: {en: Teacher}")
    assert said(campaign) == []


def test_a_regional_language_is_served_by_its_base(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en-CA, fr-CA]")
    assert said(campaign) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("signatories.yaml", "{display: {en: Reading Circle, fr: Cercle de lecture}}", "{display: {en: Reading Circle}}"),
        ("recipients.yaml", '{en: "Dear Prime Minister:", fr: "Monsieur le Premier Ministre,"}', '{en: "Dear Prime Minister:"}'),
        ("letter.yaml", "    person: Ada Example", "    person: {en: Ada Example}"),
    ],
)  # fmt: skip
def test_what_has_a_form_for_every_language_may_be_in_one(
    campaign: CampaignFolder, file: str, old: str, new: str
) -> None:
    campaign.edit(file, old, new)
    assert said(campaign) == []


def test_a_value_that_is_not_required_may_be_left_out_or_given(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "  pages: 3", "  pages: 2.5\n  seen: 2024-02-29\n  urgent: yes")
    assert said(campaign) == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{en: x}", "must be a number"),
        ("[3]", "must be a number"),
        ("٣", "must be a number"),
        ("3,000", "must be a number"),
    ],
)
def test_a_number_is_written_plainly(campaign: CampaignFolder, written: str, message: str) -> None:
    campaign.edit("letter.yaml", "  pages: 3", f"  pages: {written}")
    assert said(campaign) == [
        f"letter.yaml:41:10: values.pages – {message} (how many pages there are)"
    ]
