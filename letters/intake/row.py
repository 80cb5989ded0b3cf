"""One record of a source, whatever the source is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from letters.error import LettersError, Status


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a source: ``number`` as the person sees it, ``cells`` by column.

    The number is the line, the row of the sheet, or says the n-th record. A cell is never None;
    the columns are in the source's order.
    """

    number: int
    cells: Mapping[str, str]


class UnreadableError(LettersError):
    """The source can't be read as a whole: nothing was written."""

    status = Status.PROBLEMS
