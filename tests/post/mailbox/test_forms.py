"""Notices in servers' own words: read, told apart by why, and never seen where there is none."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from letters.digests import MessageDigest, TextDigest
from letters.ledger.details import Reason
from letters.ledger.outgoing import Item
from letters.post.mailbox.classes import reason_of
from letters.post.mailbox.notice import LARGEST, may_be, read
from letters.post.mailbox.report import DeliveryReport
from letters.post.mailbox.returned import ReturnResult, judged
from post.desk import NOW

from . import corpus
from .corpus import COPY, FORMS, Sample
from .returns import HEAD, OURS, TO

ITEM = Item(
    TextDigest(""),
    "one",
    "email",
    OURS,
    MessageDigest(""),
    "",
    (TO, COPY),
    (),
    NOW.isoformat(),
    "",
    "sent",
    tries=1,
)
NOTICES = list(corpus.notices())
ORDINARY = list(corpus.ordinary())


def failed(mail: bytes) -> list[DeliveryReport]:
    """What the mail says came back, and would be recorded or asked about."""
    found = read(mail) if may_be(mail.partition(b"\n\n")[0]) else None
    if found is None:
        return []
    ids = found.message_ids or (OURS,)
    return [
        report for report in found.reports if any(_back(report, one) for one in ids)
    ]  # fmt: skip


def _back(report: DeliveryReport, message_id: str) -> bool:
    return judged(ITEM, report, message_id) is ReturnResult.BACK


@pytest.mark.parametrize("sample", NOTICES, ids=lambda sample: sample.name)
def test_it_reads_what_came_back_and_why(sample: Sample) -> None:
    for mail in (sample.mail, sample.mail.replace(b"\n", b"\r\n")):
        [report] = failed(mail)
        assert report.addresses[0] == TO
        assert report.reason == sample.reason
        assert "@" not in report.words
        assert not report.codes.strip("0123456789. ")
        found = read(mail)
        assert found is not None
        assert found.message_ids == (OURS,)


OWN = "She is being held. The court has not decided yet: 550 5.1.1 no such user, mailbox is full."


@pytest.mark.parametrize("sample", NOTICES, ids=lambda sample: sample.name)
def test_what_our_own_letter_says_is_no_servers_word(sample: Sample) -> None:
    subject = b"Subject: Delayed, held, not yet: 550 5.1.1 unknown"
    mail = sample.mail.replace(b"Dear Chair,", f"Dear Chair,\n\n{OWN}".encode())
    mail = mail.replace(b"Subject: Three questions\nMessage", subject + b"\nMessage")
    [report] = failed(mail)
    assert (report.addresses[0], report.reason) == (TO, sample.reason)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_without_a_message_id_it_still_names_whom_it_did_not_reach(form: corpus.Form) -> None:
    head = HEAD.replace(f"Message-ID: {OURS}\n", "")
    reason = next(iter(form.said))
    for original in form.originals:
        found = read(corpus.written(form, reason, original, head))
        assert found is not None
        assert found.message_ids == ()
        assert [(one.claim, one.addresses[0]) for one in found.reports] == [("failed", TO)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_notice_about_a_copy_is_none_about_the_recipient(form: corpus.Form) -> None:
    reason = next(iter(form.said))
    for original in form.originals:
        mail = corpus.written(form, reason, original)
        start, mark, rest = mail.rpartition(b"Received: from mail.test")
        if form.coding == "8bit":
            swapped = start.replace(TO.encode(), COPY.encode()) + mark + rest
            assert failed(swapped) == []


@pytest.mark.parametrize("sample", ORDINARY, ids=lambda sample: sample.name)
def test_other_mails_are_never_taken_for_one(sample: Sample) -> None:
    assert failed(sample.mail) == []
    assert failed(sample.mail.replace(b"\n", b"\r\n")) == []
    without = sample.mail.replace(b"Message-ID", b"X")
    found = read(without)
    assert found is None or not any(one.claim == "failed" for one in found.reports)


@pytest.mark.parametrize("sample", NOTICES[::7], ids=lambda sample: sample.name)
def test_a_person_who_passes_a_notice_on_is_no_server(sample: Sample) -> None:
    lines = sample.mail.split(b"\n")
    for path in (b"<colleague@example.org>", b"<>"):
        lines[0], lines[1] = b"Return-Path: " + path, b"From: A colleague <colleague@example.org>"
        if b"X-Failed-Recipients" not in sample.mail:
            assert failed(b"\n".join(lines)) == []


@pytest.mark.parametrize(
    ("code", "said", "reason"),
    [
        ("5.1.1", "", "address-unknown"),
        ("5.1.10", "spam", "address-unknown"),
        ("5.1.6", "", "moved"),
        ("5.2.1", "the account is disabled", "address-unknown"),
        ("5.2.2", "", "mailbox-full"),
        ("4.2.2", "", "mailbox-full"),
        ("5.2.3", "", "too-large"),
        ("5.3.4", "", "too-large"),
        ("4.4.7", "", "expired"),
        ("4.4.1", "", "expired"),
        ("5.4.4", "", "address-unknown"),
        ("4.7.1", "greylisted", "expired"),
        ("4.7.0", "", "expired"),
        ("4.7.28", "unusual rate", "spam"),
        ("5.7.1", "", "spam"),
        ("5.7.1", "RESOLVER.RST.AuthRequired; authentication required", "refused"),
        ("5.7.1", "user unknown", "address-unknown"),
        ("5.7.26", "", "spam"),
        ("5.7.133", "RESOLVER.RST.SenderNotAuthenticatedForGroup", "refused"),
        ("5.7.606", "banned sending IP", "spam"),
        ("5.4.1", "Recipient address rejected: Access denied", "address-unknown"),
        ("5.0.0", "mailbox is full", "mailbox-full"),
        ("5.0.0", "", "unknown"),
        ("", "550 5.7.1 <x>: Client host blocked using zen.spamhaus.org", "spam"),
        ("", "551 try elsewhere", "moved"),
        ("", "552 exceeded", "mailbox-full"),
        ("", "552 message size exceeds the limit", "too-large"),
        ("", "host spamgate.example.com said: 550 no such user", "address-unknown"),
        ("", "550 because", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_the_reason_is_told_by_the_code_and_else_by_known_words(
    code: str, said: str, reason: Reason
) -> None:
    assert reason_of(code, said) == reason


_LINE = "<{to}>: 550 unknown user\n"


@pytest.mark.parametrize(
    "text",
    [
        "a@b.example\n" * 20_000,
        "<" * 200_000,
        "<a href='mailto:" * 15_000,
        "<script>" * 30_000,
        "a" * 250_000,
        "@" * 250_000,
        " " * 250_000,
        "To: " + "x@y " * 60_000,
        "message to " * 22_000,
        "mailbox " * 30_000,
        "\n".join(["konnte " + "x " * 90] * 1_300),
        "(" * 125_000 + ")" * 125_000,
    ],
    ids=lambda text: repr(text[:12]),
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_what_is_made_to_take_long_takes_not_long(text: str, kind: str) -> None:
    form = replace(FORMS[0], kind=kind, text=FORMS[0].text + _LINE + text)
    mail = corpus.written(form, "spam", "inline")[:LARGEST]
    start = time.process_time()
    read(mail)
    assert time.process_time() - start < 0.7
