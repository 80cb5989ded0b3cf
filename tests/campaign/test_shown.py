"""What a view shows of a signatory and of a case: every visibility, kind, audience and field."""

from __future__ import annotations

import dataclasses
import itertools
import pickle
from collections.abc import Iterator
from inspect import getattr_static
from typing import Any

import pytest
from msgspec import Struct

from letters.campaign import signatory
from letters.campaign.case import Case, Consent, Fact
from letters.campaign.localtext import LocalText
from letters.campaign.model import Located
from letters.campaign.shown import (
    Audience,
    ShownCase,
    ShownSignatory,
    hides_name,
    is_raised,
    of_case,
    of_signatory,
)
from letters.campaign.signatory import Contact, Signatory, Signer
from letters.campaign.source import Source
from letters.campaign.types import Model

VISIBILITIES = ("public", "name-only", "role-only", "withheld")
KINDS = ("person", "organisation")
RANKS = {"person": "individual", "organisation": "organisation"}
ALWAYS = {"id", "kind", "rank", "visibility", "contacts"}
WHOLE = {
    *("name", "gender", "role", "affiliation", "identification_only", "signer", "testimony"),
    *("signature_image", "languages", "home"),
}
SHOWN = {
    "public": WHOLE,
    "name-only": {"name", "gender"},
    "role-only": {"description"},
    "withheld": set[str](),
}
WRITTEN = {"home": "place"}
"""Fields of a view that are called otherwise in the record."""
CASE_ALWAYS = {"id", "visibility", "confidential", "consented"}
CASE_SHOWN = {
    "public": {"person", "facts"},
    "name-only": {"person"},
    "role-only": {"description", "facts"},
    "withheld": set[str](),
}
AUDIENCES: tuple[Audience, ...] = ("recipient", "public")
EMPTY: tuple[object, ...] = (None, "unknown", False, (), frozenset())


def local(word: str) -> dict[str, str]:
    return {tag: f"secret {word} {tag}" for tag in ("en", "fr")}


def name(word: str) -> dict[str, Any]:
    parts = ("given", "particle", "family", "patronymic", "suffix", "native")
    texts = ("display", "full", "sort", "address_as")
    written = {part: f"secret {word} {part}" for part in parts}
    return written | {text: local(f"{word} {text}") for text in texts}


def complete(model: type[Model], written: dict[str, Any]) -> dict[str, Any]:
    """The record, which has to have every field: a new one can't be forgotten here."""
    assert set(model.model_fields) == set(written)
    return written


def record(visibility: str, kind: str = "person") -> Signatory:
    contact = {key: f"secret {key}" for key in ("email", "phone", "note")}
    testimony = {"text": local("testimony"), "source": "a-source", "date": "2025-01-01"}
    written = {
        "id": "signer-1",
        "name": name("name"),
        "kind": kind,
        "tier": None,
        "signs_to": ["a-recipient"],
        "visibility": visibility,
        "gender": "f",
        "role": local("role"),
        "affiliation": local("affiliation"),
        "place": local("place"),
        "identification_only": "yes",
        "description": local("description"),
        "signer": complete(Signer, {"name": name("signer"), "role": local("signer's role")}),
        "languages": ["fa"],
        "contact": complete(Contact, contact | {"address": ["secret address"]}),
        "signature_image": "images/secret.png",
        "testimony": complete(signatory.Testimony, testimony),
    }
    return Signatory.model_validate(complete(Signatory, written))


def case_record(visibility: str, *, confidential: bool) -> Case:
    fact = {
        "text": local("fact"),
        "source": "a-source",
        "date": "2025-01-01",
        "said_by": local("said by"),
    }
    consent = complete(Consent, {"given": "yes", "date": "2025-01-01", "note": "secret note"})
    written = {
        "id": "case-1",
        "person": local("person"),
        "description": local("description"),
        "facts": [complete(Fact, fact)],
        "consent": consent,
        "visibility": visibility,
        "confidential": confidential,
    }
    return Case.model_validate(complete(Case, written))


def at() -> Located:
    return Located(Source("signatories.yaml", None), (0,))


def view(visibility: str, kind: str = "person") -> ShownSignatory:
    return of_signatory(record(visibility, kind), at())


def case_view(visibility: str, *, confidential: bool = False) -> ShownCase:
    return of_case(case_record(visibility, confidential=confidential), at())


def public_fields(one: Any) -> dict[str, Any]:
    names = [field.name for field in dataclasses.fields(one) if not field.name.startswith("_")]
    return {name: getattr(one, name) for name in names}


@pytest.mark.parametrize(("visibility", "kind"), [*itertools.product(VISIBILITIES, KINDS)])
def test_of_a_signatory_each_field_is_shown_or_empty(visibility: str, kind: str) -> None:
    raw, shown = record(visibility, kind), view(visibility, kind)
    fields = public_fields(shown)
    assert fields.keys() == ALWAYS | WHOLE | {"description"}
    for key in fields.keys() - ALWAYS:
        if key in SHOWN[visibility]:
            assert fields[key] == getattr(raw, WRITTEN.get(key, key)), key
            assert fields[key] not in EMPTY, key
        else:
            assert fields[key] in EMPTY, key
    always = {"id": "signer-1", "kind": kind, "rank": RANKS[kind], "visibility": visibility}
    assert always.items() <= fields.items()
    assert shown.contacts == {"email", "phone", "address", "note"}


@pytest.mark.parametrize(
    ("visibility", "confidential"), [*itertools.product(VISIBILITIES, (False, True))]
)
def test_of_a_case_each_field_is_shown_or_empty(visibility: str, confidential: bool) -> None:
    raw = case_record(visibility, confidential=confidential)
    fields = public_fields(case_view(visibility, confidential=confidential))
    assert fields.keys() == CASE_ALWAYS | {"person", "description", "facts"}
    for key in fields.keys() - CASE_ALWAYS:
        if key in CASE_SHOWN[visibility]:
            assert fields[key] == getattr(raw, key), key
        else:
            assert fields[key] in EMPTY, key
    assert fields["consented"] is True


@pytest.mark.parametrize(
    ("visibility", "confidential", "audience"),
    [*itertools.product(VISIBILITIES, (False, True), AUDIENCES)],
)
def test_a_case_is_shown_to_whom_it_may_be(
    visibility: str, confidential: bool, audience: Audience
) -> None:
    shown = case_view(visibility, confidential=confidential).is_shown_to(audience)
    assert shown == (visibility != "withheld" and (audience == "recipient" or not confidential))


@pytest.mark.parametrize(
    ("visibility", "named", "withheld", "printed", "sorted_by"),
    [
        ("public", True, False, ("secret name display fr", "name"), "secret name sort fr"),
        ("name-only", True, False, ("secret name display fr", "name"), "secret name sort fr"),
        (
            *("role-only", False, False),
            (LocalText(local("description")), "description"),
            "secret description fr",
        ),
        ("withheld", False, True, (None, "description"), ""),
    ],
)
def test_what_stands_for_a_signatory(
    visibility: str, named: bool, withheld: bool, printed: tuple[Any, str], sorted_by: str
) -> None:
    shown = view(visibility)
    assert (shown.is_named, shown.is_withheld) == (named, withheld)
    assert shown.printed_as("fr") == printed
    assert shown.sort_key("fr") == sorted_by


@pytest.mark.parametrize(
    ("visibility", "named", "described", "printed"),
    [
        ("public", True, False, (LocalText(local("person")), "person")),
        ("name-only", True, False, (LocalText(local("person")), "person")),
        ("role-only", False, True, (LocalText(local("description")), "description")),
        ("withheld", False, False, (None, "description")),
    ],
)
def test_what_stands_for_the_person_of_a_case(
    visibility: str, named: bool, described: bool, printed: tuple[Any, str]
) -> None:
    shown = case_view(visibility)
    assert (shown.person is not None, shown.is_described) == (named, described)
    assert shown.is_withheld == (visibility == "withheld")
    assert shown.printed_as() == printed


@pytest.mark.parametrize(("visibility", "kind"), [*itertools.product(VISIBILITIES, KINDS)])
def test_whose_visibility_was_raised_is_counted_and_nothing_else(
    visibility: str, kind: str
) -> None:
    shown = view(visibility, kind)
    assert shown.as_agreed(()) is shown
    assert shown.as_agreed(("name", "role")) is shown
    assert shown.as_agreed(("name", "visibility")) == view("withheld", kind)


def test_nothing_written_is_nothing_shown() -> None:
    bare = Signatory.model_validate({"id": "a", "name": "A"})
    shown = of_signatory(bare, at())
    assert shown.name == bare.name
    assert shown.contacts == frozenset()
    assert not shown.identification_only  # there is no affiliation to mark
    described = bare.model_copy(update={"visibility": "role-only"})
    assert of_signatory(described, at()).printed_as("en") == (None, "description")
    assert of_signatory(described, at()).sort_key("en") == ""
    tier = bare.model_copy(update={"tier": "author"})
    assert of_signatory(tier, at()).rank == "author"


def test_an_empty_contact_is_no_way_to_reach_somebody() -> None:
    written = {"id": "a", "name": "A", "contact": {"email": "a@example.org", "address": []}}
    assert of_signatory(Signatory.model_validate(written), at()).contacts == {"email"}


def test_a_view_knows_where_everything_stands() -> None:
    place = case_view("public").place("facts", 0, "text")
    assert (place.path, place.key) == ("signatories.yaml", "[0].facts[0].text")
    assert view("withheld").place("name").key == "[0].name"


def test_it_is_frozen() -> None:
    for shown, key in ((view("withheld"), "name"), (case_view("withheld"), "person")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(shown, key, record("public").name)


@pytest.mark.parametrize(
    ("visibility", "hidden"), [*zip(VISIBILITIES, (False, False, True, True), strict=True)]
)
def test_a_record_that_is_read_in_part_is_judged_like_the_whole(
    visibility: str, hidden: bool
) -> None:
    assert hides_name(visibility) == hidden == (not view(visibility).is_named)
    assert not hides_name(None)
    assert not hides_name(["withheld"])  # what is no visibility is reported as such


def test_only_another_visibility_is_a_raised_one() -> None:
    assert is_raised(("name", "visibility"))
    assert not is_raised(("name", "description"))


def reachable(value: Any) -> Iterator[str]:
    """Every string that the public attributes lead to, however far."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from reachable([*value.items()])
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from reachable(one)
    elif dataclasses.is_dataclass(value) or isinstance(value, Model | Struct):
        kind: Any = type(value)
        if isinstance(value, Struct):
            fields = value.__struct_fields__
        else:
            fields = kind.model_fields if isinstance(value, Model) else kind.__dataclass_fields__
        asked = [key for key in dir(kind) if isinstance(getattr_static(kind, key), property)]
        for key in (*fields, *asked):
            if not key.startswith(("_", "model_")):
                yield from reachable(getattr(value, key))


def allowed(raw: Model, fields: set[str]) -> set[str]:
    return {text for key in fields for text in reachable(getattr(raw, WRITTEN.get(key, key)))}


@pytest.mark.parametrize(("visibility", "kind"), [*itertools.product(VISIBILITIES, KINDS)])
def test_no_protected_string_is_reached_from_a_signatory(visibility: str, kind: str) -> None:
    raw, shown = record(visibility, kind), view(visibility, kind)
    everything = {text for text in reachable(shown) if "secret" in text}
    assert everything == {t for t in allowed(raw, SHOWN[visibility]) if "secret" in t}
    assert bool(everything) == (visibility != "withheld")
    hidden = allowed(raw, set(Signatory.model_fields) - SHOWN[visibility]) - everything
    said = f"{shown!r} {shown} {pickle.loads(pickle.dumps(shown))!r}"
    assert not [text for text in hidden if "secret" in text and text in said]


@pytest.mark.parametrize(
    ("visibility", "confidential"), [*itertools.product(VISIBILITIES, (False, True))]
)
def test_no_protected_string_is_reached_from_a_case(visibility: str, confidential: bool) -> None:
    raw = case_record(visibility, confidential=confidential)
    shown = case_view(visibility, confidential=confidential)
    everything = {text for text in reachable(shown) if "secret" in text}
    assert everything == {t for t in allowed(raw, CASE_SHOWN[visibility]) if "secret" in t}
    assert bool(everything) == (visibility != "withheld")
    hidden = allowed(raw, set(Case.model_fields) - CASE_SHOWN[visibility]) - everything
    assert not [text for text in hidden if "secret" in text and text in repr(shown)]
