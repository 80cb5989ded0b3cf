"""“Page X of Y” at the foot of every page: shaped directly, or by the full engine where it must."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.press.names.engine import DrawnText, OtherFormError, margins, textboxes
from letters.press.names.frame import page_label
from letters.press.names.numbers import number
from letters.press.names.rows import Shaper
from letters.press.names.specimens import moved

if TYPE_CHECKING:
    from letters.draft.annex import Annex
    from letters.press.names.engine import Engine
    from letters.press.names.frame import PageFrame
    from letters.press.names.sheets import Sheets

_BEGIN = b"q\n0.75 0 0 0.75 0 0 cm\n/Artifact BMC\n"
_END = b"EMC\nQ\n"


class AnnexLabels:
    """Draws the labels of one annex."""

    def __init__(self, annex: Annex, sheets: Sheets, engine: Engine, frame: PageFrame) -> None:
        self._annex, self._sheets, self._engine, self._frame = annex, sheets, engine, frame

    def drawn(self, total: int) -> Iterator[bytes]:
        """The content of the label of each page but the first."""
        if total == 1:
            return
        texts = self._directly(total) if self._annex.direction == "ltr" else None
        for own in texts or self._by_engine(total):
            yield artifact(own)

    def _directly(self, total: int) -> list[tuple[DrawnText, ...]] | None:
        """Set before the edge at which they end; None where they can't be shaped."""
        try:
            shaper = Shaper(self._frame.label, self._engine.fonts.values())
        except OtherFormError:
            return None
        found: list[tuple[DrawnText, ...]] = []
        for page in range(2, total + 1):
            said = page_label(self._annex, page, total)
            one = shaper.line(said)
            if one is None:
                return None
            shown, width = one
            x = self._frame.label_end - width
            found.append((DrawnText(x, shaper.baseline, shaper.style, shown),))
        return found

    def _by_engine(self, total: int) -> Iterator[tuple[DrawnText, ...]]:
        """Laid out on as many empty pages."""
        document = self._engine.document(self._sheets.empty(total))
        if len(document.pages) != total:
            raise OtherFormError
        for place in range(1, total):
            page = self._engine.drawn(document, place)
            wanted = page_label(self._annex, place + 1, total)
            own = [
                box for margin in margins(page) for box in textboxes(margin) if box.text == wanted
            ]
            if not own:
                raise OtherFormError
            yield tuple(moved(own[:1], page, page.texts(), 0.0, 0.0))


def artifact(texts: tuple[DrawnText, ...]) -> bytes:
    """Words at the edge of a page, as what no reader reads aloud."""
    return _BEGIN + b"".join(map(_content, texts)) + _END


def _content(text: DrawnText) -> bytes:
    place = number(text.x), number(text.y)
    return text.style + b"BT\n1 0 0 -1 %b %b Tm\n%bET\n" % (*place, text.shown)
