"""A conversation with an IMAP server, as well protected as one with a mail server.

The library speaks the protocol; here is what it doesn't do: certificates are always verified,
nothing is in the clear but to this very computer, and every error is a sentence without a password
or an address in it.
"""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from msgspec import Struct

from letters.counting import listed
from letters.post.account import Account
from letters.post.server_errors import ServerError, unreached, without_addresses

if TYPE_CHECKING:
    from letters.post.mailbox.bounded import Client

CONNECT, REPLY = 30.0, 120.0  # seconds to wait
_AT_ONCE = 200  # messages of which the heads are asked for in one question
_HEAD = 1 << 13  # octets of a head that are read

Criteria = Sequence[Any]
"""What to search for, as IMAPClient takes it: words, dates, and lists of these."""


class NoError(ServerError):
    """The server said no to one command; the conversation goes on. ``code`` is its reason."""

    def __init__(self, message: str, hint: str = "", code: str = "") -> None:
        self.code = code
        super().__init__(message, hint)


class Found(Struct, frozen=True):
    """A message as far as it was read: its number, size in octets, when it came, and octets."""

    number: int
    size: int
    came: dt.datetime
    data: bytes


class Session:
    """A connection that is protected and logged in. Close it, or use it in a ``with`` block.

    Every method may raise ServerError.
    """

    def __init__(self, client: Client, account: Account, secret: str) -> None:
        self._client, self._secret = client, secret
        self.host = account.host
        self._where = f"{account.host}:{account.port}"

    @classmethod
    def open(
        cls, account: Account, secret: str, *, connect: float = CONNECT, reply: float = REPLY
    ) -> Self:
        """Connect and log in; ServerError where that can't be done."""
        from imapclient import SocketTimeout

        from letters.post.mailbox.bounded import Client

        where = f"{account.host}:{account.port}"
        context = ssl.create_default_context()
        with _explained(where, account.host):
            client = Client(
                account.host,
                account.port,
                ssl=account.security == "tls",
                ssl_context=context,
                timeout=SocketTimeout(connect, reply),
            )
        try:
            with _explained(where, account.host):
                client.normalise_times = False
                _protected(client, account, context)
                _logged_in(client, account, secret)
        except BaseException:
            with suppress(Exception):
                client.shutdown()
            raise
        return cls(client, account, secret)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(Exception):
            if error is None or isinstance(error, NoError):
                self._client.logout()
            else:  # nobody knows what the server is waiting for
                self._client.shutdown()

    def special(self, name: Literal["Drafts", "Sent"]) -> str:
        """The folder that the server marks so, whatever it is called; "" where there is none."""
        with self._told():
            return str(self._client.find_special_folder(f"\\{name}".encode()) or "")

    def enter(self, folder: str) -> None:
        """Open a folder to read; nothing in it is changed, nor marked as read."""
        try:
            with self._told():
                self._client.select_folder(folder, readonly=True)
        except NoError as error:
            if error.code not in ("", "NONEXISTENT", "TRYCREATE", "CANNOT"):
                raise
            names = listed([f"“{name}”" for name in self._folders()])
            raise ServerError(
                f"{self.host} has no folder “{folder}”",
                f"there are {names}" if names else "look at “mail: imap:” in letter.yaml",
            ) from error

    def search(self, criteria: Criteria) -> list[int]:
        """The numbers of the messages in the folder that fit, in their order."""
        with self._told():
            return sorted(self._client.search(criteria))

    def heads(self, numbers: Sequence[int], fields: Sequence[str]) -> Iterator[Found]:
        """Those fields of each message's head; none of a message of which the server says less."""
        wanted = f"BODY.PEEK[HEADER.FIELDS ({' '.join(fields).upper()})]<0.{_HEAD}>"
        for start in range(0, len(numbers), _AT_ONCE):
            yield from self._fetched(numbers[start : start + _AT_ONCE], wanted, _HEAD)

    def read(self, number: int, largest: int) -> Found | None:
        """One message, or as much of it as ``largest`` octets; None where it is gone."""
        self._client.allow(largest)
        return next(iter(self._fetched([number], f"BODY.PEEK[]<0.{largest}>", largest)), None)

    def put_draft(self, folder: str, data: bytes) -> None:
        """Put a message into a folder, as a draft that nobody has to read; NoError if refused."""
        with self._told():
            self._client.append(folder, data, flags=(rb"\Draft", rb"\Seen"))

    def _fetched(self, numbers: Sequence[int], wanted: str, largest: int) -> list[Found]:
        with self._told():
            answer = self._client.fetch(numbers, ["RFC822.SIZE", "INTERNALDATE", wanted])
        found = []
        for number, values in answer.items():
            data = next((v for k, v in values.items() if k.startswith(b"BODY[")), b"") or b""
            size, came = values.get(b"RFC822.SIZE"), values.get(b"INTERNALDATE")
            if isinstance(size, int) and isinstance(came, dt.datetime) and came.tzinfo:
                found.append(Found(number, size, came.astimezone(dt.UTC), data[:largest]))
        return found

    def _folders(self) -> list[str]:
        with suppress(ServerError), self._told():
            listed: Iterable[tuple[Any, Any, str]] = self._client.list_folders()
            return sorted(name for flags, _, name in listed if rb"\Noselect" not in flags)[:12]
        return []

    @contextmanager
    def _told(self) -> Iterator[None]:
        with _explained(self._where, self.host, self._secret):
            yield


def _protected(client: Client, account: Account, context: ssl.SSLContext) -> None:
    if account.security in ("tls", "none"):
        return
    if client.has_capability("STARTTLS"):
        client.starttls(context)
    elif account.security == "starttls" or not account.is_local:
        raise ServerError(
            f"{account.host}:{account.port} offers no protected connection (STARTTLS)",
            "ask your provider for the right port; nothing goes in the clear",
        )


def _logged_in(client: Client, account: Account, secret: str) -> None:
    from imapclient.exceptions import IMAPClientAbortError, LoginError

    user, host = account.user, account.host
    try:
        if account.login == "xoauth2":
            bearer = f"user={user}\x01auth=Bearer {secret}\x01\x01"
            # A refusal comes as a challenge with the reason, which has to be answered first.
            answers = iter([bearer])
            client.sasl_login("XOAUTH2", lambda _: next(answers, ""))
        elif client.has_capability("AUTH=PLAIN"):
            client.plain_login(user, secret)
        elif client.has_capability("LOGINDISABLED"):
            raise ServerError(f"{host} takes no login here", "look at port and security")
        elif (user + secret).isascii() and (user + secret).isprintable():
            client.login(user, secret)
        else:
            raise ServerError(f"{host} takes no password with such letters as yours has")
    except LoginError as error:
        if isinstance(error.__context__, IMAPClientAbortError):
            raise error.__context__ from None
        if "[UNAVAILABLE]" in str(error):
            raise ServerError(f"{host} can’t log anybody in just now", "try later") from None
        raise ServerError(
            f"{host} refused the user name or the password",
            "some providers want a password made for programs, and IMAP to be switched on",
        ) from None


@contextmanager
def _explained(where: str, host: str, secret: str = "") -> Iterator[None]:
    """Turn what the library raises into words for a person, which never hold the ``secret``."""
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

    try:
        yield
    except IMAPClientAbortError as error:
        raise unreached(error, where) from error
    except IMAPClientError as error:
        raise _no(error, host, secret) from error
    except (OSError, ValueError, LookupError, TypeError, AssertionError, RecursionError) as error:
        # A server that talks nonsense is to be believed no more than one that falls silent.
        raise unreached(error, where) from error


def _no(error: Exception, host: str, secret: str) -> NoError:
    words = _plain(error)
    words = without_addresses(words.replace(secret, "…") if secret else words)
    code = words.partition("[")[2].partition("]")[0].partition(" ")[0].upper()
    if code == "OVERQUOTA" or "quota" in words.lower():
        return NoError(f"your mailbox at {host} is full", "make room in it; then go on", code)
    return NoError(f"{host} says no: {words}", code=code)


def _plain(error: Exception) -> str:
    """The server's words; the library gives them as they look in Python."""
    words = str(error)
    for mark in ("b'", 'b"'):
        if mark in words:
            return words.partition(mark)[2].rpartition(mark[1])[0]
    return words
