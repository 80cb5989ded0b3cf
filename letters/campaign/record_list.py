"""A list of records of which little is kept: their words, and where each begins.

A list of a hundred thousand people would need more memory for the places than for the people. So
a record is made when somebody asks for it, and read once more where a place in it is wanted.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, SupportsIndex, overload

from letters.campaign import source_lines
from letters.campaign.source_lines import Lined
from letters.campaign.source_tree import Mapping, Mark, Sequence_, build


class Light(Mapping):
    """A group whose places are not kept; ``gaps`` are."""

    __slots__ = ()
    __init__ = dict.__init__

    def __getattr__(self, name: str) -> list[str]:
        """Mostly there are no gaps, and no list is made of none."""
        if name == "gaps":
            return []
        raise AttributeError(name)


def _made(kept: Any) -> Any:
    """The record itself."""
    return source_lines.Shape.record(kept, Light) if type(kept) is tuple else kept


class ListMarks(Sequence[Mark]):
    """Where the records begin, in a few bytes each."""

    __slots__ = ("columns", "lines")

    def __init__(self) -> None:
        self.lines, self.columns = array("I"), array("I")

    @overload
    def __getitem__(self, position: int) -> Mark: ...
    @overload
    def __getitem__(self, position: slice) -> list[Mark]: ...
    def __getitem__(self, position: int | slice) -> Mark | list[Mark]:
        if isinstance(position, slice):
            return list(zip(self.lines[position], self.columns[position], strict=True))
        return self.lines[position], self.columns[position]

    def __len__(self) -> int:
        return len(self.lines)


class RecordList(Sequence_):
    """A list of records; ``is_gapless`` where no key in it has nothing behind it.

    Of most records only the words are kept, and a mapping is made of them when somebody asks.
    """

    __slots__ = ("_known", "_lines", "_text", "is_gapless", "start")

    def __init__(self, text: str, start: Mark) -> None:
        super().__init__()
        self.marks = ListMarks()
        self.start, self.is_gapless = start, True
        self._text = text.encode()
        self._lines: array[int] | None = None
        self._known: tuple[int, Any] = (-1, None)

    @overload
    def __getitem__(self, position: SupportsIndex) -> Any: ...
    @overload
    def __getitem__(self, position: slice) -> list[Any]: ...
    def __getitem__(self, position: SupportsIndex | slice) -> Any:
        kept = super().__getitem__(position)
        return list(map(_made, kept)) if isinstance(position, slice) else _made(kept)

    def __iter__(self) -> Iterator[Any]:
        return map(_made, super().__iter__())

    def __eq__(self, other: object) -> bool:
        return [*self] == other

    def __ne__(self, other: object) -> bool:
        return [*self] != other

    __hash__ = None  # type: ignore[assignment]

    def __reversed__(self) -> Iterator[Any]:
        return map(_made, super().__reversed__())

    def lined(self, position: int) -> Lined | None:
        """A record’s words and shape, if it has one."""
        kept = super().__getitem__(position)
        return kept if type(kept) is tuple else None

    def whole(self, position: int) -> Any:
        """A record with the places of all that is in it, read once more."""
        if self._known[0] != position:
            line, column = self.marks[position]
            lines = self._line_starts()
            last = self.marks[position + 1][0] if position + 1 < len(self.marks) else len(lines) + 1
            end = lines[last - 1] if last <= len(lines) else len(self._text)
            # Begun at its first key, with spaces for what stands before that in its line.
            own = self._text[lines[line - 1] : end].decode()[column - 1 :]
            found, _ = build(" " * (column - 1) + own, "", [], line=line, alone=True)
            if found is None:
                found = self[position]
            self._known = (position, found)
        return self._known[1]

    def release(self, position: int) -> None:
        """Keep nothing of a record but where it stands."""
        self[position] = None

    def _line_starts(self) -> array[int]:
        if self._lines is None:
            found = array("I", [0])
            found.extend(one.end() for one in re.finditer(rb"\r|\n", self._text))
            self._lines = found
        return self._lines
