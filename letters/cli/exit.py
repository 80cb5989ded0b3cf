"""The few ways in which a command speaks to a person or a program, and how it ends.

Data goes to standard output, everything else to standard error, so that ``letters … --json | jq``
works whatever is reported beside it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import typer

from letters.error import LettersError, Status
from letters.problem import CampaignError, Problem, has_errors, in_order

__all__ = [
    "CommandError", "Status", "as_json", "expect_folder", "explain", "fail", "is_terminal", "note",
    "pasted", "report", "say", "stop_on", "table",
]  # fmt: skip

_listening: list[list[str]] = []
_wiping: list[Callable[[], None]] = []


def before_saying(wipe: Callable[[], None]) -> None:
    """Have this done before anything is said."""
    _wiping.append(wipe)


def say(text: str) -> None:
    """Data, on standard output."""
    for wipe in _wiping:
        wipe()
    typer.echo(_readable(text))


@contextmanager
def heard(lines: list[str]) -> Iterator[None]:
    """Add to ``lines`` whatever is noted meanwhile."""
    _listening.append(lines)
    try:
        yield
    finally:
        _listening.remove(lines)


def note(text: str) -> None:
    """A message, on standard error."""
    for lines in _listening:
        lines.append(text)
    for wipe in _wiping:
        wipe()
    typer.echo(_readable(text), err=True)


def pasted(path: Path) -> str:
    """A path as it is typed in a shell: what a message suggests is pasted there as it stands."""
    import shlex

    return shlex.quote(str(path))


def _readable(text: str) -> str:
    """Names of files are anybody's: what steers a terminal or hides there is shown as a sign."""
    if text.isprintable():  # as most lines are; only then is a room entered
        return text
    from letters.campaign.plaintext import UNUSABLE

    return UNUSABLE.sub("�", text)


def as_json(value: Any) -> None:
    """Data for a program."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


class CommandError(LettersError):
    """What a command itself has to say where it ends; each has a status of its own."""

    def __init__(self, status: Status, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


def fail(status: Status, text: str, hint: str = "") -> NoReturn:
    """Stop with a message."""
    raise CommandError(status, text, hint)


def explain(error: LettersError) -> Status:
    """Print what an error has to say; the status by which the command ends."""
    if isinstance(error, CampaignError):
        report(error.problems)
        return error.status
    for line in error.particulars:
        note(line)
    note(f"letters: {error.prefix}{error.sentence}")
    return error.status


def report(problems: Iterable[Problem], *, everything: bool = False) -> None:
    """Print problems in reading order, and how many there are; of very many, the kinds."""
    from letters.cli import problemlist

    for line in problemlist.lines(in_order(problems), everything=everything):
        note(line)


def stop_on(problems: Iterable[Problem]) -> None:
    """Go on where none of the problems is an error, and print them; end the command otherwise."""
    found = list(problems)
    if has_errors(found):
        raise CampaignError(found)
    report(found)


def table(rows: list[tuple[str, ...]]) -> str:
    """Columns that line up; the last one is not padded."""
    if not rows:
        return ""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines)


def is_terminal() -> bool:
    """Whether progress can be drawn on standard error."""
    return sys.stderr.isatty()


def expect_folder(folder: Path, option: str = "--out") -> Path:
    """The folder to write into, there or not; a file in its way ends the command."""
    from letters.files import in_the_way

    if file := in_the_way(folder):
        fail(Status.USAGE, f"{file} is a file, and no folder", f"name a folder with {option}")
    return folder
