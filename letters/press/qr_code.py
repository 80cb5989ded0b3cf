"""QR codes as any telephone reads them: the one at the end of a letter, and those of sheets.

A letter's stands in the margin beside the last lines of its last page, where it takes no room from
the text: nothing moves when a campaign asks for it.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from letters.draft.document import Direction, Image
from letters.press.foot import foot_margin

if TYPE_CHECKING:
    from letters.draft.document import Letter
    from letters.press.theme import Theme

_LARGEST, _SMALLEST = 16.0, 11.0  # mm; smaller, and some cameras don't read it from paper
_GAP, _EDGE = 2.0, 4.0  # mm: before the text, and what printers leave white
_BOTTOM = 5.0  # mm
_QUIET = 2  # modules around it, as on sheets: the paper is white anyway
_PIXELS = 8  # a module: sharp where Word scales it

LEAST_MARGIN = _SMALLEST + _GAP + _EDGE
"""Millimetres that the margin beside the text has to have."""


class CodePlace(Struct, frozen=True):
    """Where the code stands on the page, in mm: from its left edge and its top, and the side."""

    left: float
    top: float
    side: float


def spot(theme: Theme, direction: Direction) -> CodePlace:
    """In the margin where lines begin, beside the foot of the page."""
    width, height = theme.page_mm
    margin = theme.margin_mm.left if direction == "ltr" else theme.margin_mm.right
    side = min(_LARGEST, max(_SMALLEST, margin - _GAP - _EDGE))
    from_edge = max(0.0, margin - _GAP - side)
    left = from_edge if direction == "ltr" else width - from_edge - side
    return CodePlace(left, height - _BOTTOM - side, side)


def rules(letter: Letter, theme: Theme) -> str:
    """The CSS of its place on paper, from the edges of the text."""
    if not letter.code:
        return ""
    at, margin = spot(theme, letter.direction), theme.margin_mm
    bottom = theme.page_mm[1] - foot_margin(letter, theme) - at.top - at.side
    return (
        f"@media print {{ .version .code {{ position: absolute; left: {at.left - margin.left:g}mm; "
        f"bottom: {bottom:g}mm; width: {at.side:g}mm; height: {at.side:g}mm }} }}\n"
        "@media screen { .version .code { width: 6rem; height: 6rem; margin-top: 2rem } }"
    )


def described(letter: Letter) -> str:
    """What it is called to whoever doesn't see it: of which text it tells."""
    return f"QR: {letter.version}"


@functools.lru_cache(maxsize=64)
def drawing(text: str) -> str:
    """The code as a data: address of an SVG."""
    uri: str = _code(text).svg_data_uri(border=_QUIET)
    return uri


def picture(letter: Letter) -> Image:
    """The same for a press that takes no drawings."""
    return Image(*_png(letter.code), described(letter))


@functools.lru_cache(maxsize=16)
def _png(text: str) -> tuple[bytes, int, int]:
    code, out = _code(text), io.BytesIO()
    code.save(out, kind="png", scale=_PIXELS, border=_QUIET)
    width, height = code.symbol_size(_PIXELS, _QUIET)
    return out.getvalue(), width, height


def _code(text: str) -> Any:
    import segno

    return segno.make(text, error="m", micro=False)
