"""The plates of one process, and the door to them: a letter is made from a plate where one fits.

Nobody need know of it. A letter is the same whichever way it was made, and while letters are made,
some are made both ways to see that it is so. Where one is not, no more plates are used.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.press import layout, pdf
from letters.press.engine import ONE_AT_A_TIME
from letters.press.joins import joined
from letters.press.plate.form import Form, Taken, taken_apart
from letters.press.rendering import Pdf
from letters.press.settled import settled
from letters.press.sheet_room import filled

if TYPE_CHECKING:
    from letters.draft.document import Letter
    from letters.press.attachments import EmbeddedFile
    from letters.press.plate.plate import Plate
    from letters.press.theme import Theme

_FORMS, _PLATES = 16, 16
"""How many forms are remembered, and how many plates of each: a plate is about 200 kB."""

_WAITING = 2
"""How many letters are remembered as they were laid out: that is several megabytes each."""

_CHECKED = 256
"""One letter in so many is made both ways, and the very first from a plate."""


class Rack:
    """Plates by form, of which the last used stay."""

    def __init__(self) -> None:
        self._plates: OrderedDict[Form, list[Plate]] = OrderedDict()
        self._waiting: dict[Form, tuple[layout.Full, Taken]] = {}
        self._printed = 0
        self._checked = 0
        self._is_off = False

    def letter(self, letter: Letter, theme: Theme) -> Pdf:
        """The letter, from a plate if one fits. Raises as `letters.press.pdf.write` does."""
        letter = filled(joined(letter, drawn=True), theme)
        body = pdf.body(letter, theme)
        if self._is_off:
            return settled(letter, theme, body).pdf
        taken = taken_apart(letter, theme, body)
        for plate in self._fitting(taken):
            printed = plate.letter(taken)
            if printed is not None:
                return self._checked_now(plate, printed, letter, theme, body)
        full = settled(letter, theme, body)
        self._keep(full, taken)
        return full.pdf

    def _fitting(self, taken: Taken) -> list[Plate]:
        """The plates of that form; a second letter of it is what makes one worth its while."""
        waiting = self._waiting.pop(taken.form, None)
        if waiting is not None:
            self._cut(*waiting)
        plates = self._plates.get(taken.form)
        if plates is None:
            return []
        self._plates.move_to_end(taken.form)
        return plates

    def _keep(self, full: layout.Full, taken: Taken) -> None:
        if taken.form in self._plates:
            self._cut(full, taken)
            return
        self._waiting[taken.form] = full, taken
        if len(self._waiting) > _WAITING:
            self._cut(*self._waiting.pop(next(iter(self._waiting))))

    def _cut(self, full: layout.Full, taken: Taken) -> None:
        from letters.press.plate.plate import cut

        plates = self._plates.setdefault(taken.form, [])
        if len(plates) < _PLATES:
            plate = cut(full, taken)
            plates += [plate] if plate else []
        if len(self._plates) > _FORMS:
            self._plates.popitem(last=False)

    def _checked_now(
        self, plate: Plate, printed: Pdf, letter: Letter, theme: Theme, body: str
    ) -> Pdf:
        """The letter from a plate; some are made in full beside, first those of new plates."""
        self._printed += 1
        allowed = 1 + self._printed // _CHECKED
        if self._checked >= allowed or (
            plate.is_checked and self._checked * _CHECKED > self._printed
        ):
            return printed
        self._checked += 1
        plate.is_checked = True
        full = settled(letter, theme, body).pdf
        if full.data == printed.data:
            return printed
        self._is_off = True
        self._plates.clear()
        remark = (
            f"set in full, for the quick way gave other bytes; so will all later ones be, "
            f"and {self._printed - 1} before it were made the quick way: render them again"
        )
        return replace(full, remarks=(*full.remarks, remark))


_rack = Rack()


def write(letter: Letter, theme: Theme, attachments: tuple[EmbeddedFile, ...] = ()) -> Pdf:
    """What `letters.press.pdf.write` gives, sooner where many letters are alike."""
    if attachments:
        return pdf.write(letter, theme, attachments)
    with ONE_AT_A_TIME:
        return _rack.letter(letter, theme)
