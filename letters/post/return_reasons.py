"""Why letters come back, and what each reason means for whoever wants the letter to arrive.

The log has the reason as one word of a short list, whoever found it: a server's code, a person who
read a notice, or the post office's sticker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from letters.channels import Channel
from letters.digests import TextDigest
from letters.ledger.details import Reason
from letters.ledger.events import stamp
from letters.ledger.results import Transaction
from letters.post.outbox import CAME_BACK

Class = Literal["hard", "soft", "spam", "unknown"]
"""Whether the address is of no use, or only now; or whether it is the mail that was not wanted."""

CLASS_OF: dict[Reason, Class] = {
    "address-unknown": "hard",
    "moved": "hard",
    "refused": "hard",
    "too-large": "hard",
    "mailbox-full": "soft",
    "expired": "soft",
    "spam": "spam",
    "unknown": "unknown",
}
WORDS: dict[Reason, str] = {
    "address-unknown": "nobody has this address",
    "moved": "they have moved",
    "refused": "it was refused",
    "too-large": "it was too large",
    "mailbox-full": "the mailbox is full",
    "expired": "it could not be handed over in time",
    "spam": "it was refused as spam, or by a rule of theirs",
    "unknown": "why is not known",
}
_AGAIN: dict[str, str] = {
    Channel.EMAIL: "“letters send --to ID”",
    Channel.POST: "“letters print --to ID”",
}
_FIX: dict[Reason, str] = {
    "address-unknown": "fix the address in recipients.yaml",
    "moved": "fix the address in recipients.yaml",
    "refused": "ask for another address, or take another way",
    "too-large": "send less: enclose smaller files, or take another way",
    "mailbox-full": "wait some days",
    "expired": "wait some days; if it comes back again, look for another address",
    "unknown": "read what is kept in evidence/, and see if the address is right",
}
_FIX_MAIL: dict[Reason, str] = {
    "spam": "write from an address of your own domain, see that SPF, DKIM and DMARC are set for it,"
    " and send fewer at once (--limit, --rate), or take another way",
}


def advice(reason: Reason, channel: str) -> str:
    """What to do, and the command that follows, for a letter that went out by that channel."""
    then = _AGAIN.get(channel)
    return f"{fix(reason)}; then {then}" if then else fix(reason)


def fix(reason: Reason) -> str:
    """What to do before anything goes there again."""
    return _FIX_MAIL.get(reason) or _FIX[reason]


def mark(
    change: Transaction, came: Iterable[tuple[str, TextDigest]], why: Reason, *, at: dt.datetime
) -> None:
    """Count what the outbox sent, by recipient and text, as failed: somebody saw it come back."""
    known = set(came)
    for item in change.outgoing.all():
        if (item.recipient, item.text_digest) in known:
            reply, moment = f"{CAME_BACK}: {WORDS[why]}", stamp(at)
            change.outgoing.move(item, ("sent",), "failed", at=moment, reply=reply)
