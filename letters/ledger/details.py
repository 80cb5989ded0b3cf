"""What an event says beyond who, when and which text: one small value for each kind that needs it.

Each value knows its own JSON, so that an entry is read back only in the form it was written in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from letters.ledger.form import ApprovedForm, Form, checked, is_digest

ChangeClass = Literal["editorial", "substantive"]
AnswerClass = Literal["reply", "acknowledgement", "refusal"]

_MARK_DOMAIN = b"letters/ledger/v2/erased\x00"


@dataclass(frozen=True, slots=True)
class Change:
    """A judgement on the step from one text to another; ``diff`` is what the judge was shown."""

    kind: ChangeClass
    before: str
    why: str
    diff: str

    KEYS: ClassVar = {"kind": "class", "before": "from", "why": "why", "diff": "diff"}

    def __post_init__(self) -> None:
        checked(self.kind in get_args(ChangeClass), is_digest(self.before), bool(self.why))


@dataclass(frozen=True, slots=True)
class Translation:
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


@dataclass(frozen=True, slots=True)
class Rendering:
    """Files that were made: the SHA-256 of the manifest that lists them."""

    manifest: str

    KEYS: ClassVar = {"manifest": "manifest"}

    def __post_init__(self) -> None:
        checked(is_digest(self.manifest))


@dataclass(frozen=True, slots=True)
class Mailing:
    """Post to or from a recipient; ``file`` is the SHA-256 of what was sent, if it is known."""

    recipient: str
    file: str = ""

    KEYS: ClassVar = {"recipient": "recipient", "file": "file"}

    def __post_init__(self) -> None:
        checked(bool(self.recipient), not self.file or is_digest(self.file))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a recipient answered: to the matter, that the letter has come, or no to what it asks."""

    recipient: str
    kind: AnswerClass

    KEYS: ClassVar = {"recipient": "recipient", "kind": "answer"}

    def __post_init__(self) -> None:
        checked(bool(self.recipient), self.kind in get_args(AnswerClass))


@dataclass(frozen=True, slots=True)
class Erasure:
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


Detail: TypeAlias = Change | Translation | Rendering | Mailing | Answer | Erasure | Form

# Each kind of event that has a detail, with what that may be. An answer of which nobody said what
# it was is a Mailing.
DETAILS_OF: dict[str, tuple[type[Detail], ...]] = {
    "signed": (Form,),
    "reaffirmed": (Form,),
    "bound": (Form,),
    "name-approved": (ApprovedForm,),
    "edit-approved": (Change, Translation),
    "rendered": (Rendering,),
    "sent": (Mailing,),
    "bounced": (Mailing,),
    "replied": (Answer, Mailing),
    "met": (Mailing,),
    "looked": (Mailing,),
    "erased": (Erasure,),
}
# Where an event may do without: signatures were recorded before they were bound to a printed form.
_OPTIONAL = ("signed", "reaffirmed")


def mark_of(subject: str, salt: str) -> str:
    """What stands for an erased id."""
    data = _MARK_DOMAIN + bytes.fromhex(salt) + subject.encode()
    return hashlib.sha256(data).hexdigest()


def is_fitting(kind: str, detail: Detail | None) -> bool:
    """Whether an event of that kind may have that detail, or none."""
    if detail is None:
        return kind not in DETAILS_OF or kind in _OPTIONAL
    return type(detail) in DETAILS_OF.get(kind, ())


def as_json(detail: Detail) -> dict[str, Any]:
    """The members of the JSON object, in no particular order."""
    members = {key: getattr(detail, name) for name, key in detail.KEYS.items()}
    return members | {"fields": dict(detail.fields)} if isinstance(detail, Form) else members


def from_json(kind: str, said: dict[str, Any] | None) -> Detail | None:
    """The detail of an event of that kind; ValueError where it doesn't fit."""
    if said is None or kind not in DETAILS_OF:
        return None
    fitting = (each for each in DETAILS_OF[kind] if said.keys() >= set(each.KEYS.values()))
    wanted = next(fitting, None)
    if wanted is None:
        raise ValueError("the event has no detail of its kind")
    values: dict[str, Any] = {name: said[key] for name, key in wanted.KEYS.items()}
    if issubclass(wanted, Form):
        values |= {
            "fields": tuple(values["fields"].items()),
            "changed": tuple(values["changed"]),
        }
    if wanted is Erasure:
        values["numbers"] = tuple(values["numbers"])
    for name, value in values.items():
        parts = value if isinstance(value, tuple) else (value,)
        wanted_type = {"numbers": int, "fields": tuple}.get(name, str)
        checked(all(type(part) is wanted_type for part in parts))
    return wanted(**values)
