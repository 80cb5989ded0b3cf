"""What can be changed on the page, and what would be written: the same for every kind of file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote, unquote

from letters.campaign.yaml_nodes import Plain
from letters.problem import Problem

Location: TypeAlias = tuple[str | int, ...]

_ONE_LINE = 80  # characters, beyond which a value gets more lines


@dataclass(frozen=True, slots=True)
class Field:
    """One value: ``name`` is that of its input, and tells its place in the file."""

    name: str
    label: str
    value: str = ""
    help: str = ""

    @property
    def lines(self) -> int:
        """How many lines its input has."""
        return max(self.value.count("\n") + 1, 1 + len(self.value) // _ONE_LINE)


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A file, or one person in it. ``seen`` is the digest of what stood there when it was read.

    ``what`` names it in addresses; ``remarks`` are said of what is not offered.
    """

    what: str
    title: str
    path: str
    seen: str
    fields: tuple[Field, ...]
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether all of it is one text."""
        return [field.name for field in self.fields] == [TEXT]


TEXT = "text"
"""The name of the one field of a template."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be written: ``changes`` are shown by word, each under its name.

    With an error among the ``problems``, or no change, nothing is.
    """

    form: FieldForm
    changes: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


def name_of(location: Location) -> str:
    """The name of an input for the value at that place."""
    return "/".join(quote(str(step), safe="") + ("#" if isinstance(step, int) else "")
                    for step in location)  # fmt: skip


def location_of(name: str) -> Location:
    """The place that an input is named after."""
    return tuple(
        int(step[:-1]) if step.endswith("#") and step[:-1].isdecimal() else unquote(step)
        for step in name.split("/")
    )


def label_of(location: Location) -> str:
    """The place as it is told everywhere: asks[0].text.en."""
    told = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return told.removeprefix(".")


def texts(value: Plain, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every text in a value, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from texts(below, (*at, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from texts(below, (*at, number))


def digest_of(data: bytes) -> str:
    """By which it is seen whether something is as it was when it was shown."""
    return hashlib.sha256(data).hexdigest()
