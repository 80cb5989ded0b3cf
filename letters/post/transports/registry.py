"""Which transports there are: the one place that knows each by name."""

from __future__ import annotations

from collections.abc import Callable

from letters.post.account import SMTP, Account
from letters.post.transports.interface import Transport
from letters.post.transports.smtp import SmtpConnection

Opener = Callable[[Account, Callable[[], str]], Transport]
"""Makes a transport of an account and of what gives its password, which is asked when needed."""

TRANSPORTS: dict[str, Opener] = {SMTP.scheme: SmtpConnection}
"""By the scheme of the account's service."""


def transport_to(account: Account, secret: Callable[[], str]) -> Transport:
    """What hands messages over to the account."""
    return TRANSPORTS[account.service.scheme](account, secret)
