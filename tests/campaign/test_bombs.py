"""Files of YAML without measure: each ends soon, with its place and what is too much in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters import limits
from letters.campaign.load import load
from letters.campaign.source import parse

if TYPE_CHECKING:
    from conftest import CampaignFolder

KEYS = b"".join(b"k%d: 1\n" % number for number in range(limits.MOST_KEYS + 1))
BOMBS = {
    "the same key, again and again": (b"a: 1\n" * 100_000, "there are more than 1,000 mistakes"),
    "a key for each": (KEYS, "the group has more than 10,000 keys"),
    "a list of words": (b"- a\n" * (limits.MOST_ITEMS + 1), "has more than 500,000 entries"),
    "a list in a line": (b"[" + b"a," * (limits.MOST_ITEMS + 1), "has more than 500,000 entries"),
    "a list in a record": (b"- id: a\n  name: [" + b"a," * (limits.MOST_ITEMS + 1) + b"a]\n", "has more than 500,000 entries"),
    "a list in one of many records": (b"- id: b\n" * 4_000 + b"- {c: [" + b"a," * (limits.MOST_ITEMS + 1) + b"a]}\n- id: d\n", "has more than 500,000 entries"),
    "keys of a record": (b"- " + KEYS.replace(b"\n", b"\n  ") + b"\n- id: a\n", "the group has more than 10,000 keys"),
    "brackets": (b"[" * 100_000, "is nested deeper than 50 levels"),
    "an alias": (b"a: &a [x]\nb: [*a, *a]\n", "anchors (&name) are not read"),
    "a quotation that never ends": (b"a: '" + b"b" * 1_000_000, "is not valid YAML"),
    "unseen characters": ("- \u200b\u202e\n".encode() * 5_000, "1,000 mistakes"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_it_ends_with_its_place(name: str) -> None:
    data, said = BOMBS[name]
    source, problems = parse(data, "signatories.yaml")
    assert source.root is None
    assert len(problems) <= limits.MOST_MISTAKES + 2
    assert said in str(problems[-1])
    assert problems[-1].place.path == "signatories.yaml"


def test_a_file_of_too_many_words_is_not_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_NODES", 1_000)
    source, [problem] = parse(b"- [a, b, c]\n" * 1_000, "a.yaml")
    assert source.root is None
    assert str(problem).startswith("a.yaml:250:10: more than 1,000 words stand before this")


def test_after_many_mistakes_nobody_else_is_read(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_MISTAKES", 10)
    campaign.write("signatories.yaml", "- {id: a}\n" * 1_000)
    said = [one.message for one in load(campaign.path)[1]]
    assert len(said) < 300
    assert any(one.startswith("from here on nobody is read") for one in said)
