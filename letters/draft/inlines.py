"""The words of a letter: runs of text, what stands out in them, and what they refer to.

Like `document`, of which these are the leaves, this module imports nothing of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ValueOrigin:
    """Where a value was written: a file of the campaign, line and column from 1, and its key."""

    path: str
    line: int
    column: int
    key: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the template itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """Cargo from the campaign's data: printed exactly as written, never read as markup.

    ``slot`` names the value when it is the recipient's own (``recipient.salutation``) and is empty
    otherwise: the text digest covers the name of a slot and the text of everything else.
    ``hole`` is the value's number in its draft.
    """

    text: str
    slot: str = ""
    origin: ValueOrigin | None = None
    hole: int = -1


@dataclass(frozen=True, slots=True)
class Strong:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Emphasis:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """``href`` is http, https or mailto; the template reader refuses everything else."""

    href: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a block."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to the note of that number; one note may be referred to more than once."""

    number: int


Inline: TypeAlias = Text | Value | Strong | Emphasis | Link | Break | NoteMark
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as clean PNG bytes, re-encoded from pixels so that no metadata survives."""

    png: bytes
    width: int
    height: int
    alt: str


def plain(content: Inlines) -> str:
    """The words of inline content, without note numbers; a break becomes a new line."""
    parts: list[str] = []
    for node in content:
        if isinstance(node, Text | Value):
            parts.append(node.text)
        elif isinstance(node, Strong | Emphasis | Link):
            parts.append(plain(node.content))
        elif isinstance(node, Break):
            parts.append("\n")
    return "".join(parts)
