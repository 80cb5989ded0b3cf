"""A rehearsal: all mails go to oneself, marked as tests, and nothing of it is recorded."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from letters.digests import MessageDigest
from letters.ledger.outgoing import Item
from letters.post.address import Mailbox, mailbox
from letters.post.ready_messages import Ready, seal
from letters.problem import Place


def rehearsed(messages: Iterable[Ready], address: str) -> list[Ready]:
    """The messages as they would be, but to ``address`` alone, with a mark in each subject.

    Each has a Message-ID of its own, or the real one might later be taken for a double. Raises
    UnfitError for an address that can't be.
    """
    box = mailbox("", address, Place("--test-to"))
    return [_as_test(message, box) for message in messages]


def _as_test(message: Ready, box: Mailbox) -> Ready:
    mail = replace(
        message.mail,
        to=Mailbox(message.mail.to.name, box.address),
        copies=(),
        subject=f"[Test: {message.letter.recipient}] {message.mail.subject}",
        message_id=f"<test-{secrets.token_hex(12)}@{message.mail.sender.domain}>",
    )
    return seal(message.letter, mail, message.sealed.item.text_digest)


class TestBox(Struct):
    """Where the messages of a rehearsal lie: in memory, and nowhere else."""

    data: dict[MessageDigest, bytes] = field(default_factory=dict)

    def bytes_of(self, item: Item) -> bytes:
        return self.data[item.message]

    def claim(self, item: Item) -> bool:
        return item.message in self.data

    def accepted(self, item: Item) -> None:
        self.data.pop(item.message, None)

    def put_off(self, item: Item, words: str) -> bool:
        return bool(words) and item.message in self.data

    def refused(self, item: Item, words: str) -> bool:
        return bool(words) and self.data.pop(item.message, None) is not None
