"""The log as rows for other programs: one flat record an entry, as JSON lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from letters.ledger.corrections import corrected
from letters.ledger.detail_json import as_json
from letters.ledger.events import Entry, stamp

# A spreadsheet takes a cell that begins like this for a formula.
_STEERING = ("=", "+", "-", "@", "\t", "\r")
# Of sheets that were counted; a table without them is as it was before there were any.
_OF_SHEETS = ("sheet", "valid", "invalid")
_COLUMNS = (
    *("number", "at", "event", "subject", "text_digest", "channel", "evidence"),
    *("evidence_digest", "note", "recorded_by", "stated_at", "class", "from", "why", "diff"),
    *("manifest", "recipient", "file", "answer", "numbers", "corrects", "corrected_by", "day"),
    *("confirmed", "before", "replaced", "copy", "erasure", "changed", "source", "translation"),
)


def record(entry: Entry) -> dict[str, Any]:
    """What an entry says, flat; what its kind doesn't have is left out.

    Salt and digests of a printed form stay in the log: with them, a name could be guessed.
    """
    event, detail = entry.event, dict[str, Any]()
    if event.detail is not None:
        detail = as_json(event.detail)
    if entry.day is not None:
        detail["day"] = entry.day.isoformat()
    return {
        "number": entry.number,
        "at": stamp(entry.at),
        "event": event.kind,
        "subject": event.subject,
        "text_digest": event.text_digest,
        "channel": event.channel,
        "evidence": event.evidence.kind,
        "evidence_digest": event.evidence.digest,
        "note": event.evidence.note,
        "recorded_by": event.recorded_by,
        "stated_at": event.stated_at.isoformat() if event.stated_at else None,
    } | {key: value for key, value in detail.items() if key in (*_COLUMNS, *_OF_SHEETS)}


def records(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """All of them; one that was a mistake says which entry corrects it."""
    known = tuple(entries)
    gone = corrected(known)
    return [
        record(entry) | ({"corrected_by": gone[entry.number]} if entry.number in gone else {})
        for entry in known
    ]


def as_jsonl(entries: Iterable[Entry]) -> str:
    """One JSON object a line, in ASCII."""
    return "".join(json.dumps(said) + "\n" for said in records(entries))


def as_csv(entries: Iterable[Entry]) -> str:
    """A table with a header; cells that a spreadsheet would run begin with an apostrophe."""
    out, known = io.StringIO(), records(entries)
    more = _OF_SHEETS if any("sheet" in said for said in known) else ()
    writer = csv.DictWriter(out, (*_COLUMNS, *more), restval="")
    writer.writeheader()
    for said in known:
        writer.writerow({key: _cell(value) for key, value in said.items()})
    return out.getvalue()


def _cell(value: Any) -> str:
    words = " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    words = "" if value is None else words
    return f"'{words}" if words.startswith(_STEERING) else words
