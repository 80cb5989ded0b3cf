"""The letter's own day is no part of the text where it is the date line, and is one in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import text_of

from letters import framed

from .tree import read

if TYPE_CHECKING:
    from conftest import CampaignFolder

EN, FR = "templates/note/letter.en.md", "templates/note/letter.fr.md"
LINE = "::: date\n{{ place }}, {{ date }}\n:::"
CITED = "We ask you:"


def digest_on(campaign: CampaignFolder, day: str) -> str:
    seen = campaign.read("letter.yaml")
    campaign.edit("letter.yaml", "date: 2025-09-03", f"date: {day}")
    found = text_of(read(campaign)).digest
    campaign.write("letter.yaml", seen)
    return found


def moves(campaign: CampaignFolder) -> bool:
    """Whether another day of the letter makes another text."""
    return digest_on(campaign, "2025-09-03") != digest_on(campaign, "2026-11-28")


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        "::: date\n{{ date }}\n:::",
        "::: date\nOttawa, this {{ date }}\n:::",
        "::: date\n**{{ date }}**\n:::",
        "::: date\n{{ place }}\\\n{{ date }}\n:::",
        "{{ place }}, {{ date }}",
        "{{ date }}",
        "**{{ place }}, {{ date }}**",
        "**{{ place }}, le {{ date }}** – Twelve towns have asked for the ferry.",
        "::: letterhead\n{{ sender.organisation }}\n\n{{ date }}\n:::",
    ],
)
def test_the_date_line_has_the_day_by_name(campaign: CampaignFolder, line: str) -> None:
    campaign.edit(EN, LINE, line)
    assert not moves(campaign)
    assert "{date}" in text_of(read(campaign)).canonical


@pytest.mark.parametrize(
    "sentence",
    [
        "We stood at your door on {{ date }}.",
        "On {{ date }} nobody came.",
        "**We waited until {{ date }}** and nobody came.",
        "{{ date }}: {{ values.thanks }}",
        "> {{ date }}",
        "- {{ date }}",
        "Answer us. {{ date }} is too late.",
        "{{ subject }} {{ date }}",
    ],
)
def test_a_day_in_a_sentence_is_part_of_it(campaign: CampaignFolder, sentence: str) -> None:
    campaign.edit(EN, CITED, f"{sentence}\n\n{CITED}")
    assert moves(campaign)
    assert "3 September 2025" in text_of(read(campaign)).canonical


def test_other_words_of_the_date_line_are_signed(campaign: CampaignFolder) -> None:
    before = text_of(read(campaign)).digest
    campaign.edit("letter.yaml", "place: Ottawa", "place: Toronto")
    place = text_of(read(campaign)).digest
    campaign.edit(EN, LINE, LINE.replace("{{ date }}", "{{ date }}, in vain"))
    assert len({before, place, text_of(read(campaign)).digest}) == 3


def test_another_day_that_somebody_typed_is_signed(campaign: CampaignFolder) -> None:
    campaign.edit(EN, LINE, "::: date\n{{ values.seen }}\n:::")
    campaign.edit("letter.yaml", "  pages: 3\n", "  pages: 3\n  seen: 2025-09-03\n")
    before = text_of(read(campaign)).digest
    campaign.edit("letter.yaml", "seen: 2025-09-03", "seen: 2025-09-04")
    assert text_of(read(campaign)).digest != before


def test_what_is_typed_does_not_pass_for_the_day(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "You listened.", '"{date}"')
    text = text_of(read(campaign))
    assert "We are Ngozi Okafor. \\{date\\}" in text.canonical
    assert "We are Ngozi Okafor. \\{date\\}" in text.former


def test_empty_rows_to_sign_in_are_no_part_of_it(campaign: CampaignFolder) -> None:
    sheet = "::: sheet rows=4\n| Name | Street |\n|---|---|\n:::\n\n"
    campaign.edit(EN, CITED, sheet + CITED)
    four = text_of(read(campaign))
    assert "[sheet] Name | Street\n" in four.canonical
    assert "[sheet 4] Name | Street\n" in four.former
    campaign.edit(EN, "rows=4", "rows=9")
    nine = text_of(read(campaign))
    assert nine.digest == four.digest
    assert nine.former != four.former


def test_the_text_before_had_both_and_keeps_its_digest(campaign: CampaignFolder) -> None:
    """The digest that the version before gave for these files."""
    text = text_of(read(campaign))
    assert "[dateline] Ottawa, 3 September 2025\n" in text.former
    assert framed.digest(text.former) == (
        "9e12da008505c4ed77756f2b0596bb7300a9971f65e0be727fe9eccdde1eb27b"
    )
    assert text.former.replace("letters-text-1", "letters-text-2") != text.canonical


def test_a_text_in_some_of_its_languages_has_the_digests_of_these(campaign: CampaignFolder) -> None:
    text = text_of(read(campaign))
    assert list(text.editions) == ["en", "fr"]
    french = text.only(["fr"])
    assert french.digest == text.editions["fr"][0]
    assert framed.digest(french.former) == text.editions["fr"][1]
    assert french.editions == {"fr": text.editions["fr"]}
    assert text.only(["fr", "en"]) == text
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [fr]")
    assert text_of(read(campaign)).digest == french.digest
