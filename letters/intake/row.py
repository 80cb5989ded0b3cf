"""One record of a list, whatever kind of file it stands in, and what stops the reading of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from letters.error import LettersError, Status


class Row(NamedTuple):
    """One record of a source.

    ``number`` is what the person sees: the line, the row of the sheet or the n-th record.
    ``cells`` holds the text under each column, in the source’s order.
    """

    number: int
    cells: Mapping[str, str]


class ListTable(Struct, frozen=True):
    """A source that has been opened: its columns, its rows as they come, what was guessed.

    ``noun`` is what a row’s number counts: “line”, “row” or “record”.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    remarks: tuple[str, ...] = ()
    sheet: str = ""
    noun: str = "row"


class UnreadableError(LettersError):
    """The source can’t be read as a whole; nothing was written."""

    status = Status.PROBLEMS
