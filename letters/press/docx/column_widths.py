"""How the width of a table is shared out among its columns."""

from __future__ import annotations

from collections.abc import Sequence

from letters.draft.document import Table, plain

_NARROWEST, _WIDEST = 6, 36
_LETTER = 130  # twips: more than most letters of a table are wide


def column_widths(block: Table, total: int) -> tuple[int, ...]:
    """The width shared out by the longest words of each column, so that no reader needs to guess.

    LibreOffice and older readers do not size columns by their content.
    """
    longest = [
        min(
            max(_NARROWEST, *(len(plain(row[index])) for row in (block.head, *block.rows))), _WIDEST
        )
        for index in range(len(block.align))
    ]
    widths = shared(total, longest)
    # A column too narrow for its longest word takes room from those that have some to spare.
    cells = zip(block.head, *block.rows, strict=True)
    words = [
        max((len(w) for cell in column for w in plain(cell).split()), default=0) for column in cells
    ]
    room = total // (_LETTER * len(words)) if words else 0
    least = [
        min(width, min(word + 2, room) * _LETTER)
        for word, width in zip(words, [total] * len(words), strict=True)
    ]
    if all(width >= floor for width, floor in zip(widths, least, strict=True)):
        return widths
    spare = [max(width - floor, 0) for width, floor in zip(widths, least, strict=True)]
    return _filled(total, least, spare)


def _filled(total: int, least: Sequence[int], shares: Sequence[int]) -> tuple[int, ...]:
    """At least so much for each column, and what is left by their shares."""
    left = shared(total - sum(least), shares if any(shares) else [1] * len(least))
    return tuple(floor + more for floor, more in zip(least, left, strict=True))


def shared(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """A width in such shares."""
    widths = [total * share // sum(shares) for share in shares]
    return (widths[0] + total - sum(widths), *widths[1:])
