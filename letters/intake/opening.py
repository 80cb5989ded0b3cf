"""Which reader a file or folder takes, and the recipe by which it is read, if it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from letters import reading
from letters.intake import delimited, known_recipes, records, sheets
from letters.intake.recipe import Recipe
from letters.intake.row import ListTable, Row, UnreadableError
from letters.intake.vocabulary import Kind

_MOST_ROWS = 500_000
_OTHERS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8": "a picture",
}


def opened(
    path: Path,
    kind: Kind,
    root: Path,
    *,
    named: str,
    sheet: str,
    settings: Mapping[str, object],
    recognise: bool = True,
) -> tuple[ListTable, Recipe | None]:
    """The list in ``path``, and the recipe ``named``, or the one to ``recognise``.

    Raises UnreadableError, from the rows as well.
    """
    wanted = known_recipes.load(named, root) if named else None
    if not path.exists():
        raise UnreadableError(f"{path}: there is no such file", "")
    if records.reads(path):
        encoding = str(settings.get("encoding", ""))
        return _records(path, kind, root, wanted, encoding, recognise=recognise)
    try:
        head = reading.head_of(path, 512)
    except reading.OddFileError as error:
        raise UnreadableError(f"{path.name}: {error.why}", error.hint) from None
    if head.startswith((sheets.ZIP, sheets.OLE)) or path.suffix.lower() in (".xlsx", ".ods"):
        table = sheets.read(path, sheet)
    else:
        _expect_text(path, head)
        table = delimited.read(
            path, str(settings.get("encoding", "")), str(settings.get("delimiter", ""))
        )
    remarks = table.remarks
    if wanted is None and recognise:
        wanted, more = known_recipes.recognise(table.columns, root, kind)
        remarks += more
    rows = _bounded(path, table.rows)
    completed = map(wanted.complete, rows) if wanted else rows
    return ListTable(table.columns, completed, remarks, table.sheet, table.noun), wanted


def _records(
    path: Path,
    kind: Kind,
    root: Path,
    wanted: Recipe | None,
    encoding: str,
    *,
    recognise: bool,
) -> tuple[ListTable, Recipe | None]:
    guessed: list[str] = []
    found = list(_bounded(path, records.read(path, wanted, encoding, guessed.append)))
    remarks = tuple(guessed)
    if wanted is None and recognise:
        wanted, more = known_recipes.recognise(_columns(found), root, kind)
        remarks += more
        if wanted is not None:
            found = list(_bounded(path, records.read(path, wanted, encoding)))
    if not found:
        raise UnreadableError(f"{path.name}: holds nobody", "is it the right file?")
    return ListTable(_columns(found), iter(found), remarks, noun="record"), wanted


def _columns(rows: list[Row]) -> tuple[str, ...]:
    named = dict.fromkeys(column for row in rows for column in row.cells)
    return tuple(column for column in named if not column.startswith(("\x00", "(")))


def _bounded(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, 1):
        if count > _MOST_ROWS:
            raise UnreadableError(
                f"{path.name}: has more than {_MOST_ROWS:,} rows", "split it into several files"
            )
        yield row


def _expect_text(path: Path, head: bytes) -> None:
    what = next((what for mark, what in _OTHERS.items() if head.startswith(mark)), "")
    zeros = head.count(0)
    if what or (zeros and zeros < len(head) // 5):
        raise UnreadableError(
            f"{path.name}: is {what or 'no text'}, and no list that can be read",
            "export the list as CSV or XLSX",
        )
