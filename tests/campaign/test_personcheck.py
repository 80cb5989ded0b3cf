"""One person's record, each field well formed, and still something wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from letters.campaign.model import Located
from letters.campaign.people import Recipient
from letters.campaign.personcheck import check_recipient, check_signatory, is_ordinary
from letters.campaign.signatory import Signatory
from letters.campaign.source import Source

NOWHERE = Located(Source("x.yaml", None))


def signatory(**fields: Any) -> list[str]:
    person = Signatory.model_validate({"id": "signer-07", "name": "Ada Example"} | fields)
    return [problem.message for problem in check_signatory(person, NOWHERE)]


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("navalnaya", {"given": "Yulia", "family": "Navalnaya"}),
        ("y-navalnaya", {"given": "Yulia", "family": "Navalnaya"}),
        ("ynavalnaya", {"given": "Yulia", "family": "Navalnaya"}),
        ("yulia", {"given": "Yulia", "family": "Navalnaya"}),
        ("kara", {"given": "Vladimir", "family": "Kara-Murza"}),
        ("karamurza", {"given": "Vladimir", "family": "Kara-Murza"}),
        ("obrien-2", {"given": "Eva", "family": "O’Brien"}),
        ("angstrom", {"given": "Eva", "family": "Ångström"}),
        ("li-bai", "Li Bai"),
        ("sorted", {"display": "X", "sort": "Sorted, Name"}),
        ("ivanovna", {"given": "A", "family": "B", "patronymic": "Ivanovna"}),
        ("titled", {"display": "X", "full": "Dr. Titled"}),
        ("called", {"display": "X", "address_as": "Ms. Called"}),
    ],
)
@pytest.mark.parametrize("visibility", ["withheld", "role-only"])
def test_an_id_must_not_tell_a_name_that_is_not_printed(
    identifier: str, name: Any, visibility: str
) -> None:
    fields = {"id": identifier, "name": name, "visibility": visibility, "description": "a reader"}
    assert signatory(**fields) == ["the id gives away a part of a name that is not to be printed"]


@pytest.mark.parametrize(
    ("identifier", "name", "visibility"),
    [
        ("signer-07", "Ada Example", "withheld"),
        ("signer-07", "Sig Ner", "withheld"),  # short names stand in words by chance
        ("navalnaya", "Yulia Navalnaya", "public"),
        ("navalnaya", "Yulia Navalnaya", "name-only"),
        ("person-12", "Юлия Навальная", "withheld"),
    ],
)
def test_any_other_id_will_do(identifier: str, name: str, visibility: str) -> None:
    assert signatory(id=identifier, name=name, visibility=visibility) == []


def test_a_described_person_needs_the_description_and_is_no_author() -> None:
    assert signatory(visibility="role-only") == ["role-only needs a description"]
    assert signatory(visibility="role-only", description="a reader") == []
    assert signatory(visibility="role-only", description="a reader", tier="author") == [
        "an author is named in the text, so role-only can’t be kept"
    ]


@pytest.mark.parametrize("address", ["a@example.org", "a.b+c@mail.example.org", "å@exämple.org"])
def test_it_takes_one_address(address: str) -> None:
    assert signatory(contact={"email": address}) == []


@pytest.mark.parametrize(
    "address",
    ["a", "a@b", "@example.org", "a@", "a@b.org,c@d.org", "a b@example.org", "A <a@example.org>", "a@@b.org"],
)  # fmt: skip
def test_it_refuses_anything_else(address: str) -> None:
    assert signatory(contact={"email": address}) == ["is not one e-mail address"]
    recipient = Recipient.model_validate({"id": "a", "name": "A", "email": address})
    assert [p.message for p in check_recipient(recipient, NOWHERE)] == ["is not one e-mail address"]


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("Аda Example", True),  # a Cyrillic letter first
        ("Ada Εxample", True),  # a Greek one
        ("Юлия Navalnaya", False),
        ("Zoë Ångström", False),
        ("Ngọc 字", False),
    ],
)
def test_letters_that_look_alike_are_a_warning(name: str, mixed: bool) -> None:
    person = Signatory.model_validate({"id": "a-1", "name": name})
    problems = list(check_signatory(person, NOWHERE))
    assert [p.severity for p in problems] == (["warning"] if mixed else [])


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"close": "Yours, {addressed},"}, False),
        ({"close": "Yours, {adressed},"}, True),
        ({"salutation": "Dear {addressed}:"}, True),
        ({"salutation": {"en": "Dear X:", "fr": "Cher }"}}, True),
        ({"salutation": "Dear X:"}, False),
    ],
)
def test_a_placeholder_that_is_not_known_would_be_printed(
    fields: dict[str, Any], wrong: bool
) -> None:
    recipient = Recipient.model_validate({"id": "a", "name": "A"} | fields)
    assert bool(list(check_recipient(recipient, NOWHERE))) is wrong


@pytest.mark.parametrize(
    "fields",
    [
        {"salutation": "Dear Sam:\nBefore you read on, know that"},
        {"close": {"en": "Yours,", "fr": "Salutations. " * 20}},
        {"office": "Minister of " + "very " * 40 + "much"},
        {"organisation": "A\nB"},
        {"district": "A\nB"},
        {"name": {"display": "A\nB"}},
        {"name": {"given": "A", "full": "B " * 101}},
        {"name": {"given": "A", "family": "B " * 101}},
        {"name": {"given": "A\nB"}},
        {"name": {"given": "A", "address_as": "B " * 101}},
        {"honorifics": {"prefix": "A\nB"}},
        {"honorifics": {"post_nominals": "A\nB"}},
        {"honorifics": {"honours": ["A\nB"]}},
    ],
)
def test_what_nobody_signs_is_one_line(fields: dict[str, Any]) -> None:
    recipient = Recipient.model_validate({"id": "a", "name": "A"} | fields)
    found = [problem.message for problem in check_recipient(recipient, NOWHERE)]
    assert found == ["must be one line of at most 200 characters"]


def test_a_line_of_200_characters_will_do_and_values_may_be_longer() -> None:
    fields: dict[str, Any] = {"close": "x" * 200, "values": {"ward": "A paragraph.\n" * 40}}
    recipient = Recipient.model_validate({"id": "a", "name": "A"} | fields)
    assert list(check_recipient(recipient, NOWHERE)) == []


NAMES: list[Any] = [
    "Ada Birch", "Åda Birch", "Ада Береза", "Aдa Birch", "Ada Βirch", "x" * 201, "Ada\nBirch",
    {"given": "Ada", "family": "Birch"}, {"given": "x" * 150, "family": "y" * 90},
    {"family": "Вirch"}, {"given": "Ada", "family": "Birch", "suffix": "Jr.", "particle": "de"},
    {"display": "Ada", "full": "Aдa Birch"}, {"display": "Ada", "dative": "x" * 201},
    {"display": "Ada", "family": "Bіrch"}, {"display": {"en": "Ada", "uk": "Aда"}},
    {"given": "Ada", "family": "Birch", "family_first": ["hu"]}, "李 白", "O’Neil", "Հայ Ada",
]  # fmt: skip
OTHERS: list[dict[str, Any]] = [
    {}, {"visibility": "withheld"}, {"visibility": "role-only"}, {"visibility": "name-only"},
    {"visibility": "role-only", "description": "a reader", "tier": "author"},
    {"contact": {"email": "a@example.org"}}, {"contact": {"email": "a..x@example.org"}},
    {"contact": {"phone": "1"}}, {"signer": {"name": "Aдa"}},
]  # fmt: skip


def test_who_is_ordinary_at_a_glance_has_nothing_wrong_with_them() -> None:
    ordinary = 0
    for name in NAMES:
        for fields in OTHERS:
            for identifier in ("signer-07", "birch"):
                person = Signatory.model_validate({"id": identifier, "name": name} | fields)
                found = list(check_signatory(person, NOWHERE))
                assert not (is_ordinary(person) and found), (name, fields)
                ordinary += is_ordinary(person)
    assert ordinary > 30
