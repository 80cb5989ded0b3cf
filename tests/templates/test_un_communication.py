"""The communication to UN special procedures: what a mandate has to know, and who is protected."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from letters.draft import document as d
from letters.draft.language import language as language_of
from letters.press import text
from templates.changed import changed, headings, letter, prose, value
from templates.library import SHELF

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

NAME = "un-communication"
each_language = pytest.mark.parametrize("language", SHELF.languages(NAME))

HEADINGS = {
    "en": [
        "Alleged victim", "Alleged perpetrators", "Date and place", "What happened",
        "Domestic remedies", "Consent", "Who submits this communication", "What we ask",
    ],
    "fr": [
        "Victime présumée", "Auteurs présumés des faits", "Date et lieu", "Circonstances",
        "Recours internes", "Consentement", "Qui soumet cette communication",
        "Ce que nous demandons",
    ],
    "es": [
        "Presunta víctima", "Presuntos responsables", "Fecha y lugar", "Hechos",
        "Recursos internos", "Consentimiento", "Quién presenta esta comunicación",
        "Lo que solicitamos",
    ],
}  # fmt: skip
CONFIDENTIAL = {
    "en": "in the confidential copy for the mandate.",
    "fr": "dans l’exemplaire confidentiel destiné au mandat.",
    "es": "en el ejemplar confidencial destinado al mandato.",
}


def under(of: d.Letter, number: int) -> str:
    """All words between a heading, counted from 0, and the next."""
    places = [i for i, block in enumerate(of.blocks) if isinstance(block, d.Heading)]
    first, last = [*places, len(of.blocks)][number : number + 2]
    found: list[str] = []
    for block in of.blocks[first + 1 : last]:
        if isinstance(block, d.Paragraph):
            found.append(d.plain(block.content))
        elif isinstance(block, d.List):
            found += [
                d.plain(inner.content)
                for item in block.items
                for inner in item
                if isinstance(inner, d.Paragraph)
            ]
    return "\n".join(found)


def test_it_is_written_in_the_languages_that_are_read_there() -> None:
    assert SHELF.languages(NAME) == ["en", "es", "fr"]


def test_it_keeps_the_rules_of_its_body(library: Library) -> None:
    assert library.declared(NAME).body == "un-special-procedures"


@each_language
def test_each_part_has_its_heading(library: Library, language: str) -> None:
    assert headings(library.letter(NAME, language)) == HEADINGS[language]


@each_language
def test_each_text_stands_under_its_heading(library: Library, language: str) -> None:
    campaign = library.campaign(NAME)
    communication = library.letter(NAME, language)
    keys = [
        "victim", "perpetrators", "where", "circumstances", "remedies", "consent", "submitted_by",
    ]  # fmt: skip
    for number, key in enumerate(keys):
        assert value(campaign, key, language) in under(communication, number)
    assert language_of(language).date(dt.date(2026, 3, 4)) in under(communication, 2)


@each_language
def test_facts_without_a_day_say_who_and_facts_with_one_what(
    library: Library, language: str
) -> None:
    communication = library.letter(NAME, language)
    (case,) = library.campaign(NAME).letter.cases
    who, what = under(communication, 0), under(communication, 3)
    tongue = language_of(language)
    assert "Marisol Denegri – " in who
    for fact in case.facts:
        said = tongue.typeset(fact.text.get(language) or "")
        assert (said in who) == (fact.date is None)
        assert (said in what) == (fact.date is not None)
        if fact.date and fact.said_by:
            assert (
                f"{tongue.date(fact.date)} ({tongue.typeset(fact.said_by.get(language) or '')})"
                in what
            )


@each_language
def test_a_confidential_case_is_for_the_mandate_alone(library: Library, language: str) -> None:
    public = letter(library.campaign(NAME), language, audience="public")
    assert under(public, 0).endswith(CONFIDENTIAL[language])
    assert "Denegri" not in text.write(public).decode()
    assert "1987" not in text.write(public).decode()
    mandate = library.letter(NAME, language)
    assert "Denegri" in text.write(mandate).decode()
    assert CONFIDENTIAL[language] not in text.write(mandate).decode()
    kept = [
        [len(block.items) for block in copy.blocks if isinstance(block, d.Enclosures)]
        for copy in (mandate, public)
    ]
    assert kept == [[2], [1]]


@each_language
def test_what_is_left_out_leaves_no_trace(library: Library, language: str) -> None:
    whole = library.letter(NAME, language)
    bare = letter(changed(library.campaign(NAME), {"urgency": None}), language)
    assert headings(bare) == headings(whole)
    assert len(prose(bare)) == len(prose(whole)) - 1
    assert all(prose(bare))


@each_language
def test_a_span_of_days_has_two_dates(library: Library, language: str) -> None:
    longer = changed(library.campaign(NAME), {"until": "2026-03-09"})
    tongue = language_of(language)
    both = f"{tongue.date(dt.date(2026, 3, 4))} – {tongue.date(dt.date(2026, 3, 9))}"
    assert both in under(letter(longer, language), 2)


@each_language
def test_other_bodies_that_have_the_case_are_told(library: Library, language: str) -> None:
    told = changed(library.campaign(NAME), {"other_bodies": "A committee has it."})
    assert under(letter(told, language), 4).endswith("\nA committee has it.")


@each_language
def test_it_is_signed_by_somebody_with_a_name(library: Library, language: str) -> None:
    (block,) = (b for b in library.letter(NAME, language).blocks if isinstance(b, d.SignatureBlock))
    assert [signature.name.text for group in block.groups for signature in group.signatures] == [
        "Lena Brandt"
    ]


@each_language
@pytest.mark.parametrize(("page", "most"), [("letter", 3), ("a4", 2)])
def test_it_is_short(library: Library, language: str, page: PageSize, most: int) -> None:
    assert library.pdf(NAME, language, page=page).pages <= most
