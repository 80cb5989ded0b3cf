"""Numbers that are read in two ways are a question, before anybody reads the wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.check import numbers

if TYPE_CHECKING:
    from conftest import CampaignFolder


def asked(campaign: CampaignFolder, value: str, tags: str) -> list[str]:
    for name in ("de", "es"):
        campaign.write(f"templates/note/letter.{name}.md", "x\n")
    text = campaign.read("letter.yaml").replace("languages: [en, fr]", f"languages: [{tags}]")
    campaign.write("letter.yaml", text.replace("value: 1000", f"value: {value}"))
    for name in ("letter.yaml", "signatories.yaml", "recipients.yaml"):
        campaign.write(name, campaign.read(name).replace("fr:", "de:" if "de" in tags else "fr:"))
    loaded, problems = load(campaign.path)
    assert loaded is not None, [str(problem) for problem in problems]
    return [f"{p.severity}: {p.message} ({p.hint})" for p in numbers.look(loaded)]


@pytest.mark.parametrize(
    ("value", "tags", "said"),
    [
        ("1.250", "de", "warning: is read in two ways: as 1250, or as 1.25 (write 1250 or 1.25"),
        ("3.000", "fr", "warning: is read in two ways: as 3000, or as 3 (write 3000 or 3"),
        ("1,250", "en", "warning: is read in two ways: as 1250, or as 1,25 (write 1250 or 1.25"),
        ("12.345", "de", "warning: is read in two ways: as 12345, or as 12.3450 (write 12345 or"),
        ("1.250", "en, de", "error: is read in two ways: as 1250, or as 1.25"),
        ("1,250", "en, fr", "error: is read in two ways"),
        ("1.250.000", "de", "warning: is read in two ways; 1250000? (write 1250000)"),
        ("-1.250", "de", "warning: is read in two ways: as -1250"),
    ],
)
def test_it_asks(campaign: CampaignFolder, value: str, tags: str, said: str) -> None:
    [question] = asked(campaign, value, tags)
    assert question.startswith(said)


@pytest.mark.parametrize(
    "value", ["1250", "1.25", "1.2500", "0.250", "1250.000", "1 250", "twelve"]
)
def test_there_is_nothing_to_ask(campaign: CampaignFolder, value: str) -> None:
    assert asked(campaign, value, "en, de") == []


def test_a_point_in_an_english_letter_is_no_question(campaign: CampaignFolder) -> None:
    assert asked(campaign, "1.250", "en") == []


def test_values_that_a_template_wants_as_numbers_are_asked_too(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "pages: 3", "pages: 3.000")
    assert len(asked(campaign, "7", "en, fr")) == 1


def test_a_text_for_each_language_is_somebody_s_answer(campaign: CampaignFolder) -> None:
    assert asked(campaign, '{en: "1,250", de: "1.250"}', "en, de") == []
