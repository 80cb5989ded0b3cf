"""The campaign's mail server: who may use it, how fast it takes messages, and how large ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from letters.cli import sendview

if TYPE_CHECKING:
    from letters.campaign.mail_settings import Server
    from letters.campaign.model import Campaign
    from letters.post.account import Account
    from letters.post.ready_messages import Ready

_RATE = 30  # messages a minute where no server is written down
_MEGABYTES = 20


def account(campaign: Campaign, *, drafts: bool) -> tuple[Account | None, str]:
    """The server that takes the mails, or has the mailbox; or why there is none."""
    from letters.post.account import IMAP, SMTP, AccountError, account_of

    mail = campaign.letter.mail
    try:
        if drafts:
            return account_of(mail.imap if mail else None, os.environ, IMAP), ""
        return account_of(mail.server if mail else None, os.environ, SMTP), ""
    except AccountError as error:
        return None, error.sentence


def rate(campaign: Campaign) -> int:
    """How many messages a minute it takes."""
    server = _server(campaign)
    return server.rate if server else _RATE


def too_large(campaign: Campaign, messages: Sequence[Ready]) -> list[str]:
    """The messages that it would not take, each with the recipient and its size."""
    server = _server(campaign)
    largest = server.largest if server else _MEGABYTES
    return [
        f"{message.letter.recipient}: {sendview.size(message.size)} are more than the"
        f" {largest} MB that a message may have (“largest” in letter.yaml)"
        for message in messages
        if message.size > largest * 1e6
    ]


def _server(campaign: Campaign) -> Server | None:
    mail = campaign.letter.mail
    return mail.server if mail else None
