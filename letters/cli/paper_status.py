"""What ``letters status`` says of signatures on paper; nothing where no sheet was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from letters.cli.exit import note, say
from letters.counting import counted

if TYPE_CHECKING:
    from letters.ledger.sheets import Paper


def as_json(paper: Paper | None) -> dict[str, Any]:
    """The sheets that were counted; without any there is no such key."""
    if not paper:
        return {}
    sheets = [
        {"sheet": one.sheet, "valid": one.valid, "invalid": one.invalid, "stale": not one.stands}
        for one in paper.sheets
    ]
    valid, invalid = paper.valid, paper.invalid
    return {"paper": {"valid": valid, "invalid": invalid, "sheets": sheets}}


def show(paper: Paper | None) -> None:
    """What stands on paper, and which sheets show another text."""
    if not paper:
        return
    standing = sum(sheet.stands for sheet in paper.sheets)
    say(
        f"on paper: {paper.valid} valid and {paper.invalid} invalid on {counted(standing, 'sheet')}"
    )
    if stale := paper.stale:
        numbers = ", ".join(one.sheet for one in stale)
        note(
            f"warning: {counted(len(stale), 'sheet')} with another text than the letter has now: "
            f"{numbers} (they don’t count; people sign the text as it is on new sheets)"
        )
