"""Getting in: protected, verified, by each way to log in; and every error is a sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from letters.campaign.mail_settings import Imap
from letters.post.account import IMAP, Account, AccountError, account_of, secret_of
from letters.post.mailbox.session import Found, Session
from letters.post.server_errors import ServerError
from letters.post.trusted_servers import TrustedServer, trust
from post.servers import Sink, Talk, scripted, serving, tls

from .dovecot import PASSWORD, Box


def refused(account: Account, secret: str = PASSWORD, patience: float = 60) -> str:
    with pytest.raises(ServerError) as told:
        Session.open(account, secret, connect=patience, reply=patience)
    words = f"{told.value} ({told.value.hint})"
    assert secret not in words
    return words


@pytest.mark.parametrize("security", ["tls", "starttls", "offered", "none"])
def test_it_gets_in_and_says_no_password_where_logs_are_kept(
    box: Box, security: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Session.open(box.account(security), PASSWORD) as session:
        assert session.special("Drafts") == "Entwürfe"
    assert PASSWORD not in caplog.text
    assert "cmlnaHQtw6k" not in caplog.text  # in base64
    assert box.server.counted(box.user)["body_count"] == 0


def test_it_gets_in_with_a_token(box: Box) -> None:
    who = replace(box.account(), login="xoauth2")
    with Session.open(who, box.token) as session:
        assert session.special("Sent") == "Gesendet"
    assert "refused the user name or the password" in refused(who, "no such token")


def test_a_wrong_password_and_certificates_that_nobody_vouches_for_are_told(
    box: Box, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "refused the user name or the password" in refused(box.account(), "wrong")
    context, authority = tls(tmp_path, expired=True)
    with serving(Sink(), ssl_context=context) as port, monkeypatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", authority)
        assert "certificate has expired" in refused(replace(box.account(), port=port))
    monkeypatch.delenv("SSL_CERT_FILE")
    for security in ("tls", "starttls"):
        words = refused(box.account(security))
        assert "the certificate of 127.0.0.1" in words
        assert "SSL_CERT_FILE" in words
    assert "nobody answers at" in refused(replace(box.account(), port=1))
    assert "look at port and security" in refused(replace(box.account(), port=box.server.starttls))


def says(*lines: str) -> Callable[[Talk], None]:
    """A server that greets, and answers each command with the next of these lines."""

    def play(talk: Talk) -> None:
        talk.say("* OK here")
        for line in lines:
            tag = talk.hear().partition(b" ")[0].decode()
            for row in line.split("|"):
                talk.say(row.replace("TAG", tag))
        while "BYE" not in str(lines) and talk.hear():
            pass

    return play


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("* CAPABILITY IMAP4rev1|TAG OK done",), "offers no protected connection"),
        (("* CAPABILITY IMAP4rev1 LOGINDISABLED|TAG OK done",), "takes no login here"),
        (("* CAPABILITY IMAP4rev1|TAG OK done",), "takes no password with such letters"),
        (
            ("* CAPABILITY IMAP4rev1 AUTH=PLAIN|TAG OK done", "TAG NO [UNAVAILABLE] later"),
            "can’t log anybody in just now",
        ),
        (("* CAPABILITY IMAP4rev1 AUTH=PLAIN|TAG OK done", "* BYE so long"), "the connection to"),
        (("* 1 nonsense (((",), "the connection to"),
        ((), "does not answer"),
    ],
)
def test_a_server_that_is_not_as_it_should_be_is_told_of(
    lines: tuple[str, ...], words: str
) -> None:
    security = "starttls" if "protected" in words else "offered"
    with scripted(says(*lines)) as port:
        who = Account("127.0.0.1", port, security, "me", service=IMAP)  # type: ignore[arg-type]
        assert words in refused(who, patience=60 if lines else 0.3)


def test_no_password_goes_in_the_clear_but_to_this_computer(far: str) -> None:
    heard = list[bytes]()

    def play(talk: Talk) -> None:
        talk.say("* OK here")
        tag = talk.hear().split()[0].decode()
        talk.say(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK done")
        heard.append(talk.hear())

    with scripted(play) as port:
        who = Account(far, port, "offered", "me", service=IMAP)
        assert f"{far}:{port} offers no protected connection" in refused(who)
    assert heard == [b""]


def answers(what: bytes) -> Callable[[Talk], None]:
    """A server that lets anybody in, and says this when it is asked for messages."""

    def play(talk: Talk) -> None:
        talk.say("* OK here")
        while line := talk.hear():
            tag, _, command = line.decode().partition(" ")
            if "CAPABILITY" in command:
                talk.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
            elif "AUTHENTICATE" in command:
                talk.say("+ ")
                talk.hear()
            elif "FETCH" in command:
                talk.connection.sendall(what + b"\r\n")
            talk.say(f"{tag} OK done")

    return play


def first(who: Account) -> Found | None:
    with Session.open(who, "secret", connect=60, reply=60) as session:
        session.enter("INBOX")
        return session.read(1, 1_000)


def letter(size: int, announced: int | None = None) -> bytes:
    head = b'* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE "20-Nov-2026 00:00:00 +0000" BODY[]<0> '
    return head + b"{%d}\r\n" % (announced or size) + b"z" * size + b")"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (letter(20_000_000), "sends more than it was asked for"),
        (letter(10, 10**12), "sends more than it was asked for"),
        (b"* 1 FETCH (UID 1)\r\n" * 1_000_000, "sends more than it was asked for"),
        (b"* 1 FETCH " + b"(" * 5_000, "the connection to"),
    ],
    ids=["large", "announced", "many", "nested"],
)
def test_a_server_that_sends_without_measure_is_told_of(what: bytes, words: str) -> None:
    with scripted(answers(what)) as port:
        who = Account("127.0.0.1", port, "offered", "me", service=IMAP)
        with pytest.raises(ServerError, match=words):
            first(who)


def test_what_is_more_than_was_asked_for_is_cut_off() -> None:
    with scripted(answers(letter(5_000))) as port:
        who = Account("127.0.0.1", port, "offered", "me", service=IMAP)
        found = first(who)
    assert found is not None
    assert found.data == b"z" * 1_000


def test_the_account_is_in_the_settings_or_else_in_the_environment(tmp_path: Path) -> None:
    own = {"XDG_CONFIG_HOME": str(tmp_path)}
    trust(TrustedServer("imap", "imap.example.org", "me"), own)
    said = Imap.model_validate({"host": "imap.example.org", "user": "me"})
    found = account_of(said, {"LETTERS_SMTP_URL": "smtp://elsewhere"}, IMAP)
    assert (found.host, found.port, found.security) == ("imap.example.org", 993, "tls")
    assert secret_of(found, own | {"LETTERS_IMAP_PASSWORD": "word"}, None) == "word"
    with pytest.raises(AccountError) as told:
        secret_of(found, {"LETTERS_SMTP_PASSWORD": "word"}, None)
    assert "LETTERS_IMAP_PASSWORD" in told.value.hint
    starttls = said.model_copy(update={"security": "starttls", "login": "xoauth2"})
    assert account_of(starttls, {}, IMAP).port == 143
    command = own | {"LETTERS_IMAP_TOKEN_COMMAND": "echo abc"}
    assert secret_of(account_of(starttls, {}, IMAP), command, None) == "abc"
    other = account_of(said, {"LETTERS_IMAP_URL": "imaps://me:p%3Aw@localhost"}, IMAP)
    assert (other.host, other.port, other.password) == ("localhost", 993, "p:w")
    for wrong in ({"LETTERS_IMAP_URL": "smtp://localhost"}, {}):
        with pytest.raises(AccountError) as told:
            account_of(None, wrong, IMAP)
        assert "imap" in told.value.hint
