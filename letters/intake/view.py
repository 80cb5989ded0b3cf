"""What is shown of a plan: the columns with examples, the changes, and what is to be said of rows.

Contacts are never shown, nor anything of whoever is not to be named: the screen may be shared, and
a line of it ends in a bug report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from letters.intake.flat import Value
from letters.intake.plan import ImportPlan, RowOutcome, remarks
from letters.intake.row import Row
from letters.intake.vocabulary import IGNORED, Kind
from letters.problem import Place, Problem, Severity

HIDDEN = "…"
_EXAMPLES, _WIDEST, _HEADER = 2, 28, 40
_LINES, _ALIKE = 40, 5  # changes, and remarks of one kind, that are shown unless all are asked for
_PRIVATE = re.compile(r"contact\b.*|email|phone|note|key|testimony\b.*")
_TELEPHONE = re.compile(r"(?:\d[ ./()-]*){6,}")
_SIGNS = {"new": "+", "updated": "~"}


class Shown(Struct, frozen=True):
    """A column as it is shown: its header, what it becomes, and a few of its cells."""

    column: str
    becomes: str
    examples: str


def columns(
    kind: Kind, fields: Mapping[str, str], sample: Sequence[Row], hidden: Iterable[int]
) -> list[Shown]:
    """The table of columns; rows whose numbers are ``hidden`` give no example."""
    out = set(hidden)
    rows = [row for row in sample if row.number not in out]
    found = []
    for column, field in fields.items():
        # Those who sign have their address at home, those who are written to in an office.
        at_home = kind == "signatories" and field.startswith("address")
        examples = HIDDEN if at_home else _examples(column, field, rows)
        becomes = "–" if field == IGNORED else field
        found.append(Shown(_cut(column, _HEADER), becomes, examples))
    return found


def _examples(column: str, field: str, rows: Sequence[Row]) -> str:
    cells = (" ".join(row.cells.get(column, "").split()) for row in rows)
    found: dict[str, None] = {}
    for cell in filter(None, cells):
        stamp = field == "signed_on"
        contact = "@" in cell or (not stamp and _TELEPHONE.search(cell))
        private = contact or _PRIVATE.fullmatch(field)
        # What is left out may be anything: long texts tell of people.
        if private or (field == IGNORED and len(cell) > _WIDEST):
            return HIDDEN
        found[_cut(cell, _WIDEST)] = None
        if len(found) == _EXAMPLES:
            break
    return ", ".join(found)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def changes(plan: ImportPlan, noun: str, *, every: bool) -> list[str]:
    """A line for each entry that comes in or changes."""
    found = [outcome for outcome in plan.outcomes if outcome.does in _SIGNS]
    shown = found if every else found[:_LINES]
    said = [_line(outcome, noun) for outcome in shown]
    if left := len(found) - len(shown):
        said.append(f"… and {left:,} more (all with --all)")
    return said


def _line(outcome: RowOutcome, noun: str) -> str:
    flag = "!" if outcome.state == "flagged" else " "
    hidden = outcome.hidden
    told = [_told(key, what, hidden=hidden) for key, what in outcome.items]
    for one in outcome.changes:
        before = "" if one.before is None else f"{_value(one.key, one.before, hidden=hidden)} → "
        told.append(f"{one.key} {before}{_value(one.key, one.after, hidden=hidden)}")
    return f"{_SIGNS[outcome.does]}{flag}{outcome.id} ({noun} {outcome.number}): {', '.join(told)}"


def _told(key: str, what: Value, *, hidden: bool) -> str:
    return f"{key} {_value(key, what, hidden=hidden)}"


def _value(key: str, what: Value, *, hidden: bool) -> str:
    if key in ("visibility", "kind", "tier", "form"):
        return str(what)
    if hidden or _PRIVATE.fullmatch(key):
        return HIDDEN
    text = " / ".join(what) if isinstance(what, tuple) else str(what)
    return f"“{_cut(text, 60)}”"


def _named(field: str, named: Mapping[str, str]) -> str:
    """The column of a field, or of the first of its parts; the field where there is neither."""
    parts = (column for one, column in named.items() if one.startswith(f"{field}."))
    return named.get(field) or next(parts, field)


def problems(
    plan: ImportPlan, shown_as: str, fields: Mapping[str, str], noun: str, *, every: bool
) -> Iterator[Problem | str]:
    """What is to be said of rows, at row and column; of many of a kind the first few.

    A record of a nested file is called by its number, which is no line of it.
    """
    at = {column: number for number, column in enumerate(fields, 1)}
    named = {field: column for column, field in reversed([*fields.items()]) if field != IGNORED}
    seen = Counter[tuple[str, str, str]]()
    for outcome, remark in remarks(plan.outcomes):
        kind = (remark.level, remark.column, remark.hint or remark.message)
        seen[kind] += 1
        if seen[kind] > _ALIKE and not every:
            continue
        column = remark.column if remark.column in at else _named(remark.column, named)
        place = Place(shown_as, outcome.number, at.get(column, 1), _cut(column, _HEADER))
        severity: Severity = "error" if remark.level == "refusal" else "warning"
        message, hint = remark.message, remark.hint
        if remark.level == "proposal" and hint:  # what was accepted is done, and needs no hint
            message, hint = f"proposed: {message}", "--set proposals=accept takes what is proposed"
        if noun == "record":
            message = f"record {outcome.number}: {message}"
        yield Problem(place, message, hint, severity)
    for (_, column, hint), count in seen.items():
        if count > _ALIKE and not every:
            key = f"{_cut(column, _HEADER)} – " if column else ""
            yield f"{shown_as}: {key}{count - _ALIKE:,} more like these ({hint}; all with --all)"
