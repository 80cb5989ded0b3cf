"""The tables of the log, one version after the other.

A log outlives the program that made it, so an old file is brought up to date where it lies, and
what a version once made is never edited here afterwards.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x4C455454  # "LETT"

# Each item takes the file from one schema version to the next; items are added, never changed.
_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        # What can never be taken back: one commitment an entry, and the tree over them.
        """CREATE TABLE leaf (
             number INTEGER PRIMARY KEY CHECK (number > 0),
             commitment BLOB NOT NULL CHECK (length(commitment) = 32)
           ) STRICT""",
        """CREATE TABLE node (
             level INTEGER NOT NULL CHECK (level > 0),
             position INTEGER NOT NULL CHECK (position >= 0),
             hash BLOB NOT NULL CHECK (length(hash) = 32),
             PRIMARY KEY (level, position)
           ) STRICT, WITHOUT ROWID""",
        # What can be erased without touching the tree. `subject` repeats what the body says.
        """CREATE TABLE opening (
             number INTEGER PRIMARY KEY REFERENCES leaf (number),
             salt BLOB NOT NULL CHECK (length(salt) = 32),
             body TEXT NOT NULL,
             subject TEXT NOT NULL
           ) STRICT""",
        "CREATE INDEX opening_by_subject ON opening (subject)",
        "CREATE TABLE text (digest TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT",
    ),
    # Who signs checkpoints: Ed25519 public keys, in the order in which they came into use.
    (
        """CREATE TABLE signer (
             number INTEGER PRIMARY KEY,
             public BLOB NOT NULL UNIQUE CHECK (length(public) = 32)
           ) STRICT""",
    ),
    # What is on its way: one letter to one recipient by one channel. The bytes of a message lie
    # in a file of their own under their digest; `files` lists the digests of what it carries.
    (
        """CREATE TABLE outgoing (
             number INTEGER PRIMARY KEY,
             text_digest TEXT NOT NULL,
             recipient TEXT NOT NULL,
             channel TEXT NOT NULL,
             state TEXT NOT NULL CHECK
               (state IN ('queued', 'in_doubt', 'sent', 'deferred', 'failed', 'cancelled')),
             message_id TEXT NOT NULL,
             message TEXT NOT NULL CHECK (length(message) = 64),
             sender TEXT NOT NULL,
             addresses TEXT NOT NULL,
             files TEXT NOT NULL,
             dated TEXT NOT NULL,
             changed TEXT NOT NULL,
             tries INTEGER NOT NULL DEFAULT 0,
             reply TEXT NOT NULL DEFAULT '',
             UNIQUE (text_digest, recipient, channel)
           ) STRICT""",
        # How often any of this has changed: a copy of the file from before is known by it.
        "CREATE TABLE pulse (beat INTEGER NOT NULL) STRICT",
        "INSERT INTO pulse VALUES (0)",
    ),
)
SCHEMA_VERSION = len(_MIGRATIONS)

_STRUCTURE = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'"


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Bring a database of that schema version (0: an empty one) up to date."""
    for number, statements in enumerate(_MIGRATIONS[version:], start=version + 1):
        for statement in statements:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {number}")


def structure(db: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Every table, index and trigger with the statement that made it."""
    return set(db.execute(_STRUCTURE))
