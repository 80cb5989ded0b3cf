"""Blocks with their values, where what stood in the letter before stands there once more.

Most values are those of every recipient, and so are the blocks that print no others.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from msgspec import Struct

from letters.draft import document as d
from letters.draft.notes import value_in
from letters.draft.signatures import Pictures
from letters.draft.skeleton import fill_blocks, holes
from letters.draft.values import Hold, Sealed

_REMEMBERED = 1024


class _Last(Struct):
    """A block of a skeleton, what it printed last, and what came of it."""

    block: d.Matter
    holes: tuple[int, ...]
    values: tuple[Sealed, ...]
    notes_before: int
    filled: d.Matters


class Filled:
    """Fills blocks, and remembers of each the last time; ``finished`` is done with each of them.

    A letter that is only looked at is drafted without its ``pictures``, and is another one.
    """

    def __init__(self) -> None:
        self._last: dict[int, _Last] = {}
        self._pictures: Pictures | None = None

    def blocks(
        self,
        blocks: d.Matters,
        hold: Hold,
        notes_before: int,
        finished: Callable[..., d.Matter],
        *,
        pictures: Pictures,
    ) -> d.Matters:
        """The blocks with the values of ``hold``; a block that turns out empty is left out."""
        if pictures != self._pictures:
            self._last.clear()
            self._pictures = pictures
        printed = functools.partial(value_in, hold)
        out: list[d.Matter] = []
        for block in blocks:
            if isinstance(block, d.SignatureBlock):  # it is whose names stand there, and no value
                out.append(finished(block))
                continue
            known = self._last.get(id(block))
            values = hold.values
            if known is None:
                if len(self._last) >= _REMEMBERED:
                    self._last.clear()
                known = _Last(block, tuple(holes(block)), (), -1, ())
                self._last[id(block)] = known
            now = tuple(values[hole] for hole in known.holes)
            if known.notes_before != notes_before or any(map(_differ, now, known.values)):
                filled = fill_blocks((block,), printed, notes_before)
                known.filled = tuple(map(finished, filled))
                known.values, known.notes_before = now, notes_before
            out += known.filled
        return tuple(out)


def _differ(one: Sealed, other: Sealed) -> bool:
    return one is not other
