"""Letters whose pages come out well: bad ones are set again, a little tighter.

A page is bad that holds notes and lists of what is enclosed and nothing else, or that is under a
third full before another one follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from letters.press import layout
from letters.press.tightness import Tightness, is_looked_at, tightened

if TYPE_CHECKING:
    from letters.draft import document as d
    from letters.press.attachments import EmbeddedFile
    from letters.press.theme import Theme

_TRIES: tuple[Tightness, ...] = (1, 2, 3)
_LEAST = 1 / 3
_SPARE = 12.0  # pixels
_BEHIND = ("notes", "attached")
_HOLDS_INK = ("TextBox", "InlineReplacedBox", "BlockReplacedBox", "TableRowBox")


def settled(
    letter: d.Letter, theme: Theme, body: str, attachments: tuple[EmbeddedFile, ...] = ()
) -> layout.Full:
    """The letter in full, as tight as it needs to be. Raises as `layout.in_full` does.

    Mostly it is laid out once. Whatever is tried, no line breaks elsewhere.
    """
    first = layout.in_full(letter, theme, body, attachments)
    if not is_looked_at(letter) or not _is_bad(first.document):
        return first
    for tightness in _TRIES:
        full = layout.in_full(letter, tightened(theme, tightness), body, attachments)
        if not _is_bad(full.document) and (tightness == 3 or _has_room(full.document)):
            return replace(full, pdf=replace(full.pdf, tightness=tightness))
    return first


def _is_bad(document: Any) -> bool:
    *before, last = (_page(each._page_box) for each in document.pages)  # noqa: SLF001
    return any(full < _LEAST for full, _ in before) or any(alone for _, alone in (*before, last))


def _has_room(document: Any) -> bool:
    """Whether its last page is still the last where Word sets a line a little lower."""
    box = document.pages[-1]._page_box  # noqa: SLF001
    return (1 - _page(box)[0]) * float(box.height) > _SPARE


def _page(box: Any) -> tuple[float, bool]:
    """How much of the page is used, and whether all of it is what stands behind a letter."""
    top, bottom = box.content_box_y(), box.content_box_y()
    notes = others = 0
    left = [(child, False) for child in box.children if type(child).__name__ != "MarginBox"]
    while left:
        here, noted = left.pop()
        noted |= here.element is not None and here.element.get("class") in _BEHIND
        if type(here).__name__ in _HOLDS_INK:
            bottom = max(bottom, here.position_y + here.height)
            notes, others = notes + noted, others + (not noted)
        left += [(child, noted) for child in getattr(here, "children", ())]
    return (bottom - top) / box.height, bool(notes) and not others
