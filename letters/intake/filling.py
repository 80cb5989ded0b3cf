"""An entry in the making: the texts of a row by field, what is put down, what is to be said."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

from letters.intake import cells
from letters.intake.remark import Remark
from letters.intake.row import Row
from letters.intake.settled import Settings
from letters.intake.vocabulary import IGNORED, is_spoken

_Cleaning: TypeAlias = Callable[[str], tuple[str, bool]]
_CLEANED: Mapping[str, _Cleaning] = {
    "address": cells.spaced,
    "address.street": cells.lines,
    "note": cells.lines,
}


_LONGEST = 1_000  # characters of a cell that is taken apart, such as a name or an address
_LONG = ("note", "values")


class Filling(Struct):
    """``texts`` are the cells that say something, by their field: each with its column.

    ``asked`` are the fields that the list has a column for, whether or not it says something,
    ``groups`` those of them that have parts; ``spoken`` are for one language, and do.
    """

    texts: Mapping[str, list[tuple[str, str]]]
    settings: Settings
    asked: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    spoken: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def first(self, name: str) -> str:
        """The text of a field; of several columns for it, that of the first which has one."""
        found = self.texts.get(name)
        return found[0][1] if found else ""

    def every(self, name: str) -> list[str]:
        return [text for _, text in self.texts.get(name, ())]

    def column(self, name: str) -> str:
        found = self.texts.get(name)
        return found[0][0] if found else ""

    def put(self, path: str, value: Any) -> None:
        """Puts something down at its dotted path; nothing where there is nothing."""
        if not value and value in ("", [], {}, None):
            return
        if "." not in path:
            self.values[path] = value
            return
        *groups, last = path.split(".")
        node = self.values
        for group in groups:
            inner = node.setdefault(group, {})
            if not isinstance(inner, dict):  # one text for all languages, and now one for one
                inner = node[group] = {"": inner}
            node = inner
        node[last] = value

    def take(self, *names: str) -> None:
        """Puts down texts as they are, and those of them that are for one language."""
        for name in names:
            self.put(name, self.first(name))
        for name in self.spoken:
            if name.rpartition(".")[0] in names:
                self.put(name, self.first(name))

    def say(
        self, level: Literal["proposal", "flag", "refusal"], name: str, message: str, hint: str = ""
    ) -> None:
        """Something about the cell of a field."""
        self.remarks.append(Remark(level, self.column(name) or name, message, hint))


class _Columns(Struct, frozen=True):
    """What there is to know of a list’s columns, found out once for all of its rows."""

    columns: tuple[tuple[str, str, _Cleaning, bool], ...]
    asked: frozenset[str]
    groups: frozenset[str]
    spoken: tuple[str, ...]


@functools.lru_cache(maxsize=64)
def _plan(fields: tuple[tuple[str, str], ...]) -> _Columns:
    taken = [(column, name) for column, name in fields if name != IGNORED]
    names = frozenset(name for _, name in taken)
    return _Columns(
        tuple(
            (column, name, _CLEANED.get(name, cells.one_line), _may_say_nothing(name))
            for column, name in taken
        ),
        names,
        frozenset(name.partition(".")[0] for name in names if "." in name),
        tuple(filter(is_spoken, dict.fromkeys(name for _, name in taken))),
    )


def _may_say_nothing(name: str) -> bool:
    """Whether “none” in a cell means that there is none; some are called so."""
    return name != "visibility" and not name.startswith("name")


def filling(row: Row, fields: Mapping[str, str], settings: Settings) -> Filling:
    """The cells of a row by their fields, each cleaned; empty ones are left out."""
    plan = _plan(tuple(fields.items()))
    texts: dict[str, list[tuple[str, str]]] = {}
    made = Filling(texts, settings, plan.asked, plan.groups)
    for column, name, clean, idle in plan.columns:
        written = row.cells.get(column)
        if not written:
            continue
        if len(written) > _LONGEST and not name.startswith(_LONG):
            said = f"has more than {_LONGEST:,} characters"
            made.remarks.append(Remark("refusal", column, said, "is this the right column?"))
            continue
        text, taken = clean(written)
        if taken:
            said = "held a character that can’t be seen or printed; it was taken out"
            made.remarks.append(Remark("flag", column, said))
        if text and not (idle and len(text) <= cells.LONGEST_NOTHING and cells.says_nothing(text)):
            texts.setdefault(name, []).append((column, text))
    if plan.spoken:
        made.spoken = tuple(name for name in plan.spoken if name in texts)
    return made
