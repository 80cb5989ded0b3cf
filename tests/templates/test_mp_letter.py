"""The letter to a member of parliament: a paragraph of one's own for each, one ask, one page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from letters.campaign.localtext import LocalText
from letters.campaign.schema import Ask
from letters.draft import document as d
from templates.changed import changed, kinds, letter, prose, value

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from templates.library import Library

NAME = "mp-letter"
each_language = pytest.mark.parametrize("language", ["en", "fr"])


def without_own_paragraphs(campaign: Campaign, district: str | None) -> Campaign:
    there = LocalText({"": district}) if district else None
    update: dict[str, object] = {"values": {}, "district": there}
    people = tuple(person.model_copy(update=update) for person in campaign.recipients)
    return replace(campaign, recipients=people)


@each_language
def test_each_member_reads_what_ties_the_writer_to_them(library: Library, language: str) -> None:
    campaign = library.campaign(NAME)
    for index, person in enumerate(campaign.recipients):
        first = prose(library.letter(NAME, language, index))[0]
        own = person.values["about_you"].get(language)
        assert own is not None
        assert first.replace("\u00a0", " ").startswith(own)
        assert first.endswith(value(campaign, "reason", language))


@pytest.mark.parametrize(
    ("language", "district", "begins"),
    [
        ("en", "Larkspur", "I live in Larkspur, and you represent me in Parliament. "),
        ("en", None, "You represent me in Parliament. "),
        ("fr", "Larkspur", "J’habite dans votre circonscription, Larkspur, et c’est vous qui me "),
        ("fr", None, "C’est vous qui me représentez au Parlement. "),
    ],
)
def test_without_such_a_paragraph_it_says_who_represents_whom(
    library: Library, language: str, district: str | None, begins: str
) -> None:
    campaign = without_own_paragraphs(library.campaign(NAME), district)
    assert prose(letter(campaign, language))[0].startswith(begins)


@pytest.mark.parametrize(
    ("language", "salutations"),
    [
        ("en", ["Dear Mr. Whitcombe:", "Dear Ms. Thériault:", "Dear P. T. Okoro:"]),
        ("fr", ["Monsieur le Député,", "Madame la Députée,", "Bonjour,"]),
    ],
)
def test_members_are_addressed_as_they_are_and_nobody_is_guessed(
    library: Library, language: str, salutations: list[str]
) -> None:
    for index, wanted in enumerate(salutations):
        blocks = library.letter(NAME, language, index).blocks
        [found] = [d.plain(block.content) for block in blocks if isinstance(block, d.Salutation)]
        assert found == wanted


@pytest.mark.parametrize(
    ("language", "one", "more"),
    [
        ("en", "I ask you for one thing: to act.", "I ask you:"),
        ("fr", "Je vous demande une seule chose\u00a0: to act.", "Je vous demande\u00a0:"),
    ],
)
def test_one_ask_is_a_sentence_and_several_are_a_numbered_list(
    library: Library, language: str, one: str, more: str
) -> None:
    ask = Ask(text=LocalText({"": "to act."}))
    single = letter(changed(library.campaign(NAME), asks=(ask,)), language)
    assert one in prose(single)
    assert d.Asks not in kinds(single)
    several = letter(changed(library.campaign(NAME), asks=(ask, ask)), language)
    assert more in prose(several)
    [asks] = [block for block in several.blocks if isinstance(block, d.Asks)]
    assert len(asks.items) == 2


@each_language
@pytest.mark.parametrize("theme", ["classic", "modern", "plain"])
def test_it_is_one_page(library: Library, language: str, theme: str) -> None:
    assert library.pdf(NAME, language, theme=theme).pages == 1
