"""An IMAP client that lets a server say so much after each command, and no more.

The library reads whatever a server announces, into memory; and it waits for each octet anew, so
that one that comes now and then would keep it for ever. After each command there is an end to both.
"""

from __future__ import annotations

import imaplib
import socket
import threading
from contextlib import suppress
from typing import Any

from imapclient import IMAPClient

from letters.post.server_errors import ServerError

_ROOM = 8 << 20  # octets: enough for the numbers of a million messages
LONGEST = 900.0  # seconds for one answer, however many pieces it comes in
_LEAST = 400  # octets that a line counts for: the library takes its time for each


class _Bounded(imaplib.IMAP4):
    """Counts what comes, from one thing that is sent to the next."""

    room = left = _ROOM
    _watch: threading.Timer | None = None

    def open(self, *args: Any, **named: Any) -> None:
        super().open(*args, **named)
        self._wait()

    def shutdown(self) -> None:
        if self._watch:
            self._watch.cancel()
        super().shutdown()

    def read(self, size: int) -> bytes:
        self._take(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._take(max(_LEAST, len(line)))
        return line

    def send(self, data: Any) -> None:
        self.left = self.room
        self._wait()
        super().send(data)

    def _wait(self) -> None:
        """Begin to wait for an answer; what is late then finds the connection closed."""
        if self._watch:
            self._watch.cancel()
        self._watch = threading.Timer(LONGEST, self._give_up)
        self._watch.daemon = True
        self._watch.start()

    def _give_up(self) -> None:
        with suppress(OSError, ValueError):
            self.sock.shutdown(socket.SHUT_RDWR)

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
