"""Files of people whose name gives away whom they hide: no message may name them.

In a folder of signatories a file is mostly called after the person in it. Where that person is not
to be named, one problem says so by the file's number, and nothing else is said of the file until it
is called something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from letters import reading
from letters.campaign.personcheck import tells
from letters.campaign.shown import may_hide_name
from letters.campaign.source import Mapping, Source
from letters.problem import Place, Problem

_HIDES = re.compile(rb"(?i)\bvisibility\W{0,4}(withheld|role-only)\b")
_LOOK = 1024 * 1024  # bytes of a file that can't be read as YAML


def untold(
    source: Source, file: Path, number: str, found: list[Problem]
) -> tuple[Problem, ...] | None:
    """What is said of a file of one signatory instead of what was ``found``; None where that is.

    ``number`` says which file of the folder it is: “file 3 of 12”.
    """
    folder = Place(source.path.rpartition("/")[0] or ".")
    if source.root is None:
        return tuple(_unnamed(each, folder, number) for each in found) if _hides(file) else None
    if not isinstance(source.root, Mapping) or not is_telling(source.root, file.stem):
        return None
    hint = "call it like the id of the person"
    if source.root.get("id") in (None, file.stem):
        hint = "say “letters people rename --speaking”, then call it like the new id"
    message = f"the name of {number} gives away a part of a name that is not to be printed"
    return (Problem(folder, message, hint),)


def is_telling(record: Mapping, called: str) -> bool:
    """Whether an id or a file’s name gives away a name that may not be printed."""
    is_hidden = may_hide_name(record.get("visibility"))
    return is_hidden and tells(_texts(record.get("name")), called.casefold())


def unread_name(path: Path, problem: Problem, number: str) -> Problem:
    """What is said of a file beside those that are read, without its name where it hides it."""
    folder = Place(problem.place.path.rpartition("/")[0] or ".")
    if not path.is_file() or not _hides(path):
        return problem
    return replace(_unnamed(problem, folder, number), hint="")


def _unnamed(problem: Problem, folder: Place, number: str) -> Problem:
    place = problem.place
    at = f", line {place.line}, column {place.column}" if place.line > 1 or place.column > 1 else ""
    return replace(problem, place=folder, message=f"{number}{at}: {problem.message}")


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for each in node.values():
            yield from _texts(each)


def _hides(file: Path) -> bool:
    try:
        return bool(_HIDES.search(reading.head_of(file, _LOOK)))
    except OSError:  # a link, or nothing that can be read
        return False
