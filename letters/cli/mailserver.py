"""The campaign's mail server: who may use it, how fast it takes messages, and how large ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from letters.cli import sendview
from letters.cli.exit import Status, fail, note

if TYPE_CHECKING:
    from letters.campaign.mail_settings import Server
    from letters.campaign.model import Campaign
    from letters.post.account import Account
    from letters.post.ready_messages import Ready

_RATE = 30  # messages a minute where no server is written down
_MEGABYTES = 20


def account(campaign: Campaign, *, drafts: bool, trust: bool = False) -> tuple[Account | None, str]:
    """The server that takes the mails, or has the mailbox; or why there is none.

    With ``trust`` it is written down that a password may go there.
    """
    from letters.post.account import IMAP, SMTP, AccountError, account_of

    mail = campaign.letter.mail
    settings = (mail.imap if drafts else mail.server) if mail else None
    try:
        found = account_of(settings, os.environ, IMAP if drafts else SMTP)
    except AccountError as error:
        if trust:
            raise
        return None, error.sentence
    if trust:
        _trust(found)
    return found, ""


def expect_trusted(account: Account) -> None:
    """End the command before anything begins, where a password may not go to that server."""
    from letters.post.account import expect_trusted as expected

    if account.user:
        expected(account, os.environ)


def _trust(account: Account) -> None:
    from letters.campaign.mailaddress import ascii_domain
    from letters.post.account import server_of
    from letters.post.trusted_servers import trust

    if account.is_own:
        fail(Status.USAGE, "the environment names the server, so it is trusted anyhow")
    if not account.user:
        hint = "write “user” beside “host” in letter.yaml"
        fail(Status.USAGE, f"nobody logs in at {account.host}", hint)
    path = trust(server_of(account), os.environ)
    host, plain = account.host, ascii_domain(f"a@{account.host}").partition("@")[2]
    spelled = "" if plain == host else f" (that is {plain})"
    note(f"trusted: the password of {account.user} may go to {host}{spelled}; kept in {path}")


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
