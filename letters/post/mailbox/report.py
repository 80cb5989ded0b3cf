"""What a server says of one recipient of a mail, in a form in which it can be told and recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import Message
from typing import Literal

from msgspec import Struct

from letters.ledger.details import Reason
from letters.post.mailbox.classes import reason_of
from letters.post.server_errors import without_addresses

Claim = Literal["failed", "delayed", "passed on", "unclear"]

LONGEST = 2_000
"""Characters of anything that is said that are looked at."""

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\w.])([245][0-5]\d)(?=[ -]|$)")


class DeliveryReport(Struct, frozen=True):
    """What is said of one recipient; ``addresses`` in lower case, none where it isn't said.

    ``words`` are the status code and what the server said, without addresses. ``codes`` are the
    numbers alone, such as “550 5.1.1”: words can be anybody's, and name anybody. ``reason`` is why
    it failed.
    """

    claim: Claim
    addresses: tuple[str, ...]
    words: str
    codes: str
    reason: Reason = "unknown"


def report(
    claim: Claim, addresses: Iterable[str], code: str, said: str, more: str = ""
) -> DeliveryReport:
    """The report that a server's words make; ``more`` is what else may tell the reason."""
    known = tuple(addresses)
    reason = reason_of(code, f"{said} {more}") if claim == "failed" else "unknown"
    return DeliveryReport(claim, known, _words(code, said, known), _codes(code, said), reason)


def text_of(part: Message) -> str:
    """The words of a part in its own character set, or as far as they can be read."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return payload.decode("utf-8", "replace")


def _words(code: str, said: str, addresses: Iterable[str]) -> str:
    """The code and the server's words, in which nobody's address nor the name in it is left."""
    said = "".join(letter for letter in said[:LONGEST] if letter.isprintable())
    said = without_addresses(said, addresses)
    return said if code in said else f"{code} {said}".strip()


def _codes(code: str, said: str) -> str:
    """The code of SMTP and that of RFC 3463, as far as they are said."""
    simple = _CODE.search(said[:LONGEST])
    return " ".join(filter(None, (simple[1] if simple else "", code)))
