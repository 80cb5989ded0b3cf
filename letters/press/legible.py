"""Whether a theme's own style sheet leaves each word where it can be read.

Each thing that a sheet may set is harmless by itself, and together they can push words over the
edge of the sheet, one upon another, or below a frame. So the pages are looked at as they came out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from letters.press.theme import Theme
from letters.problem import CampaignError, Place, Problem

_HEIGHT = 0.45  # of the type: small letters, which no line touches that stands above or below
_TOUCHING = 0.2  # of the type: what letters may share with their neighbours
_HINT = "take out what sets widths, spaces, frames or new pages there"
_BEYOND = "pushes words over the edge of the sheet"
_UPON = "sets words one upon another"
_COVERED = "paints over words"


class _Area(Struct, frozen=True):
    """Where something stands on a page, in CSS pixels; it holds the words ``first`` to ``last``."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    first: int
    last: int

    def is_on(self, other: _Area) -> bool:
        shared = _TOUCHING * min(self.size, other.size)
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > shared and high > shared / 2


def expect_legible(document: Any, theme: Theme) -> None:
    """Raises CampaignError where the theme's own sheet lets words on a page not be read.

    ``document`` is WeasyPrint's.
    """
    if not theme.css:
        return
    found: dict[str, list[int]] = {}
    for number, page in enumerate(document.pages, 1):
        for kind in _faults(page._page_box):  # noqa: SLF001 - nothing else tells what stands where
            found.setdefault(kind, []).append(number)
    told = []
    for kind, pages in found.items():
        more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
        told.append(f"{kind}, on page {pages[0]}{more}")
    if told:
        raise unfit(theme, *told)


def unfit(theme: Theme, *messages: str) -> CampaignError:
    """What is wrong with a theme's own sheet, as it shows once letters are laid out by it."""
    place = Place(f"templates/themes/{theme.name}/letter.css")
    return CampaignError([Problem(place, message, _HINT) for message in messages])


def _faults(page: Any) -> Iterator[str]:
    words, painted = _areas(page)
    words.sort(key=lambda word: word.top)
    tops = [word.top for word in words]
    tallest = max((word.bottom - word.top for word in words), default=0)
    width, height = page.margin_width(), page.margin_height()
    if any(
        word.left < -1 or word.right > width + 1 or word.top < 0 or word.bottom > height
        for word in words
    ):
        yield _BEYOND

    def beside(area: _Area) -> Iterator[_Area]:
        for at in range(bisect_left(tops, area.top - tallest), bisect_left(tops, area.bottom)):
            yield words[at]

    if any(word.is_on(other) for word in words for other in beside(word) if other is not word):
        yield _UPON
    if any(
        area.is_on(word)
        for area in painted
        for word in beside(area)
        if not area.first <= word.first < area.last
    ):
        yield _COVERED


def _areas(page: Any) -> tuple[list[_Area], list[_Area]]:
    """The words of a page, and what is painted on it: grounds and frames."""
    words: list[_Area] = []
    painted: list[_Area] = []
    waiting: list[tuple[Any, int]] = [(page, -1)]
    while waiting:
        box, first = waiting.pop()
        if first >= 0:  # all that is in it has been counted
            painted.append(_frame(box, first, len(words)))
            continue
        if (text := getattr(box, "text", None)) is not None:
            if text.strip() and box.style["font_size"]:
                words.append(_word(box, len(words)))
            continue
        if _is_painted(box):
            waiting.append((box, len(words)))
        waiting += ((child, -1) for child in reversed(getattr(box, "children", ())))
    return words, painted


def _word(box: Any, number: int) -> _Area:
    size = box.style["font_size"]
    base = box.position_y + box.baseline
    right = box.position_x + box.width
    return _Area(box.position_x, base - _HEIGHT * size, right, base, size, number, number + 1)


def _is_painted(box: Any) -> bool:
    if getattr(box, "element_tag", "") in ("html", "body") or not hasattr(box, "border_top_width"):
        return False
    sides = ("top", "right", "bottom", "left")
    has_frame = any(getattr(box, f"border_{side}_width") for side in sides)
    ground = box.style["background_color"]
    return has_frame or ground == "currentcolor" or ground.alpha > 0


def _frame(box: Any, first: int, last: int) -> _Area:
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()
    return _Area(left, top, right, bottom, box.style["font_size"], first, last)
