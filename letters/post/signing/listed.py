"""A list of people with what each of them did, as CSV: read row by row, all mistakes at once.

No message quotes a cell: an address may be nobody else's business.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from letters import counting, limits, reading
from letters.campaign.mailboxes import mailbox_of
from letters.problem import Place, Problem, did_you_mean

# What each column is called, by the one word for it.
_COLUMNS = {
    "id": ("id",),
    "mailbox": ("mailbox", "email", "e mail", "email address", "e mail address"),
    "day": ("day", "date"),
    "channel": ("channel",),
    "note": ("note",),
    "evidence": ("evidence",),
}
_NAMES = {name: word for word, names in _COLUMNS.items() for name in names}
_FEW = 200  # ids among which a similar one is looked for
_DELIMITERS = ",;\t|"
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.*)?")


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row: the cells of the columns that are known, and all of it as a table of its own.

    ``says_more`` is whether there is anything in its other columns.
    """

    place: Place
    cells: Mapping[str, str]
    data: bytes = field(repr=False)
    says_more: bool
    columns: Mapping[str, int] = field(repr=False)

    def at(self, column: str) -> Place:
        """Where the cell of that column stands: the line, and which cell it is."""
        return Place(self.place.path, self.place.line, self.columns.get(column, 1), column)


class SigningList(Struct, frozen=True):
    """The rows that say something, what is wrong, and the columns that are not known."""

    rows: Sequence[ListedRow] = ()
    problems: Sequence[Problem] = ()
    others: Sequence[str] = ()


def read(path: Path) -> SigningList:
    """The list in that file. Raises OSError."""
    at = Place(path.name)
    try:
        data = reading.data_of(path, limits.SIGNING_LIST)
    except reading.OddFileError as error:
        return SigningList(problems=[Problem(at, error.why, error.hint)])
    if not data:
        return SigningList(problems=[Problem(at, "has nothing in it")])
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        hint = "save it as CSV in UTF-8, or bring the people in with “letters import”"
        return SigningList(problems=[Problem(at, "is a spreadsheet, and no CSV", hint)])
    coding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8-sig")
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = Problem(Place(path.name, line), "is not UTF-8", "save it as CSV in UTF-8")
        return SigningList(problems=[problem])
    return _table(path.name, text)


def row_as_csv(columns: Sequence[str], cells: Sequence[str]) -> bytes:
    """A row with the head of its table, as it is kept for one person."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows((columns, cells))
    return out.getvalue().encode()


def day_of(written: str) -> dt.date | None:
    """The day of a cell, which may go on with a time of that day; None where it is none."""
    found = _DAY.fullmatch(written)
    try:
        return dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def who(
    row: ListedRow, ids: Collection[str], mailboxes: Mapping[str, Sequence[str]]
) -> str | Problem:
    """The id of whom a row is about: by the id that it gives, else by the mailbox.

    A mailbox may stand in the column of ids, too: no id has an @.
    """
    named, box, where = row.cells.get("id", ""), row.cells.get("mailbox", ""), "mailbox"
    if "@" in named and not box:
        named, box, where = "", named, "id"
    if named:
        if named not in ids:
            hint = did_you_mean(named, ids) if len(ids) <= _FEW else ""
            return Problem(row.at("id"), "there is no signatory with this id", hint)
        if box and (others := mailboxes.get(mailbox_of(box))) and named not in others:
            return Problem(row.at("mailbox"), "is another signatory’s address", "which is right?")
        return named
    if not box:
        return Problem(row.at("id"), "says neither an id nor a mailbox")
    found = mailboxes.get(mailbox_of(box), ())
    if len(found) > 1:
        hint = f"say the id: {counting.listed(found)}"
        return Problem(row.at(where), "is the address of several signatories", hint)
    if not found:
        return Problem(row.at(where), "no signatory has this address", "or say the id")
    return found[0]


def _table(name: str, text: str) -> SigningList:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=lambda one: (len(_known(head.split(one))), head.count(one)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, problems, begins = list[tuple[int, list[str]]](), list[Problem](), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        hint = "look for a quotation mark that is not closed, and for a cell without an end"
        message = "can’t be read from here on as CSV"
        problems.append(Problem(Place(name, begins), message, hint))
    if not rows:
        return SigningList(problems=problems or [Problem(Place(name), "has nothing in it")])
    line, columns = rows.pop(0)
    known = _known(columns)
    twice = [one for one in known if sum(_word(column) == one for column in columns) > 1]
    if twice:
        problems.append(Problem(Place(name, line), f"has several columns “{twice[0]}”"))
    if not known.keys() & {"id", "mailbox"}:
        hint = "the first line names the columns: id or mailbox, and day, channel, note, evidence"
        problems.append(Problem(Place(name, line), "has no column “id” or “mailbox”", hint))
    if problems and not rows:
        return SigningList(problems=problems)
    found = []
    for line, cells in rows:
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            message = f"has {len(cells)} cells, and the table {len(columns)} columns"
            problems.append(Problem(Place(name, line, len(columns) + 1), message))
            continue
        found.append(_row(Place(name, line), columns, known, cells))
    others = [one.strip() for one in columns if one.strip() and _word(one) is None]
    return SigningList(found, problems, others)


def _row(
    place: Place, columns: Sequence[str], known: Mapping[str, int], cells: list[str]
) -> ListedRow:
    cells = [*cells, *[""] * (len(columns) - len(cells))][: len(columns)]
    own = {word: cells[number - 1].strip() for word, number in known.items()}
    more = any(cell.strip() for number, cell in enumerate(cells, 1) if number not in known.values())
    return ListedRow(place, own, row_as_csv(columns, cells), more, known)


def _known(columns: Sequence[str]) -> dict[str, int]:
    """The number of each column that is known, from 1, by the word for it."""
    found: dict[str, int] = {}
    for number, column in enumerate(columns, 1):
        if word := _word(column):
            found.setdefault(word, number)
    return found


def _word(column: str) -> str | None:
    plain = " ".join(re.sub(r"[-_]", " ", column.strip().strip('"').lstrip("\ufeff")).split())
    return _NAMES.get(plain.casefold())
