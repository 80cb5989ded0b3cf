"""The printed form: which changes of a record are another form, and which are only less of it."""

from __future__ import annotations

from typing import Any

import pytest

from letters.campaign import printed_form
from letters.campaign.signatory import Signatory
from letters.ledger.bound_form import Form

ALICE: dict[str, Any] = {
    "id": "person-a",
    "name": {"display": {"en": "Alice Archer", "fr": "Alice Archère"}, "given": "Alice"},
    "visibility": "public",
    "role": {"en": "Teacher", "fr": "Enseignante"},
    "affiliation": "Elm School",
}
UNION: dict[str, Any] = {
    "id": "union",
    "kind": "organisation",
    "name": "The Union",
    "signer": {"name": "Bo Chair", "role": "Chair"},
}


def person(**values: Any) -> Signatory:
    return Signatory.model_validate(ALICE | values)


def organisation(**values: Any) -> Signatory:
    return Signatory.model_validate(UNION | values)


def changed(before: Signatory, after: Signatory) -> tuple[str, ...]:
    return Form.of(printed_form.form(before)).against(printed_form.agreeing(after))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "Boris Banner"}, "name"),
        ({"name": {"display": {"en": "Alice Archer", "fr": "Boris Banner"}, "given": "Alice"}}, "name"),
        ({"name": {"display": {"en": "Alice Archer", "fr": "Alice Archère", "de": "B"}, "given": "Alice"}}, "name"),
        *(
            ({"name": ALICE["name"] | {key: "Banner"}}, "name")
            for key in ("full", "sort", "address_as", "given", "particle", "family", "patronymic", "suffix", "native")
        ),
        ({"name": ALICE["name"] | {"family_first": "yes"}}, "name"),
        ({"name": ALICE["name"] | {"family_first": ["fr"]}}, "name"),
        ({"kind": "organisation", "tier": "individual"}, "kind"),
        ({"tier": "author"}, "tier"),
        ({"role": "Doctor"}, "role"),
        ({"role": {"en": "Teacher", "fr": "Médecin"}}, "role"),
        ({"role": None}, "role"),
        ({"affiliation": "Oak School"}, "affiliation"),
        ({"affiliation": None}, "affiliation"),
        ({"place": "Millbrook"}, "place"),
        ({"identification_only": "no"}, "identification_only"),
        ({"description": "a teacher"}, "description"),
        ({"signer": {"name": "Bo Chair"}}, "signer"),
    ],
)  # fmt: skip
def test_each_field_is_told_by_its_name(values: dict[str, Any], field: str) -> None:
    assert changed(person(), person(**values)) == (field,)
    assert changed(person(**values), person()) == (field,)


@pytest.mark.parametrize(
    "signer",
    [
        {"name": "Cy Chair", "role": "Chair"},
        {"name": "Bo Chair", "role": "Clerk"},
        {"name": "Bo Chair"},
        {"name": {"display": {"": "Bo Chair", "fr": "Cy Chair"}}, "role": "Chair"},
        None,
    ],
)
def test_so_is_who_signs_for_an_organisation(signer: Any) -> None:
    if isinstance(signer, dict) and isinstance(signer["name"], dict):
        signer = signer | {"name": {"display": {"en": "Bo Chair", "fr": "Cy Chair"}}}
    assert changed(organisation(), organisation(signer=signer)) == ("signer",)


def test_several_fields_are_all_told() -> None:
    after = person(name="Boris Banner", role="Doctor", visibility="name-only")
    assert changed(person(), after) == ("name", "role")


@pytest.mark.parametrize("after", printed_form.LEVELS)
@pytest.mark.parametrize("before", printed_form.LEVELS)
def test_less_may_be_shown_without_a_question_and_more_may_not(before: Any, after: Any) -> None:
    raised = printed_form.LEVELS.index(after) < printed_form.LEVELS.index(before)
    assert changed(person(visibility=before), person(visibility=after)) == (
        ("visibility",) if raised else ()
    )


def test_a_description_comes_with_being_shown_less_and_is_bound_where_nothing_was_lowered() -> None:
    described = person(visibility="role-only", description="a teacher, Elm")
    assert changed(person(), described) == ()
    assert changed(person(visibility="name-only"), described) == ()
    assert changed(described, person(visibility="role-only", description="a spy")) == (
        "description",
    )
    assert changed(person(visibility="withheld"), described) == ("visibility",)


def test_another_way_to_write_the_same_is_the_same_form() -> None:
    plain = Signatory.model_validate(
        {"id": "a", "name": "Zoë Hale", "role": {"en": "A", "fr": "B"}}
    )
    for other in (
        {"id": "a", "name": {"display": "Zoë Hale"}, "role": {"fr": "B", "en": "A"}},
        {"id": "a", "name": "Zoe\u0308 Hale", "role": {"en": "A", "fr": "B"}, "kind": "person"},
        {
            "id": "a", "name": "Zoë Hale", "role": {"en": "A", "fr": "B"}, "tier": "individual",
            "visibility": "public", "identification_only": "yes", "gender": "f",
            "languages": ["fr"], "contact": {"email": "a@example.org"},
            "testimony": {"text": "I was there."},
        },
    ):  # fmt: skip
        assert changed(plain, Signatory.model_validate(other)) == ()


def test_every_field_of_a_signatory_is_bound_or_left_out_on_purpose() -> None:
    left_out = {"id", "gender", "languages", "contact", "signature_image", "testimony"}
    assert set(printed_form.FIELDS) | left_out == set(Signatory.model_fields)
