"""The parts of a recipient's address, in a template and in what a template asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import loaded
from drafting import text_of

from letters.campaign.load import load
from letters.draft.compose import Edition
from letters.draft.document import Image, plain
from letters.draft.signatures import Signed
from letters.problem import CampaignError

if TYPE_CHECKING:
    from conftest import CampaignFolder

ENDING = "Please answer by"


def write(campaign: CampaignFolder, words: str) -> None:
    for tag, before in (("en", ENDING), ("fr", "Merci")):
        campaign.edit(f"templates/note/letter.{tag}.md", before, f"{words}\n\n{before}")


def said(campaign: CampaignFolder, index: int, tag: str = "en") -> str:
    letter = Edition(loaded(campaign), tag, "recipient").letter(
        index, Signed({}, None, draft=False), lambda path, alt: Image(b"", 0, 0, alt)
    )
    words = [plain(block.content) for block in letter.blocks if hasattr(block, "content")]
    return next(text for text in words if text.startswith("To: "))


def test_each_part_is_the_recipient_s_own_slot(campaign: CampaignFolder) -> None:
    write(
        campaign,
        "To: {% if recipient.address.city %}{{ recipient.address.street }}, "
        "{{ recipient.address.city }} {{ recipient.address.region }} "
        "{{ recipient.address.postcode }}, {{ recipient.address.country }}"
        "{% else %}nowhere{% endif %}",
    )
    assert said(campaign, 0) == "To: 80 Wellington Street, Ottawa ON K1A 0A2, Canada"
    assert said(campaign, 1) == "To: nowhere"
    text = text_of(loaded(campaign))
    assert (
        "{recipient.address.street}, {recipient.address.city} {recipient.address.region}"
        in text.canonical
    )
    campaign.edit("recipients.yaml", "city: Ottawa", "city: Hull*")
    assert text_of(loaded(campaign)).digest == text.digest
    assert "Hull*" in said(campaign, 0)


def test_a_form_s_address_has_parts_too(campaign: CampaignFolder) -> None:
    write(campaign, "To: {{ recipient.address.postcode }} {{ recipient.address.country }}")
    campaign.write("recipients.yaml", "- {id: a, name: Kim Lind, form: de-chancellor}\n")
    assert said(campaign, 0, "fr") == "To: 10557 Allemagne"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (
            "{{ recipient.address.region }}",
            "“recipient.address.region” is not given at recipients.yaml",
        ),
        ("{{ recipient.address.town }}", "“recipient.address” has no “town”"),
        ("{{ recipient.address.part }}", "“recipient.address” has no “part”"),
        (
            "{{ recipient.address.city.raw }}",
            "“raw” can’t be asked for here: this is a single value",
        ),
    ],
)
def test_what_is_not_there_is_said(campaign: CampaignFolder, part: str, message: str) -> None:
    write(campaign, f"To: {part}")
    with pytest.raises(CampaignError) as caught:
        text_of(loaded(campaign))
    assert any(message in str(problem) for problem in caught.value.problems)


def test_a_template_asks_for_what_it_needs(campaign: CampaignFolder) -> None:
    asks = "recipient_needs: [address.city, district, office]\n"
    campaign.write(
        "templates/note/template.yaml", campaign.read("templates/note/template.yaml") + asks
    )
    _, problems = load(campaign.path)
    assert [str(problem) for problem in problems] == [
        "recipients.yaml:1:3: [0].district – the template needs “district” of each recipient (write it in their record)",
        "recipients.yaml:13:3: [1].address – the template needs “address.city” of each recipient (write it in their record)",
    ]
    campaign.edit("templates/note/template.yaml", "address.city", "address.town")
    _, problems = load(campaign.path)
    assert str(problems[0]).startswith("templates/note/template.yaml:8:19: recipient_needs[0] – ")
