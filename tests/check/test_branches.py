"""A condition that nobody’s data fulfil is told at its line; what is for others is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import texts_of

from letters.problem import has_errors

from .judging import judge

if TYPE_CHECKING:
    from conftest import CampaignFolder

EN = "templates/note/letter.en.md"
ENDING = "Please answer by"
SAID = "no letter takes this branch: the condition is never true"


def untaken(campaign: CampaignFolder, body: str) -> list[str]:
    campaign.edit(EN, ENDING, f"{body}\n{ENDING}")
    found = judge(campaign)
    assert not has_errors(found), [str(problem) for problem in found]
    return [str(problem.place) for problem in found if problem.message == SAID]


@pytest.mark.parametrize(
    "condition",
    [
        'recipient.district == "Ontario"',
        '"Ontario" == recipient.district',
        'recipient.district in ["Ontario", "Quebec"]',
        'recipient.district == "north"',
        'recipient.district and recipient.district == "Ontario"',
        'not deadline or place == "Toronto"',
        'recipient.gender == "male"',
        'recipient.address.region == "Ontario"',
        'recipient.address.country == "Canada"',
        'recipient.district is eq "Ontario"',
        'recipient.district is in ["Ontario"]',
        '(recipient.office | upper) == "Mayor"',
        'recipient.district == "Ontario" or recipient.office == "Mayor"',
    ],
)
def test_a_text_that_is_nowhere_in_the_data_is_told(
    campaign: CampaignFolder, condition: str
) -> None:
    body = f"\n{{% if {condition} %}}\nFor you.\n{{% endif %}}\n"
    found = untaken(campaign, body)
    before = campaign.read(EN).partition(condition)[0]
    assert found == [f"{EN}:{before.count(chr(10)) + 1}:1"]


@pytest.mark.parametrize(
    "body",
    [
        '{{ "Yes." if recipient.district == "Ontario" else "No." }}',
        '{% for who in signatories if who.name == "Nobody" %}{{ who.name }}{% endfor %}',
    ],
)
def test_other_ways_to_ask_are_conditions_too(campaign: CampaignFolder, body: str) -> None:
    assert len(untaken(campaign, f"\n{body}\n")) == 1


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ('recipient.district != "Ontario"', True),
        ('not recipient.district == "Ontario"', True),
        ('recipient.district not in ["Ontario", "Quebec"]', True),
        ('recipient.district is ne "Ontario"', True),
        ('recipient.district != "North"', False),
        ('recipient.gender != "x"', False),
        ('recipient.district != "Ontario" and deadline', False),
    ],
)
def test_who_is_left_out_by_a_text_must_be_there(
    campaign: CampaignFolder, condition: str, told: bool
) -> None:
    campaign.edit(EN, ENDING, f"\n{{% if {condition} %}}\nFor you.\n{{% endif %}}\n\n{ENDING}")
    found = [problem.message for problem in judge(campaign)]
    said = "every letter takes this branch: the condition is never false"
    assert (said in found) is told


def test_elif_is_a_condition_too(campaign: CampaignFolder) -> None:
    body = (
        '{% if recipient.district == "North" %}A{% elif recipient.district == "Norht" %}B\n'
        "{% else %}C{% endif %}"
    )
    assert len(untaken(campaign, body)) == 1


@pytest.mark.parametrize(
    "condition",
    [
        'recipient.district == "North"',  # of one recipient of two
        "recipient.district",
        "values.seen",
        "asks | length == 1",
        'recipient.gender == "x"',
        'language == "uk"',
        'recipient.district != "North"',
        "values.pages == 7",
    ],
)
def test_what_is_taken_or_is_for_other_campaigns_is_not(
    campaign: CampaignFolder, condition: str
) -> None:
    assert untaken(campaign, f"\n{{% if {condition} %}}\nFor you.\n{{% endif %}}\n") == []


def test_what_was_never_asked_is_told_by_what_is_around_it(campaign: CampaignFolder) -> None:
    inner = '{% if place == "Nowhere" %}x{% endif %}'
    assert untaken(campaign, f"{{% for a in [] %}}{inner}{{% endfor %}}") == []
    around = f'\n{{% if place == "Elsewhere" %}}\n{inner}\n{{% endif %}}\n'
    assert len(untaken(campaign, around)) == 1


def test_a_branch_of_one_language_is_no_other_s(campaign: CampaignFolder) -> None:
    body = '\n{% if recipient.office == "Ministre" %}\nx\n{% endif %}\n'
    campaign.edit("templates/note/letter.fr.md", "Merci", f"{body}Merci")
    assert len(untaken(campaign, body)) == 1


def test_the_letter_says_the_same_as_without_the_watch(campaign: CampaignFolder) -> None:
    from letters.campaign.load import load
    from letters.draft.branches import Branches
    from letters.draft.compose import Edition

    body = '{% if recipient.district == "North" %}N{% elif place == "x" %}X{% else %}E{% endif %}'
    campaign.edit(EN, ENDING, f"{body}\n{ENDING}")
    loaded, _ = load(campaign.path)
    assert loaded is not None
    watched = Edition(loaded, "en", "recipient", Branches())
    assert texts_of(watched) == texts_of(Edition(loaded, "en", "recipient"))
