"""A row that comes again, and the entry that it became: what the source changed, and the user.

Three things are compared, key by key: what the row said last time, what stands in the file, and
what the row says now. What the user wrote stays; where both changed it, the row is flagged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct, field

from letters.intake.candidates import Candidate
from letters.intake.existing import ExistingEntry
from letters.intake.flat import Value
from letters.intake.remark import Remark
from letters.intake.remembered import KnownRows, Remembered

_SHY = ("public", "name-only", "role-only", "withheld")
ASKS_LESS = "asks for less to be printed"
"""How it is said that somebody wants to be hidden whom the file shows."""
_RAISED = Remark(
    "flag",
    "visibility",
    "asks for more to be printed than before",
    "whoever signed is not printed so before that is confirmed: see “letters status”",
)


class FieldChange(Struct, frozen=True):
    """One key of an entry: what stood there, and what will."""

    key: str
    before: Value | None
    after: Value


class Merged(Struct):
    """What becomes of an entry."""

    changes: list[FieldChange] = field(default_factory=list)
    flags: list[Remark] = field(default_factory=list)


def merge(
    row: Candidate,
    entry: ExistingEntry,
    known: KnownRows | None,
    rows: Remembered,
    told: Collection[str],
) -> Merged:
    """Compare a row with its entry; ``known`` is what it said before, if that is remembered.

    ``told`` are the keys of which the list says anything now: a column may be left out.
    """
    found = Merged()
    for key, new in row.own:
        now = entry.value(key)
        if now == new:
            continue
        last = rows.was(known, key) if known else ""
        if not last and now is None:
            found.changes.append(FieldChange(key, None, new))
        elif last and now is not None and rows.digest(now) == last:
            found.changes.append(FieldChange(key, now, new))
        elif not last or rows.digest(new) != last:
            found.flags.append(_kept(key, entry, now, new))
    found.flags += _emptied(row, entry, known, rows, told)
    found.flags += [_RAISED for one in found.changes if _is_raised(one)]
    return found


def _kept(key: str, entry: ExistingEntry, now: Value | None, new: Value) -> Remark:
    """Both say something: the user's stands."""
    at = entry.place(key)
    if key == "visibility" and new in _SHY and now in (None, *_SHY):
        shyer = _SHY.index(str(new)) > _SHY.index(str(now or "public"))
        if shyer:
            hint = f"write “{new}” there at once if that is what they ask for"
            return Remark("flag", key, f"{ASKS_LESS} than stands at {at}", hint)
    message = f"says something else than {at}, where it was written by hand"
    if now is None:
        message = f"says something else than before, and was deleted by hand at {at}"
    return Remark("flag", key, f"{message}: that stays", "change it there if the list is right")


def _emptied(
    row: Candidate,
    entry: ExistingEntry,
    known: KnownRows | None,
    rows: Remembered,
    told: Collection[str],
) -> Iterator[Remark]:
    """What the row said last time and says no more, and still stands in the file."""
    if known is None:
        return
    said = {key for key, _ in row.own}
    for key in rows.keys:
        last = "" if key in said or key not in told else rows.was(known, key)
        now = entry.value(key) if last else None
        if now is None or rows.digest(now) != last:
            continue
        if key == "visibility":  # who may be named has none: the cell may say “Yes”
            message = f"asks for nothing to be hidden now; what stands at {entry.place(key)} stays"
            yield Remark("flag", key, message, "delete it there if they want to be named")
            continue
        message = f"is empty now, and still stands at {entry.place(key)}"
        yield Remark("flag", key, message, "delete it there if it is to go")


def _is_raised(change: FieldChange) -> bool:
    """Whether more of somebody is to be printed than before: that takes their word."""
    before, after = change.before, change.after
    if change.key != "visibility" or before not in _SHY or after not in _SHY:
        return False
    return _SHY.index(str(after)) < _SHY.index(str(before))
