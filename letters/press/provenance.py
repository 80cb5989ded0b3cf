"""What a finished file was made from: see `letters.press.identity`, which tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

Parts: TypeAlias = Mapping[str, str]
"""The names of what a file comes from, each with a short digest."""


class Identity(Struct, frozen=True):
    """``digest`` is what two files made from the same have in common: SHA-256, hexadecimal.

    ``roster`` names what is printed of the signatories: see `letters.draft.roster`.
    """

    digest: str
    parts: Parts
    roster: str
