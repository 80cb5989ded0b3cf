"""An import but for the writing, for a process with bounds, since files are strange.

What comes back is small enough to travel: what to show, and the files as they will be.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

from msgspec import Struct, field

from letters.intake import existing, own, remembered, settings, sources, view
from letters.intake.candidates import candidates, key_column
from letters.intake.mapping import expect_name, guessed, is_passed_over, mapped
from letters.intake.opening import opened
from letters.intake.order import Order
from letters.intake.plan import ImportPlan, RowOutcome, State, counts, plan
from letters.intake.row import Row
from letters.intake.sources import ListedSource
from letters.intake.writing import Written, written
from letters.problem import Problem

_SAMPLE = 200
_MOST_ANSWERS = 1000
_MEMORY = 2 * 1024**3


class SignedRow(Struct, frozen=True):
    """One person’s own row: the day it says, and the row with the headers as bytes of CSV."""

    id: str
    day: str
    evidence: bytes


class Prepared(Struct):
    """What an import will do, as it is shown and as it is written."""

    source: str
    columns: list[view.Shown]
    counts: dict[State, int]
    remarks: list[str]
    answers: list[tuple[str, str]]
    changes: list[str]
    problems: list[Problem | str]
    gone: list[str]
    written: Written
    given: tuple[str, ...] = ()
    signed: list[SignedRow] = field(default_factory=list)


def begin() -> None:
    """Ready the process: little memory, and no words of a reader’s own when it fails."""
    import os

    gc.disable()  # nothing that is read is garbage, and looking for some takes its time
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def prepare(order: Order) -> Prepared:
    """Read, plan, and write down what would be written. Raises a LettersError."""
    listed, faults = sources.read(order.root)
    if faults:
        from letters.problem import CampaignError

        raise CampaignError(faults)
    name = sources.known_as(listed, order.path, order.kind)
    before = listed.get(name) or ListedSource(into=order.kind, key=None)
    words = settings.settled(before.settings, order.settled)
    table, recipe = opened(
        order.path,
        order.kind,
        order.root,
        named=order.recipe or before.recipe or "",
        sheet=order.sheet or before.sheet or "",
        settings=words,
    )
    remarks = list(table.remarks)
    if name not in listed:
        name = sources.known_as(listed, order.path, order.kind, table.columns)
        if name in listed:
            before = listed[name]
            words = settings.settled(before.settings, order.settled)
    sample = list(islice(table.rows, _SAMPLE))
    if (
        recipe
        and not (order.recipe or before.recipe)
        and is_passed_over(order, table, recipe, sample)
    ):
        table, recipe = opened(
            order.path, order.kind, order.root,
            named="", sheet=table.sheet, settings=words, recognise=False,
        )  # fmt: skip
        sample = list(islice(table.rows, _SAMPLE))
    if name != order.path.name:
        remarks.append(f"taken as the list that was imported as {name}")
    if recipe:
        remarks.append(f"read by the recipe {recipe.name} ({recipe.title})")
    guess, is_own = guessed(order, table, recipe, sample)
    meant = mapped(order, table, guess.fields, before.columns)
    # What somebody has settled needs no remark, this week or the next.
    settled_columns = [*before.columns, *(one.rpartition("=")[0].strip() for one in order.mapped)]
    remarks += [one for one in guess.remarks if not any(f"“{c}”" in one for c in settled_columns)]
    settled = settings.of(order.root, words, recipe, settings.order_of(sample, meant), own=is_own)
    remarks += settings.asked(sample, meant, settled)
    expect_name(order, meant)
    said: set[str] = set()
    every = chain(sample, table.rows)
    rows = _listening(own.restored(every) if is_own else every, meant, said)
    key = before.key if before.key in meant else key_column(meant)
    people = existing.people(order.root, order.kind, name)
    kept = remembered.read(remembered.file_of(order.root, order.kind, name))
    made = candidates(order.kind, rows, meant, settled, key or "")
    planned = plan(people, made, kept, order.taken, table.noun, own=is_own)
    now = ListedSource(
        into=order.kind,
        recipe=recipe.name if recipe else None,
        sheet=table.sheet or None,
        key=key or None,
        columns={column: meant[column] for column in table.columns if column in meant},
        settings=words,
    )
    files = written(order.root, people, planned, name, now)  # which may give an entry up
    shown_as = order.path.name
    hidden = [one.number for one in planned.outcomes if one.hidden or one.does == "refused"]
    result = Prepared(
        name,
        view.columns(order.kind, meant, sample, hidden),
        counts(planned.outcomes),
        remarks,
        settings.meanings(order.kind, said, settled) if "visibility" in meant.values() else [],
        view.changes(planned, table.noun, every=order.every),
        list(view.problems(planned, shown_as, meant, table.noun, every=order.every)),
        planned.gone,
        files,
        tuple(outcome.id for outcome in planned.outcomes if outcome.does == "new"),
    )
    if order.sign:
        result.signed = list(_signed(order, planned, now))
    return result


def _listening(rows: Iterable[Row], meant: Mapping[str, str], said: set[str]) -> Iterator[Row]:
    """The rows as they pass, with each answer about visibility noted."""
    asked = [column for column, field in meant.items() if field == "visibility"]
    for row in rows:
        if len(said) < _MOST_ANSWERS:
            for column in asked:
                said.add(row.cells.get(column, ""))
        yield row


def _signed(order: Order, planned: ImportPlan, now: ListedSource) -> Iterator[SignedRow]:
    """Each person’s own row, read a second time: it is their evidence, and nobody else’s."""
    from letters.intake.delimited import as_line

    wanted: dict[int, RowOutcome] = {
        outcome.number: outcome for outcome in planned.outcomes if outcome.signs
    }
    table, _ = opened(
        order.path, order.kind, order.root,
        named=now.recipe or "", sheet=now.sheet or "", settings=now.settings,
    )  # fmt: skip
    head = as_line(table.columns)
    for row in table.rows:
        if outcome := wanted.get(row.number):
            line = as_line(row.cells.get(column, "") for column in table.columns)
            yield SignedRow(outcome.id, outcome.signed_on, (head + line).encode())
