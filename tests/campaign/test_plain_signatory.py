"""The short way to a signatory leads to the very same one, or is not taken."""

from __future__ import annotations

import pickle
import random
from typing import Any

import pytest
from pydantic import ValidationError

from letters.campaign.mailaddress import address_fault, fault, line_fault
from letters.campaign.plain_signatory import read
from letters.campaign.signatory import Signatory

CHOICES: dict[str, list[Any]] = {
    "id": ["ada", "a-1", "Ada", "", " ada", "x" * 65, ["ada"], None],
    "name": [
        "Ada Birch", " Ada ", "", "  ", {"given": " Ada ", "family": "Birch"}, {"given": ""}, {},
        {"display": "Ada"}, {"en": "Ada"}, {"given": "A", "colour": "b"}, ["a"], {"suffix": "Jr"},
        {"native": "Ада", "family": "Ада", "particle": "de"}, {"given": ["a"]}, {"family": "  "},
    ],
    "kind": ["person", "organisation", "people", ["person"], " person"],
    "tier": ["author", "none"],
    "visibility": ["public", "withheld", "role-only", "name-only", "Public", {}],
    "gender": ["m", "unknown", "female"],
    "role": ["Chair", "\t", {"en": "Chair", "fr": "Présidence"}, ["a"]],
    "affiliation": ["University", " U ", "\n"],
    "description": ["a journalist, Minsk", ""],
    "identification_only": ["yes", "maybe"],
    "signer": [{"name": "Bo"}, {}],
    "languages": [["en", "fr-CA"], [], "en", ["english"], [["en"]]],
    "contact": [
        {"email": " a@x.org "}, {"phone": "1", "note": "x\ny"}, {}, {"fax": "1"}, "a@x.org",
        {"address": ["1 Mill"]}, {"email": ["a"]}, {"email": ""},
    ],
    "testimony": [{"text": "It was so."}],
    "colour": ["blue"],
}  # fmt: skip


def same(record: dict[str, Any]) -> bool:
    """Whether the short way was taken; what comes of it is compared."""
    made = read(record)
    if made is None:
        return False
    expected = Signatory.model_validate(record)
    assert made == expected
    for one, other in (
        (made, expected),
        (made.name, expected.name),
        (made.contact, expected.contact),
    ):
        assert one == other
        assert one is None or vars(one) == vars(other)
        if one is not None and other is not None:
            assert list(vars(one)) == list(vars(other))
            assert one.model_fields_set == other.model_fields_set
    assert made.model_dump() == expected.model_dump()
    assert pickle.loads(pickle.dumps(made)) == expected
    assert made.model_copy(update={"gender": "x"}) == expected.model_copy(update={"gender": "x"})
    assert repr(made) == repr(expected)
    return True


def test_each_value_of_each_key_is_taken_or_left_to_validation() -> None:
    for key, values in CHOICES.items():
        for value in values:
            record = {"id": "ada", "name": "Ada", key: value}
            if same(record):
                continue
            try:
                Signatory.model_validate(record)
            except ValidationError:
                continue
            # Right, and not of the common kind.
            assert key in ("name", "role", "identification_only", "signer", "contact", "testimony")
    assert not same({"id": "ada"})
    assert not same({"name": "Ada"})


def test_records_of_all_kinds_come_out_the_same() -> None:
    chance = random.Random(5)
    taken = 0
    for _ in range(3000):
        keys = ["id", "name", *chance.sample(list(CHOICES)[2:], chance.randint(0, 4))]
        record = {
            key: chance.choice(CHOICES[key][: 1 + chance.randint(0, 99) % len(CHOICES[key])])
            for key in keys
        }
        taken += same(record)
    assert taken > 300


@pytest.mark.parametrize("seed", range(3))
def test_a_usual_address_has_no_fault_by_any_other_rule(seed: int) -> None:
    """The quick look at addresses lets nothing through that the rules would not."""
    chance = random.Random(seed)
    signs = "ab1.-_+@@..é \n%:"
    for _ in range(4000):
        local = "".join(chance.choices(signs, k=chance.choice((1, 3, 64, 65))))
        domain = "".join(chance.choices("ab1.-", k=chance.choice((3, 6, 190))))
        address = f"{local}@{domain}.org"
        if fault(address) is None:
            assert line_fault(address) is None
            assert address_fault(address) is None
