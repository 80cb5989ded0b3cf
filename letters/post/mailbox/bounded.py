"""An IMAP client that lets a server say so much after each command, and no more.

The library reads whatever a server announces, into memory.
"""

from __future__ import annotations

import imaplib
from typing import Any

from imapclient import IMAPClient

from letters.post.server_errors import ServerError

_ROOM = 8 << 20  # octets: enough for the numbers of a million messages
_LEAST = 400  # octets that a line counts for: the library takes its time for each


class _Bounded(imaplib.IMAP4):
    """Counts what comes, from one thing that is sent to the next."""

    room = left = _ROOM

    def read(self, size: int) -> bytes:
        self._take(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._take(max(_LEAST, len(line)))
        return line

    def send(self, data: Any) -> None:
        self.left = self.room
        super().send(data)

    def _take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise ServerError(f"{self.host} sends more than it was asked for")


class _BoundedTls(_Bounded, imaplib.IMAP4_SSL):
    pass


class Client(IMAPClient):  # type: ignore[misc]  # the library has no types
    """The library's client over a connection that is bounded."""

    def allow(self, octets: int) -> None:
        """Let the server say so much more after each of the next commands."""
        self._imap.room = _ROOM + octets

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - the library's name
        wait = self._timeout.connect
        if not self.ssl:
            return _Bounded(self.host, self.port, wait)
        return _BoundedTls(self.host, self.port, ssl_context=self.ssl_context, timeout=wait)
