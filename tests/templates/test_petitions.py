"""The petitions: their parts in the order that a House wants, and room to sign by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from reading import words

from letters.campaign.localtext import LocalText
from letters.campaign.schema import Ask
from letters.draft import document as d
from letters.press import pdf, text
from templates.changed import changed, kinds, letter, prose
from templates.library import pages

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

CANADA, ONLINE, KINGDOM = "petition-ca-paper", "petition-ca-epetition", "petition-uk-paper"

each_language = pytest.mark.parametrize("language", ["en", "fr"])
on_paper = pytest.mark.parametrize(
    ("name", "prayer"),
    [
        (CANADA, {"en": "Therefore we, the undersigned, request", "fr": "Par conséquent, nous, "}),
        (KINGDOM, {"en": "The Petitioners therefore request", "fr": "En conséquence, les "}),
    ],
    ids=["canada", "kingdom"],
)


def sheets(of: d.Letter) -> list[d.Sheet]:
    return [block for block in of.blocks if isinstance(block, d.Sheet)]


def asked(*texts: str) -> tuple[Ask, ...]:
    return tuple(Ask(text=LocalText({"": ask})) for ask in texts)


# --- on paper ---------------------------------------------------------------------------------


@each_language
@on_paper
def test_there_is_room_to_sign_with_the_full_text_and_for_enough_people(
    library: Library, name: str, prayer: dict[str, str], language: str
) -> None:
    first, *others = sheets(library.letter(name, language))
    assert first.prayer == ()
    assert first.rows >= 3
    assert first.rows + sum(sheet.rows for sheet in others) >= 25
    assert others
    assert all(sheet.head == first.head and sheet.prayer for sheet in others)
    assert others[0] == others[-1]


@pytest.mark.parametrize(
    ("theme", "page"),
    [("classic", "letter"), ("classic", "a4"), ("modern", "letter"), ("plain", "letter")],
)
@each_language
@on_paper
def test_each_page_says_what_is_asked_and_no_sheet_runs_over(
    library: Library, name: str, prayer: dict[str, str], language: str, theme: str, page: PageSize
) -> None:
    petition = library.letter(name, language)
    printed = pages(library.pdf(name, language, page=page, theme=theme).data)
    assert len(printed) == len(sheets(petition)) == 3
    [asks] = [p for p in prose(petition) if p.startswith(prayer[language])]
    for words_of_page in printed:
        assert squeezed(asks) in squeezed(words_of_page)
        assert all(squeezed(d.plain(cell)) in squeezed(words_of_page) for cell in head(petition))


def squeezed(shown: str) -> str:
    """Letters and digits alone: where a line ends, a PDF may have a space or none."""
    return "".join(character for character in words(shown) if character.isalnum())


def head(petition: d.Letter) -> tuple[d.Inlines, ...]:
    return sheets(petition)[0].head


@on_paper
def test_a_long_request_stands_again_on_the_pages_that_its_sheet_runs_over_to(
    library: Library, name: str, prayer: dict[str, str]
) -> None:
    campaign = library.campaign(name)
    optional = {key: None for key, rule in campaign.declared.values.items() if not rule.required}
    long = changed(campaign, optional, asks=asked(" ".join(["to think of the harbour"] * 40)))
    theme = library.theme(name, "letter", "classic")
    printed = pages(pdf.write(letter(long, "en"), theme).data)
    assert len(printed) > 3
    assert all(squeezed(prayer["en"]) in squeezed(page) for page in printed)


@each_language
@on_paper
def test_nothing_goes_with_it_that_a_house_refuses(
    library: Library, name: str, prayer: dict[str, str], language: str
) -> None:
    petition = library.letter(name, language)
    refused = {d.Letterhead, d.DateLine, d.AddressBlock, d.SignatureBlock, d.Enclosures, d.Copies}
    assert not refused & kinds(petition)
    assert petition.notes == ()
    organisation = library.campaign(name).letter.sender.organisation.get(language)
    assert str(organisation) not in library.text(name, language)


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        ("en", "Therefore we, the undersigned, request the House of Commons"),
        ("fr", "Par conséquent, nous, soussignés, prions la Chambre des communes"),
    ],
)
def test_only_several_requests_are_numbered(library: Library, language: str, asks: str) -> None:
    campaign = library.campaign(CANADA)
    one = letter(changed(campaign, asks=asked("to act.")), language)
    assert f"{asks} to act." in prose(one)
    two = letter(changed(campaign, asks=asked("to act; and", "to tell.")), language)
    assert f"{asks} (1)\u00a0to act; and (2)\u00a0to tell." in prose(two)


def test_one_paragraph_on_what_is_wrong_is_enough(library: Library) -> None:
    campaign = library.campaign(CANADA)
    short = letter(changed(campaign, {"whereas_2": None, "whereas_3": None}), "en")
    assert len(prose(short)) == len(prose(library.letter(CANADA, "en"))) - 2


def test_the_phrases_of_westminster_stand_in_their_order(library: Library) -> None:
    phrases = (
        "To the House of Commons.",
        "The Petition of residents of",
        "Declares that ",
        "; and further that ",
        "The Petitioners therefore request that the House of Commons urges",
        "And the Petitioners remain, etc.",
    )
    written = words(library.text(KINGDOM, "en"))
    places = [written.index(phrase) for phrase in phrases]
    assert places == sorted(places)


# --- online -----------------------------------------------------------------------------------


@each_language
def test_an_e_petition_is_short_and_has_no_web_address(library: Library, language: str) -> None:
    written = library.text(ONLINE, language)
    assert len(written.split()) <= 250
    assert not re.search(r"https?:|www\.|@", written)


def test_its_plain_text_is_what_goes_into_the_form(library: Library) -> None:
    clauses = {"whereas_1": "The road is long;", "whereas_2": "and dark."}
    none = {"whereas_3": None, "whereas_4": None}
    asks = asked("to light it.")
    campaign = changed(library.campaign(ONLINE), clauses | none, asks=asks)
    assert text.write(letter(campaign, "en")).decode() == (
        "Petition to the House of Commons in Parliament assembled\n\n"
        "Whereas:\n\n"
        "- The road is long;\n"
        "- and dark.\n\n"
        "We, the undersigned, citizens and residents of Canada, call upon the House of Commons:\n\n"
        "1 to light it.\n"
    )


@each_language
def test_a_draft_of_it_says_so_at_its_head(library: Library, language: str) -> None:
    draft = library.text(ONLINE, language, signed=False)
    mark = library.letter(ONLINE, language, signed=False).draft_mark
    assert mark
    assert draft == f"{mark}\n\n{library.text(ONLINE, language)}"
