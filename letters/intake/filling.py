"""An entry in the making: the texts of a row by field, what is put down, what is to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from letters.intake import cells
from letters.intake.remark import Remark
from letters.intake.row import Row
from letters.intake.settled import Settings
from letters.intake.vocabulary import IGNORED

_SEVERAL_LINES = frozenset({"address", "address.street", "note"})


@dataclass(slots=True)
class Filling:
    """``texts`` are the cells that say something, by their field: each with its column.

    ``asked`` are the fields that the list has a column for, whether or not it says something.
    """

    texts: Mapping[str, list[tuple[str, str]]]
    settings: Settings
    asked: frozenset[str] = frozenset()
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
        if value in ("", [], {}, None):
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
        for name in self.texts:
            base, _, tag = name.rpartition(".")
            if base in names and tag:
                self.put(name, self.first(name))

    def say(
        self, level: Literal["proposal", "flag", "refusal"], name: str, message: str, hint: str = ""
    ) -> None:
        """Something about the cell of a field."""
        self.remarks.append(Remark(level, self.column(name), message, hint))


def filling(row: Row, fields: Mapping[str, str], settings: Settings) -> Filling:
    """The cells of a row by their fields, each cleaned; empty ones are left out."""
    texts: dict[str, list[tuple[str, str]]] = {}
    made = Filling(texts, settings, frozenset(fields.values()))
    for column, name in fields.items():
        written = row.cells.get(column)
        if not written or name == IGNORED:
            continue
        clean = cells.lines if name in _SEVERAL_LINES else cells.one_line
        text, taken = clean(written)
        if taken:
            said = "held a character that can’t be seen or printed; it was taken out"
            made.remarks.append(Remark("flag", column, said))
        if not text:
            continue
        kept = name == "visibility" or name.startswith("name")
        if cells.says_nothing(text) and not kept:
            continue
        texts.setdefault(name, []).append((column, text))
    return made
