"""The follow-up: it cites the first letter, says honestly what came back, and asks for less."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from letters.draft import document as d
from letters.draft.language import language as language_of
from templates.changed import changed, letter, prose
from templates.library import SHELF

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

NAME = "follow-up"
each_language = pytest.mark.parametrize("language", SHELF.languages(NAME))

FIRST, LOOKED = dt.date(2026, 1, 15), dt.date(2026, 2, 27)
NOTHING_FOUND = {
    "en": "we had found no public response to it.",
    "fr": "nous n’y avions trouvé aucune réponse publique.",
    "ru": "публичного ответа на него мы не нашли.",
}
NO_OTHER = {"en": "no other answer.", "fr": "aucune autre réponse.", "ru": "нам не известно."}


@each_language
def test_it_cites_the_first_letter_by_its_date_and_subject(library: Library, language: str) -> None:
    cites, *_ = prose(library.letter(NAME, language))
    tongue = language_of(language)
    subject = library.campaign(NAME).letter.values["first_subject"][language]
    assert tongue.date(FIRST) in cites
    assert tongue.quote(subject) in cites


@each_language
def test_it_says_when_it_looked_and_found_nothing(library: Library, language: str) -> None:
    _, found, *_ = prose(library.letter(NAME, language))
    assert language_of(language).date(LOOKED) in found
    assert NOTHING_FOUND[language] in found


@each_language
def test_an_answer_takes_the_place_of_none(library: Library, language: str) -> None:
    answered = changed(library.campaign(NAME), {"answers": "A. Clerk wrote."})
    _, found, *_ = prose(letter(answered, language))
    assert found.startswith("A. Clerk wrote. ")
    assert found.endswith(NO_OTHER[language])
    assert language_of(language).date(LOOKED) in found
    assert NOTHING_FOUND[language] not in found


@each_language
def test_the_first_letter_is_enclosed_before_all_else(library: Library, language: str) -> None:
    *_, enclosed = (
        block for block in library.letter(NAME, language).blocks if isinstance(block, d.Enclosures)
    )
    assert language_of(language).date(FIRST) in d.plain(enclosed.items[0])


@each_language
def test_what_is_left_out_leaves_no_trace(library: Library, language: str) -> None:
    whole = prose(library.letter(NAME, language))
    values = {"narrowed": None, "offer": None}
    bare = changed(library.campaign(NAME), values, asks=(), figures={}, deadline=None)
    paragraphs = prose(letter(bare, language))
    assert paragraphs == whole[:3]


@each_language
@pytest.mark.parametrize("page", ["letter", "a4"])
def test_it_is_short(library: Library, language: str, page: PageSize) -> None:
    assert library.pdf(NAME, language, page=page).pages <= 2
