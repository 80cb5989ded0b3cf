"""Signatures are counted in one place, and each of them once."""

from __future__ import annotations

from letters.campaign.model import Located
from letters.campaign.shown import of_signatory
from letters.campaign.signatory import Signatory
from letters.campaign.source import Source
from letters.campaign.tally import Tally, tally

RECORDS = [
    Signatory.model_validate({"id": "a", "name": "A"}),
    Signatory.model_validate({"id": "b", "name": "B", "visibility": "withheld"}),
    Signatory.model_validate({"id": "c", "name": "C", "kind": "organisation"}),
    Signatory.model_validate({"id": "d", "name": "D", "kind": "organisation", "visibility": "withheld"}),
    Signatory.model_validate({"id": "e", "name": "E"}),
]  # fmt: skip
PEOPLE = [of_signatory(record, Located(Source("signatories.yaml", None))) for record in RECORDS]
WITHHELD = {person.id for person in PEOPLE if person.is_withheld}


def test_who_signed_counts_and_nobody_else() -> None:
    states = {"a": "signed", "b": "stale", "c": "signed", "d": "declined", "somebody": "signed"}
    assert tally(PEOPLE, states, WITHHELD) == Tally(organisations=1, people=1, withheld=0)
    assert tally(PEOPLE, {}, WITHHELD).total == 0


def test_the_withheld_are_among_the_others() -> None:
    everybody = tally(PEOPLE, {person.id: "signed" for person in PEOPLE}, WITHHELD)
    assert everybody == Tally(organisations=2, people=3, withheld=2)
    assert everybody.total == 5
