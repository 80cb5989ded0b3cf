"""SMTP step by step, so that what is certain and what is in doubt can be told apart.

The server's 354 is the border: before it nothing has left, after the first byte of the body only
the server knows. `SmtpConnection.deliver` calls back exactly there. What the server says is
passed on without any address in it. Nothing tells the server this computer's name.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec import Struct

from letters.post.account import Account
from letters.post.server_errors import without_addresses
from letters.post.transports.interface import (
    Decision,
    DoubtError,
    DroppedError,
    Reply,
    TakenError,
)
from letters.post.transports.smtp_session import opened


class Patience(Struct, frozen=True):
    """Seconds to wait for the server: to connect, for a reply, and for the one to the body.

    The last is ten minutes in RFC 5321: a server may check a body before it answers, and who hangs
    up too early is left in doubt.
    """

    connect: float = 30
    reply: float = 120
    body: float = 600


_PATIENCE = Patience()


class SmtpConnection:
    """One connection, opened when it is needed, kept for the next message, opened anew when lost.

    ``secret`` gives the password, and is asked once, when first needed.
    """

    def __init__(
        self, account: Account, secret: Callable[[], str], patience: Patience = _PATIENCE
    ) -> None:
        self._account, self._secret, self._patience = account, secret, patience
        self._smtp: smtplib.SMTP | None = None
        self._password: str | None = None

    def open(self) -> None:
        """Connect and log in, unless that is done. Raises ServerError."""
        if self._smtp is None:
            if self._account.user and (self._password is None or self._account.login == "xoauth2"):
                self._password = self._secret()
            connect, reply = self._patience.connect, self._patience.reply
            self._smtp = opened(self._account, self._password or "", connect, reply)

    def close(self) -> None:
        """Say goodbye, if there is anybody."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self.drop()

    def drop(self) -> None:
        """Hang up without a word."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def deliver(
        self, sender: str, addresses: Sequence[str], data: bytes, claim: Callable[[], bool]
    ) -> Reply:
        """Hand over one message; ``claim`` is called after the 354, before the body's first byte.

        The first address decides, others are copies. Raises ServerError, DroppedError, DoubtError,
        and TakenError where ``claim`` says no. What ``claim`` raises is raised, and nothing leaves.
        """
        self.open()
        smtp = self._smtp
        assert smtp is not None  # noqa: S101 - opened above
        try:
            reply, copies = self._envelope(smtp, sender, addresses, data)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise DroppedError(f"{_what(error)} before the message left") from error
        if reply is not None:
            return reply
        try:
            code, words = self._body(smtp, data, claim)
        except BaseException:
            self.drop()
            raise
        verdict = _verdict(code)
        if verdict is None:
            self.drop()
            raise DoubtError("the server’s answer to the message was none")
        if code == 421:
            self.drop()
        else:
            self._patient(smtp, self._patience.reply)
        return Reply(verdict, _said(code, words, (sender, *addresses)), copies)

    def _envelope(
        self, smtp: smtplib.SMTP, sender: str, addresses: Sequence[str], data: bytes
    ) -> tuple[Reply | None, int]:
        """Everything up to the 354: None when the server waits for the body, else its verdict."""
        options, missing = _options(smtp, (sender, *addresses), data)
        if missing:
            return Reply("refused", missing), 0
        code, words = smtp.mail(sender, options)
        if code != 250:
            return self._unfinished(smtp, code, words, (sender, *addresses)), 0
        code, words = smtp.rcpt(addresses[0])
        if code not in (250, 251):
            return self._unfinished(smtp, code, words, (sender, *addresses)), 0
        copies = sum(smtp.rcpt(address)[0] not in (250, 251) for address in addresses[1:])
        code, words = smtp.docmd("DATA")
        if code != 354:
            return self._unfinished(smtp, code, words, (sender, *addresses)), 0
        return None, copies

    def _unfinished(
        self, smtp: smtplib.SMTP, code: int, words: bytes, addresses: Sequence[str]
    ) -> Reply:
        verdict, said = _verdict(code), _said(code, words, addresses)
        if verdict is None or verdict == "accepted" or code == 421:
            self.drop()
            raise DroppedError(f"the server hung up before the message left: {said}")
        with suppress(OSError, smtplib.SMTPException):
            smtp.rset()
        return Reply(verdict, said)

    def _body(
        self, smtp: smtplib.SMTP, data: bytes, claim: Callable[[], bool]
    ) -> tuple[int, bytes]:
        if not claim():
            raise TakenError
        self._patient(smtp, self._patience.body)
        ended = data if data.endswith(b"\r\n") else data + b"\r\n"
        try:
            smtp.send((b"\r\n" + ended).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n")
            return smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise DoubtError(f"{_what(error)} while the server had the message") from error

    def _patient(self, smtp: smtplib.SMTP, seconds: float) -> None:
        if smtp.sock is not None:
            smtp.sock.settimeout(seconds)


def _options(smtp: smtplib.SMTP, addresses: Sequence[str], data: bytes) -> tuple[list[str], str]:
    """What MAIL says of the message; or why this server can't take it."""
    options: list[str] = []
    limit = smtp.esmtp_features.get("size", "")
    if limit.isdigit() and 0 < int(limit) < len(data):
        return [], f"the message has {len(data):,} bytes, and the server takes {int(limit):,}"
    if smtp.has_extn("size"):
        options.append(f"SIZE={len(data)}")
    if not data.isascii():
        if not smtp.has_extn("8bitmime"):
            return [], "the server doesn’t take such a message (no 8BITMIME)"
        options.append("BODY=8BITMIME")
    if not all(address.isascii() for address in addresses):
        if not smtp.has_extn("smtputf8"):
            return [], "the server doesn’t take an address with such letters (no SMTPUTF8)"
        options.append("SMTPUTF8")
    return options, ""


def _what(error: Exception) -> str:
    silent = isinstance(error, TimeoutError) or "timed out" in str(error)
    return "the server fell silent" if silent else "the connection broke"


def _verdict(code: int) -> Decision | None:
    """None for what is no answer to the question."""
    if 200 <= code < 300:
        return "accepted"
    if 400 <= code < 500:
        return "later"
    return "refused" if 500 <= code < 600 else None


def _said(code: int, words: bytes, addresses: Sequence[str]) -> str:
    return f"{code} {without_addresses(words.decode('utf-8', 'replace'), addresses)}".strip()
