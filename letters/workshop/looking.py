"""The look at a campaign, step by step, each of which may be ended by its bounds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from letters.check.inspection import Inspection
from letters.problem import Place, Problem, has_errors

if TYPE_CHECKING:
    from letters.workshop.steps import Read


@dataclass(frozen=True, slots=True)
class Report:
    """All problems, and what nobody but a person can check."""

    problems: tuple[Problem, ...]
    reminders: tuple[str, ...] = ()


def looked(read: Read, step: Callable[..., Any], loops: str) -> tuple[Report, bool]:
    """What is wrong with the campaign that was ``read``, and whether the look was stopped.

    ``step`` takes one step of an `Inspection`; ``loops`` is the hint where a template never ends.
    """
    problems = list(read.problems)
    if not read.usable:
        return Report(tuple(problems)), False
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
        return Report((*problems, stopped(what, read.place, hint))), True
    return Report((*problems, *told), reminders), False


def stopped(what: str, place: Place, hint: str) -> Problem:
    """What is said of a step that the system has ended."""
    return Problem(place, f"{what} takes too much time or memory and was stopped", hint)
