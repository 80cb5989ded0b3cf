"""A real Postfix in a process of its own, in the place of the server that misbehaves.

Some of the recipients are greylisted at first. Its threads are in that process too, so that the one
that kills senders can be forked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .postfix import PASSWORD, USER, Postfix, running

_NEWCOMERS = [f"r{number}@example.org" for number in range(0, 400, 10)]


class Real:
    """The process, from outside."""

    user, password = USER, PASSWORD

    def __init__(self, server: Postfix) -> None:
        self._server = server
        self.port, self.authority = server.starttls, server.authority

    def calm_down(self) -> None:
        """It is calm."""

    def taken(self) -> Counter[str]:
        """How often each message was delivered, once nothing is on its way any more."""
        return Counter(
            line.decode()
            for _, mail in self._server.delivered()
            for line in mail.partition(b"\n\n")[0].splitlines()
            if line.startswith(b"Message-ID: ")
        )

    def met(self) -> Counter[str]:
        """How often it refused, and broken connections, by its own log."""
        log = (self._server.folder / "log").read_text()
        return Counter({word: log.count(word) for word in (": 450 ", ": 550 ", "lost connection")})


@contextmanager
def serving(folder: Path, seed: int) -> Iterator[Real]:
    """One for a round; ``folder`` and ``seed`` are for the server whose place it takes."""
    del folder, seed
    words = [sys.executable, "-m", "tests.post.real"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        where, *ports = json.loads(process.stdout.readline())
        yield Real(Postfix(Path(where), *ports))
        process.stdin.close()


if __name__ == "__main__":
    with running() as server:
        server.newcomers.update(_NEWCOMERS)
        ports = (server.starttls, server.tls, server.expired, server.small)
        sys.stdout.write(f"{json.dumps([str(server.folder), *ports])}\n")
        sys.stdout.flush()
        sys.stdin.read()
