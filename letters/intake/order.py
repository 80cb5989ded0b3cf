"""What was asked of an import."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from letters.intake.vocabulary import Kind


class Order(Struct, frozen=True):
    """What was asked for; ``taken`` are ids that the log knows, ``sign`` wants the rows as well."""

    root: Path
    kind: Kind
    path: Path
    mapped: tuple[str, ...] = ()
    recipe: str = ""
    sheet: str = ""
    settled: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()
    every: bool = False
    sign: bool = False
