"""What the QR code of a letter holds: which text it is, and how far the log had come.

A line of plain words that can be typed as well as scanned: ``LETTERS TEXT`` and the text digest in
hexadecimal, then ``LOG``, the number of entries and the root over them. That of a draft is
``LETTERS DRAFT`` and the digest: nothing vouches for it yet. docs/log.md describes it for others.
"""

from __future__ import annotations

import re

from msgspec import Struct

from letters.digests import TextDigest

_WRITTEN = re.compile(
    r"LETTERS(?P<kind>TEXT|DRAFT)(?P<text>[0-9A-F]{64})"
    r"(?:LOG(?P<size>[1-9][0-9]{0,15})(?P<root>[0-9A-F]{64}))?"
)


class Imprint(Struct, frozen=True):
    """``log`` is the size of the log and its root in lower-case hexadecimal, where it is said."""

    text: TextDigest
    log: tuple[int, str] | None = None
    draft: bool = False

    def written(self) -> str:
        """The line; its capitals make the smallest code."""
        said = f"LETTERS {'DRAFT' if self.draft else 'TEXT'} {self.text}"
        if self.log and not self.draft:
            size, root = self.log
            said += f" LOG {size} {root}"
        return said.upper()


def read(written: str) -> Imprint:
    """A line as it was scanned or typed, in small letters and with other spaces too.

    ValueError where it is no such line.
    """
    found = _WRITTEN.fullmatch("".join(written.split()).upper())
    if found is None:
        raise ValueError("this is not what the QR code of a letter says")
    text = TextDigest(found["text"].lower())
    log = (int(found["size"]), found["root"].lower()) if found["size"] else None
    return Imprint(text, log, found["kind"] == "DRAFT")
