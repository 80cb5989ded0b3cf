"""What each column of a list is: guessed, remembered, or said with this run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from letters.error import LettersError, Status
from letters.intake import columns, own
from letters.intake.columns import Guess
from letters.intake.order import Order
from letters.intake.recipe import Recipe
from letters.intake.row import ListTable, Row
from letters.intake.vocabulary import IGNORED, UNCLEAR, fields, is_field
from letters.intake.worded import unaccented
from letters.problem import did_you_mean

_ENOUGH = 0.6  # of what a guess knows, for a recipe that nobody named


class MappingError(LettersError):
    """--map names a column or a field that there isn’t."""

    status = Status.USAGE


def guessed(
    order: Order, table: ListTable, recipe: Recipe | None, sample: Sequence[Row]
) -> tuple[Guess, bool]:
    """What the columns seem to be, and whether the list is one of our own kind."""
    if recipe is None and table.noun == "record":
        found = own.guess(order.kind, table.columns, sample)
        if found is not None:
            return found, True
    guess = columns.guess(order.kind, table.columns, sample)
    if recipe is None:
        return guess, False
    fields, remarks = dict(recipe.fields(table.columns, order.kind)), list[str]()
    # “E-mail (will not be published)” asks for no leave.
    boxes = {c for c, f in guess.fields.items() if f == "email"}
    fields |= {c: "email" for c in boxes if fields.get(c) in {"visibility", UNCLEAR}}
    if not recipe.answers:
        fields, remarks = columns.straight(fields)
    if not {"visibility", UNCLEAR} & {*fields.values()}:
        # A form asks it in its own words, which the recipe may not know.
        fields |= {c: f for c, f in guess.fields.items() if f in {"visibility", UNCLEAR}}
        remarks += [one for one in guess.remarks if one not in remarks]
    if order.kind == "signatories":
        # Forms have questions that no recipe foresees.
        known = {c for c, f in fields.items() if f != IGNORED or c not in guess.fields}
        more = {c: f for c, f in guess.fields.items() if c not in known and f != "visibility"}
        fields |= {c: f for c, f in more.items() if f == IGNORED or f not in fields.values()}
    return Guess(fields, tuple(remarks)), False


def is_passed_over(order: Order, table: ListTable, recipe: Recipe, sample: Sequence[Row]) -> bool:
    """Whether a recipe that nobody named reads far less of the list than its own headers say.

    Then the list only looks like those that the recipe is for.
    """
    guess = columns.guess(order.kind, table.columns, sample).fields
    by_recipe = recipe.fields(table.columns, order.kind)
    known = sum(1 for column in table.columns if by_recipe.get(column, IGNORED) != IGNORED)
    return known < _ENOUGH * sum(1 for field in guess.values() if field != IGNORED)


def mapped(
    order: Order, table: ListTable, guessed: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str]:
    """What each column is: by this run’s word, what is remembered, or the guess."""
    found = {column: guessed.get(column, IGNORED) for column in table.columns}
    found |= {column: field for column, field in guessed.items() if column not in found}
    found |= {c: f for c, f in before.items() if c in found and is_field(f, order.kind)}
    for one in order.mapped:
        column, sign, field_ = (part.strip() for part in one.rpartition("="))
        if not sign:
            raise MappingError(f"“{one}” says no field", 'write it as --map "COLUMN=FIELD"')
        chosen = _column(column, found)
        if chosen is None:
            has_headers = any(columns.is_header(order.kind, one) for one in table.columns)
            hint = did_you_mean(column, found) if has_headers else "the first line has no headers"
            raise MappingError(f"there is no column “{column}”", hint)
        if not is_field(field_, order.kind):
            hint = did_you_mean(field_, fields(order.kind)) or "docs/import.md lists the fields"
            raise MappingError(f"there is no field “{field_}” of {order.kind}", hint)
        if field_ in ("name", "email", "visibility", "key"):
            others = {field_, UNCLEAR} if field_ == "visibility" else {field_}
            found = {c: IGNORED if f in others else f for c, f in found.items()}
        found[chosen] = field_
    return found


def _column(wanted: str, found: Iterable[str]) -> str | None:
    every = list(found)
    if wanted in every:
        return wanted
    alike = [column for column in every if unaccented(column) == unaccented(wanted)]
    return alike[0] if len(alike) == 1 else None


def expect_name(order: Order, meant: Mapping[str, str]) -> None:
    """Raise MappingError where no column is a name."""
    if not any(field.startswith("name") for field in meant.values()):
        shown = ", ".join(
            f"“{column}”" if columns.is_header(order.kind, column) else f"column {number}"
            for number, column in enumerate(islice(meant, 8), 1)
        )
        raise MappingError(
            f"{order.path.name}: no column seems to hold a name ({shown})",
            'say which does: --map "COLUMN=name"; a list has a line of headers first',
        )
