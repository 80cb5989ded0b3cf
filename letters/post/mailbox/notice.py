"""What a mail server says of mails that it could not pass on, read from the message it sends.

Most say it in the form of RFC 3464, a part for programs beside the one for people. Those who don't
are believed only where they return our mail's head, name whom it did not reach in a field or in the
form of qmail, and name a permanent error: a person's answer can hold all the rest. Everything here
comes from strangers: it is read within bounds, and nothing of it is more than a claim.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses
from itertools import islice
from typing import Literal

from letters.post.smtp import without_addresses

Claim = Literal["failed", "delayed", "passed on", "unclear"]

LARGEST = 1 << 18
"""Octets of a message that are read: more than enough for what a server says of a mail."""

FIELDS = ("From", "Return-Path", "Content-Type", "X-Failed-Recipients")
"""The fields of a head that tell whether a message may be such a notice."""

_ID = re.compile(r"<[^<>\s]{1,900}>")
_ID_LINE = re.compile(
    r"^[> \t]{0,8}Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,900}>)",
    re.IGNORECASE | re.MULTILINE,
)
_COPY = re.compile(r"^--.*(?:copy|below|original|returned)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_PERMANENT = re.compile(r"(?<![\d.])5(?:\.\d{1,3}\.\d{1,3}(?![\d.])|[0-5]\d[ -])")
_CODE = re.compile(r"(?<![\w.])([245][0-5]\d)(?=[ -]|$)")
_QMAIL = re.compile(r"^<([^<>\s]{3,320})>:[ \t]*\r?$", re.MULTILINE)
_NOT_YET = re.compile(r"delay|warning|not yet", re.IGNORECASE)
_TYPED = re.compile(r"^\s*[\w-]+\s*;\s*")
_ACTIONS: dict[str, Claim] = {
    "failed": "failed",
    "delayed": "delayed",
    "delivered": "passed on",
    "relayed": "passed on",
    "expanded": "passed on",
}
_BY_CLASS: dict[str, Claim] = {"5": "failed", "4": "delayed", "2": "passed on"}
_FROM_A_SERVER = re.compile(r"mailer-daemon|postmaster|microsoftexchange", re.IGNORECASE)
_MOST_PARTS, _MOST_REPORTS, _LONGEST = 50, 50, 2_000
# Python's reader takes the time of the square of such a field's length.
_LONG_FIELD = re.compile(
    rb"^content-[a-z-]{1,40}:(?:[^\n]|\n[ \t]){4000}", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of one recipient; ``addresses`` in lower case, none where it isn't said.

    ``words`` are the status code and what the server said, without addresses. ``codes`` are the
    numbers alone, such as “550 5.1.1”: words can be anybody's, and name anybody.
    """

    claim: Claim
    addresses: tuple[str, ...]
    words: str
    codes: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: the Message-IDs of the mail that it is about, and a report for each recipient."""

    message_ids: tuple[str, ...]
    reports: tuple[Report, ...]


def may_be(head: bytes) -> bool:
    """Whether the message with these `FIELDS` may be a notice, and is worth reading."""
    message = email.message_from_bytes(head)
    return (
        "delivery-status" in str(message.get("Content-Type", "")).lower()
        or "X-Failed-Recipients" in message
        or _is_from_a_server(message)
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
            reports, ids = tuple(_told(message, parts)), returned
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return Notice(ids, reports) if reports and ids else None


def _takes_long(data: bytes) -> bool:
    """Whether it has so much of something that its reader would have to work for seconds."""
    empty_lines = data.count(b"\n\n") + data.count(b"\n\r\n")
    parts = data.lower().count(b"boundary")
    return empty_lines > 5_000 or parts > _MOST_PARTS or bool(_LONG_FIELD.search(data))


def _is_from_a_server(message: Message) -> bool:
    path = str(message.get("Return-Path", "")).strip()
    return path == "<>" or bool(_FROM_A_SERVER.search(str(message.get("From", ""))))


# --- in the form of RFC 3464, or of RFC 6533 for addresses that are not ASCII -------------------


def _reported(parts: Iterable[Message]) -> Iterator[Report]:
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
            yield from map(email.message_from_string, re.split(r"\r?\n\r?\n", _text(block)))


def _report(block: Message) -> Report:
    said = {name: _value(block, name) for name in ("Action", "Status", "Diagnostic-Code")}
    status = _STATUS.search(said["Status"])
    code = status[1] if status else ""
    claim = _ACTIONS.get(said["Action"].lower()) or _BY_CLASS.get(code[:1], "unclear")
    addresses = [
        _TYPED.sub("", _value(block, name)).strip("<> ").lower()
        for name in ("Original-Recipient", "Final-Recipient")
    ]
    known = tuple(dict.fromkeys(filter(None, addresses)))
    words = _TYPED.sub("", said["Diagnostic-Code"])
    return Report(claim, known, _words(code, words, known), _codes(code, words))


def _value(block: Message, name: str) -> str:
    raw = next((value for key, value in block.raw_items() if key.lower() == name.lower()), "")
    return " ".join(
        raw[:_LONGEST].encode("utf-8", "surrogateescape").decode("utf-8", "replace").split()
    )


# --- in the own words of a server ---------------------------------------------------------------


def _told(message: Message, parts: Iterable[Message]) -> Iterator[Report]:
    if not _is_from_a_server(message):
        return
    failed = [str(value)[:_LONGEST] for value in message.get_all("X-Failed-Recipients", [])[:20]]
    named = [address for _, address in getaddresses(failed) if address]
    texts = [_text(part) for part in parts if part.get_content_type() == "text/plain"]
    named += [one for text in texts[:1] for one in _by_qmail(text)]
    addresses = tuple(address.lower() for address in named[:_MOST_REPORTS])
    lines = (
        " ".join(line[:_LONGEST].split())
        for text in texts
        for line in _own_words(text).splitlines()
        if _PERMANENT.search(line[:_LONGEST])
    )
    said = next(lines, "")
    status = _STATUS.search(said)
    claim: Claim = "failed" if said else "unclear"
    if _NOT_YET.search(str(message.get("Subject", ""))):
        claim = "delayed"
    code = status[1] if status else ""
    yield Report(claim, addresses, _words(code, said, addresses), _codes(code, said))


def _by_qmail(text: str) -> list[str]:
    """Whom a notice of qmail names; its first words are fixed (QSBMF)."""
    if not text.lstrip().startswith("Hi. This is the"):
        return []
    return _QMAIL.findall(_own_words(text))


def _own_words(text: str) -> str:
    """What stands before the returned mail, whose words are not the server's."""
    ends = [found.start() for found in (_ID_LINE.search(text), _COPY.search(text)) if found]
    return text[: min(ends, default=None)]


def _words(code: str, said: str, addresses: Iterable[str]) -> str:
    """The code and the server's words, in which nobody's address nor the name in it is left."""
    said = "".join(letter for letter in said[:_LONGEST] if letter.isprintable())
    said = without_addresses(said, addresses)
    return said if code in said else f"{code} {said}".strip()


def _codes(code: str, said: str) -> str:
    """The code of SMTP and that of RFC 3463, as far as they are said."""
    simple = _CODE.search(said[:_LONGEST])
    return " ".join(filter(None, (simple[1] if simple else "", code)))


# --- which mail it is about ---------------------------------------------------------------------


def _answered(message: Message) -> tuple[str, ...]:
    """What the notice says that it answers; some return nothing of the mail itself.

    Of a thread that is the last mail: those before it are earlier letters.
    """
    fields = (str(message.get(name, ""))[-_LONGEST:] for name in ("In-Reply-To", "References"))
    return tuple(dict.fromkeys(one for field in fields for one in _ID.findall(field)[-1:]))


def _returned(part: Message) -> Iterator[str]:
    """The Message-ID of the mail that came back, or of its head, in that part."""
    kind = part.get_content_type()
    if kind in ("message/rfc822", "message/global"):
        heads = _inside(part)
    elif kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
        inner = _inside(part)
        heads = inner or [email.message_from_string(_text(part).lstrip())]
    else:
        heads = []
        if kind == "text/plain":
            yield from _ID_LINE.findall(_text(part))[:1]
    for head in heads[:1]:
        yield from _ID.findall(str(head.get("Message-ID", ""))[:_LONGEST])[:1]


def _inside(part: Message) -> list[Message]:
    """The messages, or groups of fields, of which a part is made."""
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
