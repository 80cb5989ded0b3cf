"""The guide to the signature log: its states, kinds, keys and rules are the program's."""

from __future__ import annotations

import datetime as dt
import json
import re
import typing

import pytest
from pages import DOCS, code, page_text, rows_of

from letters.digests import NO_TEXT, ManifestDigest, TextDigest
from letters.framed import digest as text_digest
from letters.ledger.details import Rendering
from letters.ledger.events import Entry, Event, Evidence, Kind, encode
from letters.ledger.rules import Position, Standing, refusal
from letters.ledger.status import State

GUIDE = DOCS / "log.md"
NOW, BEFORE = text_digest("the text as it is"), text_digest("an earlier text")
COLUMNS: dict[str, tuple[Position, tuple[TextDigest, ...]]] = {
    "has signed this text": ("signed", (NOW,)),
    "has signed an earlier text": ("signed", (BEFORE,)),
    "was invited": ("invited", (NOW, BEFORE)),
    "declined": ("declined", (NOW, BEFORE)),
    "withdrew": ("withdrew", (NOW, BEFORE)),
    "nothing yet": ("none", (NO_TEXT,)),
}
KINDS: dict[str, Kind] = {
    "invite": "invited",
    "remind": "reminded",
    "record": "signed",
    "reaffirm": "reaffirmed",
    "decline": "declined",
    "withdraw": "withdrew",
}
WORDS = {
    (True, True): "yes",
    (False, False): "–",
    (False, True): "to a new text",
    (True, False): "to the same text",
}


def test_it_explains_every_state() -> None:
    rows = rows_of(GUIDE, "State in `letters status`")
    assert [code(row[0])[0] for row in rows] == list(typing.get_args(State))


def test_it_names_every_kind_of_entry() -> None:
    [listed] = re.findall(r"^The kinds are ((?:.*\n)*?)\n", page_text(GUIDE), flags=re.MULTILINE)
    kinds = {kind for part in typing.get_args(Kind) for kind in (typing.get_args(part) or (part,))}
    assert set(code(listed)) == kinds


def test_it_lists_every_key_of_an_entry() -> None:
    made = Event("rendered", text_digest=NOW, detail=Rendering(ManifestDigest(BEFORE)))
    body = json.loads(encode(Entry(1, dt.datetime(2026, 1, 2, tzinfo=dt.UTC), made)))
    assert {code(row[0])[0] for row in rows_of(GUIDE, "Key of an entry")} == set(body)


@pytest.mark.parametrize("command", KINDS)
def test_it_says_what_may_follow_what(command: str) -> None:
    [row] = [row for row in rows_of(GUIDE, "") if code(row[0]) == [command]]
    event = Event(KINDS[command], "hale", NOW, Evidence.of_note("said so"))
    for (position, texts), shown in zip(COLUMNS.values(), row[1:], strict=True):
        allowed = [refusal(Standing(position, text, text), event) is None for text in texts]
        assert shown == WORDS[allowed[0], allowed[-1]]


def test_its_table_has_a_column_for_each_position() -> None:
    assert f"| | {' | '.join(COLUMNS)} |" in page_text(GUIDE)
