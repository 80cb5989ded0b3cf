"""Daemons of a test's own: they run while a block does, and are gone with it in any case."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

_WAIT = 120.0  # seconds, of which a quiet computer takes one


# Ends the daemon when nobody holds the other end of its input any more.
_GUARD = '"$@" & daemon=$!; read -r line; kill "$daemon"; wait "$daemon"'


@contextlib.contextmanager
def process(words: list[str]) -> Iterator[None]:
    """A process that ends with this block, and with this process even where that is killed."""
    guard = subprocess.Popen(
        ["sh", "-c", _GUARD, "sh", *words],
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert guard.stdin is not None
    try:
        yield
    finally:
        guard.stdin.close()
        guard.wait(_WAIT)


@contextlib.contextmanager
def threaded(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def free_ports(count: int) -> range:
    """Some that are free, below those that the system gives to clients meanwhile."""
    for turn in range(1000):
        first = 20_000 + (os.getpid() + turn) * count % 12_000
        with contextlib.suppress(OSError):
            for port in range(first, first + count):
                with socket.create_server(("127.0.0.1", port)):
                    pass
            return range(first, first + count)
    raise AssertionError("there are no free ports")


def until(holds: Callable[[], object], seconds: float = _WAIT) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "a server does not get there"
        time.sleep(0.02)
