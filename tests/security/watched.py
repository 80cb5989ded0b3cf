"""A watch over what a piece of the program does: what it opens, connects to and starts.

Python tells of it by audit events, in this process; a server of our own hears of what libraries do
beneath Python.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

_STARTS = ("os.system", "os.exec", "os.posix_spawn", "subprocess.Popen", "os.fork", "ctypes.dlopen")
_CONNECTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind")
_WRITES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.symlink", "os.link")
SECONDS = 15.0


class TooLongError(BaseException):
    """A piece of work took more processor time than a letter may have."""


@dataclass
class Watch:
    """``hits`` are the events that must not be; ``canary`` is a file that nobody may open.

    Where no file may be changed, ``writes`` are hits too.
    """

    canary: str = "/etc/passwd"
    hits: list[str] = field(default_factory=list)
    on: bool = False
    writes: bool = False

    def hear(self, event: str, details: tuple[Any, ...]) -> None:
        if not self.on:
            return
        is_opened = event == "open" and self.canary in str(details[0])
        is_written = self.writes and event in _WRITES
        if is_opened or is_written or event in _STARTS or event in _CONNECTS:
            self.hits.append(event)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Take events down, within bounds of processor time."""
        self.on = True
        try:
            with bounded():
                yield
        finally:
            self.on = False


WATCH = Watch()
_installed: list[bool] = []


def watch(*, writes: bool = False) -> Watch:
    """The one watch of this process: a hook can't be taken away again."""
    if not _installed:
        sys.addaudithook(WATCH.hear)
        _installed.append(True)
    WATCH.hits.clear()
    WATCH.writes = writes
    return WATCH


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Raise TooLongError where more processor time is taken."""

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A server that answers every call, and remembers what it was asked for."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                with line, suppress(OSError):
                    heard.append(line.recv(200))
                    line.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/css\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield int(door.getsockname()[1]), heard
        door.shutdown(socket.SHUT_RDWR)
        thread.join()
