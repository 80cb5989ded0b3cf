"""The thank-you letter: thanks for what was granted, and no ask in it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from letters.campaign.localtext import LocalText
from letters.campaign.schema import Ask
from letters.draft import document as d
from templates.changed import changed, kinds, letter, prose

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

NAME = "thank-you"
each_language = pytest.mark.parametrize("language", ["en", "fr"])

FIRST = {"en": "We write to thank you. ", "fr": "Nous tenons à vous remercier. "}
NO_ANSWER = {
    "en": "This letter asks you for nothing, and it needs no answer.",
    "fr": "Cette lettre ne vous demande rien et n’appelle pas de réponse.",
}


@each_language
def test_it_thanks_first_and_asks_for_nothing(library: Library, language: str) -> None:
    thanks = library.letter(NAME, language)
    paragraphs = prose(thanks)
    assert paragraphs[0].startswith(FIRST[language])
    assert paragraphs[-1] == NO_ANSWER[language]
    assert d.Asks not in kinds(thanks)


@each_language
def test_asks_and_a_deadline_of_the_campaign_are_not_printed(
    library: Library, language: str
) -> None:
    asks = (Ask(text=LocalText({"": "to do more"})),)
    given = changed(library.campaign(NAME), asks=asks, deadline=dt.date(2031, 5, 1))
    assert letter(given, language) == library.letter(NAME, language)


@each_language
def test_what_is_left_out_leaves_no_trace(library: Library, language: str) -> None:
    bare = changed(library.campaign(NAME), {"remains": None, "offer": None})
    paragraphs = prose(letter(bare, language))
    assert len(paragraphs) == 3
    assert paragraphs[-1] == NO_ANSWER[language]


@each_language
@pytest.mark.parametrize("page", ["letter", "a4"])
def test_it_is_one_page(library: Library, language: str, page: PageSize) -> None:
    assert library.pdf(NAME, language, page=page).pages == 1
