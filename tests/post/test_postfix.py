"""A run of sending against a real Postfix: TLS, login, refusals, greylisting, and what arrives."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Literal

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from msgspec.structs import replace

from letters.post.account import Account
from letters.post.dkim import KEY, SELECTOR, signer
from letters.post.mime import Mailbox, build
from letters.post.sending import Result

from .desk import Desk
from .dkim_verifier import holds
from .mail import MAIL
from .postfix import GREY, LATER, PASSWORD, REFUSED, SMALL, USER, Postfix, as_frozen
from .test_dkim import record_of

FIRST = b"DKIM-Signature: "


def reached(postfix: Postfix, port: int | None = None) -> Account:
    return Account("127.0.0.1", port or postfix.tls, "tls", USER)


def signed_mails(desk: Desk) -> bytes:
    """Queue a whole signed mail to everybody; gives the record that the domain would publish."""
    key = ed25519.Ed25519PrivateKey.generate()
    file = desk.folder / "dkim.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    stamp = signer({KEY: str(file), SELECTOR: "mail"})

    def made(name: str) -> bytes:
        to = Mailbox("Somebody, Else", f"{name}@example.org")
        text = f"Dear {name},\n\n.a line with a dot\nFrom here on é\n"
        identity = f"<{'0123456789' if not name.isascii() else name}@example.org>"
        return build(replace(MAIL, to=to, text=text, message_id=identity, signer=stamp))

    desk.queue(made=made)
    return record_of(key)


def test_all_arrive_once_as_they_were_frozen_and_one_refusal_stops_nobody(
    desk: Desk, postfix: Postfix
) -> None:
    desk.names = ("one", "gone", "busy", "two", "дом", "three")
    record = signed_mails(desk)
    frozen = {item.addresses[0]: desk.outbox.bytes_of(item) for item in desk.outbox.items()}
    results = desk.send(postfix.tls, who=reached(postfix), secret=PASSWORD)
    assert results.pop("gone") is Result.REFUSED
    assert results.pop("busy") is Result.LATER
    assert set(results.values()) == {Result.ACCEPTED}
    assert len(results) == desk.recorded() == 4
    assert desk.states() == ["sent", "failed", "deferred", "sent", "sent", "sent"]
    replies = [item.reply for item in desk.outbox.items() if item.reply]
    assert replies == [
        "550 5.1.1 (address): Recipient address rejected: no such user",
        # The name before the @ is “busy”, and no such name is kept.
        "450 4.2.1 (address): Recipient address rejected: the mailbox is (address)",
    ]
    arrived = postfix.delivered()
    assert Counter(to for to, _ in arrived) == Counter(set(frozen) - {REFUSED, LATER})
    for to, mail in arrived:
        assert as_frozen(mail, FIRST) == frozen[to]
        assert holds(mail.replace(b"\n", b"\r\n"), record)
        assert b"EHLO" not in mail
        assert b"Received: from [127.0.0.1] (unknown [127.0.0.1])" in mail


def test_who_is_greylisted_gets_it_on_the_later_try(desk: Desk, postfix: Postfix) -> None:
    desk.names = ("one", "grey", "two")
    signed_mails(desk)
    postfix.newcomers.add(GREY)
    who = Account("127.0.0.1", postfix.starttls, "starttls", USER)
    results = desk.send(postfix.starttls, who=who, secret=PASSWORD, pauses=(0.05,))
    assert set(results.values()) == {Result.ACCEPTED}
    assert [(step.item.recipient, step.result.name) for step in desk.news] == [
        ("one", "ACCEPTED"), ("grey", "LATER"), ("two", "ACCEPTED"), ("grey", "ACCEPTED"),
    ]  # fmt: skip
    assert "greylisted" in desk.news[1].words
    assert Counter(to for to, _ in postfix.delivered()) == {
        f"{name}@example.org": 1 for name in desk.names
    }


def test_what_stays_late_goes_out_with_the_next_run(desk: Desk, postfix: Postfix) -> None:
    desk.names = ("one", "grey")
    signed_mails(desk)
    postfix.newcomers.add(GREY)
    who = reached(postfix)
    assert desk.send(postfix.tls, who=who, secret=PASSWORD)["grey"] is Result.LATER
    assert desk.send(postfix.tls, who=who, secret=PASSWORD) == {"grey": Result.ACCEPTED}
    assert sorted(to for to, _ in postfix.delivered()) == [GREY, "one@example.org"]


def test_a_message_that_is_too_large_is_not_even_begun(desk: Desk, postfix: Postfix) -> None:
    desk.names = ("one",)
    desk.queue(data=b"From: us@example.org\r\n\r\n" + b"x" * 70 + b"\r\n" * SMALL)
    results = desk.send(postfix.small, who=reached(postfix, postfix.small), secret=PASSWORD)
    assert results == {"one": Result.REFUSED}
    assert f"the server takes {SMALL:,}" in desk.news[0].words
    log = (postfix.folder / "log").read_text()
    assert "MAIL FROM" not in log.rpartition("connect from")[2]
    assert postfix.delivered() == []


@pytest.mark.parametrize("login", ["password", "xoauth2"])
def test_a_wrong_secret_is_called_so_and_nothing_leaves(
    desk: Desk, postfix: Postfix, login: Literal["password", "xoauth2"]
) -> None:
    """For a token the server says why first (334), and refuses once it is answered."""
    desk.queue()
    who = dataclasses.replace(reached(postfix), login=login)
    right, kind = (PASSWORD, "password") if login == "password" else (postfix.token(), "token")
    for wrong in ("wrong", postfix.token("another@example.org")):
        desk.send(postfix.tls, who=who, secret=wrong)
        assert f"refused the user name or the {kind} (535)" in str(desk.outcome.ended)
        assert desk.states() == ["queued"] * 3
    assert set(desk.send(postfix.tls, who=who, secret=right).values()) == {Result.ACCEPTED}
    assert len(postfix.delivered()) == 3


def test_it_trusts_no_certificate_that_expired_or_is_anothers_or_that_nobody_vouches_for(
    desk: Desk, postfix: Postfix, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.names = ("one",)
    desk.queue()
    desk.send(postfix.expired, who=reached(postfix, postfix.expired), secret=PASSWORD)
    assert f"the certificate of 127.0.0.1:{postfix.expired} can’t be trusted" in str(
        desk.outcome.ended
    )
    assert "certificate has expired" in str(desk.outcome.ended)
    desk.send(
        postfix.tls, who=dataclasses.replace(reached(postfix), host="localhost"), secret=PASSWORD
    )
    assert "not valid for 'localhost'" in str(desk.outcome.ended)
    monkeypatch.delenv("SSL_CERT_FILE")
    for port, security in ((postfix.tls, "tls"), (postfix.starttls, "starttls")):
        who = Account("127.0.0.1", port, security, USER)  # type: ignore[arg-type]
        desk.send(port, who=who, secret=PASSWORD)
        assert "unable to get local issuer certificate" in str(desk.outcome.ended)
    assert desk.states() == ["queued"]
    assert postfix.delivered() == []
