"""The row of a list that names its columns: where it stands, and one name for each column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.campaign.mailaddress import fault
from letters.counting import counted
from letters.intake.row import UnreadableError

LOOKED_AT = 10
"""Rows among which the headers are looked for: a title or a date may stand above them."""
MOST_COLUMNS = 2_000
MORE_CELLS = (
    "has more cells than there are headers",
    "is there a cell that holds the delimiter and has no quotation marks?",
)
_LONGEST = 300  # characters of a header: forms have whole questions
_SPACES = re.compile(r"\s+")


def is_mailbox(cell: str) -> bool:
    """Whether a cell holds one e-mail address, and nothing but that."""
    return "@" in cell and fault(cell.strip().removeprefix("mailto:")) is None


def header_at(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows has the headers: the first that is filled as the others are."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    enough = max(filled, default=0) // 2 + 1
    return next((at for at, cells in enumerate(filled) if cells >= enough), 0)


def columns(cells: Sequence[str], where: str) -> tuple[str, ...]:
    """A name for each column, no two alike; ``where`` says where the headers stand."""
    last = max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)
    if last > MOST_COLUMNS:
        raise UnreadableError(
            f"{where}: has {counted(last, 'column')}, and at most {MOST_COLUMNS:,} are read",
            "delete the columns that are not about people",
        )
    if not last:
        raise UnreadableError(f"{where}: there are no headers", "name each column in the first row")
    if any(map(is_mailbox, cells)):
        raise UnreadableError(
            f"{where}: looks like a person and not like headers",
            "put a row above the first person that names each column: Name, E-mail …",
        )
    named: dict[str, None] = {}
    for at, cell in enumerate(cells[:last], 1):
        name = _SPACES.sub(" ", cell).strip()[:_LONGEST] or f"column {at}"
        number = 2
        unique = name
        while unique in named:
            unique = f"{name} ({number})"
            number += 1
        named[unique] = None
    return tuple(named)
