"""One mail as the bytes that go out: RFC 5322, the same for the same mail on every machine.

Nothing in it says where or when it was made but the date that was given: no host name, no program,
no time zone. The same mail has the same bytes, so that they can be frozen and hashed before the
first one leaves.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import re
from email.utils import format_datetime

from msgspec import Struct

from letters.campaign.mailaddress import address_fault, line_fault
from letters.campaign.types import MESSAGE_ID
from letters.digests import TextDigest
from letters.post import headers
from letters.post.address import Mailbox, UnfitError, mailbox
from letters.post.dkim import DkimKey

__all__ = [
    "Attachment", "Mailbox", "OutgoingMail", "UnfitError", "build", "envelope", "first_id",
    "mailbox", "message_id",
]  # fmt: skip

_ID = re.compile(r"<[A-Za-z0-9.-]+@[A-Za-z0-9.-]+>")
_ATTEMPT = re.compile(r"\.[1-9][0-9]{0,5}(?=@)")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_FROM = re.compile(b"^From ", re.MULTILINE)
_DRAFT = "X-Unsent: 1\r\nX-Uniform-Type-Identifier: com.apple.mail-draft\r\n"


class Attachment(Struct, frozen=True):
    """A file that goes with a mail, under the ``name`` that its reader sees."""

    name: str
    media_type: str
    data: bytes


class OutgoingMail(Struct, frozen=True):
    """One mail to one recipient.

    ``date`` knows its time zone and is written in UTC; ``message_id`` has its angle brackets.
    ``html`` may be empty. The copies are seen by the recipient. ``signer`` signs for the domain.
    ``thread`` are the Message-IDs of the mails that it follows, oldest first.
    """

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str
    html: str
    date: dt.datetime
    message_id: str
    copies: tuple[Mailbox, ...] = ()
    reply_to: Mailbox | None = None
    attachments: tuple[Attachment, ...] = ()
    signer: DkimKey | None = None
    thread: tuple[str, ...] = ()


def message_id(
    text_digest: TextDigest, recipient_id: str, language: str, sender_domain: str, attempt: int = 0
) -> str:
    """The Message-ID of a letter to a recipient: the same whenever it is asked for.

    Whoever sees it learns neither the recipient nor the language from it, and whoever sent the
    letter finds by it whether it went out. ``attempt`` is how often it came back before.
    """
    told = f"letters message id\0{text_digest}\0{recipient_id}\0{language}"
    again = f".{attempt}" if attempt else ""
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:32]}{again}@{sender_domain}>"


def first_id(message_id: str) -> str:
    """The Message-ID that the letter had at the first attempt."""
    return _ATTEMPT.sub("", message_id)


def envelope(mail: OutgoingMail) -> tuple[str, tuple[str, ...]]:
    """Who the server is told that it is from, and all to whom it goes; each address once."""
    to = (mail.to.address, *(box.address for box in mail.copies))
    return mail.sender.address, tuple(dict.fromkeys(to))


def build(mail: OutgoingMail, *, draft: bool = False) -> bytes:
    """The mail as it goes out, with CRLF and no line over 998 octets.

    As a ``draft`` it is what mail programs open for sending: they set its date and Message-ID.
    Raises ValueError for what `mailbox` would have refused.
    """
    _guard(mail)
    head = _DRAFT if draft else headers.field("Date", format_datetime(mail.date.astimezone(dt.UTC)))
    head += headers.mailboxes("From", mail.sender)
    head += headers.mailboxes("To", mail.to)
    if mail.copies:
        head += headers.mailboxes("Cc", *mail.copies)
    if mail.reply_to:
        head += headers.mailboxes("Reply-To", mail.reply_to)
    head += headers.text("Subject", mail.subject)
    if not draft:
        head += headers.field("Message-ID", mail.message_id)
    if mail.thread:
        head += headers.field("In-Reply-To", mail.thread[-1])
        head += headers.field("References", " ".join(mail.thread))
    raw = f"{head}MIME-Version: 1.0\r\n".encode() + _content(mail)
    if mail.signer is None or draft:
        return raw
    return mail.signer.signed(raw, mail.sender.domain, mail.date)


def _content(mail: OutgoingMail) -> bytes:
    written = _words("plain", mail.text)
    if mail.html:
        written = _joined("alternative", mail, written, _words("html", mail.html))
    if mail.attachments:
        written = _joined("mixed", mail, written, *map(_attached, mail.attachments))
    return written


def _words(kind: str, text: str) -> bytes:
    """A text, encoded so that no server has reason to change it; the shorter way of two."""
    lines = "\n".join(text.splitlines()) + "\n"
    printable = binascii.b2a_qp(lines.encode(), istext=True)
    printable = _FROM.sub(b"=46rom ", printable)  # some servers put a mark before such a line
    plain = base64.encodebytes(lines.replace("\n", "\r\n").encode())
    name, body = "quoted-printable", printable
    if len(plain) < len(printable):
        name, body = "base64", plain
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {name}\r\n\r\n"
    return head.encode() + body.replace(b"\n", b"\r\n")


def _attached(file: Attachment) -> bytes:
    head = headers.file_fields(file.media_type, file.name)
    head += "Content-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(file.data).replace(b"\n", b"\r\n")


def _joined(kind: str, mail: OutgoingMail, *parts: bytes) -> bytes:
    """Several parts as one; no encoding used here can write a line that begins like theirs."""
    mark = "=_" + hashlib.sha256(f"{kind}\0{mail.message_id}".encode()).hexdigest()[:32]
    head = f'Content-Type: multipart/{kind};\r\n boundary="{mark}"\r\n\r\n'
    body = b"".join(f"--{mark}\r\n".encode() + part + b"\r\n" for part in parts)
    return head.encode() + body + f"--{mark}--\r\n".encode()


def _boxes(mail: OutgoingMail) -> tuple[Mailbox, ...]:
    return (mail.sender, mail.to, *mail.copies, *((mail.reply_to,) if mail.reply_to else ()))


def _guard(mail: OutgoingMail) -> None:
    lines = (mail.subject, *(box.name for box in _boxes(mail)))
    lines = (*lines, *(file.name for file in mail.attachments))
    faults = [line_fault(line) for line in lines]
    faults += [address_fault(box.address) for box in _boxes(mail)]
    if wrong := next(filter(None, faults), None):
        raise ValueError(f"a part of this mail {wrong[0]}")
    if not _ID.fullmatch(mail.message_id) or mail.date.tzinfo is None:
        raise ValueError("a mail has a Message-ID in angle brackets, and a date with its zone")
    if not all(map(MESSAGE_ID.fullmatch, mail.thread)):
        raise ValueError("a mail follows mails that are named by their Message-IDs")
    if not all(_MEDIA_TYPE.fullmatch(file.media_type) for file in mail.attachments):
        raise ValueError("an attachment has a media type such as application/pdf")
