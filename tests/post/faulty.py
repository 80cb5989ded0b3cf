"""A mail server in a process of its own that counts what it takes, and often misbehaves.

It speaks STARTTLS and AUTH. Once the whole body of a message has come and it has made up its mind
to take it, it writes the Message-ID down, before it answers: what is written there has arrived,
whatever the sender comes to know of it. A file ``calm`` beside that list makes it behave.
"""

from __future__ import annotations

import os
import random
import signal
import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .authority import certified

# What goes wrong, and in how many messages of a thousand. The first ones are at the door.
FAULTS = {
    "no greeting": 5,
    "421 at once": 5,
    "cut at MAIL": 5,
    "421 at RCPT": 5,
    "451 at RCPT": 20,
    "cut at DATA": 5,
    "451 at DATA": 5,
    "cut after 354": 5,
    "cut in the body": 5,
    "451 after the dot": 10,
    "421 after the dot": 5,
    "taken, then cut": 5,
    "taken, then nonsense": 5,
    "not taken, then cut": 5,
}


class Cut(Exception):  # noqa: N818 - not an error of the test's
    """Hang up."""


class Talk(socketserver.BaseRequestHandler):
    """One connection."""

    server: Server

    def handle(self) -> None:
        with suppress(Cut, OSError):
            self.server.living(1)
            self.lines = self.request.makefile("rb")
            try:
                self.converse()
            finally:
                self.lines.close()
                self.request.close()
                self.server.living(-1)

    def converse(self) -> None:
        self.fault = self.server.next_fault()
        self.maybe("no greeting")
        if self.fault == "421 at once":
            self.server.met(self.fault)
            self.say("421 go away", cut=True)
        self.say("220 here")
        while line := self.lines.readline():
            word = line.split(b":")[0].split()[0].upper().decode() if line.strip() else ""
            if word == "STARTTLS":
                self.say("220 go on")
                self.lines.close()
                self.request = self.server.context.wrap_socket(self.request, server_side=True)
                self.lines = self.request.makefile("rb")
            elif word == "EHLO":
                self.say("250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN")
            elif word == "AUTH":
                self.say("235 you are")
            elif word == "DATA":
                self.data()
                self.fault = self.server.next_fault()
            else:
                self.maybe(f"cut at {word}")
                if not self.said(f"421 at {word}", f"451 at {word}"):
                    self.say("250 yes")

    def data(self) -> None:
        self.maybe("cut at DATA")
        if self.said("451 at DATA"):
            return
        self.say("354 go on")
        self.maybe("cut after 354")
        identity = self.lines.readline()
        if self.fault == "cut in the body":
            self.lines.readline()
            self.maybe(self.fault)
        while (part := self.lines.readline()) not in (b".\r\n", b""):
            pass
        if not part:
            raise Cut
        self.maybe("not taken, then cut")
        if self.said("451 after the dot", "421 after the dot"):
            return
        self.server.take(identity)
        self.maybe("taken, then cut")
        if self.fault == "taken, then nonsense":
            self.server.met(self.fault)
            self.say("what was that", cut=True)
        self.say("250 taken")

    def say(self, line: str, *, cut: bool = False) -> None:
        self.request.sendall(line.encode() + b"\r\n")
        if cut:
            raise Cut

    def said(self, *faults: str) -> bool:
        """Whether the fault was one of these answers, which was then given."""
        if self.fault not in faults:
            return False
        self.server.met(self.fault)
        code = self.fault.split()[0]
        self.fault = ""
        self.say(f"{code} as it happens", cut=code == "421")
        return True

    def maybe(self, fault: str) -> None:
        if self.fault == fault:
            self.server.met(fault)
            raise Cut


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.folder, self.chance, self.lock = folder, random.Random(seed), threading.Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "server.pem")
        self.alive = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that is killed in the middle of a handshake is nothing to tell of."""

    def next_fault(self) -> str:
        with self.lock:
            calm = (self.folder / "calm").exists()
            luck = self.chance.randrange(1000)
        for fault, share in FAULTS.items():
            luck -= share
            if luck < 0:
                return "" if calm else fault
        return ""

    def living(self, change: int) -> None:
        with self.lock:
            self.alive += change
            (self.folder / "alive").write_text(str(self.alive))

    def take(self, identity: bytes) -> None:
        self.write("taken", identity.decode().strip())

    def met(self, fault: str) -> None:
        self.write("met", fault)

    def write(self, name: str, line: str) -> None:
        with self.lock, (self.folder / name).open("a") as file:
            file.write(f"{line}\n")


class Faulty:
    """The process, from outside."""

    user, password = "me", "password"

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.authority = str(folder / "authority.pem")

    def calm_down(self) -> None:
        (self.folder / "calm").touch()

    def taken(self) -> Counter[str]:
        """How often each message was taken; waits until every conversation is over."""
        deadline = time.monotonic() + 120
        while (self.folder / "alive").read_text() not in ("", "0"):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return self._counted("taken")

    def met(self) -> Counter[str]:
        """How often each fault happened."""
        return self._counted("met")

    def _counted(self, name: str) -> Counter[str]:
        path = self.folder / name
        return Counter(path.read_text().splitlines()) if path.exists() else Counter()


@contextmanager
def serving(folder: Path, seed: int) -> Iterator[Faulty]:
    """The server as a fork of this process, which must have no threads."""
    certified(folder)
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        with suppress(BaseException):
            server = Server(folder, seed)
            os.write(writing, f"{server.server_address[1]}\n".encode())
            server.serve_forever()
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as lines:
        port = int(lines.readline())
    try:
        yield Faulty(folder, port)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


__all__ = ["FAULTS", "Faulty", "serving"]
