"""Lines of WeasyPrint's pages: which words stand in them, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator


class TextRun(Struct):
    """A run of words in one style; ``alone`` tells that nothing else stands in its line.

    ``block`` is the box around its line, ``page`` counts from 0. At the edge of a page, ``edge``
    says where, in the words of CSS.
    """

    page: int
    box: Any
    block: Any
    alone: bool
    edge: str = ""

    @property
    def width(self) -> float:
        """Pixels that the line has room for."""
        return float(self.block.width)

    @property
    def flush(self) -> bool:
        """Whether the line begins where its block does."""
        return abs(float(self.box.position_x) - float(self.block.content_box_x())) < 1e-6


def runs(document: Any) -> Iterator[TextRun]:
    """All words of all pages."""
    for number, page in enumerate(document.pages):
        yield from _runs(page._page_box, number, None, edge="")  # noqa: SLF001


def _runs(box: Any, page: int, block: Any, *, edge: str) -> Iterator[TextRun]:
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)  # what is set apart from the flow stands in a holder
    if isinstance(box, boxes.LineBox):
        inside = list(_inside(box))
        alone = len(inside) == 1
        for each in inside:
            if isinstance(each, boxes.TextBox):
                yield TextRun(page, each, block, alone, edge)
            else:
                yield from _runs(each, page, block, edge=edge)
    elif isinstance(box, boxes.ParentBox):
        if isinstance(box, boxes.MarginBox):
            edge = box.at_keyword
        for child in box.children:
            yield from _runs(child, page, box, edge=edge)


def _inside(line: Any) -> Iterator[Any]:
    """What a line consists of: words, and whatever stands in it as a whole."""
    from weasyprint.formatting_structure import boxes

    for child in line.children:
        if isinstance(child, boxes.InlineBox):
            yield from _inside(child)
        else:
            yield child
