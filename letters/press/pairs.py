"""How much of two editions side by side goes with the signatures to their page."""

from __future__ import annotations

from letters.draft import document as d
from letters.press.fonts import words_of
from letters.press.tightness import SHORT

_LONG = 400  # characters: ten lines or more of a column


def pairs_with_the_close(block: d.Parallel) -> int:
    """The last pair, and the one before where the last is a line or so, as the close itself is.

    Neither WeasyPrint nor Word divides a pair that stays with what follows, so that a long one
    would leave the page before half empty: it is divided like any other text.
    """
    kept = 0
    for pair in reversed(block.rows[-2:]):
        longest = max(sum(len(text) for text, _ in words_of(cell)) for cell in pair)
        if longest > _LONG:
            break
        kept += 1
        if longest >= SHORT:
            break
    return kept
