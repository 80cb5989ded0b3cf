"""The guide to addresses: its tables are the data's and the program's."""

from __future__ import annotations

import re

from pages import DOCS, code, page_text, rows_of, tables
from test_docs_campaign import bare, described

from letters.campaign import form_wording, forms, places
from letters.campaign.types import Model

GUIDE = DOCS / "addresses.md"
MODELS: dict[str, type[Model]] = {
    "a form": forms.FormFile,
    "a wording": form_wording.Wording,
    "a country": places.Format,
}


def test_it_lists_every_form_that_comes_with_the_toolkit() -> None:
    shown = [(code(row[0])[0], row[1], row[2]) for row in rows_of(GUIDE, "Form")]
    assert shown == [
        (name, form.title, ", ".join(form.languages))
        for name in sorted(forms.shipped_names())
        for form in [forms.shipped(name)]
    ]


def test_it_lists_every_country_that_has_a_format() -> None:
    [words] = re.findall(r"The formats that are there: (.*?);", page_text(GUIDE), re.DOTALL)
    assert re.findall("[A-Z]{2}", words) == sorted(places.shipped().keys() - {places.OTHER})


def test_it_lists_every_key_as_it_is() -> None:
    shown = {
        head.removeprefix("Key of "): {
            bare(row[0]): (bare(row[1]), row[2], bare(row[3])) for row in rows
        }
        for head, rows in tables(GUIDE)
        if head.startswith("Key of ")
    }
    assert shown == {name: described(model) for name, model in MODELS.items()}
