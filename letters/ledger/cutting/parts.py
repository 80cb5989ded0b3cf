"""A file as the parts that can be cut out of it one by one, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from msgspec import Struct

from letters.error import LettersError, Status
from letters.ledger.cutting.marks import Identifiers


class WholeError(LettersError):
    """Nothing can be cut out of this file; the message says why, in no word of its content."""

    status = Status.REFUSED


class FilePart(Struct, frozen=True):
    """A row or a message: ``label`` as a person finds it, ``cells`` what says whose it is.

    ``text`` is all that it says where that is more.
    """

    label: str
    cells: tuple[str, ...]
    text: str = ""


class Parted(Protocol):
    """A file that was read: what it is, and its parts in order."""

    @property
    def kind(self) -> str: ...

    @property
    def parts(self) -> tuple[FilePart, ...]: ...

    def without(self, numbers: Collection[int], marks: Identifiers) -> bytes:
        """The file without these parts, every other byte of what stays as it was.

        Raises WholeError where the person, or what is cut, would be left in another place.
        """
        ...
