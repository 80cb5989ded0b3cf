"""The look at a campaign, step by step, each of which may be ended by its bounds."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from letters import limits
from letters.campaign.paths import LETTER_FILE
from letters.problem import Place, Problem, has_errors

if TYPE_CHECKING:
    from letters.workshop.steps import Read


_MOST_FILES = 200_000
_LISTS = (".yaml", ".yml")
_NAMED = ("templates", "forms", "languages", "bodies", "recipes", "out")  # folders of no persons


class Report(Struct, frozen=True):
    """All problems, and what nobody but a person can check."""

    problems: tuple[Problem, ...]
    reminders: tuple[str, ...] = ()


def looked(
    read: Read, step: Callable[..., Any], loops: str, where: Callable[[], Place | None]
) -> tuple[Report, bool]:
    """What is wrong with the campaign that was ``read``, and whether the look was stopped.

    ``step`` takes one step of an `Inspection`; ``loops`` is the hint where a template never ends,
    and ``where`` says where a step was ended.
    """
    problems = list(read.problems)
    if not read.usable:
        return Report(tuple(problems)), False
    from letters.check.inspection import Inspection

    try:
        what, hint = "reading the pictures", "make them smaller"
        problems += step(Inspection.pictures)
        what = "reading the enclosures"
        problems += step(Inspection.enclosures)
        what, hint = "the template", loops
        problems += step(Inspection.drafts)
        what = "comparing the editions"
        problems += step(Inspection.translations, not has_errors(problems))
        what, hint = "laying the letter out and comparing it with the rules", "make it shorter"
        told, reminders = step(Inspection.judgement, not has_errors(problems))
    except BrokenProcessPool:
        return Report((*problems, stopped(what, where() or read.place, hint))), True
    return Report((*problems, *told), reminders), False


def yaml_mib(root: Path) -> float:
    """How many MiB of YAML lie in the campaign's folder, and in the folders right in it."""
    found = (path for pattern in ("*.y*ml", "*/*.y*ml") for path in root.glob(pattern))
    sizes = (path.lstat() for path in islice(found, _MOST_FILES))
    return sum(each.st_size for each in sizes if stat.S_ISREG(each.st_mode)) / limits.MIB


def place_of(root: Path, stopped_at: tuple[str, int] | None) -> Place | None:
    """Where that is as it may be said: the name of a file of somebody’s own may give them away."""
    if stopped_at is None:
        return None
    path = Path(stopped_at[0])
    if not path.is_relative_to(root):
        return Place(str(path), stopped_at[1])
    inner = path.relative_to(root)
    if len(inner.parts) > 1 and inner.parts[0] not in _NAMED:
        return Place(inner.parts[0])
    alone = len(inner.parts) == 1 and inner.suffix.lower() not in _LISTS
    return Place(LETTER_FILE) if alone else Place(inner.as_posix(), stopped_at[1])


def stopped(what: str, place: Place, hint: str) -> Problem:
    """What is said of a step that the system has ended."""
    return Problem(place, f"{what} takes too much time or memory and was stopped", hint)
