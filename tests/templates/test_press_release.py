"""The press release: news under an organisation's name, with people quoted and nobody signing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.draft.language import language as language_of
from templates.changed import changed, headings, kinds, letter, prose, value
from templates.library import SHELF

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

NAME = "press-release"
each_language = pytest.mark.parametrize("language", SHELF.languages(NAME))

AT_ONCE = {
    "en": "For immediate release",
    "fr": "Pour diffusion immédiate",
    "de": "Zur sofortigen Veröffentlichung",
}
LATER = {
    "en": "Under embargo until 1 April 2026, 6 a.m.",
    "fr": "Sous embargo jusqu’au 1er avril 2026, 6 a.m.",
    "de": "Sperrfrist: 1. April 2026, 6 a.m.",
}
END = {"en": "– Ends –", "fr": "– Fin –", "de": "– Ende –"}


@each_language
def test_it_has_no_signatures_and_is_addressed_to_nobody(library: Library, language: str) -> None:
    unsigned = {d.Salutation, d.Close, d.SignatureBlock, d.AddressBlock}
    assert not unsigned & kinds(library.letter(NAME, language))


@each_language
def test_it_is_the_same_for_every_newsroom(library: Library, language: str) -> None:
    every = [
        library.letter(NAME, language, index).blocks
        for index in range(len(library.campaign(NAME).recipients))
    ]
    assert len(every) > 1
    assert all(blocks == every[0] for blocks in every)


@each_language
def test_it_says_when_it_may_be_published(library: Library, language: str) -> None:
    assert prose(library.letter(NAME, language))[0] == AT_ONCE[language]
    given = {"embargo": "2026-04-01", "embargo_time": "6 a.m."}
    later = changed(library.campaign(NAME), given)
    assert prose(letter(later, language))[0] == LATER[language]
    that_day = changed(library.campaign(NAME), {"embargo": "2026-04-01"})
    assert prose(letter(that_day, language))[0] == LATER[language].removesuffix(", 6 a.m.")


@each_language
def test_headline_then_place_date_and_news(library: Library, language: str) -> None:
    release, campaign = library.letter(NAME, language), library.campaign(NAME)
    kept = [block for block in release.blocks if isinstance(block, d.Subject)]
    headline = language_of(language).typeset(campaign.letter.subject.get(language) or "")
    assert [d.plain(block.content) for block in kept] == [headline]
    dateline, _, news = prose(release)[1].partition("– ")
    assert dateline.startswith("Altenbrück, ")
    assert dateline.rstrip().endswith(language_of(language).date(campaign.letter.date))
    assert news == value(campaign, "lead", language)


@each_language
def test_each_author_is_quoted_with_name_and_role(library: Library, language: str) -> None:
    quotes = [b for b in library.letter(NAME, language).blocks if isinstance(b, d.Quote)]
    people = library.campaign(NAME).signatories
    assert len(quotes) == len(people) == 2
    for quote, person in zip(quotes, people, strict=True):
        assert person.testimony is not None
        assert person.role is not None
        said = language_of(language).quote(person.testimony.text.get(language) or "")
        whose = f"– {person.name.shown(language)}, {person.role.get(language)}"
        (words,) = quote.blocks
        assert isinstance(words, d.Paragraph)
        assert d.plain(words.content).split("\n") == [said, whose]


@each_language
def test_others_can_be_quoted_from_a_source(library: Library, language: str) -> None:
    given = {
        "quotation": "We pay nothing.",
        "quotation_by": "Ida Vollmer",
        "quotation_source": "counts",
    }
    quoting = letter(changed(library.campaign(NAME), given), language)
    *_, last = (block for block in quoting.blocks if isinstance(block, d.Quote))
    (words,) = last.blocks
    assert isinstance(words, d.Paragraph)
    said, whose = d.plain(words.content).split("\n")
    assert said.startswith(language_of(language).quote("We pay nothing."))
    assert whose == "– Ida Vollmer"
    assert any(isinstance(node, d.NoteMark) for node in words.content)


@each_language
def test_what_follows_the_end_is_for_the_newsroom(library: Library, language: str) -> None:
    release = library.letter(NAME, language)
    paragraphs = prose(release)
    assert paragraphs.index(language_of(language).typeset(END[language])) == len(paragraphs) - 3
    assert len(headings(release)) == 2
    assert paragraphs[-1].endswith("\npress@example.org")


@each_language
def test_what_is_left_out_leaves_no_trace(library: Library, language: str) -> None:
    campaign = library.campaign(NAME)
    silent = replace(
        campaign,
        signatories=tuple(
            person.model_copy(update={"testimony": None}) for person in campaign.signatories
        ),
    )
    bare = changed(silent, {"next_step": None, "link": None}, figures={}, place=None)
    release = letter(bare, language)
    paragraphs = prose(release)
    assert len(paragraphs) == 6
    assert all(paragraphs)
    assert not {d.Quote, d.List, d.Enclosures} & kinds(release)
    assert language_of(language).date(dt.date(2026, 3, 17)) in paragraphs[1]


@each_language
@pytest.mark.parametrize(("page", "most"), [("letter", 2), ("a4", 1)])
def test_it_is_short(library: Library, language: str, page: PageSize, most: int) -> None:
    assert library.pdf(NAME, language, page=page).pages <= most
