"""A recipe: how the list of a known program or parliament is read, column by column."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from letters.campaign.types import Visibility
from letters.intake import nested
from letters.intake.days import Order
from letters.intake.recipe_file import ColumnChoice, is_pattern
from letters.intake.remark import noted, refused
from letters.intake.row import Row
from letters.intake.vocabulary import Kind, field_of, is_added
from letters.intake.worded import folded

_HOLE = re.compile(r"\{([^{}]+)\}")


class Recipe(Struct, frozen=True):
    """How a list is read. ``columns`` leads from a column, or its /pattern/, to a field."""

    name: str
    title: str
    kinds: tuple[Kind, ...]
    columns: Mapping[str, str]
    records: str | None = None
    recognised: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[ColumnChoice, ...]] = field(default_factory=dict)
    composed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Visibility] = field(default_factory=dict)
    zone: str = ""
    order: Order = ""
    country: str = ""

    def complete(self, row: Row, record: Any = None) -> Row:
        """The row with what the recipe adds to it: deeper values, constants, what it chooses.

        ``record`` is what the row was made of, where that was nested.
        """
        if record is None and not self._adds:
            return row
        cells = dict(row.cells)
        for column, said in self.needs.items():
            if not _cell(cells, column).strip():
                meant = next(iter(_matching(column, tuple(cells))), "")
                return Row(row.number, cells | refused(meant, said))
        if record is not None:
            for column in self._asked():
                if column not in cells:
                    cells[column] = nested.find(record, column)
        for wanted, words in self.repairs.items():
            cells = _repaired(cells, wanted, words)
        for name, choices in self.choices.items():
            chosen = (choice.of(_cell(cells, choice.by)) for choice in choices)
            cells[added(name)] = next((one for one in chosen if one is not None), "")
        for name, patterns in self.composed.items():
            filled = (_filled(pattern, cells) for pattern in patterns)
            cells[added(name)] = next(filter(None, filled), "")
        for name, text in self.constants.items():
            cells[added(name)] = text
        return Row(row.number, cells)

    @property
    def _adds(self) -> bool:
        """Whether it says anything that is not in the cells."""
        return bool(self.needs or self.repairs or self.choices or self.composed or self.constants)

    def fields(self, columns: Sequence[str], kind: Kind) -> dict[str, str]:
        """Where each column leads, in the order in which the recipe prefers them."""
        found: dict[str, str] = {}
        for wanted, name in self.columns.items():
            if meant := field_of(name, kind):
                for column in _matching(wanted, tuple(columns)):
                    found.setdefault(column, meant)
        chosen = (
            name for name, choices in self.choices.items() if self._is_there(choices, columns)
        )
        for name in (*chosen, *self.composed, *self.constants):
            if meant := field_of(name, kind):
                found.setdefault(added(name), meant)
        return found

    def _is_there(self, choices: Sequence[ColumnChoice], columns: Sequence[str]) -> bool:
        """Whether the list has a column by which this is chosen."""
        known = tuple(columns)
        return any(is_added(one.by) or _matching(one.by, known) for one in choices)

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a source with these columns is what the recipe is for."""
        known = tuple(columns)
        return bool(self.recognised) and all(_matching(one, known) for one in self.recognised)

    def _asked(self) -> tuple[str, ...]:
        by = (choice.by for choices in self.choices.values() for choice in choices)
        holes = (hole for said in self.composed.values() for one in said for hole in _holes(one))
        return tuple(
            column
            for column in (*self.columns, *by, *holes, *self.repairs)
            if nested.is_path(column) and not is_pattern(column)
        )


def added(name: str) -> str:
    """The column of what the recipe itself says of a field."""
    return name if is_added(name) else f"({name})"


@functools.lru_cache(maxsize=4096)
def _matching(wanted: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that are meant: by their name, whatever its capitals, or by a /pattern/."""
    if is_pattern(wanted):
        pattern = re.compile(wanted[1:-1])
        return tuple(column for column in columns if pattern.search(folded(column[:500])))
    if wanted in columns:
        return (wanted,)
    plain = folded(wanted)
    return tuple(column for column in columns if folded(column) == plain)


def _cell(cells: Mapping[str, str], wanted: str) -> str:
    if wanted in cells:
        return cells[wanted]
    return next((text for one in _matching(wanted, tuple(cells)) if (text := cells[one])), "")


def _holes(pattern: str) -> list[str]:
    return _HOLE.findall(pattern)


def _filled(pattern: str, cells: Mapping[str, str]) -> str:
    """The pattern with its columns’ texts; "" where one of them says nothing."""
    if not all(_cell(cells, hole).strip() for hole in _holes(pattern)):
        return ""
    return _HOLE.sub(lambda hole: _cell(cells, hole[1]).strip(), pattern)


def _repaired(cells: dict[str, str], wanted: str, words: Mapping[str, str]) -> dict[str, str]:
    """The cells with typing mistakes that are known of this source put right, and said."""
    for column in _matching(wanted, tuple(cells)):
        text = cells[column]
        for wrong, right in words.items():
            text = re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, text)
        if text != cells[column]:
            cells = noted({**cells, column: text}, column, "a known typing mistake was put right")
    return cells
