"""No loop takes the time of a square: what is written so is found, and has what bounds it beside it."""

from __future__ import annotations

import loops
import pytest

# What is short whatever a stranger writes: each with what keeps it so.
BOUNDED = {
    "letters.campaign.yaml_edit._paired: the first one is taken out": "the entries of one list",
    "letters.campaign.source_lines.Shapes.read: it is put first": "sixteen ways of writing a record",
    "letters.campaign.places.lines: line grows": "the groups of a line of an address",
    "letters.files.Batch._write: left is eaten up": "a view, of which nothing is copied",
    "letters.intake.plan.plan: remarks grows": "one remark",
    "letters.intake.plan._matched: the first one is taken out": "in the bounds of an import",
    "letters.intake.plan._tell_doubles: remarks grows": "letters.intake.doubles says each pair once",
    "letters.intake.sources.known_as: ours is looked through": "two names",
    "letters.ledger.evidence._keep_all: left is eaten up": "a view, of which nothing is copied",
    "letters.post.earlier_contact.Past._formerly: found is looked through": "what one person got",
    "letters.post.headers.field: line grows": "78 characters",
    "letters.post.headers._encoded: held grows": "42 octets",
    "letters.press.docx.flow.FlowRow.xml: written grows": "the cells of a row",
    "letters.press.names.rows.Shaper._broken: rest is eaten up": "the words of a name",
    "letters.press.outdated._people: names is looked through": "the parts of a letter",
    "letters.press.returned.writing._order: order is looked through": "the paragraphs that moved",
    "letters.preview.parts._short: text grows": "the pieces of one paragraph",
}

SQUARES = {
    "a text": "def f(a):\n    b = ''\n    for c in a:\n        b += c\n",
    "octets": "def f(a):\n    b: bytes = b''\n    while a:\n        b += a.read()\n",
    "a text of others": "def f(a: str):\n    for c in range(9):\n        a = a + 'b'\n",
    "in front": "def f(a, b):\n    for c in b:\n        a = f'{c}{a}'\n",
    "joined": "def f(a, b):\n    for c in b:\n        a = ''.join([a, c])\n",
    "an attribute": "def f(a, b):\n    for c in b:\n        a.words += f'{c}'\n",
    "a tuple": "def f(b):\n    a = ()\n    for c in b:\n        a = (*a, c)\n",
    "the rest": "def f(a):\n    while a:\n        a = a[1:]\n",
    "the first": "def f(a):\n    while a:\n        a.pop(0)\n",
    "to the front": "def f(a, b):\n    for c in b:\n        a.insert(0, c)\n",
    "a list": "def f(a):\n    b = [1]\n    for c in a:\n        if c in b:\n            return\n",
    "its place": "def f(a):\n    b = [d for d in a]\n    for c in a:\n        b.index(c)\n",
    "lists": "def f(a):\n    return sum(a, [])\n",
}
FINE = {
    "a number": "def f(a):\n    b = 0\n    for c in a:\n        b += c\n",
    "a list that grows": "def f(a):\n    b = []\n    for c in a:\n        b += [c]\n",
    "anew": "def f(a):\n    for c in a:\n        b = ''\n        b += c\n",
    "a set": "def f(a):\n    b = {1}\n    for c in a:\n        if c in b:\n            return\n",
    "the last": "def f(a):\n    while a:\n        a.pop()\n",
    "no loop": "def f(a):\n    b = ''\n    b += a\n    return b[1:]\n",
}


def test_every_loop_that_could_be_a_square_is_bounded() -> None:
    found = {f"{one.where}: {one.what}" for one in loops.everything()}
    assert found == set(BOUNDED)


@pytest.mark.parametrize("kind", SQUARES)
def test_a_loop_that_is_a_square_is_found(kind: str) -> None:
    assert [one.where for one in loops.of_text(SQUARES[kind], "m")] == ["m.f"]


@pytest.mark.parametrize("kind", FINE)
def test_a_loop_that_is_none_is_not(kind: str) -> None:
    assert list(loops.of_text(FINE[kind], "m")) == []
