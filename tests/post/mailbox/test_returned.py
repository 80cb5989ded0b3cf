"""Letters that came back: found in a real mailbox, matched, recorded once; and what is no proof."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from letters.digests import MessageDigest, TextDigest
from letters.ledger import evidence
from letters.ledger.outgoing import Item
from letters.post.account import Account
from letters.post.mailbox.inbox import Look, notices
from letters.post.mailbox.report import DeliveryReport
from letters.post.mailbox.returned import News, ReturnResult, first_sent, judged, known, record
from letters.post.mailbox.session import Session
from post.desk import NOW, Desk
from post.postfix import PASSWORD as SECRET
from post.postfix import USER, Postfix

from . import returns
from .dovecot import PASSWORD, Box
from .returns import OURS, TO, group, standard

HOUR = dt.timedelta(hours=1)
ARCHIVE = "archive@example.org"


def about(name: str, mail: bytes) -> bytes:
    """A notice on the letter to another recipient of the desk."""
    there = mail.replace(OURS.encode(), f"<{name}@example.org>".encode())
    return there.replace(TO.encode(), f"{name}@example.org".encode())


@dataclass
class Post:
    """A desk from which letters went out, and the mailbox that gets what comes back."""

    desk: Desk
    box: Box
    look: Look = field(default_factory=Look)

    def go(
        self,
        *names: str,
        doubt: tuple[str, ...] = (),
        copies: tuple[str, ...] = (),
        again: str = "",
    ) -> None:
        self.desk.names = (*names, *doubt)
        self.desk.queue(copies=copies, again=again)
        for item in self.desk.outbox.items():
            if self.desk.outbox.claim(item) and item.recipient not in doubt:
                self.desk.outbox.accepted(item)

    def check(self) -> list[News]:
        outbox, self.look = self.desk.outbox, Look()
        since = first_sent(outbox.items())
        assert since is not None
        before = known(self.desk.ledger.entries())
        with Session.open(self.box.account(), PASSWORD) as session:
            found = notices(session, "INBOX", since, self.look, lambda _, __: None)
            return list(record(found, outbox, before))

    def said(self) -> dict[str, ReturnResult]:
        return {news.recipient: news.result for news in self.check()}

    def log(self) -> list[str]:
        return [str(entry.event.kind) for entry in self.desk.ledger.entries()][1:]


@pytest.fixture
def post(desk: Desk, box: Box) -> Post:
    return Post(desk, box)


def test_what_servers_send_back_is_recorded_and_kept_once(post: Post) -> None:
    mails = {
        "one": returns.POSTFIX,
        "two": returns.EXCHANGE,
        "three": returns.GMAIL,
        "four": returns.EXIM,
        "five": returns.QMAIL,
        "six": returns.GLOBAL,
    }
    post.go(*mails, "seven")
    for name, mail in mails.items():
        post.box.receive(about(name, mail), NOW + HOUR)
    assert post.said() == dict.fromkeys(mails, ReturnResult.BACK)
    assert post.desk.states() == ["failed"] * 6 + ["sent"]
    assert [item.reply.removeprefix("came back: ") for item in post.desk.outbox.items()] == [
        "550 5.1.1", "550 5.7.133", "550 5.1.1", "550 5.7.1", "5.1.1", "550 5.1.1", "",
    ]  # fmt: skip
    assert post.log() == ["sent"] * 7 + ["bounced"] * 6
    for entry, (name, mail) in zip(post.desk.ledger.entries()[8:], mails.items(), strict=True):
        event, data = entry.event, about(name, mail).replace(b"\n", b"\r\n")
        kept = evidence.read(post.desk.folder, event.evidence.digest)
        assert kept is not None
        assert kept.replace(b"\r\n", b"\n") == data.replace(b"\r\n", b"\n")
        assert (event.channel, event.detail.recipient) == ("email", name)  # type: ignore[union-attr]
        assert "@" not in event.evidence.note
    assert post.said() == dict.fromkeys(mails, ReturnResult.KNOWN)
    assert len(post.log()) == 13
    assert post.box.is_untouched


def test_what_a_real_server_sends_back_is_understood(
    post: Post, postfix: Postfix, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.desk.names = ("one", "two")
    post.desk.queue(domain="elsewhere.test")  # which has no way to lead there
    who = Account("127.0.0.1", postfix.tls, "tls", USER)
    post.desk.send(postfix.tls, who=who, secret=SECRET)
    assert post.desk.states() == ["sent", "sent"]
    for to, mail in postfix.delivered():
        assert to == "us@example.org"
        post.box.receive(mail, NOW + HOUR)
    monkeypatch.setenv("SSL_CERT_FILE", post.box.server.authority)
    assert post.said() == {"one": ReturnResult.BACK, "two": ReturnResult.BACK}
    replies = {item.reply for item in post.desk.outbox.items()}
    assert replies == {"came back: 5.3.0"}


def test_a_letter_that_is_sent_again_may_come_back_again_but_not_by_the_old_notice(
    post: Post,
) -> None:
    post.go("one")
    first, second = about("one", returns.POSTFIX), about("one", returns.EXCHANGE)
    post.box.receive(first, NOW + HOUR)
    assert post.said() == {"one": ReturnResult.BACK}
    post.go("one", again=".1")
    assert post.desk.states() == ["sent"]
    assert post.log() == ["sent", "bounced", "sent"]
    # Of the first sending, too, by another server; whatever its clock says.
    post.box.receive(second, NOW + 9 * HOUR)
    assert [news.result for news in post.check()] == [ReturnResult.KNOWN, ReturnResult.OTHER]
    assert post.desk.states() == ["sent"]
    post.box.receive(second.replace(b"<one@", b"<one.1@"), NOW - HOUR)
    assert {news.result for news in post.check()} == {
        ReturnResult.KNOWN,
        ReturnResult.OTHER,
        ReturnResult.BACK,
    }
    assert post.log() == ["sent", "bounced", "sent", "bounced"]
    assert post.desk.states() == ["failed"]


def test_what_comes_back_had_left_even_if_that_was_in_doubt(post: Post) -> None:
    post.go("one", doubt=("two", "three"))
    post.box.receive(about("two", returns.EXIM), NOW + HOUR)
    post.box.receive(about("three", standard(group("delayed", "4.4.1"))), NOW + HOUR)
    assert post.said() == {"two": ReturnResult.BACK, "three": ReturnResult.DELAYED}
    assert post.desk.states() == ["sent", "failed", "in_doubt"]
    assert post.log() == ["sent", "sent", "bounced"]


def test_what_is_not_final_or_not_about_the_letter_is_told_and_changes_nothing(post: Post) -> None:
    names = "delayed", "passed", "copy", "elsewhere", "vague", "waits"
    post.go(*names, copies=(ARCHIVE,))
    mails = {
        "delayed": standard(group("delayed", "4.4.1")),
        "passed": standard(group("delivered", "2.0.0")),
        "copy": standard(group(to=ARCHIVE), group("delivered", "2.0.0", to=ARCHIVE)),
        "elsewhere": standard(group(to="somebody@example.net")),
        "vague": returns.QMAIL.replace(f"<{TO}>:".encode(), b"Somebody:"),
        "waits": returns.EXIM_WAITS,
    }
    for name, mail in mails.items():
        post.box.receive(about(name, mail), NOW + HOUR)
    found = [(news.recipient, news.result) for news in post.check()]
    assert len(found) == len(names)
    assert dict(found) == {
        "delayed": ReturnResult.DELAYED,
        "passed": ReturnResult.PASSED_ON,
        "copy": ReturnResult.COPY,
        "elsewhere": ReturnResult.ELSEWHERE,
        "vague": ReturnResult.UNCLEAR,
        "waits": ReturnResult.DELAYED,
    }
    assert post.desk.states() == ["sent"] * 6
    assert post.log() == ["sent"] * 6
    assert not (post.desk.folder / evidence.FOLDER).exists()


def test_a_forged_notice_needs_the_very_message_id_and_the_address(post: Post) -> None:
    post.go("one")
    for forged in (
        about("one", returns.POSTFIX).replace(b"<one@", b"<One@"),
        about("one", returns.POSTFIX).replace(
            b"<one@example.org>\nMIME", b"<one@example.org.>\nMIME"
        ),
        about("one", returns.POSTFIX).replace(b"<one@example.org>\nMIME", b"one@example.org\nMIME"),
        about("one", returns.GMAIL).replace(b"<one@", b"<x.one@"),
        about("one", returns.EXIM).replace(b"Mailer-Daemon@", b"me@").replace(b"<>", b"<a@b.c>"),
        standard(group(to="one@example.org")),  # about another message
    ):
        assert forged != about("one", returns.POSTFIX)
        post.box.receive(forged, NOW + HOUR)
    assert post.check() == []
    assert post.desk.states() == ["sent"]
    # Whoever knows both can forge one; that is told in the guide, and the proof is kept.
    post.box.receive(about("one", returns.POSTFIX), NOW + HOUR)
    assert post.said() == {"one": ReturnResult.BACK}


def test_a_large_mailbox_is_not_read(post: Post) -> None:
    post.go("one", "two")
    mail = b"From: friend@example.org\r\nSubject: %d\r\nTo: us@example.org\r\n\r\n" + b"word " * 400
    for number in range(2_000):
        post.box.receive(mail % number, NOW + HOUR)
    post.box.receive(about("one", returns.POSTFIX), NOW + HOUR)
    post.box.receive(about("two", returns.POSTFIX), NOW - 72 * HOUR)  # before anything was sent
    long = about("two", standard(group(), returned=f"{returns.HEAD}\n" + "x" * 70 * 20_000))
    post.box.receive(long, NOW + HOUR)
    assert post.said() == {"one": ReturnResult.BACK, "two": ReturnResult.BACK}
    took = post.box.server.counted(post.box.user)
    assert took["body_count"] == 2
    assert took["hdr_count"] == 2
    assert took["out"] < 300_000
    assert post.look.candidates == 2
    [note] = [
        entry.event.evidence.note
        for entry in post.desk.ledger.entries()
        if "octets" in entry.event.evidence.note
    ]
    assert "(kept: the first 262144 octets)" in note


ITEM = Item(
    TextDigest(""),
    "one",
    "email",
    OURS,
    MessageDigest(""),
    "",
    (TO,),
    (),
    NOW.isoformat(),
    "",
    "sent",
    tries=1,
)


def result(
    item: Item, claim: str = "failed", *named: str, message_id: str = OURS
) -> ReturnResult | None:
    report = DeliveryReport(claim, named or (TO,), "", "")  # type: ignore[arg-type]
    return judged(item, report, message_id)


def test_what_does_not_count_as_sent_is_told_and_not_taken_for_known() -> None:
    for claim in ("failed", "delayed", "passed on"):
        for state in ("queued", "deferred"):
            assert result(replace(ITEM, state=state), claim) is ReturnResult.LEFT
        for state in ("failed", "cancelled"):
            assert result(replace(ITEM, state=state), claim) is ReturnResult.NOT_OUT
    assert result(ITEM) is ReturnResult.BACK
    assert result(ITEM, message_id=OURS.replace("@", ".1@")) is ReturnResult.OTHER
    assert first_sent([replace(ITEM, state="queued")]) is not None
    assert first_sent([replace(ITEM, state="queued", tries=0)]) is None


def test_what_was_said_not_to_have_left_and_comes_back_is_told(post: Post) -> None:
    post.go(doubt=("one",))
    [item] = post.desk.outbox.items()
    assert post.desk.outbox.found_unsent(item)
    post.box.receive(about("one", returns.POSTFIX), NOW + HOUR)
    assert post.said() == {"one": ReturnResult.LEFT}
    assert post.desk.states() == ["queued"]
    assert post.log() == []


@pytest.mark.parametrize(
    "written",
    [
        "jörg@bücher.example",
        "JÖRG@XN--BCHER-KVA.EXAMPLE",
        r"j\x{F6}rg@xn--bcher-kva.example",
        "jo\u0308rg@Bücher.example",
    ],
)
def test_an_address_is_known_in_every_form_in_which_servers_write_it(written: str) -> None:
    item = replace(ITEM, addresses=("jörg@xn--bcher-kva.example",))
    assert result(item, "failed", written) is ReturnResult.BACK
    assert (
        result(item, "failed", written.replace("b", "k").replace("B", "K"))
        is ReturnResult.ELSEWHERE
    )


ANSWER = f"""\
From: Office of the Postmaster General <postmaster@ministry.example>
Subject: Re: Three questions
Content-Type: text/plain

Thank you. Our answer to all 500 of you is yes; call Jane, she is safe.

> Message-ID: {OURS}
> Dear Minister
""".encode()


def test_an_answer_is_no_bounce_and_the_log_has_no_words_of_strangers(post: Post) -> None:
    post.go("one", "two")
    post.box.receive(about("one", ANSWER), NOW + HOUR)
    said = "smtp; 550-5.1.1 call Jane, she is safe at 555 1234"
    post.box.receive(about("two", standard(group(said=said))), NOW + HOUR)
    told = {news.recipient: (news.result, "Jane" in news.words) for news in post.check()}
    assert told == {"one": (ReturnResult.UNCLEAR, True), "two": (ReturnResult.BACK, True)}
    assert [item.reply for item in post.desk.outbox.items()] == ["", "came back: 550 5.1.1"]
    assert post.desk.ledger.entries()[-1].event.evidence.note == "550 5.1.1"


def test_a_message_of_which_the_server_says_too_little_is_counted(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.go("one", "two")
    for name in ("one", "two"):
        post.box.receive(about(name, returns.POSTFIX), NOW + HOUR)
    heads = Session.heads
    monkeypatch.setattr(Session, "heads", lambda *asked: list(heads(*asked))[1:])
    assert len(post.check()) == 1
    assert (post.look.candidates, post.look.left) == (1, 1)
    monkeypatch.setattr("letters.post.mailbox.inbox.MOST_OCTETS", 10)
    assert post.check() == []
    assert post.look.left == 2
