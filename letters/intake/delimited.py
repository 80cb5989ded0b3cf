"""Lists whose cells are told apart by a character: CSV, TSV, and whatever programs call so.

Which character it is, is counted: the one that gives the same number of columns in most rows.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from letters import limits, reading
from letters.headway import Headway, tell
from letters.intake.encoding import encoding_of
from letters.intake.headers import LOOKED_AT, MORE_CELLS, columns, header_at
from letters.intake.remark import refused
from letters.intake.row import ListTable, Row, UnreadableError

LONGEST_LINE = 2**20  # characters
_TOLD = 256  # lines after which it is told how far this is
_SAMPLE = 200  # lines by which the delimiter is found
_USUAL = ",;\t|"
_UNUSUAL = "^~:/*!#%&§¦\x1f"
_NAMES = {"\x1f": "the unit separator"}
_NONE = "\x1e"


def read(path: Path, encoding: str = "", delimiter: str = "") -> ListTable:
    """Open a list; its rows are read as they are asked for.

    Raises UnreadableError, from the rows as well, where it can’t be read as a whole.
    """
    codec, remark = encoding_of(path, encoding)
    remarks = [remark] if remark else []
    lines = _lines(path, codec)
    sample = list(islice(lines, _SAMPLE))
    skipped = 0
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
        delimiter = delimiter or sample[0][4]  # how Excel notes it
        sample, skipped = sample[1:], 1
    quote = _quote(sample)
    sign = delimiter or _delimiter(sample, quote)
    if not delimiter and sign not in _USUAL + _NONE:
        remarks.append(
            f"its cells are told apart by {_NAMES.get(sign, f'“{sign}”')}, which fits best"
        )
    records = _records(path, chain(sample, lines), sign, quote, skipped)
    first = list(islice(records, LOOKED_AT))
    if not first:
        raise UnreadableError(f"{path.name}: is empty", "export the list again")
    at = header_at([cells for _, cells in first])
    number, cells = first[at]
    named = columns(cells, f"{path.name}: line {number}")
    if above := [line for line, one in first[:at] if any(one)]:
        remarks.append(f"line {above[-1]} and what is above it is no row of headers, and left out")
    rows = _rows(named, chain(first[at + 1 :], records))
    return ListTable(named, rows, tuple(remarks), noun="line")


def _lines(path: Path, codec: str) -> Iterator[str]:
    """The lines with their ends, whichever kind those are; one without end is refused early."""
    try:
        with reading.opened(path, limits.LIST) as raw:
            stream = io.TextIOWrapper(raw, encoding=codec, newline="")
            number, size = 0, os.fstat(raw.fileno()).st_size
            while line := stream.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE:
                    raise UnreadableError(
                        f"{path.name}: line {number} has more than {LONGEST_LINE:,} characters",
                        "is it a list? export it again as CSV",
                    )
                if not number % _TOLD:
                    tell(Headway(raw.tell() // 1000, size // 1000, "reading the list, in kB"))
                yield line
    except UnicodeError:
        raise UnreadableError(
            f"{path.name}: is no text of that encoding", "say --set encoding=NAME"
        ) from None
    finally:
        tell(None)


def _quote(sample: list[str]) -> str:
    """The usual quotation mark, unless cells stand between apostrophes alone."""
    text = "".join(sample)
    if '"' in text:
        return '"'
    single = sum(text.count(f"'{sign}'") for sign in _USUAL)
    return "'" if single >= max(1, len(sample)) else '"'


def _delimiter(sample: list[str], quote: str) -> str:
    """What tells the cells apart; where there is only one column, a sign that no cell has."""
    best, most = _NONE, (0.5, 0)
    blank = [at for at, line in enumerate(sample[:LOOKED_AT]) if not line.strip(" \r\n")]
    sample = sample[blank[-1] + 1 if blank else 0 :] or sample  # a title stands above
    for sign in _USUAL + _UNUSUAL:
        fits = _fits(sample, sign, quote)
        # Where the first line is one cell, “Cole, PhD” further down is no two cells.
        unsure = (sign not in _USUAL) * 0.3 + (sign not in next(iter(sample), "")) * 0.3
        if (score := (round(fits[0] - unsure, 2), fits[1])) > most:
            best, most = sign, score
    return best


def _fits(sample: list[str], sign: str, quote: str) -> tuple[float, int]:
    """The share of the rows that have the most common number of columns, and that number."""
    if not any(sign in line for line in sample[:LOOKED_AT]):
        return 0.0, 0
    widths = Counter[int]()
    try:
        for cells in csv.reader(sample, delimiter=sign, quotechar=quote):
            if any(cells):
                widths[len(cells)] += 1
    except csv.Error:
        return 0.0, 0
    many = {width: count for width, count in widths.items() if width > 1}
    if not many:
        return 0.0, 0
    width, count = max(many.items(), key=lambda each: (each[1], each[0]))
    return count / widths.total(), width


def _records(
    path: Path, lines: Iterable[str], sign: str, quote: str, skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """The cells of each record, with the line in which it begins; blank lines are none."""
    escape = "\\" if quote == '"' and _escapes(lines := _Peeked(lines)) else None
    before = csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(
        lines, delimiter=sign, quotechar=quote, escapechar=escape, strict=True,
        skipinitialspace=quote == '"' and sign != " ",
    )  # fmt: skip
    at = skipped + 1
    try:
        for cells in reader:
            if any(cells):
                yield at, cells
            at = skipped + reader.line_num + 1
    except csv.Error as error:
        message, hint = _said(str(error))
        raise UnreadableError(f"{path.name}: line {at}: {message}", hint) from None
    finally:
        csv.field_size_limit(before)


class _Peeked:
    """Lines of which the first have been looked at, and are still to come."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.first = list(islice(self._lines, _SAMPLE))

    def __iter__(self) -> Iterator[str]:
        return chain(self.first, self._lines)


def _escapes(lines: _Peeked) -> bool:
    r"""Whether a quotation mark inside a cell is written \", as databases export it."""
    text = "".join(lines.first)
    return '\\"' in text and '""' not in text.replace('\\""', "")


def _said(error: str) -> tuple[str, str]:
    if "field larger" in error or "end of data" in error:
        return "a quotation mark opens here that is not closed", "close it, or export it again"
    if "expected after" in error:
        return (
            "a quotation mark stands inside of a cell in quotation marks",
            'write it twice (""), or export the list again',
        )
    return "can’t be read as a row of cells", "export the list again as CSV"


def _rows(named: tuple[str, ...], records: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    width = len(named)
    for number, cells in records:
        row = dict(zip(named, cells, strict=False))
        if len(cells) < width:
            row.update(dict.fromkeys(named[len(cells) :], ""))
        elif len(cells) > width and any(cells[width:]):
            row |= refused("", *MORE_CELLS)
        yield Row(number, row)


def as_line(cells: Iterable[str]) -> str:
    """Cells as one line of CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
