"""The invitation to sign: everything that one should know before one signs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from drafting import texts_of

from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.language import language as language_of
from letters.problem import CampaignError
from templates.changed import changed, headings, letter, prose, value
from templates.library import SHELF

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

NAME = "sign-on-invitation"
each_language = pytest.mark.parametrize("language", SHELF.languages(NAME))

PERSON, ORGANISATION = 0, 1
DIGEST = "7c1e09b2f45ad386"


@each_language
def test_it_says_what_the_letter_asks_and_why_this_person(library: Library, language: str) -> None:
    campaign, tongue = library.campaign(NAME), language_of(language)
    reason = tongue.typeset(campaign.recipients[PERSON].values["reason"].get(language) or "")
    first = prose(library.letter(NAME, language, PERSON))[0]
    assert tongue.quote(value(campaign, "letter_title", language)) in first
    assert first.endswith(f" {value(campaign, 'asks_for', language)} {reason}")


@each_language
def test_without_a_reason_of_its_own_it_says_the_rest(library: Library, language: str) -> None:
    asks_for = value(library.campaign(NAME), "asks_for", language)
    assert prose(library.letter(NAME, language, ORGANISATION))[0].endswith(asks_for)


@each_language
def test_it_says_to_whom_when_and_until_when(library: Library, language: str) -> None:
    to_whom, until = prose(library.letter(NAME, language))[1:3]
    tongue = language_of(language)
    assert value(library.campaign(NAME), "goes_to", language) in to_whom
    assert tongue.date(dt.date(2026, 1, 15)) in to_whom
    assert tongue.date(dt.date(2026, 1, 6)) in until


@each_language
def test_it_says_how_to_sign_and_how_visibly(library: Library, language: str) -> None:
    invitation = library.letter(NAME, language)
    how, visible = (block for block in invitation.blocks if isinstance(block, d.List))
    assert how.ordered
    assert len(how.items) == len(visible.items) == 4  # public, name-only, role-only, withheld
    assert len(headings(invitation)) == 3
    links = [
        node.href
        for block in invitation.blocks
        if isinstance(block, d.Paragraph)
        for node in block.content
        if isinstance(node, d.Link)
    ]
    assert links == ["mailto:house@example.org"]


@each_language
def test_it_says_which_text_is_signed_and_encloses_it(library: Library, language: str) -> None:
    invitation = library.letter(NAME, language)
    assert sum(DIGEST in words for words in prose(invitation)) == 1
    (enclosed,) = (block for block in invitation.blocks if isinstance(block, d.Enclosures))
    title = value(library.campaign(NAME), "letter_title", language)
    assert d.plain(enclosed.items[0]) == title


@each_language
def test_it_says_how_the_data_are_kept(library: Library, language: str) -> None:
    kept = value(library.campaign(NAME), "data_kept", language)
    assert prose(library.letter(NAME, language))[-1].startswith(f"{kept} ")


@each_language
def test_it_greets_each_in_their_own_way(library: Library, language: str) -> None:
    greetings = [
        d.plain(block.content)
        for index in (PERSON, ORGANISATION)
        for block in library.letter(NAME, language, index).blocks
        if isinstance(block, d.Salutation)
    ]
    assert len(set(greetings)) == 2


@each_language
def test_what_is_left_out_leaves_no_trace(library: Library, language: str) -> None:
    whole = prose(library.letter(NAME, language))
    bare = prose(letter(changed(library.campaign(NAME), {"who_signs": None}), language))
    assert len(bare) == len(whole)
    assert whole[1].startswith(f"{bare[1]} ")


def test_it_refuses_to_invite_without_a_deadline(library: Library) -> None:
    forgotten = changed(library.campaign(NAME), deadline=None)
    with pytest.raises(CampaignError) as refused:
        texts_of(Edition(forgotten, "en", "recipient"))
    assert "deadline" in str(refused.value)


@each_language
@pytest.mark.parametrize("page", ["letter", "a4"])
def test_it_is_two_pages_at_most(library: Library, language: str, page: PageSize) -> None:
    assert library.pdf(NAME, language, page=page).pages <= 2
