"""Mailboxes in the format mbox, cut by messages: whose a message is, its head says.

The messages are told apart as the standard library's `mailbox` does, by lines that begin with
“From ”, and only where a blank line stands before one and a time of day in it. Nothing of the
others is read and written anew.
"""

from __future__ import annotations

import email
import re
from collections.abc import Collection
from email import policy
from email.message import EmailMessage

from msgspec import Struct

from letters.ledger.cutting.marks import Identifiers
from letters.ledger.cutting.parts import FilePart, WholeError

_START = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))"
    rb"From \S++[^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,200}\r?\n"
)
_WHOSE = ("from", "sender", "reply-to", "return-path", "resent-from")
_MOST_TEXT = 1 << 20  # characters of a message in which somebody is looked for


class MboxFile(Struct, frozen=True):
    """The messages with the lines that begin them, which are all of the file."""

    messages: tuple[bytes, ...]
    kind: str = "mailbox"

    @property
    def parts(self) -> tuple[FilePart, ...]:
        """One a message."""
        return tuple(_part(number, data) for number, data in enumerate(self.messages, 1))

    def without(self, numbers: Collection[int], marks: Identifiers) -> bytes:  # noqa: ARG002 - see `Parted`
        """The file without these messages."""
        kept = (data for number, data in enumerate(self.messages) if number not in numbers)
        return b"".join(kept)


def read(data: bytes) -> MboxFile:
    """The file as a mailbox. Raises WholeError where it is none."""
    starts = [found.start() for found in _START.finditer(data)]
    if not starts or starts[0]:
        raise WholeError("it is no mailbox")
    ends = [*starts[1:], len(data)]
    return MboxFile(tuple(data[a:b] for a, b in zip(starts, ends, strict=True)))


def _part(number: int, data: bytes) -> FilePart:
    head, _, rest = data.partition(b"\n")
    sender = head.split(b" ")[1].decode("latin-1")
    try:
        message = email.message_from_bytes(rest, policy=policy.default)
        cells = [str(value) for key in _WHOSE for value in message.get_all(key, [])]
        text = "\n".join((str(message.get("subject", "")), *_texts(message)))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # A head that no standard allows: what stands in it still says whose it is.
        cells = [
            line for line in rest.decode("latin-1").split("\n\n")[0].splitlines() if "@" in line
        ]
        text = ""
    whole = text + "\n" + rest[:_MOST_TEXT].decode("utf-8", "replace")
    return FilePart(f"message {number}", (sender, *cells), whole[: 2 * _MOST_TEXT])


def _texts(message: EmailMessage) -> list[str]:
    """What the message says in text, as it is read."""
    found, room = list[str](), _MOST_TEXT
    for part in message.walk():
        if part.get_content_maintype() == "text" and room > 0:
            data = part.get_payload(decode=True)
            text = data[:room].decode("utf-8", "replace") if isinstance(data, bytes) else ""
            found.append(text)
            room -= len(text)
    return found
