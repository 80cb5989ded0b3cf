"""A sheet to sign takes the width of the page, whatever the measure of the text is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.draft.document import Sheet
from letters.press.block_styles.sheets import SHEET_EDGE

if TYPE_CHECKING:
    from letters.draft.document import Letter
    from letters.press.theme import Theme


def outside(theme: Theme) -> tuple[float, float]:
    """How far it goes into the margins on the left and on the right, in mm."""
    margins = theme.margin_mm
    return max(0.0, margins.left - SHEET_EDGE), max(0.0, margins.right - SHEET_EDGE)


def sheets_css(letter: Letter, theme: Theme) -> Iterator[str]:
    """The rule for that on paper, where the letter has a sheet."""
    if any(isinstance(block, Sheet) for block in letter.blocks):
        left, right = outside(theme)
        width = theme.text_width_mm + left + right
        yield (
            f"@media print {{ .sheet {{ width: {width:g}mm;"
            f" margin-left: -{left:g}mm; margin-right: -{right:g}mm }} }}"
        )
