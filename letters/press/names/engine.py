"""WeasyPrint, asked for the pieces that an annex is put together from.

All documents of one annex share their fonts: what one of them draws is in the subset that the file
gets, with the same widths. What was drawn is taken from WeasyPrint 70's content streams; whatever
has another form there raises `OtherFormError`, and the annex is then laid out as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from letters.press.paper import POINTS_A_PIXEL

_BLOCK = re.compile(rb"/Span\n<</MCID (\d{1,9})>>\nBDC\n((?:(?!\nBDC\n).)*?)EMC", re.DOTALL)
_TEXT = re.compile(
    rb"BT\n1 0 0 -1 (-?[\d.]+) (-?[\d.]+) Tm\n(/\S+ [\d.]+ Tf\n)(.*?)ET\n?", re.DOTALL
)
_COLOUR = re.compile(rb"(?:-?[\d.]{1,24} ){1,4}(?:rg|g|k)\n|/\S{1,99} (?:cs|scn)\n")
_STATE = re.compile(rb"/a[\d.]+ gs\n")
_OPAQUE = b"/a1.0 gs\n"


class OtherFormError(Exception):
    """What WeasyPrint draws is more than words, or has another form than is known here."""


class DrawnText(NamedTuple):
    """Words from ``x``, on the baseline ``y`` (pixels of the page), and how they are drawn.

    ``style`` sets colour and font, ``shown`` shows the glyphs; it may set another font, too.
    """

    x: float
    y: float
    style: bytes
    shown: bytes

    @property
    def changes_font(self) -> bool:
        """Whether another font is set when the words have been shown."""
        return b" Tf\n" in self.shown


class Engine:
    """Renders pages of one annex with shared fonts; ``render`` gives WeasyPrint's document."""

    def __init__(self, render: Callable[[str], Any]) -> None:
        self._render = render
        self.fonts: dict[Any, Any] = {}

    def document(self, page: str) -> Any:
        """WeasyPrint's document of that HTML, with the fonts of all others."""
        document = self._render(page)
        document.fonts = self.fonts
        return document

    def drawn(self, document: Any, number: int) -> DrawnPage:
        """One page of a document, drawn but not written."""
        import pydyf
        from weasyprint.pdf.stream import Stream

        page = document.pages[number]
        resources = pydyf.Dictionary(
            {
                name: pydyf.Dictionary()
                for name in ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")
            }
        )
        tags: dict[Any, Any] = {}
        size = (0, 0, page.width, page.height)
        stream = Stream(
            document.fonts, size, resources, {}, tags, document.color_profiles,
            document.output_intent, compress=False,
        )  # fmt: skip
        page.paint(stream, POINTS_A_PIXEL)
        data = b"\n".join(_bytes(item) for item in stream.stream) + b"\n"
        marks = {box: int(tag["mcid"]) for box, tag in tags.items()}
        return DrawnPage(page._page_box, data, marks)  # noqa: SLF001 - there is no other door


class DrawnPage(Struct, frozen=True):
    """A page's boxes, its content stream, and which marked content is a box's."""

    box: Any
    data: bytes
    marks: dict[Any, int]

    def texts(self) -> dict[int, tuple[DrawnText, ...]]:
        """By its mark, each piece of marked content as words and nothing else."""
        found: dict[int, tuple[DrawnText, ...]] = {}
        colour = b""
        for block in _BLOCK.finditer(self.data):
            rest = _TEXT.sub(b"", block[2])
            for state in _STATE.findall(rest):
                if state != _OPAQUE:
                    raise OtherFormError
            if own := b"".join(_COLOUR.findall(rest)):
                colour = own
            if _COLOUR.sub(b"", _STATE.sub(b"", rest)).strip():
                raise OtherFormError
            found[int(block[1])] = tuple(
                DrawnText(float(text[1]), float(text[2]), _OPAQUE + colour + text[3], text[4])
                for text in _TEXT.finditer(block[2])
            )
        return found

    def around(self, names: set[int], label: set[int]) -> bytes:
        """All that is no name and no page label: the furniture of a page, marked as such."""

        def kept(block: re.Match[bytes]) -> bytes:
            mark = int(block[1])
            if mark in names or mark in label:
                return b""
            return b"/Artifact BMC\n" + block[2] + b"EMC"

        return _BLOCK.sub(kept, self.data)


def textboxes(box: Any) -> Iterator[Any]:
    """The words below a box, in order."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box
    # What is set off its place stands in a box that stands for it.
    for child in getattr(getattr(box, "_box", box), "children", ()):
        yield from textboxes(child)


def blocks(box: Any, tags: frozenset[str]) -> Iterator[Any]:
    """The boxes of elements with these tags, the outermost of each, in order."""
    from weasyprint.formatting_structure import boxes

    real = getattr(box, "_box", box)
    known = isinstance(real, boxes.BlockLevelBox | boxes.TableCellBox | boxes.TableRowBox)
    if known and real.element_tag in tags and not real.is_table_wrapper:
        yield real
        return
    for child in getattr(real, "children", ()):
        yield from blocks(child, tags)


def margins(page: DrawnPage) -> Iterator[Any]:
    """The boxes in the margins of a page."""
    from weasyprint.formatting_structure import boxes

    return (child for child in page.box.children if isinstance(child, boxes.MarginBox))


def _bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    data = getattr(item, "data", None)
    return data if isinstance(data, bytes) else str(item).encode()
