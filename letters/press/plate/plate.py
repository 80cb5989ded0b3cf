"""One plate: a letter in full, from which others with the same tags are printed."""

from __future__ import annotations

from typing import Any

from letters.press.layout import Full
from letters.press.pdf_objects import packed, written
from letters.press.plate.blank import Blank
from letters.press.plate.form import Taken, said
from letters.press.plate.slots import Slot, Slots, found_in
from letters.press.rendering import Pdf


class Plate:
    """Prints letters of one form whose words fill the same lines as those of its own."""

    def __init__(self, full: Full, taken: Taken, slots: Slots, drawn: list[list[bytes]]) -> None:
        self._taken, self._slots, self._drawn = taken, slots, drawn
        self._pages, self._remarks = full.pdf.pages, full.pdf.remarks
        self._tightness = full.pdf.tightness
        self._numbers = _numbers(full.objects)
        self._blank = Blank(full.pdf.data, full.objects, self._numbers)
        every = [*slots.by_number.values(), *([slots.head] if slots.head else [])]
        holes = sorted({(hole.page, hole.place) for slot in every for hole in slot.holes})
        self._drawn_again = [
            _Page(page, [place for at, place in holes if at == number])
            for number, page in enumerate(drawn)
        ]
        self._sound: dict[int, bool] = {}
        self.is_checked = False

    def letter(self, taken: Taken) -> Pdf | None:
        """The letter's file; None where this plate can't print it."""
        changed: dict[int, dict[int, bytes]] = {}
        own = self._taken.words
        wanted = [
            (number, self._slots.by_number.get(number), words)
            for number, words in enumerate(taken.words)
            if words != own[number]
        ]
        if taken.head != self._taken.head and self._slots.has_head:
            wanted.append((-1, self._slots.head, taken.head))
        for number, slot, words in wanted:
            if slot is None or not self._is_sound(number, slot):
                return None
            lines = slot.lines(said(words, kept=slot.kept))
            if lines is None or not _fits(number, slot, lines):
                return None
            for hole, shown in zip(slot.holes, lines * len(slot.holes), strict=False):
                changed.setdefault(hole.page, {})[hole.place] = shown
        pages = {
            self._numbers[page]: self._drawn_again[page].data(changes)
            for page, changes in changed.items()
        }
        return Pdf(self._blank.filled(pages), self._pages, self._remarks, self._tightness)

    def is_true(self, data: bytes) -> bool:
        """Whether it prints its own letter, of which this is the file."""
        own = zip(self._numbers, self._drawn_again, strict=True)
        return self._blank.filled({number: page.data({}) for number, page in own}) == data

    def _is_sound(self, number: int, slot: Slot) -> bool:
        """Whether the words that stand there are shown by the operators that stand there."""
        if number not in self._sound:
            lines = slot.lines(slot.text)
            self._sound[number] = (
                lines is not None
                and _fits(number, slot, lines)
                and all(
                    self._drawn[hole.page][hole.place] == shown
                    for hole, shown in zip(slot.holes, lines * len(slot.holes), strict=False)
                )
            )
        return self._sound[number]


def _fits(number: int, slot: Slot, lines: tuple[bytes, ...]) -> bool:
    """Whether there is a hole for each line; the running head is one line on several pages."""
    return len(lines) == (1 if number < 0 else len(slot.holes))


class _Page:
    """What is drawn on a page: the operators of its holes, and all between them in one piece."""

    def __init__(self, drawn: list[bytes], holes: list[int]) -> None:
        self._pieces: list[bytes] = []
        self._at: dict[int, int] = {}
        start = 0
        for place in holes:
            self._pieces.append(b"\n".join((*drawn[start:place], b"")))
            self._at[place] = len(self._pieces)
            self._pieces.append(drawn[place])
            self._pieces.append(b"\n")
            start = place + 1
        self._pieces.append(b"\n".join(drawn[start:]))

    def data(self, changes: dict[int, bytes]) -> bytes:
        """Its object, with other operators at these places."""
        pieces = self._pieces.copy()
        for place, shown in changes.items():
            pieces[self._at[place]] = shown
        return packed(b"".join(pieces))


def cut(full: Full, taken: Taken) -> Plate | None:
    """A plate from a letter that was laid out in full; None where it can't be one."""
    if full.pdf.remarks:
        return None
    streams = {each.number: each for each in full.objects if getattr(each, "drawn", ())}
    pages = [[written(item) for item in streams[n].drawn] for n in _numbers(full.objects)]
    slots = found_in(full.document, pages, taken)
    if slots is None:
        return None
    plate = Plate(full, taken, slots, pages)
    return plate if plate.is_true(full.pdf.data) else None


def _numbers(objects: tuple[Any, ...]) -> list[int]:
    """The numbers of the objects that hold the operators of the pages, in their order."""
    return [
        int(bytes(each["Contents"]).split()[0])
        for each in objects
        if isinstance(each, dict) and each.get("Type") == "/Page"
    ]
