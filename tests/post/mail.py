"""A mail to build on, and how others read it: Python's reader, and one in Rust (mailparse)."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.header import decode_header, make_header
from email.utils import getaddresses

from letters.post.mime import Attachment, Mailbox, OutgoingMail

NOON = dt.datetime(2025, 9, 3, 12, 0, tzinfo=dt.UTC)
MAIL = OutgoingMail(
    sender=Mailbox("Joint letter", "us@example.org"),
    to=Mailbox("Mark Carney", "office@example.com"),
    subject="Three questions",
    text="Dear Prime Minister,\n\nour letter is attached.\n",
    html="<p>Our letter is attached.</p>\n",
    date=NOON,
    message_id="<0123456789abcdef@example.org>",
    attachments=(Attachment("A letter.pdf", "application/pdf", b"%PDF-1.7 \x00\xff" * 50),),
)


def decoded(value: str) -> str:
    """A header field with its encoded words read."""
    return str(make_header(decode_header(value.replace("\r\n", ""))))


def boxes(raw: bytes, name: str) -> list[tuple[str, str]]:
    """Names and addresses of a field, as Python's older reader takes them apart."""
    # Addresses may be UTF-8; the reader of text is the one that keeps them.
    head = email.message_from_string(raw.partition(b"\r\n\r\n")[0].decode())
    fields = [field.replace("\r\n", "") for field in head.get_all(name, [])]
    return [(decoded(shown), address) for shown, address in getaddresses(fields)]


def modern_boxes(raw: bytes, name: str) -> list[tuple[str, str]]:
    """The same by its newer reader, which is another and follows the grammar of RFC 5322.

    It puts a space between encoded words, against RFC 2047: names are given without spaces.
    """
    message = email.message_from_string(raw.decode(), policy=email.policy.SMTPUTF8)
    found = message[name].addresses
    return [("".join(address.display_name.split()), address.addr_spec) for address in found]
