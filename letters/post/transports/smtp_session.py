"""A connection to a mail server that can be trusted: TLS with a verified certificate, then login.

A password is never sent in the clear but to this very computer. Certificates are verified against
the system's authorities, or those of SSL_CERT_FILE.
"""

from __future__ import annotations

import base64
import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from typing import BinaryIO

from letters.post.account import Account
from letters.post.server_errors import ServerError, unreached

# Who says EHLO: RFC 5321 lets a client name an address; this one is everybody's.
EHLO = "[127.0.0.1]"
_WRONG = {
    "password": ("password", "some providers want a password made for programs"),
    "xoauth2": ("token", "tokens are short-lived: does the command print a new one?"),
}
_MOST_LINES = 100  # in one reply; the longest line is the library's


def opened(account: Account, password: str, connect: float, reply: float) -> smtplib.SMTP:
    """A session that is protected and logged in as the account asks; ServerError otherwise.

    ``connect`` and ``reply`` are seconds to wait for each.
    """
    where = f"{account.host}:{account.port}"
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _connected(account, connect)
        if smtp.sock is not None:
            smtp.sock.settimeout(reply)
        _greeted(smtp, account)
        if account.security != "tls":
            _protected(smtp, account)
        if account.user:
            _logged_in(smtp, account, password)
    except BaseException as error:
        if smtp is not None:
            smtp.close()
        if isinstance(error, OSError | smtplib.SMTPException | ValueError):
            raise _explained(error, where) from error
        raise
    return smtp


class _Answers:
    """What a server says, line by line: a reply that has no end counts as a broken connection."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.left = file, _MOST_LINES

    def readline(self, size: int) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise ConnectionAbortedError("a reply without an end")
        return self._file.readline(size)

    def close(self) -> None:
        self._file.close()


class _Session(smtplib.SMTP):
    def getreply(self) -> tuple[int, bytes]:
        if self.sock is not None:
            if self.file is None:
                self.file = _Answers(self.sock.makefile("rb"))
            self.file.left = _MOST_LINES
        return super().getreply()


class _TlsSession(_Session, smtplib.SMTP_SSL):
    pass


def _connected(account: Account, seconds: float) -> smtplib.SMTP:
    if account.security == "tls":
        context = ssl.create_default_context()
        with _shaking_hands():
            return _TlsSession(
                account.host, account.port, local_hostname=EHLO, timeout=seconds, context=context
            )
    return _Session(account.host, account.port, local_hostname=EHLO, timeout=seconds)


@contextlib.contextmanager
def _shaking_hands() -> Iterator[None]:
    """Whoever hangs up in it gives no protection; the system says it now one way, now another."""
    try:
        yield
    except (ConnectionResetError, ConnectionAbortedError, BrokenPipeError) as error:
        raise ssl.SSLError("hung up") from error


def _greeted(smtp: smtplib.SMTP, account: Account) -> None:
    code, _ = smtp.ehlo()
    if not 200 <= code < 300:
        raise ServerError(f"{account.host} did not answer the greeting ({code})")


def _protected(smtp: smtplib.SMTP, account: Account) -> None:
    if account.security == "none":
        return
    if smtp.has_extn("starttls"):
        with _shaking_hands():
            smtp.starttls(context=ssl.create_default_context())
        _greeted(smtp, account)
    elif account.security == "starttls" or not account.is_local:
        raise ServerError(
            f"{account.host}:{account.port} offers no protected connection (STARTTLS)",
            "ask your provider for the right port; nothing is sent in the clear",
        )


def _logged_in(smtp: smtplib.SMTP, account: Account, password: str) -> None:
    if not smtp.has_extn("auth"):
        raise ServerError(f"{account.host} takes no login here", "look at the port and the user")
    offered = smtp.esmtp_features["auth"].upper().split()
    user, secret = account.user, password
    if account.login == "xoauth2":
        if "XOAUTH2" not in offered:
            raise ServerError(
                f"{account.host} takes no tokens here", "write “login: password” in letter.yaml"
            )
        bearer = _b64(f"user={user}\x01auth=Bearer {secret}\x01\x01")
        code, _ = smtp.docmd("AUTH", f"XOAUTH2 {bearer}")
        if code == 334:  # the reason, which has to be answered before the refusal comes
            code, _ = smtp.docmd("")
    elif "PLAIN" in offered:
        plain = _b64(f"\0{user}\0{secret}")
        code, _ = smtp.docmd("AUTH", f"PLAIN {plain}")
    elif "LOGIN" in offered:
        code, _ = smtp.docmd("AUTH", f"LOGIN {_b64(user)}")
        if code == 334:
            code, _ = smtp.docmd(_b64(secret))
    else:
        hint = (
            "write “login: xoauth2” in letter.yaml"
            if "XOAUTH2" in offered
            else "ask your provider how to log in"
        )
        raise ServerError(f"{account.host} takes no passwords here", hint)
    if 500 <= code < 600:
        what, hint = _WRONG[account.login]
        raise ServerError(f"{account.host} refused the user name or the {what} ({code})", hint)
    if not 200 <= code < 300:
        raise ServerError(f"{account.host} can’t log anybody in just now ({code})", "try later")


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _explained(error: OSError | smtplib.SMTPException | ValueError, where: str) -> ServerError:
    if isinstance(error, smtplib.SMTPResponseException):
        if error.smtp_code < 200:
            return ServerError(f"what answers at {where} is no mail server", "look at the port")
        return ServerError(f"{where} turned us away ({error.smtp_code})", "try again later")
    return unreached(error, where)
