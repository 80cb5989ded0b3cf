"""The letter as plain text: every word, in lines that fit a mail."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from letters.draft.document import (
    Asks,
    Block,
    Break,
    Inlines,
    List,
    Matters,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    Text,
)
from letters.press import text

from .sample import HOSTILE, full_letter, small_letter, value, words

GOLDEN = Path(__file__).parent / "goldens" / "small.txt"
LONG = " ".join(["seven-letter"] * 30)


def written(*blocks: Block) -> str:
    return text.write(replace(small_letter(), blocks=blocks, notes=(), notice="")).decode()


def item(content: str) -> Matters:
    return (Paragraph(words(content)),)


def test_it_writes_a_small_letter_like_the_golden() -> None:
    data = text.write(small_letter())
    if os.environ.get("LETTERS_UPDATE_GOLDENS"):
        GOLDEN.write_bytes(data)
    assert data == GOLDEN.read_bytes()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_printed_as_written(name: str) -> None:
    assert written(Paragraph(value(name))) == f"{name}\n"


def test_a_draft_says_so_first() -> None:
    letter = full_letter(draft=True)
    assert text.write(letter).decode().startswith(f"{letter.draft_mark}\n\n")
    assert letter.draft_mark.encode() not in text.write(full_letter())


def test_a_note_stands_under_its_number() -> None:
    paragraph = Paragraph((Text("Said."), NoteMark(1), Text(" Said again."), NoteMark(1)))
    letter = replace(
        small_letter(), blocks=(paragraph,), notes=(Note(1, words("Who said it.")),), notice=""
    )
    assert text.write(letter).decode() == "Said.[1] Said again.[1]\n\n1 Who said it.\n"


def test_what_is_pasted_into_a_form_has_neither_broken_lines_nor_a_foot() -> None:
    letter = replace(small_letter(), blocks=(Paragraph(words(LONG)),), notes=(), notice="Invented")
    assert "Invented" in text.write(letter).decode()
    assert text.write(replace(letter, pasted=True)).decode() == f"{LONG}\n"
    draft = text.write(replace(letter, pasted=True, draft_mark="DRAFT")).decode()
    assert draft == f"DRAFT\n\n{LONG}\n"


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(words(LONG)),
        List(ordered=False, items=(item(LONG), item(LONG))),
        List(ordered=True, start=9, items=(item(LONG), item(LONG))),
        List(ordered=False, items=((List(ordered=True, items=(item(LONG),)),),)),
        Asks((item(LONG), item(LONG))),
        Quote(item(LONG)),
        Quote((List(ordered=False, items=(item(LONG),)),)),
    ],
)
def test_lines_are_filled_and_not_overfilled(block: Block) -> None:
    lines = written(block).splitlines()
    assert max(map(len, lines)) <= text.WIDTH
    # Where a line is short, the next word would not have fitted, or an item has ended.
    for line, following in itertools.pairwise(lines):
        starts = following.lstrip()[:1].isdigit() or following.lstrip().startswith("- ")
        assert starts or len(line) + 1 + len("seven-letter") > text.WIDTH


def test_the_lines_of_an_item_stand_below_its_first_word() -> None:
    block = List(ordered=True, start=9, items=(item(f"one {LONG}"), item(f"two {LONG}")))
    lines = written(block).splitlines()
    assert lines[0].startswith("9. one")
    assert lines[1].startswith("   seven")
    [tenth] = [number for number, line in enumerate(lines) if line.startswith("10. two")]
    assert lines[tenth + 1].startswith("    seven")


def test_a_no_break_space_holds_at_the_end_of_a_line() -> None:
    held = "word " * 13 + "3\u00a0September\u00a02025"
    assert "\n3\u00a0September\u00a02025" in written(Paragraph(words(held)))


def test_a_break_is_a_new_line() -> None:
    content: Inlines = (Text("one"), Break(), Text("two"))
    assert written(Paragraph(content)) == "one\ntwo\n"
    assert written(Asks(((Paragraph(content),),))) == "1 one\n  two\n"


def test_a_table_has_its_rows_in_lines() -> None:
    table = Table(("start", "end"), (words("Year"), words("People")), ((value("2022"), ()),))
    assert written(table) == "Year | People\n2022 | \n"


def test_a_quotation_stands_in() -> None:
    quote = Quote((*item("one"), *item("two")))
    assert written(quote) == "    one\n\n    two\n"
