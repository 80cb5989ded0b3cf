"""Values as cargo: a name travels through Jinja and Markdown sealed, and can't become markup.

A sealed value that is printed by a template leaves a token of private-use characters in the
Markdown. The Markdown parser sees a word without meaning; the value is put back into the text
nodes of the finished tree. So ``*``, ``<`` or ``{{ 7*7 }}`` in a name print as written, and the
Markdown of one template is the same for every recipient, so that it is parsed only once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias

from jinja2 import UndefinedError
from msgspec import Struct, field

from letters.draft.document import ValueOrigin

Raw: TypeAlias = str | int | Decimal | dt.date

_OPEN, _CLOSE, _ZERO = "\ue000", "\ue001", 0xE010
_TOKEN = re.compile(f"{_OPEN}([\ue010-\ue019]+){_CLOSE}")
_RESERVED = re.compile("[\ue000-\ue01f]")
_TOKEN_OR_PIECE = re.compile(f"{_TOKEN.pattern}|{_RESERVED.pattern}")

_hold: ContextVar[Hold] = ContextVar("hold")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sealed:
    """A value of the campaign inside a template.

    ``raw`` is what comparisons and filters work on, ``text`` what is printed. ``slot`` is the
    value's name when it is the recipient's own, ``signatory`` the id of the person whose name it
    is. ``named`` is where it stands whatever the language, and ``local`` tells that it was written
    in the letter's language, and otherwise in another. Turning it into a str gives its token.
    """

    raw: Raw
    text: str
    origin: ValueOrigin | None = None
    slot: str = ""
    signatory: str = ""
    named: ValueOrigin | None = None
    local: bool = False

    @property
    def name(self) -> str:
        """Its key, whatever the language."""
        return self.named.key if self.named else ""

    def derived(self, text: str) -> Sealed:
        """The same value with another printed form, as a filter makes it."""
        return replace(self, text=text)

    def __str__(self) -> str:
        return _hold.get().token(self)

    def __repr__(self) -> str:
        """What Python shows of a value inside a list: never what is sealed in it."""
        raise UndefinedError("a list can’t be printed; loop over it, or use “names”")

    def __bool__(self) -> bool:
        return bool(self.raw)

    def __hash__(self) -> int:
        return hash(self.raw)

    def __len__(self) -> int:
        return len(self.text)

    def __eq__(self, other: object) -> bool:
        return bool(self.raw == _raw(other))

    def __lt__(self, other: Any) -> bool:
        return bool(self.raw < _raw(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.raw <= _raw(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.raw > _raw(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.raw >= _raw(other))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SealedGroup(Sealed):
    """A value that has ``parts``, such as an address: ``part`` gives the one of a name."""

    parts: tuple[str, ...] = ()
    part: Callable[[str], Any] = str


def _raw(value: Any) -> Any:
    return value.raw if isinstance(value, Sealed) else value


class Hold(Struct):
    """The values that one rendering has printed; their numbers follow the order of printing."""

    values: list[Sealed] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)

    def token(self, value: Sealed) -> str:
        """The token that stands for ``value`` in this rendering's Markdown."""
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self.values)
            self.values.append(value)
        digits = "".join(chr(_ZERO + int(digit)) for digit in str(number))
        return f"{_OPEN}{digits}{_CLOSE}"


@contextmanager
def loading(hold: Hold) -> Iterator[Hold]:
    """Values printed inside the block are numbered by ``hold``."""
    mark = _hold.set(hold)
    try:
        yield hold
    finally:
        _hold.reset(mark)


def split(text: str) -> Iterator[str | int]:
    """Text and the numbers of the values in it, in order.

    Raises ValueError where a token was cut, which only a filter that slices text can do.
    """
    position = 0
    for found in _TOKEN.finditer(text):
        if found.start() > position:
            yield _whole(text[position : found.start()])
        yield int("".join(str(ord(digit) - _ZERO) for digit in found[1]))
        position = found.end()
    if position < len(text):
        yield _whole(text[position:])


def first_value(text: str) -> int | None:
    """The number of the first value in ``text``, if there is one."""
    return next((part for part in split(text) if isinstance(part, int)), None)


def first_cut(text: str) -> int | None:
    """Where in ``text`` the first piece of a token stands that isn't whole, if there is one."""
    for found in _TOKEN_OR_PIECE.finditer(text):
        if found[1] is None:
            return found.start()
    return None


def _whole(text: str) -> str:
    if _RESERVED.search(text):
        raise ValueError("a value was cut in two")
    return text


def expand(text: str, printed: Callable[[int], str]) -> str:
    """``text`` with each token replaced by what ``printed`` gives for its number."""
    return "".join(part if isinstance(part, str) else printed(part) for part in split(text))


def map_text(value: Any, change: Callable[[str], str]) -> Any:
    """Apply ``change`` to the printed form of a value, or to text that has values in it."""
    if isinstance(value, Sealed):
        return value.derived(change(value.text))
    held = _hold.get().values
    parts = split(str(value))
    return "".join(
        change(part) if isinstance(part, str) else str(held[part].derived(change(held[part].text)))
        for part in list(parts)
    )


def shown(value: Any) -> str:
    """What a template value prints, for measuring and sorting."""
    if isinstance(value, Sealed):
        return value.text
    held = _hold.get().values
    return expand(str(value), lambda number: held[number].text)
