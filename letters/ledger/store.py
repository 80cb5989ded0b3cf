"""The ledger itself: every question and every change that the rest of the project may ask for.

All access to the log goes through `Ledger`, so that another store (a database server, when several
offices work on one campaign) can stand in its place.
"""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from letters.ledger import merkle, rules, sqlite
from letters.ledger.errors import DamagedLogError
from letters.ledger.events import (
    SALT_BYTES,
    Entry,
    Event,
    commitment,
    encode,
    text_digest,
    unseal,
)
from letters.ledger.merkle import Checkpoint

LOG_NAME = "letters.db"

# Everything is read as bytes: what is checked is what is stored, even where the file is damaged and
# holds a number in place of a hash, or text that is no longer UTF-8.
_ENTRIES = (
    "SELECT leaf.number, CAST(commitment AS BLOB), CAST(salt AS BLOB), CAST(body AS BLOB)"
    " FROM leaf LEFT JOIN opening USING (number)"
)
_SNAPSHOT = {
    "leaves": "SELECT number, ifnull(CAST(commitment AS BLOB), x'') FROM leaf ORDER BY number",
    "openings": "SELECT number, CAST(salt AS BLOB), CAST(body AS BLOB), CAST(subject AS BLOB)"
    " FROM opening",
    "nodes": "SELECT level, position, CAST(hash AS BLOB) FROM node",
    "texts": "SELECT CAST(digest AS BLOB), ifnull(CAST(body AS BLOB), x'') FROM text",
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a log holds, unchecked: what verification works on.

    ``leaves``: number and commitment. ``openings``: number, salt, body, subject. ``nodes``: level,
    position, hash. ``texts``: digest, body. ``faults``: what is wrong with the file itself.
    """

    leaves: tuple[tuple[int, bytes], ...]
    openings: tuple[tuple[int, bytes, bytes, bytes], ...]
    nodes: tuple[tuple[int, int, bytes], ...]
    texts: tuple[tuple[bytes, bytes], ...]
    faults: tuple[str, ...]


class Ledger:
    """An open log. Close it, or use it in a ``with`` block.

    Every method may raise LedgerError; DamagedLogError where the log contradicts itself.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """The log at ``path`` to read and write; it is made (mode 0600) where there is none."""
        return cls(sqlite.open_file(path), path)

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The log as it is at this moment, to read only; None where there is none.

        Makes no file, changes none, and works in a folder that can't be written.
        """
        db = sqlite.copy_of(path)
        return None if db is None else cls(db, path)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def append(self, event: Event, *, at: dt.datetime, text: str | None = None) -> Entry:
        """Record ``event``; once this returns, the entry is on the disk.

        ``at`` is the time of recording (UTC). ``text`` is the canonical text whose digest the
        event names; it is kept once, and may be left out when the log has it already. Raises
        RefusedError when the event may not follow what is recorded (nothing is then written),
        ValueError when text and digest don't belong together.
        """
        if text is not None and text_digest(text) != event.text_digest:
            raise ValueError("the text is not the one that the event names")
        with self._transaction("IMMEDIATE"):
            rows = self._rows(f"{_ENTRIES} WHERE subject = ? ORDER BY number", event.subject)
            place = rules.standing(unseal(*row).event for row in rows)
            if refused := rules.refusal(place, event):
                raise refused
            self._keep(event.text_digest, text)
            entry = Entry(self._size() + 1, at.replace(microsecond=0), event)
            self._add(entry)
        return entry

    def entries(self) -> tuple[Entry, ...]:
        """All entries in order, each one checked against its commitment."""
        with self._transaction("DEFERRED"):
            rows = self._rows(f"{_ENTRIES} ORDER BY number")
        if any(row[0] != number for number, row in enumerate(rows, start=1)):
            raise DamagedLogError("entries are missing from the signature log")
        return tuple(unseal(*row) for row in rows)

    def checkpoint(self) -> Checkpoint:
        """The log's size and root now: whoever keeps it can tell later if anything was changed."""
        with self._transaction("DEFERRED"):
            size = self._size()
            return Checkpoint(size, merkle.root(size, self._node).hex())

    def text(self, digest: str) -> str | None:
        """The canonical text with that digest, None where the log does not have it."""
        with self._transaction("DEFERRED"):
            body = self._text(digest)
        if body is None:
            return None
        try:
            text = body.decode()
        except UnicodeDecodeError:
            text = ""
        if text_digest(text) != digest:
            raise DamagedLogError("a text in the signature log was changed after recording")
        return text

    def snapshot(self) -> Snapshot:
        """Everything in one consistent state, for verification."""
        with self._transaction("DEFERRED"):
            found = {name: tuple(self._db.execute(query)) for name, query in _SNAPSHOT.items()}
            return Snapshot(**found, faults=sqlite.faults(self._db))

    def _keep(self, digest: str, text: str | None) -> None:
        if text is not None:
            self._db.execute(
                "INSERT INTO text VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, text)
            )
        elif digest and self._text(digest) is None:
            raise ValueError("the log does not have the text that the event names")

    def _add(self, entry: Entry) -> None:
        salt, body = secrets.token_bytes(SALT_BYTES), encode(entry)
        committed = commitment(salt, body)
        leaf = merkle.leaf_hash(committed)
        nodes = merkle.completed(entry.number - 1, leaf, self._node)
        self._db.execute("INSERT INTO leaf VALUES (?, ?)", (entry.number, committed))
        self._db.execute(
            "INSERT INTO opening VALUES (?, ?, ?, ?)",
            (entry.number, salt, body.decode(), entry.event.subject),
        )
        self._db.executemany(
            "INSERT INTO node VALUES (?, ?, ?)", [node for node in nodes if node[0] > 0]
        )

    def _size(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(number), 0) FROM leaf").fetchone()[0])

    def _node(self, level: int, position: int) -> bytes:
        """A node of the tree; leaf hashes are not stored, they are one step from a commitment."""
        if level:
            query = "SELECT CAST(hash AS BLOB) FROM node WHERE level = ? AND position = ?"
            row = self._db.execute(query, (level, position)).fetchone()
        else:
            query = "SELECT CAST(commitment AS BLOB) FROM leaf WHERE number = ?"
            row = self._db.execute(query, (position + 1,)).fetchone()
        if row is None:
            raise DamagedLogError("the signature log's tree is incomplete")
        found: bytes = row[0]
        return found if level else merkle.leaf_hash(found)

    def _text(self, digest: str) -> bytes | None:
        query = "SELECT CAST(body AS BLOB) FROM text WHERE digest = ?"
        row = self._db.execute(query, (digest,)).fetchone()
        return None if row is None else row[0] or b""

    def _rows(
        self, query: str, *values: str
    ) -> list[tuple[int, bytes, bytes | None, bytes | None]]:
        return self._db.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[None]:
        with sqlite.explained(self._path), sqlite.transaction(self._db, mode):
            yield
