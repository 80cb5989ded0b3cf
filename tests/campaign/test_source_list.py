"""Long lists are read in another way than short ones, and what is read is the same."""

from __future__ import annotations

import random
from typing import Any

import pytest

from letters.campaign import source_list
from letters.campaign.record_list import RecordList
from letters.campaign.source import Mapping, Sequence_, Source, parse
from letters.campaign.source_tree import build

PLAIN = """\
- id: ada # hers
  name: {given: Åda, family: "Birch", sort: 'B; A'}
  role:
  # between
  contact:
    email: a@example.org
    address: [1 Mill Road, "Oslo, N"]
    note: >-
      one
      two
-
  id: bo
  languages:
  - en
  - fr
- {id: cy, name: Cy}
"""
SHAPES = {
    "plain": PLAIN,
    "without gaps": PLAIN.replace("  role:\n", ""),
    "Windows": PLAIN.replace("\n", "\r\n"),
    "indented": "".join(f"  {line}\n" for line in PLAIN.splitlines()),
    "a document": f"---\n# head\n{PLAIN}...\n",
    "a word for a record": PLAIN + "- cy\n",
    "a list for a record": PLAIN + "- [a, b]\n",
    "twice": PLAIN.replace("  role:\n", "  id: other\n"),
    "a gap twice": PLAIN.replace("  role:\n", "  role:\n  role: x\n"),
    "an anchor": PLAIN.replace("- id: ada", "- id: &x ada"),
    "an alias": PLAIN + "- *x\n",
    "a tag": PLAIN.replace("- id: ada", "- id: !x ada"),
    "a group for a key": PLAIN + "- ? {a: b}\n  : c\n",
    "no value in brackets": PLAIN.replace("{id: cy", "{Cy, id: cy"),
    "an escape": PLAIN.replace('"Birch"', '"B\\u202eirch"'),
    "a sign that is refused": PLAIN.replace("Åda", "Å\u202eda"),
    "no letter at all": PLAIN.replace("Åda", "Å\U000e0fffda"),
    "in two pieces": PLAIN.replace("Åda", "A\u030ada"),
    "joined": PLAIN.replace("Åda", "A\u200dda"),
    "a second document": PLAIN + "---\n- id: x\n",
    "not closed": PLAIN + "- {id: x\n",
    "deep": PLAIN + "- id: " + "[" * 60 + "]" * 60 + "\n",
    "in brackets": "[" + ", ".join(f"{{id: p{n}}}" for n in range(3000)) + "]",
    "one record": "id: x\n" + "# more\n" * 4000,
}


def long(text: str) -> str:
    """The same with so many records that it is a long list."""
    many = "".join(f"- id: p{n}\n  name: {{given: Ada, family: Birch}}\n" for n in range(500))
    indent = "  " if text.startswith("  ") else ""
    many = "".join(f"{indent}{line}\n" for line in many.splitlines())
    head, first, rest = text.partition(f"{indent}- id: ")
    return head + many + first + rest if first else text


def slowly(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Source, list[Any]]:
    with monkeypatch.context() as patch:
        patch.setattr(source_list, "read", lambda _: None)
        return parse(text.encode(), "people.yaml")


def everywhere(node: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [steps, (*steps, "none")]
    if isinstance(node, dict):
        for key, value in node.items():
            found += everywhere(value, (*steps, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            found += everywhere(value, (*steps, number))
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_read_and_where_it_stands_is_the_same(
    shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = long(SHAPES[shape])
    assert len(text) > 20_000
    quick, problems = parse(text.encode(), "people.yaml")
    slow, expected = slowly(text, monkeypatch)
    assert problems == expected
    assert quick.root == slow.root
    steps = everywhere(slow.root)[-400:]
    for location in steps:
        for at_key in (False, True):
            assert quick.place(location, at_key=at_key) == slow.place(location, at_key=at_key)
    if isinstance(slow.root, list):
        for number in range(len(slow.root) - 5, len(slow.root)):
            found, there = quick.node((number,)), slow.node((number,))
            assert gaps(found) == gaps(there) == gaps(quick.root[number])
    plain = ("plain", "without gaps", "Windows", "indented", "a document")
    assert isinstance(quick.root, RecordList) == (shape in plain)


def gaps(node: Any) -> list[str]:
    return list(node.gaps) if isinstance(node, Mapping) else []


def test_records_that_were_released_still_have_places() -> None:
    text = long(SHAPES["without gaps"])
    source, _ = parse(text.encode(), "people.yaml")
    assert isinstance(source.root, RecordList)
    assert source.root.is_gapless
    before = [source.place((n, "name", "family")) for n in range(len(source.root))]
    for number in range(len(source.root)):
        source.root.release(number)
    assert [source.place((n, "name", "family")) for n in range(len(before))] == before


def test_random_lists_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_list, "_FEWEST", 0)
    chance = random.Random(3)
    words = [
        "a",
        "b: c",
        "- d",
        "'e'",
        '"f"',
        "{g: h}",
        "[i, j]",
        "~",
        "",
        "|\n      k",
        "> l",
        "# m",
        "&n",
        "é",
        "?",
    ]
    read = 0
    for _ in range(400):
        lines = "".join(
            f"- id: p{n}\n"
            + "".join(
                f"  {chance.choice('xyz')}: {chance.choice(words)}\n"
                for _ in range(chance.randint(0, 2))
            )
            for n in range(chance.randint(1, 4))
        )
        text = "- id: q\n" + lines
        quick, problems = parse(text.encode(), "people.yaml")
        slow, expected = slowly(text, monkeypatch)
        assert (quick.root, problems) == (slow.root, expected), lines
        read += isinstance(quick.root, RecordList)
        if isinstance(slow.root, Sequence_):
            for location in everywhere(slow.root)[-30:]:
                assert quick.place(location) == slow.place(location), (lines, location)
    assert read > 50


def test_a_list_in_the_middle_of_a_file_is_no_list_of_records() -> None:
    root, at = build("- a\n", "", [], line=7)
    assert (at, root.marks) == ((7, 1), [(7, 3)])


LINES = """\
# People
- id: p-1 # hers
  name: {given: Ada, family: Birch}
  role: Teacher, of music; and more!

  # between
  affiliation: St. John's (Ålesund) & Co
- id: p-2
  name: O’Neil, Bo
  languages: [en, fr]
  contact: {email: p2@example.org, phone: +47 1}
- id: p-3
  name:
    given: Cy
    family: "D: E"
- id: p_4
  name: Dee
"""
SIGNS = [
    *list(" \n\t:#-,{}[]'\"|>?&*!~%@`\\é\r\u200d0aZ"),
    "\n- ",
    "\n  ",
    ": ",
    " #",
    "---\n",
    "...\n",
]


def test_a_list_that_was_changed_anywhere_is_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_list, "_FEWEST", 0)
    chance = random.Random(11)
    read = 0
    for _ in range(1_500):
        text = LINES * chance.randint(1, 2)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(SIGNS) + text[at + chance.randint(0, 2) :]
        quick, problems = parse(text.encode(), "people.yaml")
        slow, expected = slowly(text, monkeypatch)
        assert (quick.root, problems) == (slow.root, expected), text
        read += isinstance(quick.root, RecordList)
        if isinstance(slow.root, Sequence_):
            for location in everywhere(slow.root):
                assert quick.place(location) == slow.place(location), (text, location)
            for number in range(len(slow.root)):
                assert gaps(quick.root[number]) == gaps(slow.node((number,))), text
    assert read > 300


def test_most_records_need_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_list, "_FEWEST", 0)
    parsed: list[str] = []

    def counted(text: str, *others: Any) -> Any:
        parsed.append(text)
        return read_events(text, *others)

    read_events = source_list._read_events
    monkeypatch.setattr(source_list, "_read_events", counted)
    source, problems = parse((LINES * 3).encode(), "people.yaml")
    assert (len(source.root), problems) == (12, [])
    assert len(parsed) == 3
    assert all(text.startswith("- id: p-2") and "p-3" in text for text in parsed)


def test_it_is_compared_and_turned_round_as_other_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_list, "_FEWEST", 0)
    people = source_list.read("".join(f"- id: p{n}\n  name: Pat {n}\n" for n in range(4)))
    assert people is not None
    made = [people[number] for number in range(4)]
    assert people == made
    assert people.__ne__(made) is False
    assert people != made[:3]
    assert [*reversed(people)] == made[::-1]
