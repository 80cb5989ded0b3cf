"""What can be changed on the page, and what would be written: the same for every kind of file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from msgspec import Struct

from letters.campaign.yaml_nodes import Plain
from letters.problem import Problem

Location: TypeAlias = tuple[str | int, ...]

_STEP = re.compile(r"\[\d+\]\.?")
_ONE_LINE = 80  # characters, beyond which a value gets more lines


class Field(Struct, frozen=True):
    """One value: ``name`` is that of its input, and tells its place in the file.

    Of a list of texts each line of the value is an entry.
    """

    name: str
    label: str
    value: str = ""
    help: str = ""
    is_list: bool = False

    @property
    def group(self) -> str:
        """The key above it that holds others, too; empty where there is none."""
        key, _, below = _STEP.sub(".", self.label).partition(".")
        return key if below else ""

    @property
    def lines(self) -> int:
        """How many lines its input has."""
        count = max(self.value.count("\n") + 1, 1 + len(self.value) // _ONE_LINE)
        return count + self.is_list  # room for one more entry


class FieldForm(Struct, frozen=True):
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


ENTRIES = "Each line is an entry."
TEXT = "text"
"""The name of the one field of a template."""


class Planned(Struct, frozen=True):
    """What would be written: ``changes`` are shown by word, each under its name.

    With an error among the ``problems``, or no change, nothing is.
    """

    form: FieldForm
    changes: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


Change: TypeAlias = tuple[Field, str]


class Changes(Struct, frozen=True):
    """What was sent, in the order of the form."""

    all: tuple[Change, ...]

    @property
    def said(self) -> tuple[Change, ...]:
        """Those that say something else: they are made first, and leave every place as it is."""
        return tuple(one for one in self.all if one[1])

    @property
    def emptied(self) -> tuple[Change, ...]:
        """Those that take something away, from the end, so that no place moves before its turn."""
        return tuple(one for one in reversed(self.all) if not one[1])


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


def fields_of(value: Plain, at: Location, help_of: Callable[[Location], str]) -> Iterator[Field]:
    """Every text in a value, with its place; a list of nothing but texts is one field."""
    if isinstance(value, str):
        yield Field(name_of(at), label_of(at), value.strip(), help_of(at))
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from fields_of(below, (*at, key), help_of)
    elif isinstance(value, list):
        words = [one for one in value if isinstance(one, str)]
        if value and len(words) == len(value) and "\n" not in "".join(map(str.strip, words)):
            told = "\n".join(map(str.strip, words))
            yield Field(name_of(at), label_of(at), told, f"{help_of(at)} {ENTRIES}".strip(), True)
        else:
            for number, below in enumerate(value):
                yield from fields_of(below, (*at, number), help_of)


def changed(form: FieldForm, sent: Mapping[str, str]) -> Changes:
    """The fields of a form in which something else was sent, each with that."""
    told = ((field, sent.get(field.name, field.value).strip()) for field in form.fields)
    return Changes(tuple((field, value) for field, value in told if value != field.value))


def put(record: Any, field: Field, value: str) -> None:
    """Let a value stand in a record, at the place of its field; an empty one takes it away.

    So does it with an entry of a list in which nothing else is left. Raises EditError.
    """
    *way, last = location_of(field.name)
    above: list[tuple[Any, Any]] = []
    for step in way:
        above.append((record, step))
        if isinstance(record, list) and step == len(record):
            record.append({})
        elif isinstance(record, dict) and record.get(step) is None:
            record[step] = {}
        record = record[step]
    if value:
        lines = [line.strip() for line in value.split("\n") if line.strip()]
        record[last] = lines if field.is_list else value
        return
    del record[last]
    for holder, step in reversed(above):
        if holder[step]:
            return
        del holder[step]


def digest_of(data: bytes) -> str:
    """By which it is seen whether something is as it was when it was shown."""
    return hashlib.sha256(data).hexdigest()
