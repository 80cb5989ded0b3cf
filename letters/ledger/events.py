"""Events of the log as values, and the exact bytes that each one is committed to.

A commitment is SHA-256 over a domain, a random salt and the canonical JSON of the entry. The salt
keeps a commitment from being guessed open once its opening (salt and JSON) has been erased; the
domain keeps it from meaning anything elsewhere. Entries hold ids and digests. Free words stand in
the note of the evidence, and are erased with the opening, or in the reasons for a change.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Literal, get_args

from msgspec import Struct, field
from pydantic_core import from_json

from letters.digests import NO_FILE, NO_TEXT, FileDigest, TextDigest, of_file
from letters.ledger import detail_json
from letters.ledger.bound_form import is_digest
from letters.ledger.details import (
    Answer,
    Change,
    Correction,
    Detail,
    Mailing,
    Renaming,
    is_fitting,
)
from letters.ledger.errors import DamagedLogError
from letters.ledger.sheet_count import SheetCorrection

PersonalKind = Literal[
    "invited", "reminded", "signed", "declined", "withdrew", "reaffirmed", "bound", "name-approved"
]
PostKind = Literal["sent", "again", "bounced", "replied", "met", "looked", "reported"]
OtherKind = Literal[
    "edit-approved", "rendered", "erased", "corrected", "renamed", "evidence-cut", "sheet-counted"
]
Kind = Literal[PersonalKind, PostKind, OtherKind]
EvidenceKind = Literal["kept", "file", "note", "none"]

SALT_BYTES = 32
PERSONAL = frozenset(get_args(PersonalKind))
# What happens to finished letters changes nobody's signature, nor does another id, nor binding it
# to the form that it was given in.
AFTER_SIGNING = frozenset(
    {"rendered", "bound", "corrected", "renamed", "evidence-cut", *get_args(PostKind)}
)
# Where the events that are about no signatory are filed; an id never begins with a slash.
TEXT_TRACK, RENDERED_TRACK, ERASED_TRACK = "/text", "/rendered", "/erased"
PRESS_TRACK, RENAMED_TRACK, EVIDENCE_TRACK = "/press", "/renamed", "/evidence"
SHEETS_TRACK = "/sheets"
RECIPIENT_TRACK = "/recipient/"

_KINDS = frozenset(get_args(Kind))
_ABOUT_A_FORM = frozenset({"bound", "name-approved"})
_WITHOUT_TEXT = frozenset({"declined", "withdrew", *get_args(PostKind), *get_args(OtherKind)})
_WITHOUT_TEXT = (_WITHOUT_TEXT | _ABOUT_A_FORM) - {
    *("sent", "again", "edit-approved", "rendered", "sheet-counted")
}
_ANSWERED_FOR = frozenset({"edit-approved", "corrected", "sheet-counted", *_ABOUT_A_FORM})
_TRACK = {
    "edit-approved": TEXT_TRACK,
    "rendered": RENDERED_TRACK,
    "reported": PRESS_TRACK,
    "corrected": PRESS_TRACK,  # of a report; any other one has a recipient
    "erased": ERASED_TRACK,
    "evidence-cut": EVIDENCE_TRACK,
    "sheet-counted": SHEETS_TRACK,
}
_LONGEST = 1 << 20  # bytes of what is said of an entry
_DOMAIN = b"letters/ledger/v1/entry\x00"
_quoted = json.encoder.encode_basestring


class Evidence(Struct, frozen=True):
    """What shows that the event took place; only the digest of a file enters the log.

    A ``kept`` file lies beside the log, of a ``file`` only the digest was taken. The file's name
    is left out on purpose: scans are called after the people who signed them. A note has the digest
    of its own bytes.
    """

    kind: EvidenceKind = "none"
    digest: FileDigest = NO_FILE
    note: str = ""

    def __post_init__(self) -> None:
        fits = False
        if self.kind in {"kept", "file"}:
            fits = is_digest(self.digest)
        elif self.kind == "note":
            fits = bool(self.note) and self.digest == of_file(self.note.encode())
        elif self.kind == "none":
            fits = not self.digest and not self.note
        if not fits:
            raise ValueError("the evidence's digest and note don't fit its kind")

    @classmethod
    def of_file(cls, data: bytes, note: str = "", *, kept: bool = False) -> Evidence:
        """An e-mail, a scan, a form: by the digest of its bytes, with a remark if there is one."""
        return cls("kept" if kept else "file", of_file(data), note)

    @classmethod
    def of_note(cls, note: str) -> Evidence:
        """What the person who records says happened ("told me on the telephone")."""
        return cls("note", of_file(note.encode()), note)


class Event(Struct, frozen=True):
    """What is to be recorded: about one signatory, or (``subject`` is empty) about the letter.

    ``text_digest`` names the text that was in force. It may be empty where nobody should have to
    wait for a letter that can't be drafted (declining, withdrawing) and where no text is meant.
    ``stated_at`` is the day the person gave, which is not the time of recording. ``detail`` is
    there for the kinds that have one. Raises ValueError where a field has the wrong shape.
    """

    kind: Kind
    subject: str = ""
    text_digest: TextDigest = NO_TEXT
    evidence: Evidence = field(default_factory=Evidence)
    channel: str = ""
    recorded_by: str = ""
    stated_at: dt.date | None = None
    detail: Detail | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError("no such kind of event")
        renames_signatory = isinstance(self.detail, Renaming) and not self.detail.recipient
        if bool(self.subject) != (self.kind in PERSONAL or renames_signatory):
            raise ValueError("an event about a signatory needs the id, any other has none")
        if self.subject.startswith("/"):
            raise ValueError("the id in an event doesn't begin with a slash")
        if self.text_digest and not is_digest(self.text_digest):
            raise ValueError("a text digest is 64 lower-case hexadecimal digits")
        if not self.text_digest and self.kind not in _WITHOUT_TEXT:
            raise ValueError("an event of this kind is about a text")
        if not is_fitting(self.kind, self.detail):
            raise ValueError("the event's detail is not of its kind")
        if self.kind in _ANSWERED_FOR and not self.recorded_by:
            raise ValueError("this is an event that somebody answers for by name")

    @property
    def track(self) -> str:
        """What the event is filed under: events of one track are judged together."""
        if isinstance(self.detail, Renaming):
            return RENAMED_TRACK
        if isinstance(self.detail, SheetCorrection):
            return SHEETS_TRACK
        if isinstance(self.detail, Mailing | Answer | Correction) and self.detail.recipient:
            return RECIPIENT_TRACK + self.detail.recipient
        return self.subject or _TRACK[self.kind]

    @property
    def texts(self) -> tuple[TextDigest, ...]:
        """The digests of all texts that the event is about."""
        before = (self.detail.before,) if isinstance(self.detail, Change) else ()
        return (*before, self.text_digest) if self.text_digest else before


class Entry(Struct, frozen=True, eq=False):
    """A recorded event. ``number`` counts from 1 without a gap; ``at`` is UTC, whole seconds.

    ``day`` is the day of recording where the recorder was; the entries of early versions have none.
    """

    number: int
    at: dt.datetime
    event: Event
    day: dt.date | None = None

    def __post_init__(self) -> None:
        if self.at.utcoffset() != dt.timedelta(0) or self.at.microsecond:
            raise ValueError("the time of an entry is UTC in whole seconds")
        if self.day and abs(self.day - self.at.date()) > dt.timedelta(days=1):
            raise ValueError("no place on earth has that day at that time")

    def __eq__(self, other: object) -> bool:
        """Whether the same happened; the day where the recorder was is no part of that."""
        return isinstance(other, Entry) and (self.number, self.at, self.event) == (
            other.number, other.at, other.event
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.number, self.at, self.event))

    @property
    def told(self) -> dt.date:
        """The day that counts: the one that was given, else that of recording.

        The same on any computer. Where an early version didn't say its own day, it is as that
        version counted signatures: by UTC.
        """
        return (self.event.stated_at or self.day) if self.day else self.at.date()


def stamp(at: dt.datetime) -> str:
    """A UTC time as it stands in the log: ``2026-01-02T03:04:05Z``."""
    return at.isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def encode(entry: Entry) -> bytes:
    """The canonical JSON of an entry in UTF-8: sorted keys, no spaces (the form of RFC 8785).

    Put together by hand because a log is verified by encoding all of it again.
    """
    event, evidence = entry.event, entry.event.evidence
    day = f'"day":"{entry.day.isoformat()}",' if entry.day else ""
    detail = f'"detail":{detail_json.encode(event.detail)},' if event.detail else ""
    return (
        f'{{"at":"{stamp(entry.at)}","channel":{_quoted(event.channel)},{day}{detail}'
        f'"evidence":{{"digest":"{evidence.digest}","kind":"{evidence.kind}",'
        f'"note":{_quoted(evidence.note)}}},"kind":"{event.kind}","number":{entry.number},'
        f'"recorded_by":{_quoted(event.recorded_by)},'
        f'"stated_at":"{event.stated_at.isoformat() if event.stated_at else ""}",'
        f'"subject":{_quoted(event.subject)},"text_digest":"{event.text_digest}"}}'
    ).encode()


def decode(number: int, body: bytes) -> Entry:
    """The entry that ``body`` says, accepted only if it is exactly what ``encode`` would write.

    Raises DamagedLogError otherwise.
    """
    try:
        said = from_json(body, cache_strings="keys") if len(body) <= _LONGEST else {}
        evidence, stated, day = said["evidence"], said["stated_at"], said.get("day")
        event = Event(
            said["kind"],
            said["subject"],
            TextDigest(said["text_digest"]),
            Evidence(evidence["kind"], FileDigest(evidence["digest"]), evidence["note"]),
            said["channel"],
            said["recorded_by"],
            dt.date.fromisoformat(stated) if stated else None,
            detail_json.from_json(said["kind"], said.get("detail")),
        )
        at, here = (
            dt.datetime.fromisoformat(said["at"]),
            dt.date.fromisoformat(day) if day else None,
        )
        entry = Entry(number, at, event, here)
        exact = encode(entry) == body
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
