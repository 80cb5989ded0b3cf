"""What an event says beyond who, when and which text: one small value for each kind that needs it.

Each value names the keys under which its fields stand in the log; see `letters.ledger.detail_json`.
"""

from __future__ import annotations

import hashlib
from typing import ClassVar, Literal, TypeAlias, get_args

from msgspec import Struct

from letters.digests import NO_FILE, FileDigest, ManifestDigest, TextDigest
from letters.ledger.bound_form import ApprovedForm, Form, checked, is_digest
from letters.ledger.sheet_count import SheetCorrection, SheetCount

ChangeClass = Literal["editorial", "substantive"]
AnswerClass = Literal["reply", "acknowledgement", "refusal"]
Reason = Literal[
    "address-unknown", "moved", "refused", "too-large", "mailbox-full", "expired", "spam", "unknown"
]
"""Why a letter came back; ``expired``: it could not be handed over in time."""

_MARK_DOMAIN = b"letters/ledger/v2/erased\x00"


class Change(Struct, frozen=True):
    """A judgement on the step from one text to another; ``diff`` is what the judge was shown.

    ``confirmed`` is what an editorial change touched, by edition, where somebody had to confirm
    that it is one; entries without it are as they were before there was such a question.
    """

    kind: ChangeClass
    before: TextDigest
    why: str
    diff: str
    confirmed: str = ""

    KEYS: ClassVar = {"kind": "class", "before": "from", "why": "why", "diff": "diff"}
    OPTIONAL: ClassVar = {"confirmed": "confirmed"}

    def __post_init__(self) -> None:
        checked(self.kind in get_args(ChangeClass), is_digest(self.before), bool(self.why))


class Translation(Struct, frozen=True):
    """Somebody answers for it that one edition of a text says the same as another.

    Both languages are in the text that the event names, and no others.
    """

    source: str
    language: str
    why: str

    KEYS: ClassVar = {"source": "source", "language": "translation", "why": "why"}

    def __post_init__(self) -> None:
        apart = bool(self.source) and self.source != self.language
        checked(apart, bool(self.language), bool(self.why))


class Rendering(Struct, frozen=True):
    """Files that were made: the SHA-256 of the manifest that lists them."""

    manifest: ManifestDigest

    KEYS: ClassVar = {"manifest": "manifest"}

    def __post_init__(self) -> None:
        checked(is_digest(self.manifest))


class Mailing(Struct, frozen=True):
    """Post to or from a recipient; ``file`` is the SHA-256 of what was sent, if it is known."""

    recipient: str
    file: FileDigest = NO_FILE

    KEYS: ClassVar = {"recipient": "recipient", "file": "file"}

    def __post_init__(self) -> None:
        checked(bool(self.recipient), not self.file or is_digest(self.file))


class Return(Mailing, frozen=True):
    """A letter that came back, and why: never in the words of whoever sent it back."""

    reason: Reason = "unknown"

    KEYS: ClassVar = {**Mailing.KEYS, "reason": "reason"}

    def __post_init__(self) -> None:
        Mailing.__post_init__(self)
        checked(self.reason in get_args(Reason))


class Sending(Mailing, frozen=True):
    """A letter that went out, and what is kept of whom it was addressed to.

    ``to`` are words by their names, in order; the log only keeps them.
    """

    to: tuple[tuple[str, str], ...] = ()

    KEYS: ClassVar = {**Mailing.KEYS, "to": "to"}

    def __post_init__(self) -> None:
        Mailing.__post_init__(self)
        names = [name for name, _ in self.to]
        checked(bool(names), names == sorted(set(names)), all(map(all, self.to)))


class Answer(Struct, frozen=True):
    """What a recipient answered: to the matter, that the letter has come, or no to what it asks."""

    recipient: str
    kind: AnswerClass

    KEYS: ClassVar = {"recipient": "recipient", "kind": "answer"}

    def __post_init__(self) -> None:
        checked(bool(self.recipient), self.kind in get_args(AnswerClass))


class Erasure(Struct, frozen=True):
    """Which entries were emptied, and of whom: by a salted digest of the id, never the id.

    The digest lets the log refuse to take the same person up again. It does not hide an id from
    somebody who guesses it.
    """

    numbers: tuple[int, ...]
    salt: str
    mark: str

    KEYS: ClassVar = {"numbers": "numbers", "salt": "salt", "mark": "mark"}

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in zip((0, *self.numbers), self.numbers, strict=False))
        checked(rising, is_digest(self.salt), is_digest(self.mark))

    @classmethod
    def of(cls, subject: str, numbers: tuple[int, ...], salt: str) -> Erasure:
        """The erasure of the person with that id."""
        return cls(numbers, salt, mark_of(subject, salt))


class Correction(Struct, frozen=True):
    """That an earlier entry was a mistake; ``recipient`` is that entry's, if it has one."""

    number: int
    recipient: str
    why: str

    KEYS: ClassVar = {"number": "corrects", "recipient": "recipient", "why": "why"}

    def __post_init__(self) -> None:
        checked(self.number > 0, bool(self.why))


class Renaming(Struct, frozen=True):
    """Another id for the same person: the one before. A signatory's new one is the event's subject.

    ``recipient`` is a recipient's new one, and empty for a signatory.
    """

    before: str
    recipient: str = ""

    KEYS: ClassVar = {"before": "before", "recipient": "recipient"}

    def __post_init__(self) -> None:
        checked(bool(self.before), not self.before.startswith("/"))


class Cut(Struct, frozen=True):
    """A kept file that shows several people, replaced by a copy without one who was erased.

    ``before`` and ``after`` are the SHA-256 of both, ``erasure`` the entry that erased the person.
    """

    before: FileDigest
    after: FileDigest
    erasure: int

    KEYS: ClassVar = {"before": "replaced", "after": "copy", "erasure": "erasure"}

    def __post_init__(self) -> None:
        checked(is_digest(self.before), is_digest(self.after), self.erasure > 0)


Detail: TypeAlias = (
    Form
    | Change
    | Translation
    | Rendering
    | Mailing
    | Sending
    | Return
    | Answer
    | Erasure
    | Correction
    | Renaming
    | Cut
    | SheetCount
    | SheetCorrection
)

# Each kind of event that has a detail, with what that may be. An answer of which nobody said what
# it was is a Mailing, and so is a return of which the log doesn't say why, and a letter of which
# nobody knows how it was addressed.
DETAILS_OF: dict[str, tuple[type[Detail], ...]] = {
    "signed": (Form,),
    "reaffirmed": (Form,),
    "bound": (Form,),
    "name-approved": (ApprovedForm,),
    "edit-approved": (Change, Translation),
    "rendered": (Rendering,),
    "sent": (Sending, Mailing),
    "again": (Mailing,),
    "bounced": (Return, Mailing),
    "replied": (Answer, Mailing),
    "met": (Mailing,),
    "looked": (Mailing,),
    "erased": (Erasure,),
    "corrected": (Correction, SheetCorrection),
    "sheet-counted": (SheetCount,),
    "renamed": (Renaming,),
    "evidence-cut": (Cut,),
}
# Where an event may do without: signatures were recorded before they were bound to a printed form.
_BARE = ("signed", "reaffirmed")


def mark_of(subject: str, salt: str) -> str:
    """What stands for an erased id."""
    data = _MARK_DOMAIN + bytes.fromhex(salt) + subject.encode()
    return hashlib.sha256(data).hexdigest()


def is_fitting(kind: str, detail: Detail | None) -> bool:
    """Whether an event of that kind may have that detail, or none."""
    if detail is None:
        return kind not in DETAILS_OF or kind in _BARE
    return type(detail) in DETAILS_OF.get(kind, ())
