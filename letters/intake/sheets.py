"""Spreadsheets: XLSX, ODS and their older kin, one sheet of them, cell by cell as text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from letters import reading
from letters.counting import listed
from letters.intake.headers import LOOKED_AT, MORE_CELLS, columns, header_at
from letters.intake.remark import refused
from letters.intake.row import ListTable, Row, UnreadableError
from letters.limits import SHEET
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How spreadsheets begin, those of today and those of before."""

_MOST_UNPACKED = 512 * 2**20
_MOST_CELLS = 20_000_000
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MIDNIGHT = dt.time()

Cell: TypeAlias = "int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta"


class SeveralSheetsError(UnreadableError):
    """Which sheet is meant has to be asked; ``sheets`` are their names."""

    def __init__(self, name: str, sheets: Sequence[str]) -> None:
        self.sheets = tuple(sheets)
        known = listed([f"“{sheet}”" for sheet in sheets])
        super().__init__(f"{name}: has several sheets: {known}", "say which with --sheet")
        self.args = (name, sheets)  # from which it is made again in another process


def read(path: Path, wanted: str = "") -> ListTable:
    """Open a spreadsheet at the sheet ``wanted``, or its only one.

    Raises UnreadableError.
    """
    data = reading.data_of(path, SHEET)
    _expect_bounded(path, data)
    sheet = _chosen(path, data, wanted)
    if sheet.start is None:
        raise UnreadableError(f"{path.name}: the sheet is empty", "name another one with --sheet")
    if sheet.height * sheet.width > _MOST_CELLS:
        raise UnreadableError(
            f"{path.name}: the sheet has {sheet.height:,} rows and {sheet.width:,} columns",
            "something stands far outside of the list: delete it, or export the list as CSV",
        )
    records = _records(sheet.iter_rows())
    first = list(islice(records, LOOKED_AT))
    at = header_at([cells for _, cells in first])
    number, cells = first[at]
    named = columns(cells, f"{path.name}: row {number}")
    remarks = []
    if above := [line for line, one in first[:at] if any(one)]:
        remarks.append(f"row {above[-1]} and what is above it is no row of headers, and left out")
    return ListTable(
        named, _rows(named, chain(first[at + 1 :], records)), tuple(remarks), sheet.name, "row"
    )


def _expect_bounded(path: Path, data: bytes) -> None:
    """Refuse what would fill the memory, and what nobody can read without its password."""
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise _encrypted(path)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise _broken(path) from None
    names = {member.filename for member in members}
    if sum(member.file_size for member in members) > _MOST_UNPACKED or len(members) > 10_000:
        raise UnreadableError(
            f"{path.name}: would take more than {_MOST_UNPACKED // 2**20} MiB when it is unpacked",
            "is it a list? export it again, as CSV",
        )
    if any(member.flag_bits & 1 for member in members):
        raise _encrypted(path)
    if "word/document.xml" in names or any(name.endswith(".iwa") for name in names):
        raise UnreadableError(
            f"{path.name}: is no spreadsheet that can be read", "export it as XLSX or CSV"
        )


def _chosen(path: Path, data: bytes, wanted: str) -> CalamineSheet:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = _sheets(book, wanted)
    except PasswordError:
        raise _encrypted(path) from None
    except (CalamineError, OSError):
        raise _broken(path) from None
    except BaseException as error:  # a fault of the reader itself comes as no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(path) from None
    if wanted and not sheets:
        hint = did_you_mean(wanted, book.sheet_names)
        raise UnreadableError(f"{path.name}: has no sheet “{wanted}”", hint)
    if not sheets:
        raise UnreadableError(f"{path.name}: every sheet is empty", "")
    if len(sheets) > 1:
        raise SeveralSheetsError(path.name, [sheet.name for sheet in sheets])
    return sheets[0]


def _sheets(book: CalamineWorkbook, wanted: str) -> list[CalamineSheet]:
    """The sheet of that name; else all that can be seen and hold anything."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    if wanted:
        return [book.get_sheet_by_name(wanted)] if wanted in book.sheet_names else []
    names = [
        each.name
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
    ]
    return [sheet for name in names if (sheet := book.get_sheet_by_name(name)).start is not None]


def _records(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, 1):  # empty ones above the first are among them
        texts = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _rows(named: tuple[str, ...], records: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    width = len(named)
    for number, cells in records:
        row = dict(zip(named, cells, strict=False))
        if any(cells[width:]):
            row |= refused("", *MORE_CELLS)
        yield Row(number, row)


def _text(cell: Cell) -> str:
    """What the cell shows, as near as can be known: numbers without “.0”, days as 2026-01-14."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
        case dt.datetime():
            return (
                cell.date().isoformat()
                if cell.time() == _MIDNIGHT
                else cell.isoformat(" ", "seconds")
            )
        case dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell)


def _encrypted(path: Path) -> UnreadableError:
    return UnreadableError(
        f"{path.name}: is locked with a password", "save it without one, and import that"
    )


def _broken(path: Path) -> UnreadableError:
    return UnreadableError(
        f"{path.name}: is no spreadsheet, or a broken one", "export it again, as XLSX or CSV"
    )
