"""How one person's entries are emptied, within the transaction of whoever asks for it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from letters.digests import FileDigest
from letters.ledger import filing
from letters.ledger.details import Cut, Erasure
from letters.ledger.events import ERASED_TRACK, SALT_BYTES, Entry, Event
from letters.ledger.history import History
from letters.ledger.results import Erased
from letters.ledger.rows import Rows


def erase(
    rows: Rows,
    append: Callable[[Event], Entry],
    subject: str,
    by: str,
    cuts: Sequence[tuple[FileDigest, FileDigest]],
) -> Erased:
    """Empty them, record that, and which files of evidence were cut; see `Ledger.erase`."""
    names = filing.names(rows)
    gone = filing.unsealed(filing.of_one(rows, subject))
    earlier = History.of(filing.unsealed(rows.filed([ERASED_TRACK]))).erasures
    salts = [erasure.salt for erasure in earlier.values()]
    salt = salts[-1] if salts else secrets.token_hex(SALT_BYTES)
    numbers, now = tuple(entry.number for entry in gone), names.now(subject)
    entry = append(Event("erased", recorded_by=by, detail=Erasure.of(now, numbers, salt)))
    # Nobody is to be taken up again under an id from before, either.
    for former in names.all(subject):
        if former != now:
            append(Event("erased", recorded_by=by, detail=Erasure.of(former, (), salt)))
    for before, after in cuts:
        cut = Cut(before, after, entry.number)
        append(Event("evidence-cut", recorded_by=by, detail=cut))
    rows.empty(numbers)
    digests = dict.fromkeys(digest for one in gone for digest in one.event.texts)
    return Erased(entry, numbers, sum(rows.drop_text(digest) for digest in digests))
