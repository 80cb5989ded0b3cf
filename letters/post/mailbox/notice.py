"""What a mail server says of mails that it could not pass on, read from the message it sends.

Most say it in the form of RFC 3464, a part for programs beside the one for people; `forms` reads
those who don't. Everything here comes from strangers: it is read within bounds, and nothing of it
is more than a claim.
"""

from __future__ import annotations

import base64
import email
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import islice

from msgspec import Struct

from letters.post.mailbox.forms import is_from_a_server, told, words
from letters.post.mailbox.phrases import ID_LINE
from letters.post.mailbox.report import LONGEST, STATUS, Claim, DeliveryReport, report, text_of

LARGEST = 1 << 18
"""Octets of a message that are read: more than enough for what a server says of a mail."""

FIELDS = ("From", "Return-Path", "Content-Type", "X-Failed-Recipients")
"""The fields of a head that tell whether a message may be such a notice."""

_ID = re.compile(r"<[^<>\s]{1,900}>")
_TYPED = re.compile(r"^\s*[\w-]+\s*;\s*")
_ACTIONS: dict[str, Claim] = {
    "failed": "failed",
    "delayed": "delayed",
    "delivered": "passed on",
    "relayed": "passed on",
    "expanded": "passed on",
}
_BY_CLASS: dict[str, Claim] = {"5": "failed", "4": "delayed", "2": "passed on"}
_MOST_PARTS, _MOST_REPORTS = 50, 50
# Python's reader takes the time of the square of such a field's length.
_LONG_FIELD = re.compile(
    rb"^content-[a-z-]{1,40}:(?:[^\n]|\n[ \t]){4000}", re.IGNORECASE | re.MULTILINE
)


class Notice(Struct, frozen=True):
    """A notice: the Message-IDs of the mail that it is about, if it says them, and the reports."""

    message_ids: tuple[str, ...]
    reports: tuple[DeliveryReport, ...]


def may_be(head: bytes) -> bool:
    """Whether the message with these `FIELDS` may be a notice, and is worth reading."""
    message = BytesHeaderParser().parsebytes(head)
    return (
        "delivery-status" in str(message.get("Content-Type", "")).lower()
        or "X-Failed-Recipients" in message
        or is_from_a_server(message)
    )


def read(data: bytes) -> Notice | None:
    """The notice that a message is, maybe cut off at its end; None where it is none."""
    if _takes_long(data):
        return None
    try:
        message = email.message_from_bytes(data)
        parts = list(islice(message.walk(), 4 * _MOST_PARTS))
        returned = tuple(dict.fromkeys(one for part in parts for one in _returned(part)))
        reports = tuple(islice(_reported(parts), _MOST_REPORTS))
        if reports:
            ids = returned or _answered(message)
        else:
            reports, ids = tuple(told(message, parts)), returned
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    named = any(report.claim == "failed" and report.addresses for report in reports)
    return Notice(ids, reports) if reports and (ids or named) else None


def _takes_long(data: bytes) -> bool:
    """Whether it has so much of something that its reader would have to work for seconds."""
    empty_lines = data.count(b"\n\n") + data.count(b"\n\r\n")
    parts = data.lower().count(b"boundary")
    return empty_lines > 5_000 or parts > _MOST_PARTS or bool(_LONG_FIELD.search(data))


# --- in the form of RFC 3464, or of RFC 6533 for addresses that are not ASCII -------------------


def _reported(parts: Iterable[Message]) -> Iterator[DeliveryReport]:
    for part in parts:
        if part.get_content_type() not in (
            "message/delivery-status",
            "message/global-delivery-status",
        ):
            continue
        for block in _blocks(part):
            if "Final-Recipient" in block or "Original-Recipient" in block or "Action" in block:
                yield _report(block)


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields: one on the message, then one for each recipient."""
    for block in _inside(part):
        yield block
        if part.get_content_subtype() == "global-delivery-status":
            yield from map(email.message_from_string, re.split(r"\r?\n\r?\n", text_of(block)))


def _report(block: Message) -> DeliveryReport:
    said = {name: _value(block, name) for name in ("Action", "Status", "Diagnostic-Code")}
    status = STATUS.search(said["Status"])
    code = status[1] if status else ""
    action = said["Action"].partition(" ")[0].lower()
    claim = _ACTIONS.get(action) or _BY_CLASS.get(code[:1], "unclear")
    addresses = [
        _TYPED.sub("", _value(block, name)).strip("<> ").lower()
        for name in ("Original-Recipient", "Final-Recipient")
    ]
    known = tuple(dict.fromkeys(filter(None, addresses)))
    return report(claim, known, code, _TYPED.sub("", said["Diagnostic-Code"]))


def _value(block: Message, name: str) -> str:
    raw = next((value for key, value in block.raw_items() if key.lower() == name.lower()), "")
    return " ".join(
        raw[:LONGEST].encode("utf-8", "surrogateescape").decode("utf-8", "replace").split()
    )


# --- which mail it is about ---------------------------------------------------------------------


def _answered(message: Message) -> tuple[str, ...]:
    """What the notice says that it answers; some return nothing of the mail itself.

    Of a thread that is the last mail: those before it are earlier letters.
    """
    fields = (str(message.get(name, ""))[-LONGEST:] for name in ("In-Reply-To", "References"))
    return tuple(dict.fromkeys(one for field in fields for one in _ID.findall(field)[-1:]))


def _returned(part: Message) -> Iterator[str]:
    """The Message-ID of the mail that came back, or of its head, in that part."""
    kind = part.get_content_type()
    if kind in ("message/rfc822", "message/global"):
        heads = _inside(part)
    elif kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
        inner = _inside(part)
        heads = inner or [email.message_from_string(text_of(part).lstrip())]
    else:
        heads = []
        if kind in ("text/plain", "text/html"):
            yield from ID_LINE.findall(words(part))[:1]
    for head in heads[:1]:
        yield from _ID.findall(str(head.get("Message-ID", ""))[:LONGEST])[:1]


def _inside(part: Message) -> list[Message]:
    """The messages, or groups of fields, of which a part is made."""
    inner = part.get_payload()
    found = [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return found
    # That is forbidden for such parts, so the library takes them as they stand.
    with suppress(ValueError):
        written = base64.b64decode("".join(str(one.get_payload()) for one in found[:1]))
        blocks = re.split(rb"(?:\r?\n){2,}", written, maxsplit=_MOST_REPORTS)
        return [email.message_from_bytes(block) for block in blocks]
    return found
