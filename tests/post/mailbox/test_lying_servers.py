"""IMAP servers that lie: each ends with a sentence, in bounds, and none gets a password by it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from letters.post.account import IMAP, Account
from letters.post.mailbox import bounded
from letters.post.mailbox.session import Session
from letters.post.server_errors import ServerError
from post.servers import Talk, scripted, tls

SECRET = "s3cret-of-mine"
IN_BASE64 = b"AG1lAHMzY3JldC1vZi1taW5l"


def session(port: int, security: str = "none", host: str = "127.0.0.1") -> str:
    """What a person is told of a whole conversation; "" where all went well."""
    who = Account(host, port, security, "me", service=IMAP)  # type: ignore[arg-type]
    try:
        with Session.open(who, SECRET, connect=60, reply=60) as mailbox:
            folder = mailbox.special("Drafts") or "INBOX"
            mailbox.enter(folder)
            numbers = mailbox.search(["ALL"])
            list(mailbox.heads(numbers[:10], ["Subject"]))
            mailbox.read(1, 1_000)
            mailbox.put_draft(folder, b"Subject: x\r\n\r\nx\r\n")
    except ServerError as error:
        said = error.sentence
        assert said
        assert "\n" not in said
        assert len(said) < 600
        assert SECRET not in said
        return said
    return ""


GREETINGS = {
    "nothing": b"",
    "one octet": b"*",
    "no line": b"A" * 3_000_000,
    "a long line": b"* OK " + b"A" * 3_000_000 + b"\r\n",
    "zeros": b"\0" * 70_000 + b"\r\n",
    "another protocol": b"220 mail.test ESMTP\r\n",
    "HTTP": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "TLS": bytes.fromhex("16030100050100000100"),
    "no UTF-8": b"* OK \xff\xfe\x80\r\n",
    "it says goodbye": b"* BYE no more\r\n",
    "goodbye with an escape": b"* BYE \x1b[2J\x07\r\n",
    "a literal": b"* OK {99999999999999999999}\r\n",
    "a literal below zero": b"* OK {-1}\r\n",
    "a literal that is none": b"* OK {abc}\r\n",
    "a literal that ends": b"* OK {10}\r\nabc",
    "many lines": b"* OK\r\n" * 400_000,
    "an answer to no question": b"A0001 OK done\r\n",
    "a plus": b"+ go on\r\n",
    "it is let in already": b"* PREAUTH welcome\r\n",
}


@pytest.mark.parametrize("kind", GREETINGS)
def test_a_greeting_that_is_none_is_told_of(kind: str) -> None:
    def play(talk: Talk) -> None:
        with suppress(OSError):
            talk.connection.sendall(GREETINGS[kind])
            talk.connection.shutdown(socket.SHUT_WR)
            talk.reader.read()

    with scripted(play) as port:
        assert session(port)


ANSWERS = {
    "no tag": "OK done",
    "another tag": "ZZZZ999 OK done",
    "another word": "TAG PERHAPS done",
    "nothing behind the tag": "TAG",
    "a bad one": "TAG BAD what",
    "goodbye": "* BYE so long",
    "brackets": "* 1 FETCH " + "(" * 5_000 + "|TAG OK done",
    "quotation marks": '* LIST () "/" "|TAG OK done',
    "a large literal": "* 1 FETCH (UID 1 BODY[] {4000000000}|x",
    "a literal below zero": "* 1 FETCH (UID 1 BODY[] {-5}|x)|TAG OK done",
    "a literal of 5,000 digits": "* 1 FETCH (UID 1 BODY[] {" + "9" * 5_000 + "}|x)|TAG OK done",
    "numbers that are none": "* SEARCH one two 3|TAG OK done",
    "numbers of 5,000 digits": "* SEARCH " + "9" * 5_000 + "|TAG OK done",
    "numbers below zero": "* SEARCH -1 0 -2|TAG OK done",
    "a date that is none": '* 1 FETCH (UID 1 INTERNALDATE "99-Foo-9999 99:99:99 +9999")|TAG OK done',
    "a folder of bytes": '* LIST (\\Drafts) "/" {3}|\x00\x01\x02|TAG OK done',
    "a folder that is no UTF-7": '* LIST (\\Drafts) "/" "&///-&A-"|TAG OK done',
    "capabilities that are none": "* CAPABILITY|TAG OK done",
    "words with an address and an escape": "TAG NO [ALERT] \x1b[2J me@example.org\u202e is wrong",
    "an endless word": "TAG NO " + "z" * 900_000,
    "the password itself": f"TAG NO you said {SECRET}",
}  # fmt: skip


@pytest.mark.parametrize("at", ["login", "after"])
@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_that_is_none_ends_in_a_sentence(kind: str, at: str) -> None:
    def play(talk: Talk) -> None:
        talk.say("* OK here")
        is_in = at == "login"
        with suppress(OSError):
            while line := talk.hear():
                tag, _, command = line.decode("utf-8", "replace").partition(" ")
                if is_in and "CAPABILITY" not in command:
                    for row in ANSWERS[kind].split("|"):
                        talk.say(row.replace("TAG", tag))
                    continue
                if "CAPABILITY" in command:
                    talk.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
                elif "AUTHENTICATE" in command:
                    talk.say("+ ")
                    talk.hear()
                    is_in = True
                talk.say(f"{tag} OK done")
            return

    def ended(talk: Talk) -> None:
        talk.connection.settimeout(2)  # a script that waits for more than comes is at its end
        play(talk)

    with scripted(ended) as port:
        session(port)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Talk], Talk]]:
    """What turns a conversation into a protected one, with a certificate that is trusted."""
    context, authority = tls(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    made: list[Talk] = []

    def protect(talk: Talk) -> Talk:
        wrapped = context.wrap_socket(talk.connection, server_side=True)
        made.append(Talk(wrapped.makefile("rb"), wrapped))
        return made[-1]

    yield protect
    for each in made:
        each.reader.close()
        each.connection.close()


STRIPPED = {
    "it is not offered": ("* CAPABILITY IMAP4rev1 AUTH=PLAIN", "TAG OK done", ""),
    "it is refused": ("* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN", "TAG OK done", "TAG NO not now"),
    "it is bad": ("* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN", "TAG OK done", "TAG BAD what"),
    "it is said and not done": (
        "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN", "TAG OK done", "TAG OK go on"),
    "it goes on in the clear": (
        "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN", "TAG OK done",
        "TAG OK go on|* CAPABILITY IMAP4rev1 AUTH=PLAIN|TAG OK done"),
}  # fmt: skip


@pytest.mark.parametrize("security", ["starttls", "offered"])
@pytest.mark.parametrize("kind", STRIPPED)
def test_who_takes_the_protection_away_gets_no_password(kind: str, security: str, far: str) -> None:
    heard: list[bytes] = []

    def play(talk: Talk) -> None:
        first, done, second = STRIPPED[kind]
        talk.say("* OK here")
        with suppress(OSError):
            while line := talk.hear():
                heard.append(line)
                tag = line.partition(b" ")[0].decode("utf-8", "replace")
                if b"CAPABILITY" in line:
                    talk.say(first)
                    talk.say(done.replace("TAG", tag))
                else:
                    for row in filter(None, second.split("|")):
                        talk.say(row.replace("TAG", tag))
                    if "go on" in second:
                        talk.connection.shutdown(socket.SHUT_WR)

    with scripted(play) as port:
        assert session(port, security, far)
    assert not any(b"AUTHENTICATE" in line or b"LOGIN" in line for line in heard)
    assert not any(SECRET.encode() in line or IN_BASE64 in line for line in heard)


@pytest.mark.parametrize(
    "injected",
    [
        "* CAPABILITY IMAP4rev1 AUTH=PLAIN",
        "* CAPABILITY IMAP4rev1 LOGINDISABLED",
        "* OK [ALERT] send it again",
        "* BYE",
        "A0003 OK you are in",
    ],
)
def test_what_is_put_in_before_the_protection_is_not_believed(
    injected: str, trusted: Callable[[Talk], Talk]
) -> None:
    """Said in one breath with the answer to STARTTLS, and so by anybody on the way."""
    within: list[bytes] = []

    def play(talk: Talk) -> None:
        talk.say("* OK here")
        tag = talk.hear().split()[0].decode()
        talk.say(f"* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK done")
        tag = talk.hear().split()[0].decode()
        talk.say(f"{tag} OK go on\r\n{injected}")
        with suppress(OSError):
            safe = trusted(talk)
            while line := safe.hear():
                within.append(line)
                tag, _, command = line.decode().partition(" ")
                if "CAPABILITY" in command:
                    safe.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
                elif "AUTHENTICATE" in command:
                    safe.say("+ ")
                    within.append(safe.hear())
                    safe.say(f"{tag} NO it is wrong")
                    continue
                safe.say(f"{tag} OK done")

    with scripted(play) as port:
        said = session(port, "starttls")
    # The whole conversation begins anew within; nothing that was put in ended it or sped it up.
    assert "refused the user name or the password" in said
    assert any(b"CAPABILITY" in line for line in within)
    assert IN_BASE64 in within


def test_an_answer_that_comes_in_drops_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LONGEST", 0.5)

    def play(talk: Talk) -> None:
        with suppress(OSError):
            talk.say("* OK here")
            talk.hear()
            while not talk.connection._closed:  # type: ignore[attr-defined]
                talk.connection.sendall(b"*")
                talk.connection.settimeout(0.02)
                with suppress(TimeoutError):
                    if not talk.connection.recv(1):
                        return

    with scripted(play) as port:
        assert "the connection to" in session(port)
