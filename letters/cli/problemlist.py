"""Problems as a person can read them: thousands are put together by kind, with their number.

A list that was imported with one column wrong has the same mistake in each line. Whoever reads the
first few of them knows what to do, and must not miss the one problem of another kind between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters.counting import counted
from letters.problem import Problem

MOST = 60
"""Problems that are told one by one, whatever they are."""
_OF_A_KIND = 3
_KINDS = 30
# What is another in each message of a kind: a place, a number, a quoted word, a list of ids.
_OWN = re.compile(
    r"(?<!\S)\S{1,400}:[0-9]+:[0-9]+|[0-9]+|“[^“”]*”|(?<=address of ).*(?= too$)|(?<= of ).*$"
)


def lines(problems: Sequence[Problem], *, everything: bool = False) -> Iterator[str]:
    """What is printed of problems that stand in reading order, with their number at the end."""
    kinds = _by_kind(problems) if len(problems) > MOST and not everything else []
    if kinds:
        yield from _grouped(kinds)
    else:
        yield from map(str, problems)
    errors = sum(problem.severity == "error" for problem in problems)
    if kinds:
        warnings = len(problems) - errors
        told = [counted(errors, "problem") + " to fix"] if errors else []
        told += [counted(warnings, "warning")] if warnings else []
        yield f"{', '.join(told)}, by kind (“letters check --all” lists each)"
    elif errors:
        yield f"{counted(errors, 'problem')} to fix"


def _grouped(kinds: list[list[Problem]]) -> Iterator[str]:
    """The first few of each kind: what stops the work before what doesn't, and in reading order."""
    kinds.sort(key=lambda kind: kind[0].severity)
    for kind in kinds[:_KINDS]:
        # One more would take as much room as the word that there is one.
        shown = len(kind) if len(kind) <= _OF_A_KIND + 1 else _OF_A_KIND
        yield from map(str, kind[:shown])
        if len(kind) > shown:
            what = "warnings" if kind[0].severity == "warning" else "problems"
            yield f"  … and {len(kind) - shown} more {what} of this kind"
    if rest := kinds[_KINDS:]:
        total = counted(sum(map(len, rest)), "problem")
        yield f"  … and {total} of {counted(len(rest), 'other kind')}"


def _by_kind(problems: Sequence[Problem]) -> list[list[Problem]]:
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        key = problem.place.key.rpartition(".")[2]
        kind = _OWN.sub("…", problem.message)
        kinds.setdefault((problem.severity, key, kind), []).append(problem)
    return list(kinds.values())
