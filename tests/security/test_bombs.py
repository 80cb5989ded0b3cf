"""A part of the table of bombs; all of them are set off by ``script/soak security``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters import limits

from . import bombs
from .bomb_table import BOMBS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CHEAP = (
    "letter.yaml (check): brackets", "places.yaml: an alias", "template: conditions", "template: references (Markdown)",
    "picture: a million pixels wide",
    "reference.docx: a part of 900 MB", ".json: brackets (import)",
    ".xlsx: entities (import)",
    "mail: brackets in the sender", "notice: parts in parts", "manifest (status): 200,001 files",
    "checkpoint: signatures", "key: nested",
    "DKIM key: RSA of 80,000 bits", "log (status): a view that never ends",
    "log (log verify): columns that are worked out", "signatories.yaml (people set): empty lines",
)  # fmt: skip


def test_each_ends_is_named_and_leaves_the_program_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 5.0)
    chosen = [bomb for bomb in BOMBS if bomb.name in CHEAP]
    assert len(chosen) == len(CHEAP)
    found = {one.bomb.name: one for one in bombs.blasts(chosen, tmp_path)}
    assert len(found) == len(CHEAP)
    assert {name: one.wrong for name, one in found.items() if one.wrong} == {}


def test_there_are_enough_over_all_readers() -> None:
    assert len({bomb.name for bomb in BOMBS}) == len(BOMBS) >= 120
    assert len({bomb.name.partition(":")[0] for bomb in BOMBS}) >= 25


def test_what_takes_too_long_or_too_much_would_be_noticed() -> None:
    """So that nothing above is true because nobody looks."""
    bomb = next(bomb for bomb in BOMBS if bomb.name == CHEAP[0])
    said = "letter.yaml:1:51: is nested deeper than 50 levels"
    assert bombs.Blast(bomb, 1, 100, 1, said).wrong == ""
    assert "s of processor time" in bombs.Blast(bomb, 99, 100, 1, said).wrong
    assert "401 MB" in bombs.Blast(bomb, 1, 401, 1, said).wrong
    unwritten = bombs.Blast(bomb, 1, 100, 70, "Traceback\nMemoryError\n", written=False)
    assert unwritten.wrong == "could not be written: MemoryError"
    assert "is not named" in bombs.Blast(bomb, 1, 100, 1, "something is wrong").wrong
    assert "status 70" in bombs.Blast(bomb, 1, 100, 70, said).wrong
    assert "no sentence" in bombs.Blast(bomb, 1, 100, 1, f"{said} Traceback").wrong
