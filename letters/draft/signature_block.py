"""Signatures as they stand in the letter's tree: groups of names, and what is remarked below them.

Who stands there, and under which claim, is decided in `letters.draft.signatures`.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from letters.draft.inlines import Image, Inlines, Value


class Signature(Struct, frozen=True):
    """One signatory as printed; ``state`` is a remark such as "not yet signed", else empty.

    ``details`` are the lines below the name (role, affiliation, the organisation's signer).
    """

    name: Value
    details: tuple[Inlines, ...] = ()
    state: str = ""
    image: Image | None = None


class SignatureGroup(Struct, frozen=True):
    """Signatories of one tier. ``ruled`` leaves room for a signature by hand above each name."""

    label: str
    signatures: tuple[Signature, ...]
    columns: int
    ruled: bool


class SignatureBlock(Struct, frozen=True):
    """``remarks`` stand below the names: how many are withheld, the count, what ``*`` means."""

    name: ClassVar[str] = "signatures"
    groups: tuple[SignatureGroup, ...]
    remarks: tuple[str, ...] = ()
