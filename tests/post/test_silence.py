"""Servers that fall silent, hang up or talk nonsense, at each step: what is said of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import pytest

from letters.post import sending
from letters.post.account import Account
from letters.post.server_errors import ServerError
from letters.post.transports import registry, smtp
from letters.post.transports.smtp_session import opened

from .desk import LONG, Desk
from .servers import Talk, scripted

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


def silent(talk: Talk) -> None:
    talk.reader.read()


def gone(talk: Talk) -> None:
    """Hang up at once."""


def full(talk: Talk) -> None:
    talk.say("554 no more connections")


def web(talk: Talk) -> None:
    talk.say("HTTP/1.1 400 Bad Request")


def endless(talk: Talk) -> None:
    while True:
        talk.say("220-" + "A" * 4_000)


def silent_at_ehlo(talk: Talk) -> None:
    talk.say_ahead("220 here")


def gone_at_starttls(talk: Talk) -> None:
    talk.say("220 here")
    talk.hear()
    talk.say("250-here\r\n250 STARTTLS")
    talk.hear()
    talk.say("220 go on")


def cut_at_starttls(talk: Talk) -> None:
    """Hang up with a reset, which is what a client sees that has just begun to speak."""
    gone_at_starttls(talk)
    talk.reset()


def cut_at_once(talk: Talk) -> None:
    talk.reset()


def silent_at_login(talk: Talk) -> None:
    talk.say_ahead("220 here", "250-here", "250 AUTH PLAIN")


def busy_at_login(talk: Talk) -> None:
    talk.say("220 here")
    talk.hear()
    talk.say("250-here\r\n250 AUTH PLAIN")
    talk.hear()
    talk.say("454 come again")


def no_known_login(talk: Talk) -> None:
    talk.say("220 here")
    talk.hear()
    talk.say("250-here\r\n250 AUTH CRAM-MD5")


def tokens_alone(talk: Talk) -> None:
    talk.say("220 here")
    talk.hear()
    talk.say("250-here\r\n250 AUTH XOAUTH2")


SILENT = (silent_at_ehlo, silent_at_login)


@pytest.mark.parametrize(
    ("script", "security", "words"),
    [
        (silent, "offered", "{} does not answer"),
        (silent, "tls", "{} does not answer"),
        (gone, "offered", "the connection to {} failed"),
        (full, "offered", "{} turned us away (554)"),
        (endless, "offered", "the connection to {} failed"),
        (web, "offered", "what answers at {} is no mail server"),
        (web, "tls", "no protected connection to {}"),
        (silent_at_ehlo, "offered", "{} does not answer"),
        (gone_at_starttls, "starttls", "no protected connection to {}"),
        (cut_at_starttls, "starttls", "no protected connection to {}"),
        (cut_at_once, "tls", "no protected connection to {}"),
        (silent_at_login, "offered", "{} does not answer"),
        (busy_at_login, "offered", "127.0.0.1 can’t log anybody in just now (454)"),
        (no_known_login, "offered", "127.0.0.1 takes no passwords here"),
        (tokens_alone, "offered", "127.0.0.1 takes no passwords here"),
    ],
)
def test_what_happens_at_the_door_is_said(
    script: Callable[[Talk], None], security: Literal["offered", "tls", "starttls"], words: str
) -> None:
    greeted, answered = (0.2 if script is silent else 60), (0.2 if script in SILENT else 60)
    with scripted(script) as port:
        account = Account("127.0.0.1", port, security, "me")
        with pytest.raises(ServerError) as refused:
            opened(account, "password", greeted, answered)
    assert str(refused.value) == words.format(f"127.0.0.1:{port}")
    assert refused.value.hint


def test_a_server_that_wants_a_token_or_none_is_told_from_a_wrong_one() -> None:
    with scripted(tokens_alone, busy_at_login) as port:
        for login, hint in (("password", "login: xoauth2"), ("xoauth2", "login: password")):
            account = Account("127.0.0.1", port, "offered", "me", login)  # type: ignore[arg-type]
            with pytest.raises(ServerError) as refused:
                opened(account, "secret", 60, 60)
            assert hint in refused.value.hint


def hang_at(word: str, answer: str = "") -> Callable[[Talk], None]:
    """Say yes up to a command, and then an answer, or nothing, and wait."""
    before = ("EHLO", "MAIL", "RCPT", "DATA").index(word)

    def script(talk: Talk) -> None:
        talk.say_ahead("220 here", *["250 yes"] * before, *[answer] * bool(answer))

    return script


SOON = smtp.Patience(connect=60, reply=0.2, body=0.2)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (hang_at("MAIL"), "the server fell silent before the message left"),
        (hang_at("RCPT"), "the server fell silent before the message left"),
        (hang_at("DATA"), "the server fell silent before the message left"),
        (hang_at("DATA", "421 bye"), "the server hung up before the message left: 421 bye"),
    ],
)
def test_what_happens_before_the_body_puts_the_message_off(
    desk: Desk, script: Callable[[Talk], None], words: str
) -> None:
    desk.names = ("one",)
    desk.queue()
    with scripted(script, script) as port:
        line = smtp.SmtpConnection(Account("127.0.0.1", port, "none"), str, SOON)
        sending.SendingRun(desk.outbox, line, desk.news.append, pauses=()).send(desk.outbox.items())
    assert [step.words for step in desk.news] == [words]
    assert [(item.state, item.reply) for item in desk.outbox.items()] == [("deferred", words)]


def hang_up_in_the_body(talk: Talk) -> None:
    talk.until_data()
    talk.say("354 go on")
    talk.hear()


@pytest.mark.parametrize(
    ("script", "patience", "status", "words"),
    [
        (hang_at("DATA"), SOON, 4, "put off: the server fell silent before the message left"),
        (hang_at("DATA", "354 go"), SOON, 3, "doubt: the server fell silent while the server had"),
        (
            hang_up_in_the_body,
            LONG,
            3,
            "in doubt: the connection broke while the server had the message",
        ),
    ],
)
def test_the_command_says_it_too(
    script: Callable[[Talk], None],
    patience: smtp.Patience,
    status: int,
    words: str,
    final: CampaignFolder,
    run: Letters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "SendingRun", functools.partial(sending.SendingRun, pauses=()))
    impatient = functools.partial(smtp.SmtpConnection, patience=patience)
    monkeypatch.setitem(registry.TRANSPORTS, "smtp", impatient)
    with scripted(script, script) as port:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        done = run("send", "--to", "minister", "--confirm", "1")
    assert done.status == status, done.stderr
    assert "1 of 1: minister: " in done.stderr
    assert words in done.stderr


def test_a_reply_without_an_end_is_read_up_to_a_bound(desk: Desk) -> None:
    said = list[int]()

    def script(talk: Talk) -> None:
        talk.say("220 here")
        talk.hear()
        for number in range(1_000_000):
            said.append(number)
            talk.say("250-" + "A" * 4_000)

    desk.queue()
    with scripted(script) as port:
        desk.send(port)
    assert desk.outcome.ended is not None
    assert len(said) < 10_000
    assert desk.states() == ["queued"] * 3


def test_what_a_server_says_is_kept_without_the_names_in_the_addresses(desk: Desk) -> None:
    desk.names = ("sam.taylor",)
    desk.queue()

    def script(talk: Talk) -> None:
        talk.say("220 here")
        while not talk.hear().startswith(b"rcpt"):
            talk.say("250 yes")
        talk.say("550-5.1.1 SAM.TAYLOR: no such user")
        talk.say("550 <sam.taylor @example.org> or us")

    with scripted(script) as port:
        desk.send(port)
    [item] = desk.outbox.items()
    assert item.reply == "550 5.1.1 (address): no such user <(address) @example.org> or (address)"
