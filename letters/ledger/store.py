"""The ledger itself: every question and every change that the rest of the project may ask for.

All access to the log goes through `Ledger`, so that another store (a database server, when several
offices work on one campaign) can stand in its place.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from letters import framed
from letters.digests import FileDigest, ManifestDigest, TextDigest
from letters.ledger import appending, erasing, filing, merkle, sqlite
from letters.ledger.details import Rendering
from letters.ledger.errors import DamagedLogError, RefusedError
from letters.ledger.events import Entry, Event, unseal
from letters.ledger.history import History
from letters.ledger.merkle import Checkpoint
from letters.ledger.names import Names, as_now
from letters.ledger.outgoing import Item, Outgoing
from letters.ledger.results import Erased, Opening, Transaction
from letters.ledger.rows import Rows, Snapshot
from letters.ledger.sqlite_errors import explained

LOG_NAME = "letters.db"


class Ledger:
    """An open log. Close it, or use it in a ``with`` block.

    Every method may raise LedgerError; DamagedLogError where the log contradicts itself.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._rows = Rows(db)
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
        if text is not None and framed.digest(text) != event.text_digest:
            raise ValueError("the text is not the one that the event names")
        with self._transaction("IMMEDIATE"):
            return self._append(event, at, text)

    def append_all(
        self,
        events: Sequence[Event],
        *,
        at: dt.datetime,
        texts: Iterable[str] = (),
        returning: bool = False,
    ) -> list[Entry | None]:
        """Record all of them or none; None for each that is recorded already. See `many`."""
        with self._transaction("IMMEDIATE"):
            return appending.append_all(self._rows, events, at, texts, returning=returning)

    def append_rendered(
        self, digest: TextDigest, made: ManifestDigest, *, at: dt.datetime, text: str | None = None
    ) -> Entry | None:
        """Record that final letters were made; None where these very files are recorded already.

        ``digest`` is that of the text, which is given where the log may not have it: who signed may
        not have signed all languages. ``made`` is the digest of the manifest.
        """
        event = Event("rendered", text_digest=digest, detail=Rendering(made))
        with self._transaction("IMMEDIATE"):
            if filing.history_for(self._rows, event).refusal(event, self._rows.size() + 1):
                return None
            return self._append(event, at, text)

    @contextmanager
    def change(self) -> Iterator[Transaction]:
        """One transaction for entries and for the outbox: all of it is recorded, or nothing.

        Raises RefusedError from within where an event may not follow; nothing is then recorded.
        """
        with self._transaction("IMMEDIATE"):
            yield Transaction(
                Outgoing(self._db),
                lambda event, at: self._append(event, at, None),
                self._rows.names,
            )

    def outgoing(self) -> tuple[Item, ...]:
        """Everything that was ever on its way, oldest first."""
        with self._transaction("DEFERRED"):
            return Outgoing(self._db).all()

    def pulse(self) -> int:
        """How often the outbox has changed."""
        with self._transaction("DEFERRED"):
            return Outgoing(self._db).pulse()

    def root_at(self, size: int) -> str | None:
        """The root over the first ``size`` entries; None where there are fewer."""
        with self._transaction("DEFERRED"):
            return self._checkpoint(size).root if size <= self._rows.size() else None

    def erase(
        self,
        subject: str,
        *,
        at: dt.datetime,
        by: str = "",
        cuts: Sequence[tuple[FileDigest, FileDigest]] = (),
    ) -> Erased:
        """Remove what is recorded of one person under any id, from the free pages and the WAL, too.

        Texts that no other entry names go as well. ``cuts`` are files of evidence that were
        replaced by others without this person, by their digests. Raises RefusedError when they
        were erased before; traces that an interruption left are removed in any case.
        """
        try:
            with self._transaction("IMMEDIATE"):
                erased = erasing.erase(
                    self._rows, lambda event: self._append(event, at, None), subject, by, cuts
                )
        except RefusedError:
            sqlite.scrub(self._db, self._path)
            raise
        sqlite.scrub(self._db, self._path)
        return erased

    def entries(self) -> tuple[Entry, ...]:
        """All entries in order, each one checked against its commitment; not those erased.

        They name people by the ids in force now.
        """
        return as_now(self._recorded())

    def _recorded(self) -> tuple[Entry, ...]:
        """The same as they were recorded."""
        found, emptied = list[Entry](), list[int]()
        with self._transaction("DEFERRED"):
            for count, row in enumerate(self._rows.all(), start=1):
                if row[0] != count:
                    raise DamagedLogError("entries are missing from the signature log")
                if row[2] is None:
                    emptied.append(row[0])
                else:
                    found.append(unseal(*row))
        if emptied:
            known = History.of(e for e in found if e.event.kind == "erased").erased_numbers()
            for number in emptied:
                if number not in known:
                    unseal(number, b"", None, None)
        return tuple(found)

    def last(self) -> Entry | None:
        """The last entry, None where there is none or it was emptied."""
        with self._transaction("DEFERRED"):
            row = self._rows.last()
        return unseal(*row) if row and row[2] is not None else None

    def history(self) -> History:
        """All entries folded: what may follow, and who was erased."""
        return History.of(self._recorded())

    def ids(self) -> Names:
        """Who had which other ids."""
        with self._transaction("DEFERRED"):
            return filing.names(self._rows)

    def cuts(self) -> History:
        """What replaced which files of evidence, and nothing else of the log."""
        with self._transaction("DEFERRED"):
            return filing.cuts(self._rows)

    def openings(self, subject: str, size: int) -> tuple[Opening, ...]:
        """The entries of one person among the first ``size``, with their proofs."""
        with self._transaction("DEFERRED"):
            return tuple(
                Opening(
                    unseal(number, committed, salt, body),
                    salt or b"",
                    body or b"",
                    tuple(merkle.inclusion_proof(number - 1, size, self._rows.node)),
                )
                for number, committed, salt, body in filing.of_one(self._rows, subject)
                if number <= size
            )

    def checkpoint(self) -> Checkpoint:
        """The log's size and root now: whoever keeps it can tell later if anything was changed."""
        with self._transaction("DEFERRED"):
            return self._checkpoint(self._rows.size())

    def checkpoint_of_signatures(self) -> Checkpoint:
        """The same at the last event that bears on signatures.

        A manifest names this one: making and sending the same letters again doesn't change it.
        """
        with self._transaction("DEFERRED"):
            return self._checkpoint(self._rows.size_at_last_signing())

    def origin(self) -> str:
        """A name for this log that nobody chose: it comes from the commitment to entry 1."""
        with self._transaction("DEFERRED"):
            return merkle.origin_of(self._rows.node(0, 0))

    def signers(self) -> tuple[bytes, ...]:
        """The public keys that sign this log's checkpoints, oldest first."""
        with self._transaction("DEFERRED"):
            return tuple(self._rows.signers())

    def add_signer(self, public: bytes) -> None:
        """Let checkpoints be signed by that Ed25519 key, too."""
        with self._transaction("IMMEDIATE"):
            self._rows.add_signer(public)

    def text(self, digest: TextDigest) -> str | None:
        """The canonical text with that digest, None where the log does not have it."""
        with self._transaction("DEFERRED"):
            body = self._rows.text(digest)
        if body is None:
            return None
        text = body.decode(errors="replace")
        if framed.digest(text) != digest:
            raise DamagedLogError("a text in the signature log was changed after recording")
        return text

    def knows(self, subject: str) -> bool:
        """Whether anything is recorded of that person, or of the recipient of that track."""
        with self._transaction("DEFERRED"):
            return bool(filing.of_one(self._rows, subject))

    def snapshot(self) -> Snapshot:
        """Everything in one consistent state, for verification."""
        with self._transaction("DEFERRED"):
            return self._rows.snapshot()

    def _append(self, event: Event, at: dt.datetime, text: str | None) -> Entry:
        return appending.append(self._rows, event, at, text)

    def _checkpoint(self, size: int) -> Checkpoint:
        return Checkpoint(size, merkle.root(size, self._rows.node).hex())

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[None]:
        with explained(self._path), sqlite.transaction(self._db, mode):
            yield
