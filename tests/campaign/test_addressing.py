"""Salutations and closes: the recipient's own words first, and no gender is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from letters.campaign.addressing import close as closing
from letters.campaign.addressing import is_postage_free, organisation, salutation
from letters.campaign.forms import Forms
from letters.campaign.people import Recipient


def recipient(**fields: Any) -> Recipient:
    return Recipient.model_validate({"id": "a"} | fields)


@pytest.mark.parametrize(
    ("fields", "en", "fr"),
    [
        ({"name": {"given": "Mark", "family": "Carney"}, "gender": "m"}, "Dear Mr. Carney:", "Monsieur,"),
        ({"name": {"given": "Anna", "family": "Kiss"}, "gender": "f"}, "Dear Ms. Kiss:", "Madame,"),
        ({"name": {"given": "P. T.", "family": "Barnum"}}, "Dear P. T. Barnum:", "Bonjour,"),
        ({"name": {"given": "A", "family": "B"}, "gender": "x"}, "Dear A B:", "Bonjour,"),
        ({"name": "Mary Example"}, "Dear Mary Example:", "Bonjour,"),  # never guessed
        ({"name": "Mary Example", "gender": "f"}, "Dear Mary Example:", "Madame,"),
        ({"name": {"given": "V", "particle": "van", "family": "G"}, "gender": "m"}, "Dear Mr. van G:", "Monsieur,"),
        ({"name": {"given": "V", "family": "K", "address_as": "Dr. K"}, "gender": "m"}, "Dear Dr. K:", "Monsieur,"),
        ({"name": "X", "salutation": {"en": "Excellency:"}, "gender": "f"}, "Excellency:", "Madame,"),
        ({"name": "X", "salutation": "Dear {family}:"}, "Dear {family}:", "Dear {family}:"),
        ({"name": {"given": "A", "family": "{name}"}, "gender": "m"}, "Dear Mr. {name}:", "Monsieur,"),
    ],
)  # fmt: skip
def test_a_salutation_never_guesses(fields: dict[str, Any], en: str, fr: str) -> None:
    assert salutation(recipient(**fields), "en") == en
    assert salutation(recipient(**fields), "fr") == fr


@pytest.mark.parametrize(
    ("given", "patronymic", "said"),
    [
        ("Мария", "Петровна", "Уважаемая Мария Петровна!"),
        ("Maria", "Petrovna", "Уважаемая госпожа Иванова!"),
    ],
)
def test_a_given_name_in_another_script_than_the_printed_name_is_not_used(
    given: str, patronymic: str, said: str
) -> None:
    parts = {"given": given, "patronymic": patronymic, "family": "Иванова"}
    display = {"ru": "Мария Иванова", "en": "Maria Ivanova"}
    person = recipient(name={"display": display, **parts}, gender="f")
    assert salutation(person, "ru") == said


@pytest.mark.parametrize(
    ("fields", "signers", "close"),
    [
        ({"gender": "m"}, 1, "Je vous prie d’agréer, Monsieur, l’expression de ma haute considération."),
        ({"gender": "f"}, 2, "Nous vous prions d’agréer, Madame, l’expression de notre haute considération."),
        ({"gender": "f"}, 0, "Nous vous prions d’agréer, Madame, l’expression de notre haute considération."),
        ({}, 1, "Je vous prie d’agréer l’expression de ma haute considération."),
        ({}, 5, "Nous vous prions d’agréer l’expression de notre haute considération."),
        ({"salutation": "Excellence,"}, 5, "Nous vous prions d’agréer, Excellence, l’expression de notre haute considération."),
        ({"salutation": "Monsieur le Maire,", "close": "Recevez, {addressed}, nos salutations."}, 5, "Recevez, Monsieur le Maire, nos salutations."),
        ({"close": "Salutations."}, 1, "Salutations."),
        ({"close": {"en": "Yours,"}, "gender": "m"}, 1, "Je vous prie d’agréer, Monsieur, l’expression de ma haute considération."),
    ],
)  # fmt: skip
def test_a_french_close_agrees_with_the_signers_and_repeats_the_title(
    fields: dict[str, Any], signers: int, close: str
) -> None:
    person = recipient(name="Sam Example", **fields)
    assert closing(person, "fr", signers) == close


def test_an_english_close_is_the_same_for_all() -> None:
    person = recipient(name="Sam Example")
    assert closing(person, "en", 1) == closing(person, "en", 2) == "Yours sincerely,"


@pytest.mark.parametrize(
    ("form", "fields", "country", "free"),
    [
        ("ca-mp", {}, "CA", True),
        ("ca-mp-privy-councillor", {}, "CA", True),
        ("ca-senator", {}, "CA", True),
        ("ca-governor-general", {}, "CA", True),
        ("ca-mp", {}, "US", False),
        ("ca-mp", {}, None, False),
        ("ca-mp", {"address": {"city": "Paris", "country": "FR"}}, "CA", False),
        ("ca-mp", {"address": {"city": "Halifax"}}, "CA", False),  # a local office
        ("ca-mp", {"address": {"city": "Ottawa", "postcode": "k1a0a6"}}, "CA", True),
        ("ca-mp", {"address": {"city": "Halifax"}, "postage_free": "yes"}, "CA", True),
        ("fr-president", {"address": {"city": "Lyon", "postcode": "69001"}}, "FR", False),
        ("ca-mp", {"postage_free": "no"}, "CA", False),
        ("ca-mayor", {}, "CA", False),
        ("ca-mayor", {"postage_free": "yes"}, "CA", True),
        ("fr-president", {}, "FR", True),
    ],
)
def test_postage_is_free_where_the_law_of_the_country_says_so(
    form: str, fields: dict[str, Any], country: str | None, free: bool
) -> None:
    person = recipient(name="X", **fields).with_forms(Forms({}).chain(form))
    assert is_postage_free(person, "en", country) is free


# --- what a form says, and what the record has of its own -------------------------------------


MILL = {"street": "12 Mill Street", "city": "Millbrook", "region": "ON", "postcode": "K9Z 4A1"}


@pytest.mark.parametrize(
    ("form", "address", "line"),
    [
        ("ca-mp", MILL, None),
        ("ca-mp", {"street": "12 Mill Street"}, None),
        (
            "ca-mp",
            {"street": "Room 12", "city": "Ottawa", "postcode": "K1A 0A6"},
            "House of Commons",
        ),
        ("ca-mp", {"street": "Room 12", "city": "OTTAWA"}, "House of Commons"),
        ("ca-mp", {"street": "Confederation Building", "city": "Ottawa"}, "House of Commons"),
        ("ca-mp", {"street": "12 Mill Street", "city": "Ottawa"}, None),
        ("ca-mp", {"street": "12 Mill Street", "city": "Ottawa", "postcode": "K1S 2B4"}, None),
        ("us-senator", {"postcode": "20510", "country": "DE"}, None),
        ("ca-mp", {"city": "Ottawa"}, "House of Commons"),
        ("us-representative", {"city": "Bend", "postcode": "97701"}, None),
        ("us-representative", {"postcode": "20515-3301"}, "United States House of Representatives"),
        ("uk-mp", {"city": "Leeds", "postcode": "LS1 1AA"}, None),
        ("ca-mp", None, "House of Commons"),
    ],
)
def test_lines_of_an_office_belong_to_its_address(
    form: str, address: dict[str, str] | None, line: str | None
) -> None:
    person = recipient(name="X", address=address).with_forms(Forms({}).chain(form))
    assert organisation(person, "en") == ((line,) if line else ())
    own = recipient(name="X", address=address, organisation="Our House")
    assert organisation(own.with_forms(Forms({}).chain(form)), "en") == ("Our House",)


@pytest.mark.parametrize(
    ("name", "tag", "said"),
    [
        ({"display": "Pablo José Hernández", "family": "Hernández Rivera"}, "en",
         "Dear Representative Hernández Rivera:"),
        ({"display": "Pelé", "family": "do Nascimento"}, "en", "Dear Representative do Nascimento:"),
        ({"display": "Anna Petrova", "family": "Петрова"}, "en",
         "Dear Representative Anna Petrova:"),
        ({"display": {"en": "Anna Petrova", "fr": "Anna Pétrov"}, "family": "Pétrov"}, "en",
         "Dear Representative Anna Petrova:"),
        ({"display": "Pat Smith"}, "en", "Dear Representative Pat Smith:"),
        ({"display": "Pat Smith", "family": "Smith"}, "en", "Dear Representative Smith:"),
    ],
)  # fmt: skip
def test_the_office_stays_where_the_family_name_is_known(
    name: dict[str, Any], tag: str, said: str
) -> None:
    person = recipient(name=name, form="us-representative")
    assert salutation(person.with_forms(Forms({}).chain("us-representative")), tag) == said
