"""The urgent appeal: one page, one person, one request, and a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.problem import CampaignError
from templates.changed import changed, kinds, letter, prose

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

NAME = "urgent-appeal"
each_language = pytest.mark.parametrize("language", ["en", "fr", "es"])


@each_language
@pytest.mark.parametrize(
    ("theme", "page"),
    [("classic", "letter"), ("modern", "letter"), ("plain", "letter"), ("classic", "a4")],
)
def test_it_is_one_page(library: Library, language: str, theme: str, page: PageSize) -> None:
    assert library.pdf(NAME, language, page=page, theme=theme).pages == 1


@each_language
def test_it_says_the_full_name_again_and_again(library: Library, language: str) -> None:
    appeal = library.letter(NAME, language)
    [subject] = [block for block in appeal.blocks if isinstance(block, d.Subject)]
    assert d.plain(subject.content).startswith("Lidia Maro")
    assert sum("Lidia Maro" in paragraph for paragraph in prose(appeal)) >= 3


@each_language
def test_its_request_stands_out_and_somebody_gets_a_copy(library: Library, language: str) -> None:
    appeal = library.letter(NAME, language)
    strong = [
        block
        for block in appeal.blocks
        if isinstance(block, d.Paragraph) and isinstance(block.content[0], d.Strong)
    ]
    assert len(strong) == 1
    assert "Lidia Maro" in d.plain(strong[0].content)
    assert d.Copies in kinds(appeal)


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "I am writing to you about", "We are writing to you about"),
        ("fr", "Je vous écris pour", "Nous vous écrivons pour"),
        ("es", "Le escribo por", "Le escribimos por"),
    ],
)
def test_it_speaks_for_one_or_for_several(
    library: Library, language: str, one: str, several: str
) -> None:
    campaign = library.campaign(NAME)
    alone = replace(
        campaign,
        signatories=campaign.signatories[:1],
        signatory_places=campaign.signatory_places[:1],
    )
    assert prose(letter(campaign, language))[0].startswith(several)
    assert prose(letter(alone, language))[0].startswith(one)


def test_there_is_no_appeal_without_a_day_or_without_a_person(library: Library) -> None:
    campaign = library.campaign(NAME)
    with pytest.raises(CampaignError, match="“deadline” is not given"):
        letter(changed(campaign, deadline=None), "en")
    [case] = campaign.letter.cases
    withheld = case.model_copy(update={"visibility": "withheld"})
    with pytest.raises(CampaignError, match="the list is empty") as refused:
        letter(changed(campaign, cases=(withheld,)), "en")
    assert "Maro" not in str(refused.value)
