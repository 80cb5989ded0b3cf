"""Mail servers that do what they are told, in a thread of the test: aiosmtpd, and a bare one."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


@dataclass
class Sink:
    """Takes mail, and keeps it. ``answers`` maps an address to the replies it gives in turn.

    Without slots: aiosmtpd reads every attribute of its handler, and up to Python 3.11.2 a class
    with slots has one (``__weakref__``) that can't be read.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    after_data: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name = name
        self.greetings.append(name)
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        waiting = self.answers.get(address, [])
        reply = waiting.pop(0) if waiting else "250 OK"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        reply = self.after_data.pop(0) if self.after_data else "250 taken"
        if reply.startswith("250"):
            self.mails.append(envelope.original_content)
            self.envelopes.append((envelope.mail_from, tuple(envelope.rcpt_tos)))
            self.options.append(envelope.mail_options)
            self.sessions.add(id(session))
        return reply

    def login(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right: \xc3\xa9", handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(sink: Sink, **settings: Any) -> Iterator[int]:
    """A real server on this computer; gives its port."""
    controller = Controller(
        *(sink, "127.0.0.1", free_port()),
        server_hostname="mail.test",
        ready_timeout=60,
        **settings,
    )
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def tls(folder: Any, *, expired: bool = False) -> tuple[ssl.SSLContext, str]:
    """A context for a server on 127.0.0.1, and the file of the authority that vouches for it."""
    from .authority import certified

    chain, authority = certified(folder, expired=expired)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context, authority


Script = Callable[["Talk"], None]


@dataclass(slots=True)
class Talk:
    """One connection to the bare server: read lines, say lines."""

    reader: Any
    connection: socket.socket

    def hear(self) -> bytes:
        line: bytes = self.reader.readline()
        return line.strip()

    def say(self, line: str) -> None:
        self.connection.sendall(line.encode() + b"\r\n")

    def say_ahead(self, *lines: str) -> None:
        """Say it all before it is asked for, and then no more until the other side hangs up.

        So only the silence takes time, and no answer is late where the computer is busy.
        """
        self.say("\r\n".join(lines))
        self.reader.read()

    def reset(self) -> None:
        """Hang up as a broken connection does, once the other side has spoken."""
        self.connection.recv(1)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def body(self) -> bytes:
        """All up to the lone dot, or to the end of the connection."""
        lines = []
        while (line := self.reader.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def until_data(self) -> None:
        """Greet, and say yes to everything up to DATA, which stays without an answer."""
        self.say("220 here")
        self.after_greeting()

    def after_greeting(self) -> None:
        while (line := self.hear().upper()) and line != b"DATA":
            self.say("250 yes")


@contextlib.contextmanager
def scripted(*scripts: Script) -> Iterator[int]:
    """A server that plays one script a connection, and hangs up after each; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def play() -> None:
            for script in scripts:
                try:
                    connection, _ = door.accept()
                except OSError:
                    return
                with (
                    contextlib.suppress(OSError),
                    connection,
                    connection.makefile("rb") as reader,
                ):
                    script(Talk(reader, connection))

        player = threading.Thread(target=play, daemon=True)
        player.start()
        yield int(door.getsockname()[1])
        with contextlib.suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        player.join(5)


def ids(mails: list[bytes]) -> Counter[str]:
    """How often each Message-ID came."""
    found: Counter[str] = Counter()
    for mail in mails:
        head = mail.partition(b"\r\n\r\n")[0].decode()
        line = next(row for row in head.splitlines() if row.lower().startswith("message-id:"))
        found[line.partition(":")[2].strip()] += 1
    return found


__all__ = ["SMTP", "Sink", "Talk", "free_port", "ids", "scripted", "serving", "tls"]
