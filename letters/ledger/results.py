"""What the ledger hands out: an entry with its proof, what was erased, a change in the making."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from letters.digests import FileDigest, TextDigest
from letters.ledger.events import Entry, Event
from letters.ledger.outgoing import Outgoing


class Opening(Struct, frozen=True):
    """An entry with what proves it: salt, exact body, and the path to the root over ``size``."""

    entry: Entry
    salt: bytes
    body: bytes
    proof: tuple[bytes, ...]


class Erased(Struct, frozen=True):
    """What an erasure took away: the entry that records it, and how many texts went with it."""

    entry: Entry
    numbers: tuple[int, ...]
    texts: int


class Transaction(Struct, frozen=True):
    """What one transaction may do: change the outbox, append events, ask who names a digest."""

    outgoing: Outgoing
    append: Callable[[Event, dt.datetime], Entry]
    names: Callable[[TextDigest | FileDigest], bool]
