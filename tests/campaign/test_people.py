"""Name forms: which is printed, which is sorted by, which stands on the envelope."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from letters.campaign.addressing import full_name
from letters.campaign.people import Name, NameForms, Recipient
from letters.campaign.postal_address import Address
from letters.campaign.signatory import Signatory

NAMES: TypeAdapter[Name] = TypeAdapter(NameForms)


def name(**parts: Any) -> Name:
    return NAMES.validate_python(parts)


@pytest.mark.parametrize(
    ("written", "en", "fr"),
    [
        ("Ada Example", "Ada Example", "Ada Example"),
        ({"en": "Ioulia", "fr": "Yulia"}, "Ioulia", "Yulia"),
        ({"display": {"en": "A", "fr": "B"}, "family": "C"}, "A", "B"),
        ({"display": {"en": "A"}, "given": "G", "family": "F"}, "A", "G F"),
        ({"display": {"en": "A"}}, "A", "A"),
        ({"given": "Mark", "family": "Carney"}, "Mark Carney", "Mark Carney"),
        ({"given": "Vincent", "particle": "van", "family": "Gogh"}, "Vincent van Gogh", "Vincent van Gogh"),
        ({"given": "A", "particle": "d’", "family": "Auteuil"}, "A d’Auteuil", "A d’Auteuil"),
        ({"given": "Anna", "family": "Kiss", "family_first": "yes"}, "Kiss Anna", "Kiss Anna"),
        ({"given": "Fumio", "family": "Kishida", "family_first": ["en", "ja"]}, "Kishida Fumio", "Fumio Kishida"),
        ({"given": "Anna", "family": "Kiss", "family_first": ["hu"]}, "Anna Kiss", "Anna Kiss"),
        ({"given": "A", "family": "B", "family_first": "no"}, "A B", "A B"),
        ({"given": "A", "family": "B", "suffix": "Jr."}, "A B Jr.", "A B Jr."),
        ({"family": "Null"}, "Null", "Null"),
        ({"given": "Teller"}, "Teller", "Teller"),
    ],
)  # fmt: skip
def test_it_prints_the_written_form_before_one_it_puts_together(
    written: Any, en: str, fr: str
) -> None:
    forms = NAMES.validate_python(written)
    assert (forms.shown("en"), forms.shown("fr")) == (en, fr)


@pytest.mark.parametrize(
    ("forms", "key"),
    [
        (name(display="Ada van Example", sort="example"), "example"),
        (name(display="Юлія", sort={"en": "Navalnaya", "uk": "Навальна"}), "Navalnaya"),
        (name(given="Ada", family="Birch", sort={"fr": "Bouleau"}), "Birch Ada"),
        (name(given="Vincent", particle="van", family="Gogh"), "Gogh Vincent"),
        (name(family="Kiss", given="Anna", family_first="yes"), "Kiss Anna"),
        (name(display="Gabriel García Márquez"), "Gabriel García Márquez"),
        (name(display="Yulia Navalnaya", given="Юлия", family="Навальная"), "Yulia Navalnaya"),
    ],
)
def test_a_list_is_never_sorted_by_the_last_word_of_a_name(forms: Name, key: str) -> None:
    assert forms.sort_key("en") == key


def test_a_name_comes_first_in_a_region_where_it_does_in_the_language() -> None:
    forms = name(given="Fumio", family="Kishida", family_first=["en"])
    assert forms.shown("en-GB") == "Kishida Fumio"


@pytest.mark.parametrize("family_first", [["English"], "sometimes", {"en": "yes"}])
def test_it_refuses_another_order(family_first: Any) -> None:
    with pytest.raises(ValidationError):
        name(given="A", family="B", family_first=family_first)


@pytest.mark.parametrize("written", [{}, {"sort": "X"}, {"native": "Я"}, {"patronymic": "P"}, " "])
def test_it_refuses_a_name_of_nothing(written: Any) -> None:
    with pytest.raises(ValidationError):
        NAMES.validate_python(written)


def test_the_envelope_has_prefix_and_letters_where_they_are_given() -> None:
    recipient = Recipient.model_validate(
        {
            "id": "pm",
            "name": {"given": "Mark", "family": "Carney", "full": {"fr": "M. Mark Carney"}},
            "honorifics": {
                "prefix": {"en": "The Right Honourable"},
                "post_nominals": {"en": "P.C., M.P.", "fr": "C.P., député"},
            },
        }
    )
    assert full_name(recipient, "en") == "The Right Honourable Mark Carney, P.C., M.P."
    assert full_name(recipient, "en", post_nominals=False) == "The Right Honourable Mark Carney"
    assert full_name(recipient, "fr") == "M. Mark Carney, C.P., député"


@pytest.mark.parametrize(
    ("fields", "rank"),
    [
        ({}, "individual"),
        ({"kind": "organisation"}, "organisation"),
        ({"kind": "organisation", "tier": "author"}, "author"),
        ({"tier": "organisation"}, "organisation"),
    ],
)
def test_the_tier_follows_from_the_kind_unless_it_is_written(
    fields: dict[str, str], rank: str
) -> None:
    assert Signatory.model_validate({"id": "a", "name": "A", **fields}).rank == rank


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        name(display="A").given = "B"


def test_a_street_may_be_one_line_or_several() -> None:
    assert Address.model_validate({"street": "1 Main St"}).street == ("1 Main St",)
    assert Address.model_validate({"street": ["a", "b"]}).street == ("a", "b")


def test_who_says_nothing_else_is_public_and_their_gender_is_not_guessed() -> None:
    person = Signatory.model_validate({"id": "a", "name": "Mary"})
    assert (person.visibility, person.gender, person.identification_only) == (
        "public",
        "unknown",
        True,
    )
