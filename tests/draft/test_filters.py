"""Every filter, word for word, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.draft.filters import filters
from letters.draft.language import language

from .tree import letter, printed, refusal, values

if TYPE_CHECKING:
    from conftest import CampaignFolder

NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("line", "en", "fr"),
    [
        ("{{ '2025-09-01' | date }}", "1 September 2025", "1er septembre 2025"),
        ("{{ '2025-09-02' | date }}", "2 September 2025", "2 septembre 2025"),
        ("{{ '2025-08-11' | date }}", "11 August 2025", "11 août 2025"),
        ("{{ date | date }}", "3 September 2025", "3 septembre 2025"),
        ("{{ date }}", "3 September 2025", "3 septembre 2025"),
        ("{{ 1234567 | number }}", "1,234,567", f"1{NNBSP}234{NNBSP}567"),
        ("{{ '2.50' | number }}", "2.50", "2,50"),
        ("{{ figures.applied.value }}", "1,000", f"1{NNBSP}000"),
        ("{{ figures.applied.value | number }}", "1,000", f"1{NNBSP}000"),
        ("{{ values.pages | number }}", "3", "3"),
        ("{{ 1 | ordinal }} {{ 2 | ordinal }} {{ 3 | ordinal }}", "1st 2nd 3rd", "1er 2e 3e"),
        ("{{ 11 | ordinal }} {{ 22 | ordinal }} {{ 4 | ordinal }}", "11th 22nd 4th", "11e 22e 4e"),
        ("{{ authors | names }}", "Ngozi Okafor", "Ngozi Okafor"),
        ("{{ ['a', 'b', 'c'] | names }}", "a, b and c", "a, b et c"),
        ("{{ ['a', 'b'] | names }}", "a and b", "a et b"),
        ("x{{ [] | names }}", "x", "x"),
        ("{{ 'so' | quote }}", "“so”", f"«{NBSP}so{NBSP}»"),
        ("{{ values.thanks | quote }}", "“You listened.”", f"«{NBSP}Vous avez écouté.{NBSP}»"),
        ("{{ 1 | plural('page', 'pages') }}", "page", "page"),
        ("{{ 2 | plural('page', 'pages') }}", "pages", "pages"),
        ("{{ 0 | plural('page', 'pages') }}", "pages", "page"),
        ("{{ '1.5' | plural('page', 'pages') }}", "pages", "page"),
        ("{{ 1000000 | plural('page', 'pages') }}", "pages", "pages"),
        ("{{ asks | plural('ask', 'asks') }}", "asks", "asks"),
        ("{{ authors | plural('author', 'authors') }}", "author", "author"),
        ("{{ signatories | plural('name', 'names') }}", "names", "names"),
        ("{{ values.pages | plural('page', 'pages') }}", "pages", "pages"),
        ("{{ 3 | plural('sheep') }}", "sheep", "sheep"),
        ("{{ authors[0] | agree('he', 'she') }}", "she", "she"),
        ("{{ recipient | agree('he', 'she') }}", "he", "he"),
        ("{{ signatories[1] | agree('he', 'she', 'they') }}", "they", "they"),
        ("{{ authors[0].gender | agree('né', 'née', 'né·e') }}", "née", "née"),
        ("Counted.{{ figures.applied.source | cite }}", "Counted.[1]", "Counted.[1]"),
        ("Counted.{{ sources.report | cite }}", "Counted.[1]", "Counted.[1]"),
        ("Said.{{ authors[0].source | cite }}", "Said.[1]", "Said.[1]"),
        ("Said.{{ signatories[1].source | cite }}", "Said.", "Said."),
        ("{{ place | upper }} {{ 'é' | upper }}", "OTTAWA É", "OTTAWA É"),
        ("{{ place | lower }}", "ottawa", "ottawa"),
        ("{{ 'éa' | capitalize }} {{ 'mcDonald' | capitalize }}", "Éa McDonald", "Éa McDonald"),
        ("x{{ '  a ' | trim }}x", "xax", "xax"),
        ("{{ values.seen | default('never') }}", "never", "never"),
        ("{{ place | default('never') }}", "Ottawa", "Ottawa"),
        ("{{ asks | length }} {{ asks | count }}", "2 2", "2 2"),
        ("{{ (asks | first).text }}", "to answer the first question;", f"de répondre à la première question{NNBSP};"),
        ("{{ (asks | last).limits }}", "No more than that is asked.", "Rien de plus n’est demandé."),
        ("{{ asks | map(attribute='text') | first }}", "to answer the first question;", f"de répondre à la première question{NNBSP};"),
        ("{{ asks | selectattr('limits') | list | length }}", "1", "1"),
        ("{{ asks | rejectattr('limits') | list | length }}", "1", "1"),
        ("{{ ['a', 'b'] | join(' · ') }}", "a · b", "a · b"),
        ("{{ [place, place] | join(', ') }}", "Ottawa, Ottawa", "Ottawa, Ottawa"),
        ("{{ ['a', 'a', 'b'] | unique | list | length }}", "2", "2"),
        ("{% for row in asks | batch(2) %}{{ row | length }}{% endfor %}", "2", "2"),
    ],
)  # fmt: skip
def test_it_prints(campaign: CampaignFolder, line: str, en: str, fr: str) -> None:
    assert printed(campaign, line, "en") == en
    assert printed(campaign, line, "fr") == fr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ place | date }}", "1:1: this is not a date (dates are written like 2025-09-03)"),
        ("{{ '20250903' | date }}", "1:1: this is not a date (dates"),
        ("{{ '2025-W36-3' | date }}", "1:1: this is not a date (dates"),
        ("{{ 20250903 | date }}", "1:1: this is not a date (dates"),
        ("{{ values.seen | date }}", "1:11: “values.seen” is not given at letter.yaml:40:3"),
        ("{{ place | number }}", "1:1: this is not a number (take “| number” away"),
        ("{{ '1,000' | number }}", "1:1: this is not a number"),
        ("{{ true | number }}", "1:1: this is not a number"),
        ("{{ '2.5' | ordinal }}", "1:1: this is not a whole number"),
        ("{{ place | names }}", "1:12: “names” joins a list, such as “authors | names”"),
        ("{{ 'abc' | names }}", "1:12: “names” joins a list"),
        ("{{ sender | names }}", "1:13: “names” joins a list"),
        ("{{ 3 | names }}", "1:8: “names” joins a list"),
        ("{{ 3 | plural }}", "1:8: “plural” needs the forms of the word"),
        ("{{ place | plural('a', 'b') }}", "1:1: this is not a number"),
        ("{{ signatories[1] | agree('he', 'she') }}", "1:21: the gender is not known here"),
        ("{{ nothing | agree('he', 'she') }}", "1:4: there is no “nothing”"),
        ("{{ place | agree('he', 'she') }}", "1:12: the gender is not known here"),
        ("{{ asks[0] | agree('he', 'she') }}", "1:1: “ask” has no “gender”"),
        ("{{ 3 | cite }}", "1:8: “cite” needs one of the sources"),
        ("{{ 'x]y' | cite }}", "1:12: “cite” needs one of the sources"),
        ("{{ nothing | cite }}", "1:4: there is no “nothing”"),
        ("{{ sender | cite }}", "1:13: “cite” needs one of the sources"),
    ],
)
def test_it_refuses(campaign: CampaignFolder, line: str, said: str) -> None:
    assert refusal(campaign, line).startswith(said)


def test_a_filtered_value_is_still_cargo_and_still_the_recipients_own(
    campaign: CampaignFolder,
) -> None:
    made = letter(campaign, "{{ recipient.name | upper }} {{ recipient.office | quote }}")
    assert [(value.text, value.slot) for value in values(made.blocks)] == [
        ("MARK CARNEY", "recipient.name"),
        ("Prime Minister of Canada", "recipient.office"),
    ]


def test_there_is_no_other_filter() -> None:
    assert sorted(filters(language("en"))) == [
        "agree", "batch", "capitalize", "cite", "count", "d", "date", "default", "first", "join",
        "last", "length", "list", "lower", "map", "names", "number", "ordinal", "plural", "quote",
        "reject", "rejectattr", "select", "selectattr", "slice", "trim", "unique", "upper",
    ]  # fmt: skip
