"""What is to be said of one row: proposed, flagged or refused.

A reader that has something to say of a row puts it into a column that no source can have: a file
that lies in a folder of signatures and can't be read is a row of its own, which is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

FLAGS = "\x00flags"
"""The column of what a reader noticed: a line for each, “column, tab, message, tab, hint”."""
REFUSED = "\x00refused"
"""The column of why a record could not be read, in the same form."""


class Remark(Struct, frozen=True):
    """``message`` and ``hint`` never quote what is in a cell: it may be a protected name."""

    level: Literal["proposal", "flag", "refusal"]
    column: str
    message: str
    hint: str = ""


def noted(cells: Mapping[str, str], column: str, message: str, hint: str = "") -> dict[str, str]:
    """The cells with one more flag among them."""
    line = f"{column}\t{message}\t{hint}"
    before = cells.get(FLAGS, "")
    return {**cells, FLAGS: f"{before}\n{line}" if before else line}


def refused(column: str, message: str, hint: str = "") -> dict[str, str]:
    """The cell that says that a record could not be read."""
    return {REFUSED: f"{column}\t{message}\t{hint}"}


def told(cells: Mapping[str, str]) -> Iterator[Remark]:
    """What the reader of these cells had to say."""
    for line in cells.get(FLAGS, "").splitlines():
        yield Remark("flag", *line.split("\t"))
    for line in cells.get(REFUSED, "").splitlines():
        yield Remark("refusal", *line.split("\t"))
