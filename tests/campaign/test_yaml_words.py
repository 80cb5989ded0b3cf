"""Records that share their keys are written as any other, and as they are read."""

from __future__ import annotations

import random
from typing import Any

from letters.campaign.source import parse
from letters.campaign.yaml_words import alike, lines
from letters.intake.flat import flatten, nested

WORDS = [
    "Ada", "yes", "no", "No", "12", " x", "x ", "a  b", "a: b", "x#y", "é ß", "", "1e5", "null",
    "on", "O’Neil, X", "a" * 60, "²", "_x", "x_y", "- a", "{b}", "ok then", "y", "a:b", "١٢", "[c",
]  # fmt: skip


def a_record(chance: random.Random) -> dict[str, Any]:
    keys = ["name", "role", "contact", "address", "a b", "values"]
    record: dict[str, Any] = {}
    for key in chance.sample(keys, chance.randint(1, 4)):
        inner = chance.sample(["given", "family", "email", "x y"], chance.randint(1, 3))
        said = [["x", "y"] if chance.random() < 0.05 else chance.choice(WORDS) for _ in inner]
        group = dict(zip(inner, said, strict=True))
        record[key] = group if chance.random() < 0.5 else chance.choice(WORDS)
    return record


def test_records_of_the_same_keys_are_written_as_each_would_be_alone() -> None:
    chance = random.Random(5)
    flat = 0
    for _ in range(3_000):
        record = a_record(chance)
        items = flatten(record)
        assert nested(items) == record
        if (texts := items.texts) is not None:
            flat += 1
            assert [*alike(items.keys, texts, "  ")] == [*lines(record, "  ")]
    assert flat > 2_000


def test_what_is_written_is_read_back() -> None:
    chance = random.Random(6)
    for _ in range(1_000):
        record = a_record(chance)
        source, problems = parse("\n".join(lines(record)).encode() + b"\n", "x.yaml")
        assert (source.root, problems) == (record, []), record
