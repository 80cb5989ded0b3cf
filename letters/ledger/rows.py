"""The rows of an open log: the only statements that read and write its tables.

Everything is read as bytes: what is checked is what is stored, even where the file is damaged and
holds a number in place of a hash, or text that is no longer UTF-8. Transactions are the caller's.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from letters.digests import FileDigest, TextDigest
from letters.ledger import merkle, sqlite
from letters.ledger.errors import DamagedLogError
from letters.ledger.events import (
    EVIDENCE_TRACK,
    PRESS_TRACK,
    RECIPIENT_TRACK,
    RENAMED_TRACK,
    RENDERED_TRACK,
    SALT_BYTES,
    Entry,
    commitment,
    encode,
)

# Number, commitment, salt, body; the last two are None where the entry was emptied.
Row: TypeAlias = tuple[int, bytes, bytes | None, bytes | None]

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
    "signers": "SELECT ifnull(CAST(public AS BLOB), x'') FROM signer ORDER BY number",
}


class Snapshot(Struct, frozen=True):
    """Everything a log holds, unchecked: what verification works on.

    ``leaves``: number and commitment. ``openings``: number, salt, body, subject. ``nodes``: level,
    position, hash. ``texts``: digest, body. ``signers``: public keys. ``faults``: what is wrong
    with the file itself.
    """

    leaves: tuple[tuple[int, bytes], ...]
    openings: tuple[tuple[int, bytes, bytes, bytes], ...]
    nodes: tuple[tuple[int, int, bytes], ...]
    texts: tuple[tuple[bytes, bytes], ...]
    signers: tuple[bytes, ...]
    faults: tuple[str, ...]


class Rows:
    """The tables behind one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def all(self) -> Iterator[Row]:
        """Every entry, in order; whoever checks each at once never holds more than are sound."""
        yield from self.db.execute(f"{_ENTRIES} ORDER BY leaf.number")

    def filed(self, tracks: Iterable[str]) -> list[Row]:
        """The entries of the given tracks, in order."""
        rows: list[Row] = []
        for track in tracks:
            rows += self.db.execute(f"{_ENTRIES} WHERE subject = ?", (track,))
        return sorted(rows, key=lambda row: row[0])

    def last(self) -> Row | None:
        """The last entry."""
        query = f"{_ENTRIES} ORDER BY leaf.number DESC LIMIT 1"
        found: Row | None = self.db.execute(query).fetchone()
        return found

    def snapshot(self) -> Snapshot:
        """Everything at once."""
        found = {name: tuple(self.db.execute(query)) for name, query in _SNAPSHOT.items()}
        found["signers"] = tuple(public for (public,) in found["signers"])
        return Snapshot(**found, faults=sqlite.faults(self.db))

    def size(self) -> int:
        """How many entries there are."""
        return int(self.db.execute("SELECT coalesce(max(number), 0) FROM leaf").fetchone()[0])

    def size_at_last_signing(self) -> int:
        """The number of the last entry that is not merely about finished letters."""
        query = (
            "SELECT number FROM leaf LEFT JOIN opening USING (number)"
            " WHERE subject IS NULL OR NOT (subject IN (?, ?, ?, ?) OR subject GLOB ?)"
            " ORDER BY number DESC LIMIT 1"
        )
        others = (RENDERED_TRACK, PRESS_TRACK, RENAMED_TRACK, EVIDENCE_TRACK, RECIPIENT_TRACK + "*")
        row = self.db.execute(query, others).fetchone()
        return int(row[0]) if row else 0

    def node(self, level: int, position: int) -> bytes:
        """A node of the tree; leaf hashes are not stored, they are one step from a commitment."""
        if level:
            query = "SELECT CAST(hash AS BLOB) FROM node WHERE level = ? AND position = ?"
            row = self.db.execute(query, (level, position)).fetchone()
        else:
            query = "SELECT CAST(commitment AS BLOB) FROM leaf WHERE number = ?"
            row = self.db.execute(query, (position + 1,)).fetchone()
        if row is None:
            raise DamagedLogError("the signature log's tree is incomplete")
        found: bytes = row[0]
        return found if level else merkle.leaf_hash(found)

    def add(self, entry: Entry) -> None:
        """Write a new entry, and the parts of the tree that it completes."""
        salt, body = secrets.token_bytes(SALT_BYTES), encode(entry)
        committed = commitment(salt, body)
        leaf = merkle.leaf_hash(committed)
        nodes = merkle.completed(entry.number - 1, leaf, self.node)
        self.db.execute("INSERT INTO leaf VALUES (?, ?)", (entry.number, committed))
        self.db.execute(
            "INSERT INTO opening VALUES (?, ?, ?, ?)",
            (entry.number, salt, body.decode(), entry.event.track),
        )
        self.db.executemany(
            "INSERT INTO node VALUES (?, ?, ?)", [node for node in nodes if node[0] > 0]
        )

    def empty(self, numbers: Iterable[int]) -> None:
        """Remove what these entries say; their commitments stay."""
        each = [(number,) for number in numbers]
        self.db.executemany("DELETE FROM opening WHERE number = ?", each)

    def text(self, digest: TextDigest) -> bytes | None:
        """The stored bytes of a text, None where there is no such text."""
        query = "SELECT CAST(body AS BLOB) FROM text WHERE digest = ?"
        row = self.db.execute(query, (digest,)).fetchone()
        return None if row is None else row[0] or b""

    def keep_text(self, digest: TextDigest, text: str) -> None:
        """Store a text, once."""
        self.db.execute("INSERT INTO text VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, text))

    def drop_text(self, digest: TextDigest) -> bool:
        """Remove a text that no entry names any more; whether it was removed."""
        if self.names(digest):
            return False
        return self.db.execute("DELETE FROM text WHERE digest = ?", (digest,)).rowcount > 0

    def names(self, digest: TextDigest | FileDigest) -> bool:
        """Whether what any entry says has that digest in it."""
        query = "SELECT 1 FROM opening WHERE instr(body, ?) LIMIT 1"
        return self.db.execute(query, (digest,)).fetchone() is not None

    def signers(self) -> list[bytes]:
        """The public keys that sign checkpoints, oldest first."""
        return [row[0] for row in self.db.execute(_SNAPSHOT["signers"])]

    def add_signer(self, public: bytes) -> None:
        """Take a public key up, once."""
        statement = "INSERT INTO signer (public) VALUES (?) ON CONFLICT DO NOTHING"
        self.db.execute(statement, (public,))
