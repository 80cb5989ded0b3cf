"""Lists that are written as ours are, from another campaign: keys are taken as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from letters.campaign.types import Visibility
from letters.intake.columns import Guess
from letters.intake.row import Row
from letters.intake.vocabulary import IGNORED, Kind, is_field

_NUMBER = re.compile(r"\[\d+\]")
_LINES = frozenset(("address.street", "contact.address"))
_OTHERWISE = {"id": "key", "languages": "language"}


def guess(kind: Kind, columns: Sequence[str], sample: Sequence[Row]) -> Guess | None:
    """What the columns are, where they are the keys of one of our lists; None where they aren’t."""
    if "id" not in columns or not any(column.split(".")[0] == "name" for column in columns):
        return None
    words = {row.cells.get("visibility", "") for row in sample} - {""}
    if not words <= set(get_args(Visibility)):
        return None
    fields = {column: _field(kind, column) for column in columns}
    known = sum(1 for field in fields.values() if field != IGNORED)
    return Guess(fields) if known * 2 > len(fields) else None


def restored(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with lists of lines as lines: they come with their lines in one."""
    for row in rows:
        cells = {c: t.replace("; ", "\n") if c in _LINES else t for c, t in row.cells.items()}
        yield Row(row.number, cells)


def _field(kind: Kind, column: str) -> str:
    plain = _NUMBER.sub("", column).removeprefix("contact.")
    meant = _OTHERWISE.get(plain, plain)
    return meant if is_field(meant, kind) else IGNORED
