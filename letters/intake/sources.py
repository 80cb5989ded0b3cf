"""imports.yaml: how each list was taken in, so that next week’s file is taken in the same way.

It is the user’s file: what stands there is followed, remarks stay, and only the group of the list
that is imported is ever written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from os.path import lexists
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from letters.campaign import source
from letters.campaign.source import MOST_OF_ONE, Source
from letters.campaign.types import Model
from letters.campaign.validate import validate
from letters.campaign.yaml_words import lines
from letters.campaign.yaml_words import text as in_quotes
from letters.problem import Place, Problem

NAME = "imports.yaml"
_HEAD = (
    "# How each list was taken in by “letters import”; change it as you like. “columns” says what\n"
    "# each column is (“ignore” for those that are left out), “settings” how its words are read.\n"
)
_COPY = re.compile(
    r"\s*(\(\d+\)|[-_ ](copy|kopie|copie|copia)|[-_ ]?\d{4}-?\d{2}-?\d{2})+$", re.IGNORECASE
)


class ListedSource(Model):
    """What is remembered of one list."""

    into: Literal["signatories", "recipients"]
    recipe: str | None = None
    sheet: str | None = None
    key: str | None = Field(None, description="The column that tells the rows apart")
    columns: dict[str, str] = Field(default_factory=dict)
    settings: dict[str, str | dict[str, str]] = Field(default_factory=dict)


def read(root: Path) -> tuple[dict[str, ListedSource], list[Problem]]:
    """The lists that have been imported, by the name of their file."""
    if not lexists(root / NAME):
        return {}, []
    found, problems = source.read(root / NAME, NAME, MOST_OF_ONE)
    if found.root is None:
        return {}, problems
    if not isinstance(found.root, dict):
        return {}, [*problems, Problem(Place(NAME), "must be a group of “key: value” lines")]
    listed: dict[str, ListedSource] = {}
    for name in found.root:
        one, faults = validate(ListedSource, found, (name,))
        problems += faults
        if one is not None:
            listed[name] = one
    return listed, problems


def known_as(
    listed: Mapping[str, ListedSource], path: Path, into: str, columns: Sequence[str] = ()
) -> str:
    """The name under which a file was imported before, or its own.

    It may be called “form (1).csv” now: then the same list has the same name but for that, or
    all the same columns.
    """
    ours = [name for name, one in listed.items() if one.into == into]
    for name in (path.name, f"{path.name} ({into})"):
        if name in ours:
            return name
    stem = _COPY.sub("", path.stem).casefold()
    alike = [n for n in ours if _COPY.sub("", Path(n).stem).casefold() == stem]
    if not alike and columns:
        alike = [n for n in ours if list(listed[n].columns) == list(columns)]
    if len(alike) == 1:
        return alike[0]
    # The same file may hold both those who sign and those whom they write to.
    return f"{path.name} ({into})" if path.name in listed else path.name


def encoded(before: bytes | None, name: str, one: ListedSource) -> bytes:
    """The file with the group of that list as it is now."""
    text = before.decode("utf-8-sig") if before else _HEAD
    newline = "\r\n" if "\r\n" in text else "\n"
    group = _group(name, one)
    found = _parsed(text)
    if found.root and name in found.root:
        first = found.root.key_marks[name][0] - 1
        every = re.findall(r".*\n|.+", text)
        later = [m[0] - 1 for m in found.root.key_marks.values() if m[0] - 1 > first]
        last = min(later, default=len(every))
        while last > first + 1 and every[last - 1].lstrip().startswith(("#", "\n", "\r")):
            last -= 1  # a remark above the next group is about that one
        kept = [line for line in every[first + 1 : last] if line.lstrip().startswith("#")]
        head, *rest = group.splitlines(keepends=True)
        new = [head, *kept, *rest]
        text = "".join((*every[:first], *(_ended(line, newline) for line in new), *every[last:]))
    else:
        text = _ended(text, newline) if text else text
        text += f"\n{group}".replace("\n", newline)
    if _parsed(text).root.get(name) != _parsed(group).root[name]:
        raise ValueError("the file is written in a way that leaves no place for another group")
    return text.encode()


def _ended(line: str, newline: str) -> str:
    return line.rstrip("\r\n") + newline if line.strip() else line


def _parsed(text: str) -> Source:
    return source.parse(text.encode(), NAME)[0]


def _group(name: str, one: ListedSource) -> str:
    values: dict[str, Any] = {
        key: what for key, what in one.model_dump(exclude_none=True).items() if what
    }
    return f"{in_quotes(name)}:\n" + "".join(f"{line}\n" for line in lines(values, "  "))
