"""The words of the mail are looked at with the letter: nobody learns of a mistake when sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .judging import judge

if TYPE_CHECKING:
    from conftest import CampaignFolder

NOTE = "templates/cover-note/letter.en.md"


def test_a_mistake_in_a_cover_note_is_found(campaign: CampaignFolder) -> None:
    campaign.write(NOTE, "{{ recipient.salutation }}\n\n{{ values.file }}\n\n{{ values.files }}\n")
    [problem] = judge(campaign)
    assert str(problem).startswith(f"{NOTE}:3:11: “values” has no “file”")


def test_it_is_looked_at_in_the_language_of_each_recipient(campaign: CampaignFolder) -> None:
    campaign.write("templates/cover-note/letter.fr.md", "{{ nothing }}\n")
    assert judge(campaign) == []
    campaign.edit(
        "recipients.yaml", "- id: prime-minister\n", "- id: prime-minister\n  language: fr\n"
    )
    assert [problem.place.path for problem in judge(campaign)] == [
        "templates/cover-note/letter.fr.md"
    ]


def test_a_mistake_for_one_recipient_only_is_found(campaign: CampaignFolder) -> None:
    campaign.write(NOTE, "Hello{% if recipient.district %}{{ nothing }}{% endif %}\n")
    assert judge(campaign) == []
    campaign.edit("recipients.yaml", "- id: minister\n", "- id: minister\n  email: b@example.org\n")
    assert [problem.place.path for problem in judge(campaign)] == [NOTE]


def test_nobody_is_told_of_a_note_that_nobody_gets(campaign: CampaignFolder) -> None:
    campaign.write(NOTE, "{{ nothing }}\n")
    campaign.edit("recipients.yaml", "  email: office@example.org\n", "")
    assert judge(campaign) == []
