"""The pages of a finished PDF as pictures, and where on them its words stand.

PDFium draws the very file that would be sent, and comes as a wheel for every system; Poppler would
have to be installed. The words lie over the picture, unseen, so that they can be marked, searched,
copied and read aloud.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from letters import limits

_SCALE = 2.0  # pixels a point: sharp on most screens
_QUALITY = 92  # nobody sees a difference to PNG, which takes more than four times as long
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}
_APART = 2.5  # line heights of white between words that belong to no one line


class PlacedLine(Struct, frozen=True):
    """Words that stand side by side: their box in points, from the upper left corner.

    ``part`` is the number of the paragraph that they belong to, from 1; 0 for none.
    """

    text: str
    left: float
    top: float
    width: float
    height: float
    part: int = 0


class ShownPage(Struct, frozen=True):
    """One page: its picture as JPEG, a name by what is in that, its size in points, its words."""

    name: str
    picture: bytes
    width: float
    height: float
    lines: tuple[PlacedLine, ...]


def shown_pages(data: bytes) -> tuple[int, tuple[ShownPage, ...]]:
    """How many pages the PDF has, and those that are shown."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        count = len(document)
        pages = [_shown(document[number]) for number in range(min(count, limits.SHOWN_PAGES))]
        return count, tuple(pages)
    finally:
        document.close()


def _shown(page: Any) -> ShownPage:
    width, height = page.get_size()
    bitmap = page.render(scale=_SCALE, rev_byteorder=True)
    held = io.BytesIO()
    bitmap.to_pil().save(held, "jpeg", quality=_QUALITY, subsampling=0)
    bitmap.close()
    text = page.get_textpage()
    lines = tuple(_lines(text, height))
    text.close()
    page.close()
    picture = held.getvalue()
    name = hashlib.sha256(picture).hexdigest()[:32]
    return ShownPage(name, picture, width, height, lines)


def _lines(page: Any, height: float) -> Iterator[PlacedLine]:
    """The words of a page, line by line as they follow each other in the file."""
    line: PlacedLine | None = None
    for word, (left, bottom, right, top) in _words(page):
        one = PlacedLine(word, left, height - top, right - left, top - bottom)
        if line and (longer := _joined(line, one)):
            line = longer
            continue
        if line:
            yield line
        line = one
    if line:
        yield line


def _joined(line: PlacedLine, word: PlacedLine) -> PlacedLine | None:
    """Both as one line; None where the word begins another one."""
    middle = word.top + word.height / 2
    tall = max(line.height, word.height)
    end, start = line.left + line.width, word.left
    near = max(start - end, line.left - (word.left + word.width)) < _APART * tall
    if not (line.top <= middle <= line.top + line.height and near):
        return None
    left, top = min(line.left, word.left), min(line.top, word.top)
    right = max(end, word.left + word.width)
    bottom = max(line.top + line.height, word.top + word.height)
    return replace(
        line, text=f"{line.text} {word.text}", left=left, top=top, width=right - left,
        height=bottom - top,
    )  # fmt: skip


def _words(page: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each word of the page with its box."""
    written = page.get_text_range()
    count = page.count_chars()
    if len(written) != count:  # signs beyond the first plane take two places in one and one here
        written = "".join(page.get_text_range(at, 1) or " " for at in range(count))
    for found in re.finditer(r"\S+", written):
        boxes = [page.get_charbox(at) for at in range(*found.span())]
        real = [box for box in boxes if box[2] > box[0]]
        if not real:
            continue
        lefts, bottoms, rights, tops = zip(*real, strict=True)
        text = "".join(_HYPHENS.get(sign, sign) for sign in found[0])
        yield text, (min(lefts), min(bottoms), max(rights), max(tops))
