"""Whom a letter was addressed to: what the log keeps of it, and what has changed since.

The name stays in words, as a letter to a successor has to say whose it was. Of the office and of
the addresses only marks stay, which tell that something is another now, and not what it was. All
of it is taken from what people wrote and from the office's own form, in each of the letter's
languages, so that the same record gives the same marks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from letters.campaign import addressing
from letters.campaign.mailboxes import mailbox_of, name_of, written
from letters.campaign.people import Recipient
from letters.channels import Channel

_DOMAIN = "letters addressee"
_DIGITS = 16  # of a mark: nobody gains by one that fits another address too
_PARTS = {
    "name": "name", "office": "office", "address": "postal address", "email": "e-mail address",
}  # fmt: skip
_NAME = "name"
MAILBOX = "email"
"""The name under which `described` has the mark of a mailbox."""


def described(recipient: Recipient, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What is kept of a recipient: words by the name of a part and, where it has one, a language.

    What isn't there is left out.
    """
    keys = [f"{part}.{tag}" for part in _PARTS if part != MAILBOX for tag in languages]
    found = ((key, _today(recipient, key)) for key in (*keys, MAILBOX))
    return tuple(sorted((key, said) for key, said in found if said))


def changed(to: Mapping[str, str], recipient: Recipient, channel: str) -> tuple[str, ...]:
    """What of a recipient is not what it was when a letter went to them by that channel.

    The parts by their names, in words. An e-mail address counts for e-mail alone. What was not
    there has not changed.
    """
    other = {
        part
        for key, said in to.items()
        if (part := key.partition(".")[0]) in _PARTS
        and (part != MAILBOX or channel == Channel.EMAIL)
        and _differs(part, said, _today(recipient, key))
    }
    return tuple(words for part, words in _PARTS.items() if part in other)


def names(to: Mapping[str, str]) -> dict[str, str]:
    """The name to which it went, by language."""
    return {key.partition(".")[2]: said for key, said in to.items() if key.startswith("name.")}


def mailbox_mark(address: str) -> str:
    """What stands for a mailbox in `described`, under ``email``."""
    return _mark(MAILBOX, mailbox_of(address)) if address else ""


def signs(to: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """What tells a person from others whatever their id: the name with one more thing each."""
    called = [(key, name_of(said)) for key, said in to.items() if key.startswith("name.")]
    others = [pair for pair in to.items() if not pair[0].startswith("name.")]
    return {(name, *other) for _, name in called for other in others}


def _differs(part: str, then: str, now: str) -> bool:
    return name_of(then) != name_of(now) if part == _NAME else then != now


def _today(recipient: Recipient, key: str) -> str:
    part, _, tag = key.partition(".")
    if part == _NAME:
        return recipient.name.shown(tag)
    if part == "office":
        lines = (addressing.office(recipient, tag), *addressing.organisation(recipient, tag))
        return _mark(part, "\n".join(name_of(line) for line in lines if line))
    if part == "address":
        address = addressing.address(recipient, tag)
        return _mark(part, written(address) if address else "")
    return mailbox_mark(recipient.email or "")


def _mark(part: str, words: str) -> str:
    told = f"{_DOMAIN}\0{part}\0{words}"
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS] if words else ""
