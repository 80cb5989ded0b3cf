"""Daemons of a test's own: they run while a block does, and are gone with it in any case."""

from __future__ import annotations

import contextlib
import os
import signal
import socketserver
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_WAIT = 20.0  # seconds


@contextlib.contextmanager
def process(words: list[str], log: Path) -> Iterator[None]:
    """A process that ends with this block, and with this process even where that is killed."""
    tied = ["setpriv", "--pdeathsig", "TERM", *words]
    daemon = subprocess.Popen(
        tied, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
        said = log.read_text(encoding="utf-8") if log.exists() else ""
        assert daemon.poll() is None, said
    finally:
        daemon.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            daemon.wait(_WAIT)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(daemon.pid, signal.SIGKILL)
        daemon.wait(_WAIT)


@contextlib.contextmanager
def threaded(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def until(holds: Callable[[], object], seconds: float = _WAIT) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "a server does not get there"
        time.sleep(0.02)
