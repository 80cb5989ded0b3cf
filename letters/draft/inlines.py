"""The words of a letter: runs of text, what stands out in them, and what they refer to.

Like `document`, of which these are the leaves, this module imports nothing of the project.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

Direction: TypeAlias = Literal["ltr", "rtl"]


class TextLanguage(Struct, frozen=True):
    """A language tag, the direction in which it is written, its ten digits and decimal sign."""

    tag: str
    direction: Direction
    digits: str = "0123456789"
    decimal: str = "."

    def number(self, number: int) -> str:
        """A number in its digits."""
        return "".join(self.digits[int(digit)] for digit in str(number))


class Spot(Protocol):
    """A place in a file of the campaign: line and column from 1, and the key that stands there."""

    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def key(self) -> str: ...


class ValueOrigin:
    """Where a value was written: a file of the campaign, line and column from 1, and its key.

    Most letters are pressed without anybody asking, and a place has to be looked for in the file:
    so it is found when it is asked for.
    """

    __slots__ = ("_find", "_found", "_steps")

    def __init__(self, find: Callable[..., Spot], *steps: str | int) -> None:
        """``find`` gives the place, for these steps."""
        self._find, self._steps = find, steps
        self._found: tuple[str, int, int, str] | None = None

    @property
    def path(self) -> str:
        return self._place[0]

    @property
    def line(self) -> int:
        return self._place[1]

    @property
    def column(self) -> int:
        return self._place[2]

    @property
    def key(self) -> str:
        return self._place[3]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ValueOrigin) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    def __repr__(self) -> str:
        return "ValueOrigin({!r}, {}, {}, {!r})".format(*self._place)

    @property
    def _place(self) -> tuple[str, int, int, str]:
        if self._found is None:
            spot = self._find(*self._steps)
            self._found = spot.path, spot.line, spot.column, spot.key
        return self._found


class Text(Struct, frozen=True):
    """Words of the template itself."""

    text: str

    def __reduce__(self) -> tuple[type[Text], tuple[str]]:
        """In one step: a letter has hundreds, and most go to another process to be pressed."""
        return Text, (self.text,)


class Value(Struct, frozen=True, eq=False):
    """Cargo from the campaign's data: printed exactly as written, never read as markup.

    ``slot`` names the value when it is the recipient's own (``recipient.salutation``) and is empty
    otherwise: the text digest covers the name of a slot and the text of everything else.
    ``hole`` is the value's number in its draft.
    """

    text: str
    slot: str = ""
    origin: ValueOrigin | None = None
    hole: int = -1

    def __eq__(self, other: object) -> bool:
        """Whether it is the same value; where it was written is no part of it."""
        return isinstance(other, Value) and (self.text, self.slot, self.hole) == (
            other.text, other.slot, other.hole
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.text, self.slot, self.hole))

    def __reduce__(self) -> tuple[type[Value], tuple[str, str, None, int]]:
        """What goes to another process goes there to be printed: where it was written stays."""
        return Value, (self.text, self.slot, None, self.hole)


class Around:
    """Words of which more is said than what they are."""

    __slots__ = ()
    content: Inlines


class Strong(Around, Struct, frozen=True):
    content: Inlines


class Emphasis(Around, Struct, frozen=True):
    content: Inlines


class Spoken(Around, Struct, frozen=True):
    """Words in another language than those around them, as of a quotation or a title."""

    language: TextLanguage
    content: Inlines


class Link(Around, Struct, frozen=True):
    """``href`` is http, https or mailto; the template reader refuses everything else."""

    href: str
    content: Inlines


class Break(Struct, frozen=True):
    """A line break inside a block."""


class NoteMark(Struct, frozen=True):
    """A reference to the note of that number; one note may be referred to more than once."""

    number: int


Inline: TypeAlias = Text | Value | Strong | Emphasis | Spoken | Link | Break | NoteMark
Inlines: TypeAlias = tuple[Inline, ...]


class Image(Struct, frozen=True):
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
        elif isinstance(node, Around):
            parts.append(plain(node.content))
        elif isinstance(node, Break):
            parts.append("\n")
    return "".join(parts)
