"""Events of the log as values, and the exact bytes that each one is committed to.

A commitment is SHA-256 over a domain, a random salt and the canonical JSON of the entry. The salt
keeps a commitment from being guessed open once its opening (salt and JSON) has been erased; the
domain keeps it from meaning anything elsewhere. Entries hold ids and digests. The one place where
free words can stand is the note of the evidence, and it is erased with the opening.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from letters.ledger.errors import DamagedLogError

Kind = Literal["invited", "signed", "declined", "withdrew"]
EvidenceKind = Literal["file", "note", "none"]

SALT_BYTES = 32
_KINDS = frozenset(get_args(Kind))
_DOMAIN = b"letters/ledger/v1/entry\x00"
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_DIGEST = re.compile(r"[0-9a-f]{64}")


def text_digest(text: str) -> str:
    """SHA-256 over the UTF-8 bytes of a canonical text (or of a note), as 64 lower-case hex."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that the event took place; only the digest of a file enters the log.

    The file's name is left out on purpose: scans are called after the people who signed them.
    """

    kind: EvidenceKind = "none"
    digest: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        fits = {
            "file": _DIGEST.fullmatch(self.digest) is not None,
            "note": bool(self.note) and self.digest == text_digest(self.note),
            "none": not self.digest and not self.note,
        }
        if not fits.get(self.kind, False):
            raise ValueError("the evidence's digest and note don't fit its kind")

    @classmethod
    def of_file(cls, data: bytes, note: str = "") -> Evidence:
        """An e-mail, a scan, a form: by the digest of its bytes, with a remark if there is one."""
        return cls("file", hashlib.sha256(data).hexdigest(), note)

    @classmethod
    def of_note(cls, note: str) -> Evidence:
        """What the person who records says happened ("told me on the telephone")."""
        return cls("note", text_digest(note), note)


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be recorded about one signatory.

    ``text_digest`` names the text that was in force: it must be there for ``invited`` and
    ``signed`` and may be empty for the others, so that nobody has to wait for a letter that
    can't be drafted in order to decline or withdraw. ``stated_at`` is the day the person gave,
    which is not the time of recording. Raises ValueError where a field has the wrong shape.
    """

    kind: Kind
    subject: str
    text_digest: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    channel: str = ""
    recorded_by: str = ""
    stated_at: dt.date | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError("no such kind of event")
        if not self.subject:
            raise ValueError("an event needs the id of a signatory")
        if self.text_digest and not _DIGEST.fullmatch(self.text_digest):
            raise ValueError("a text digest is 64 lower-case hexadecimal digits")
        if not self.text_digest and self.kind in {"invited", "signed"}:
            raise ValueError("an invitation or a signature is to a text")


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded event. ``number`` counts from 1 without a gap; ``at`` is UTC, whole seconds."""

    number: int
    at: dt.datetime
    event: Event

    def __post_init__(self) -> None:
        if self.at.utcoffset() != dt.timedelta(0) or self.at.microsecond:
            raise ValueError("the time of an entry is UTC in whole seconds")


def stamp(at: dt.datetime) -> str:
    """A UTC time as it stands in the log: ``2026-01-02T03:04:05Z``."""
    return at.isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def encode(entry: Entry) -> bytes:
    """The canonical JSON of an entry in UTF-8: sorted keys, no spaces (the form of RFC 8785)."""
    event = entry.event
    body = {
        "at": stamp(entry.at),
        "channel": event.channel,
        "evidence": {
            "digest": event.evidence.digest,
            "kind": event.evidence.kind,
            "note": event.evidence.note,
        },
        "kind": event.kind,
        "number": entry.number,
        "recorded_by": event.recorded_by,
        "stated_at": event.stated_at.isoformat() if event.stated_at else "",
        "subject": event.subject,
        "text_digest": event.text_digest,
    }
    return _JSON.encode(body).encode()


def decode(number: int, body: bytes) -> Entry:
    """The entry that ``body`` says, accepted only if it is exactly what ``encode`` would write.

    Raises DamagedLogError otherwise.
    """
    try:
        said = json.loads(body)
        evidence = said["evidence"]
        words = {key: said[key] for key in ("subject", "text_digest", "channel", "recorded_by")}
        stated_at = dt.date.fromisoformat(said["stated_at"]) if said["stated_at"] else None
        event = Event(
            kind=said["kind"],
            evidence=Evidence(evidence["kind"], evidence["digest"], evidence["note"]),
            stated_at=stated_at,
            **words,
        )
        entry = Entry(number, dt.datetime.fromisoformat(said["at"]), event)
        said_in_words = all(isinstance(word, str) for word in (*words.values(), evidence["note"]))
        exact = said_in_words and encode(entry) == body
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        exact = False
    if not exact:
        raise DamagedLogError(
            f"entry {number} of the signature log is not in a form that is known here",
            "if a newer version of letters wrote it, update letters",
        )
    return entry


def commitment(salt: bytes, body: bytes) -> bytes:
    """The 32 bytes that stand in the tree for an entry, and stay when it is erased."""
    return hashlib.sha256(_DOMAIN + salt + body).digest()


def unseal(number: int, committed: bytes, salt: bytes | None, body: bytes | None) -> Entry:
    """The entry behind a commitment; so nothing is ever read that was not once committed to.

    Raises DamagedLogError when the opening is missing, or is not the one that was committed to.
    """
    if salt is None or body is None:
        raise DamagedLogError(f"entry {number} of the signature log has lost its content")
    if commitment(salt, body) != committed:
        raise DamagedLogError(f"entry {number} of the signature log was changed after recording")
    return decode(number, body)
