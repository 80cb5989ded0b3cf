"""The structure of an annex, for whoever hears it or copies from it: written as names are painted.

Lists and tables end with their column or page, and the head of a table stands on each page anew,
with its scope. So no more than a page of the structure is held, however many people sign.
"""

from __future__ import annotations

from collections.abc import Callable

from letters.press.names.rows import DrawnEntry

Mark = Callable[[], int]
"""Gives the number of the marked content that a part of the page is in."""


class PageStructure:
    """The elements of one page: objects with their numbers, and who owns which marked content.

    ``page`` is the page's own reference, ``within`` the number of the element that holds them all.
    """

    def __init__(self, page: bytes, within: int, fresh: Callable[[], int]) -> None:
        self.page, self._within, self._fresh = page, within, fresh
        self.objects: list[tuple[int, bytes]] = []
        self.owners: list[int] = []
        self.top: list[int] = []

    def heading(self, level: int, marks: int) -> None:
        """A heading of as many marks."""
        number = self._fresh()
        self._element(number, b"H%d" % level, self._within, self._own(number, marks))
        self.top.append(number)

    def list_of(self, entries: list[tuple[int, str]]) -> None:
        """A list whose entries have so many marks each, and are in that language if in another."""
        number, page, objects = self._fresh(), self.page, self.objects
        items: list[int] = []
        for marks, tongue in entries:
            item, body = self._fresh(), self._fresh()
            items.append(item)
            kids = self._own(body, marks)
            kids += spoken(tongue) if tongue else b""
            objects.append((item, b"<</S/LI/P %d 0 R/K %d 0 R>>" % (number, body)))
            objects.append((body, b"<</S/LBody/P %d 0 R/Pg %b/K %b>>" % (item, page, kids)))
        kids = b"[" + _references(items) + b"]"
        more = b"/A<</O/List/ListNumbering/None>>"
        self._element(number, b"L", self._within, kids, more)
        self.top.append(number)

    def table(self, head: list[int], rows: list[DrawnEntry]) -> None:
        """A table: the marks of each cell of its head, and the rows, which may be an index's."""
        table, above, body = self._fresh(), self._fresh(), self._fresh()
        self._element(table, b"Table", self._within, b"[" + _references([above, body]) + b"]")
        self._element(above, b"THead", table, b"%d 0 R" % self._row(above, head, b"/Column", 0))
        found = []
        for entry in rows:
            cells = marks_of(entry)
            found.append(
                self._row(body, cells, b"/Row", len(head))
                if entry.letter
                else self._plain_row(body, cells, entry.tongues)
            )
        self._element(body, b"TBody", table, b"[" + _references(found) + b"]")
        self.top.append(table)

    def _plain_row(self, within: int, cells: list[int], tongues: tuple[str, ...]) -> int:
        """An ordinary row: its name is a header of it, and all else are its cells."""
        fresh, page, objects = self._fresh, self.page, self.objects
        row = fresh()
        found = [fresh() for _ in cells]
        objects.append((row, b"<</S/TR/P %d 0 R/K[%b]>>" % (within, _references(found))))
        mark = self.before + len(self.owners)
        kind = b"/TH/A<</O/Table/Scope/Row>>"
        for place, (cell, marks) in enumerate(zip(found, cells, strict=True)):
            if tongues and tongues[place]:
                kind += spoken(tongues[place])
            if marks:
                self.owners.append(cell)
                body = b"<</S%b/P %d 0 R/Pg %b/K %d>>" % (kind, row, page, mark)
                mark += 1
            else:
                body = b"<</S%b/P %d 0 R>>" % (kind, row)
            objects.append((cell, body))
            kind = b"/TD"
        return row

    def _row(self, within: int, cells: list[int], scope: bytes, spans: int) -> int:
        """A row of headers: the head of a table, or a letter of the index across all columns."""
        row = self._fresh()
        found = []
        more = b"/A<</O/Table/Scope" + scope + (b"/ColSpan %d>>" % spans if spans else b">>")
        for marks in cells:
            cell = self._fresh()
            found.append(cell)
            self._element(cell, b"TH", row, self._own(cell, marks), more)
        self._element(row, b"TR", within, b"[" + _references(found) + b"]")
        return row

    def _own(self, number: int, marks: int) -> bytes:
        """The next marks of the page become this element's."""
        if not marks:
            return b""
        first = len(self.owners)
        self.owners += [number] * marks
        if marks == 1:
            return b"%d" % self.mark(first)
        return b"[" + b" ".join(b"%d" % self.mark(first + one) for one in range(marks)) + b"]"

    def mark(self, place: int) -> int:
        """The number of the mark in that place: those of the page's head come before."""
        return self.before + place

    before = 0

    def _element(
        self, number: int, kind: bytes, parent: int, kids: bytes, more: bytes = b""
    ) -> None:
        own = b"/K " + kids if kids else b""
        page = b"/Pg " + self.page if kids and b"R" not in kids else b""
        body = b"<</S/%b/P %d 0 R%b%b%b>>" % (kind, parent, page, own, more)
        self.objects.append((number, body))


def spoken(tongue: str) -> bytes:
    """The entry of an element that says its language, which a tag of plain letters names."""
    return b"/Lang(%b)" % tongue.encode("ascii")


def marks_of(entry: DrawnEntry) -> list[int]:
    """How many marks each cell of an entry needs: one, or none where nothing is drawn."""
    return [1 if cell else 0 for cell in entry.cells]


def _references(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
