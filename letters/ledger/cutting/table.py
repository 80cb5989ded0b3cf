"""Tables of plain text: CSV with any delimiter, quotes, line ends and encoding, cut by rows."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Collection

from msgspec import Struct

from letters.ledger.cutting.marks import Identifiers
from letters.ledger.cutting.parts import FilePart, WholeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = ",;\t|^~:"
_SAID = re.compile(r"sep=(.)(\r\n|\r|\n)")  # what Excel takes for the delimiter
_BINARY = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_ADDRESS = re.compile(r"\s*\S+@\S+\s*")
_EVEN = 0.8  # the part of the rows that have as many cells as most


class TableRow(Struct, frozen=True):
    """A row from ``start`` to ``end`` in the text, its line end included."""

    start: int
    end: int
    cells: tuple[str, ...]


class TableFile(Struct, frozen=True):
    """``text`` is the file without its mark, decoded without loss."""

    mark: bytes
    encoding: str
    text: str
    rows: tuple[TableRow, ...]
    kind: str = "table of text"

    @property
    def parts(self) -> tuple[FilePart, ...]:
        """One a row, called after the line on which it begins."""
        found, line, at = [], 1, 0
        for row in self.rows:
            line += _lines(self.text[at : row.start])
            at = row.start
            found.append(FilePart(f"line {line}", row.cells))
        return tuple(found)

    def without(self, numbers: Collection[int], marks: Identifiers) -> bytes:  # noqa: ARG002 - see `Parted`
        """The file without these rows."""
        kept = (row for number, row in enumerate(self.rows) if number not in numbers)
        text = "".join(self.text[row.start : row.end] for row in kept)
        return self.mark + text.encode(self.encoding)


def read(data: bytes) -> TableFile:
    """The file as a table. Raises WholeError where it is none."""
    mark, encoding, text = _decoded(data)
    said = _SAID.match(text)
    found = [
        (share, width, rows)
        for delimiter in (said[1] if said else _DELIMITERS)
        if (rows := _rows(text, delimiter)) is not None
        for share, width in [_evenness(rows[1:] if said else rows, delimiter)]
        if share >= _EVEN
    ]
    if found:
        best = max(found, key=lambda one: one[:2])
        return TableFile(mark, encoding, text, best[2])
    column = _rows(text, "\n") or ()
    if len(column) > 1 and all(_ADDRESS.fullmatch(row.cells[0]) for row in column[1:]):
        return TableFile(mark, encoding, text, column)
    raise WholeError("it is a text without rows and columns")


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    mark, encoding = next((one for one in _BOMS if data.startswith(one[0])), (b"", "utf-8"))
    body = data.removeprefix(mark)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        if mark:
            raise WholeError("it is not in the encoding that it says") from None
        encoding = "latin-1"  # any bytes are, and come back as they were
        text = body.decode(encoding)
    if _BINARY.search(text) or text.encode(encoding) != body:
        raise WholeError("it is neither a table nor a mailbox")
    return mark, encoding, text


def _rows(text: str, delimiter: str) -> tuple[TableRow, ...] | None:
    """Every row; None where a quotation mark is never closed. Quotes open where a cell begins."""
    stop = re.compile(rf"{re.escape(delimiter)}|\r\n|\r|\n")
    rows, at = list[TableRow](), 0
    while at < len(text):
        start, cells, ended = at, list[str](), False
        while not ended:
            cell = ""
            if text.startswith('"', at):
                end = _closing(text, at + 1)
                if end < 0:
                    return None
                cell, at = text[at + 1 : end].replace('""', '"'), end + 1
            found = stop.search(text, at)
            cells.append(cell + text[at : found.start() if found else len(text)])
            at = found.end() if found else len(text)
            ended = found is None or found[0] != delimiter or delimiter == "\n"
        rows.append(TableRow(start, at, tuple(cells)))
    return tuple(rows)


def _closing(text: str, at: int) -> int:
    """Where the quotation ends that was opened before ``at``; -1 for nowhere."""
    end = text.find('"', at)
    while end >= 0 and text.startswith('""', end):
        end = text.find('"', end + 2)
    return end


def _evenness(rows: tuple[TableRow, ...], delimiter: str) -> tuple[float, int]:
    """Which part of the rows that say something have the width that most have, and that width."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if len(filled) < 2:
        return 0.0, 0
    [(width, count)] = Counter(len(row.cells) for row in filled).most_common(1)
    share = count / len(filled)
    told = delimiter == ":" and any(cell.startswith(" ") for row in filled for cell in row.cells)
    return (0.0, 0) if width < 2 or told or (delimiter == ":" and share < 1) else (share, width)


def _lines(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text))
