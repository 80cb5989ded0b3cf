"""The rows of the outbox: what is on its way to whom, and how far each has come.

They lie in the log's own file, so that a message is marked as sent and the event recorded in one
transaction. Which step may follow which is decided where the mail is sent; the one thing decided
here is that a row changes only from a state in which the caller has seen it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from letters import limits
from letters.digests import NO_TEXT, FileDigest, MessageDigest, TextDigest
from letters.ledger.errors import DamagedLogError

State = Literal["queued", "in_doubt", "sent", "deferred", "failed", "cancelled"]

_COLUMNS = (
    "number, text_digest, recipient, channel, state, message_id, message, sender, addresses,"
    " files, dated, changed, tries, reply"
)


class Item(Struct, frozen=True):
    """A letter on its way.

    ``message`` is the SHA-256 of the frozen bytes, ``files`` those of the letters in it.
    ``addresses`` are the envelope's, the recipient's own first. ``dated`` is the message's date,
    ``changed`` that of the last step, both as the log writes times. ``reply`` is why it is not
    sent, without any address in it. ``number`` is 0 until it is in the outbox.
    """

    text_digest: TextDigest
    recipient: str
    channel: str
    message_id: str
    message: MessageDigest
    sender: str
    addresses: tuple[str, ...]
    files: tuple[FileDigest, ...]
    dated: str
    changed: str
    state: State = "queued"
    tries: int = 0
    reply: str = ""
    number: int = 0


class Outgoing:
    """The table behind one connection; transactions are the caller's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def all(self) -> tuple[Item, ...]:
        """Every row, in the order in which they were queued. Raises DamagedLogError."""
        count = self._db.execute("SELECT count(*) FROM outgoing").fetchone()[0]
        if count > limits.MOST_LETTERS:
            raise DamagedLogError(f"the outbox has more than {limits.MOST_LETTERS:,} letters")
        query = f"SELECT {_COLUMNS} FROM outgoing ORDER BY number"  # noqa: S608 - fixed words
        return tuple(_item(row) for row in self._db.execute(query))

    def pulse(self) -> int:
        """How often any row has changed."""
        return int(self._db.execute("SELECT beat FROM pulse").fetchone()[0])

    def put(self, item: Item, *, again: bool = False) -> None:
        """Queue a letter; one that is queued already, and has not left, is replaced.

        So is one that was sent, where it is to go ``again``; never one that is in doubt.
        """
        kept = ("in_doubt",) if again else ("in_doubt", "sent")
        self._db.execute(
            "DELETE FROM outgoing WHERE text_digest = ? AND recipient = ? AND channel = ?"
            " AND state NOT IN (SELECT value FROM json_each(?))",
            (item.text_digest, item.recipient, item.channel, json.dumps(kept)),
        )
        values = (
            *(item.text_digest, item.recipient, item.channel, item.state, item.message_id),
            *(item.message, item.sender, json.dumps(item.addresses), json.dumps(item.files)),
            *(item.dated, item.changed, item.tries, item.reply),
        )
        self._db.execute(
            "INSERT INTO outgoing (text_digest, recipient, channel, state, message_id, message,"
            " sender, addresses, files, dated, changed, tries, reply)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        self._beat()

    def move(
        self, item: Item, start: Iterable[State], state: State, *, at: str, reply: str = ""
    ) -> bool:
        """Take a row from one of the states ``start`` to ``state``.

        False, and nothing happens, where it is in another or its message has been replaced.
        """
        done = self._db.execute(
            "UPDATE outgoing SET state = ?, changed = ?, reply = ?,"
            " tries = tries + (? IN ('in_doubt', 'deferred'))"
            " WHERE number = ? AND message = ? AND state IN (SELECT value FROM json_each(?))",
            (state, at, reply, state, item.number, item.message, json.dumps(tuple(start))),
        )
        if done.rowcount:
            self._beat()
        return done.rowcount > 0

    def rename(self, before: str, after: str) -> bool:
        """Let what is, or was, on its way to a recipient go by another id; False for nothing."""
        statement = "UPDATE outgoing SET recipient = ? WHERE recipient = ?"
        if done := self._db.execute(statement, (after, before)).rowcount:
            self._beat()
        return done > 0

    def _beat(self) -> None:
        self._db.execute("UPDATE pulse SET beat = beat + 1")


def in_doubt(items: Iterable[Item], channel: str) -> tuple[str, ...]:
    """The recipients of whom nobody knows whether something left for them that way, each once."""
    wanted = ("in_doubt", channel)
    return tuple(dict.fromkeys(i.recipient for i in items if (i.state, i.channel) == wanted))


def _item(row: tuple[object, ...]) -> Item:
    names = _COLUMNS.split(", ")
    said = dict(zip(names, row, strict=True))
    for name in ("addresses", "files"):
        said[name] = tuple(json.loads(str(said[name])))
    return replace(_EMPTY, **said)


_EMPTY = Item(NO_TEXT, "", "", "", MessageDigest(""), "", (), (), "", "")
