"""Sources as notes, and runs of words put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from letters.draft import document as d
from letters.draft.language import Language
from letters.draft.record import Record
from letters.draft.values import Hold, Sealed

Cargo: TypeAlias = Callable[[Sealed], d.Text | d.Value]


def source_note(source: Record, language: Language, cargo: Cargo) -> d.Inlines:
    """A source as a note: title, publisher, date, address, when it was read."""
    fields = source.fields
    parts: list[d.Inlines] = [
        (cargo(fields[field]),) for field in ("title", "publisher", "date") if fields[field]
    ]
    if fields["url"]:
        parts.append((d.Link(fields["url"].text, (cargo(fields["url"]),)),))
    if fields["accessed"]:
        parts.append((d.Text(language.label("accessed", date=cargo(fields["accessed"]).text)),))
    words = joined(parts, language.comma)
    # A date may bring a full stop of its own: "3 сентября 2025 г."
    return words if d.plain(words).endswith(".") else (*words, d.Text("."))


def cargo(value: Sealed) -> d.Value:
    """A value as it is printed."""
    return d.Value(value.text, value.slot, value.origin)


def joined(parts: Iterable[d.Inlines], separator: str | None) -> d.Inlines:
    """Runs with a text, or a break, between each two."""
    between: d.Inline = d.Break() if separator is None else d.Text(separator)
    out: list[d.Inline] = []
    for part in parts:
        out += [between, *part] if out else part
    return tuple(out)


def value_in(hold: Hold, hole: int) -> d.Inlines:
    """What is printed for a hole of the template, each line of its value apart."""
    value = hold.values[hole]
    return joined(
        [(d.Value(line, value.slot, value.origin, hole),) for line in value.text.split("\n")],
        None,
    )
