"""What stands at a key of an entry, whichever way its file was read."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from letters.campaign import source_list
from letters.campaign.record_list import RecordList
from letters.campaign.source import parse
from letters.intake.flat import Items, at, at_lines, flatten

if TYPE_CHECKING:
    import pytest

KEYS = ("id", "name", "name.given", "name.family", "role", "contact", "contact.email", "contact.x",
        "contact.email.x", "role.en", "contact.x.y", "no", "no.thing", "")  # fmt: skip


def test_the_words_of_lines_are_what_stands_in_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_list, "_FEWEST", 0)
    chance, lined_ones = random.Random(4), 0
    lines = ["name: Ada Birch", "name: {given: Ada, family: Birch}", "role: Chair", "x_y: 1",
             "contact: {email: a@x.org}", "contact: {email: a@x.org, phone: 1}"]  # fmt: skip
    for _ in range(60):
        own = chance.sample(lines, chance.randint(1, 4))
        text = "".join(f"- id: p{n}\n" + "".join(f"  {line}\n" for line in own) for n in range(3))
        source, _ = parse(text.encode(), "x.yaml")
        if not isinstance(source.root, RecordList):
            continue
        for number in range(3):
            if (lined := source.root.lined(number)) is not None:
                lined_ones += 1
                record = source.root[number]
                assert [at_lines(lined, key) for key in KEYS] == [at(record, key) for key in KEYS]
    assert lined_ones > 60


def test_pairs_are_found_by_their_keys() -> None:
    items = flatten({"name": {"given": "Ada", "family": "Birch"}, "languages": ["en", "fr"]})
    pairs = [("name.given", "Ada"), ("name.family", "Birch"), ("languages", ("en", "fr"))]
    assert [*items] == pairs
    assert [items.get(key) for key in ("name.family", "name", "languages")] == [
        "Birch", None, ("en", "fr"),
    ]  # fmt: skip
    assert [*items.without("name.given")] == pairs[1:]
    assert items.texts is None
    assert Items(("a.b", "c", "a.d"), ("1", "2", "3")).texts is None
    assert Items(("a", "a.b"), ("1", "2")).texts is None
    assert Items(("a.b", "a.d", "c"), ("1", "2", "3")).texts == ("1", "2", "3")
