"""The printed form that a signature is bound to: a salted digest for each field, and no word of it.

The log has to notice that somebody else now stands under an id, and must not hold what it can't
show. With a field's text in hand its digest can be compared; without the salt, which is erased with
the entry, it can't even be guessed. What the fields are is for the campaign to say.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Self, TypeAlias

from msgspec import Struct

_HEXADECIMAL = b"0123456789abcdef"
_DOMAIN = b"letters/ledger/v4/form\x00"

Fields: TypeAlias = Mapping[str, str]


RECIPIENTS = "signs_to"
"""The field in which somebody may be bound to recipients of whom nothing else is recorded."""

_ALWAYS = "name"
"""A field of every whole form, which is more than to whom somebody signs."""
_LATER = ("place",)
"""Fields that forms have had from some version on."""
_NOTHING = "null"
"""The text of a field that nobody wrote."""


def is_digest(word: str) -> bool:
    """Whether ``word`` is a SHA-256 as the log writes it: 64 lower-case hexadecimal digits."""
    return len(word) == 64 and _is_hexadecimal(word)


def _is_hexadecimal(word: str) -> bool:
    return not word.encode("utf-8", "replace").translate(None, _HEXADECIMAL)


def checked(*conditions: bool) -> None:
    """Raise ValueError unless all of them hold."""
    if not all(conditions):
        raise ValueError("the detail of the event has the wrong shape")


class Form(Struct, frozen=True):
    """``fields`` are the names of the fields, sorted, each with its digest.

    ``changed`` names those in which it differs from the form that the signature had before: only
    whoever had both in hand could tell.
    """

    salt: str
    fields: tuple[tuple[str, str], ...]
    changed: tuple[str, ...] = ()

    KEYS: ClassVar[dict[str, str]] = {"salt": "salt", "fields": "fields", "changed": "changed"}

    def __post_init__(self) -> None:
        names, digests = zip(*self.fields, strict=True) if self.fields else ((), ())
        checked(
            is_digest(self.salt),
            _are_names(names),
            {64} == {*map(len, digests)} and _is_hexadecimal("".join(digests)),
            not self.changed or list(self.changed) == sorted({*self.changed} & {*names}),
        )

    @classmethod
    def of(cls, fields: Fields, changed: Iterable[str] = (), **more: str) -> Self:
        """The commitment to ``fields`` under a salt of its own."""
        salt = secrets.token_hex(32)
        begun = _begun(salt)
        digests = {name: _digest(begun, name, text) for name, text in fields.items()}
        return cls(salt, tuple(sorted(digests.items())), tuple(sorted(changed)), **more)

    def differing(self, fields: Fields) -> tuple[str, ...]:
        """Which fields have another text in ``fields``; what is not there is not compared.

        Who agreed to a form before it had a field agreed to nothing in it.
        """
        begun, bound = _begun(self.salt), dict(self.fields)
        other = [
            name
            for name, was in self.fields
            if name in fields and _digest(begun, name, fields[name]) != was
        ]
        if _ALWAYS in bound:
            later = {name: fields.get(name, _NOTHING) for name in _LATER if name not in bound}
            other += [name for name, text in later.items() if text != _NOTHING]
        return tuple(other)

    def against(self, agreeing: Sequence[Fields]) -> tuple[str, ...]:
        """In which fields it differs from the first of ``agreeing``; none where it is like any.

        These are the present form, and those whose owners agreed to the present one with them.
        """
        found = [self.differing(fields) for fields in agreeing]
        return () if () in found else min(found, key=len, default=())


class ApprovedForm(Form, frozen=True):
    """A form for which somebody else answers: the same person, with a typing error put right."""

    why: str = ""

    KEYS: ClassVar[dict[str, str]] = {**Form.KEYS, "why": "why"}

    def __post_init__(self) -> None:
        Form.__post_init__(self)
        checked(bool(self.why), bool(self.changed))


@functools.lru_cache(maxsize=64)
def _are_names(names: tuple[str, ...]) -> bool:
    """Whether they can be the fields of a form: sorted, and each once."""
    return bool(names) and list(names) == sorted(set(names)) and all(names)


def _begun(salt: str) -> bytes:
    """What the digest of each field of a form begins with."""
    return _DOMAIN + bytes.fromhex(salt)


def _digest(begun: bytes, name: str, text: str) -> str:
    return hashlib.sha256(begun + f"{name}\0{text}".encode()).hexdigest()
