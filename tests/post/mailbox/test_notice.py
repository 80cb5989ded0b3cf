"""What servers say of mails that did not arrive, in their own ways; and what is none of that."""

from __future__ import annotations

import base64
import time

import pytest

from letters.post.mailbox.notice import LARGEST, may_be, read

from . import returns
from .returns import EXIM, HEAD, OURS, TO, group, standard


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        (returns.POSTFIX, "550 5.1.1 (address): no such user as (address) here"),
        (
            returns.EXCHANGE,
            "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; not for outsiders",
        ),
        (
            returns.GMAIL,
            "550-5.1.1 The address that you tried to reach does not exist. Check it. - gsmtp",
        ),
        (EXIM, "550 5.7.1 mail to (address) is not wanted"),
        (returns.GLOBAL, "5.1.1 550 5.6.7 нет"),
    ],
    ids=["Postfix", "Exchange", "Gmail", "Exim", "RFC 6533"],
)
def test_it_reads_what_servers_write(mail: bytes, words: str) -> None:
    assert may_be(mail.partition(b"\n\n")[0])
    found = read(mail)
    assert found is not None
    assert found.message_ids == (OURS,)
    [report] = found.reports
    assert (report.claim, report.addresses, report.words) == ("failed", (TO,), words)
    assert read(mail.replace(b"\n", b"\r\n")) == found


def test_what_names_nobody_or_no_permanent_error_says_so() -> None:
    qmail = read(returns.QMAIL)
    assert qmail is not None
    assert [(r.claim, r.addresses, r.codes) for r in qmail.reports] == [("failed", (TO,), "5.1.1")]
    other = read(returns.QMAIL.replace(b"Hi. This is the", b"Dear all, this is the"))
    assert other is not None
    assert other.reports[0].addresses == ()
    waits = read(returns.EXIM_WAITS)
    assert waits is not None
    assert waits.reports[0].claim == "delayed"
    vague = read(EXIM.replace(b"550 5.7.1", b"try some other time:"))
    assert vague is not None
    assert vague.reports[0].claim == "unclear"


@pytest.mark.parametrize(
    ("action", "status", "claim"),
    [
        ("failed", "4.4.7", "failed"),  # it has given up
        ("delayed", "4.4.1", "delayed"),
        ("delivered", "2.0.0", "passed on"),
        ("relayed", "2.0.0", "passed on"),
        ("expanded", "2.0.0", "passed on"),
        ("", "5.1.1", "failed"),
        ("", "4.1.1", "delayed"),
        ("failed (bad mailbox)", "5.1.1", "failed"),
        ("", "", "unclear"),
        ("lost", "", "unclear"),
    ],
)
def test_it_tells_apart_what_is_final(action: str, status: str, claim: str) -> None:
    found = read(standard(group(action, status, said="smtp; 000 words")))
    assert found is not None
    assert [report.claim for report in found.reports] == [claim]


def test_parts_that_are_encoded_against_the_rules_are_read() -> None:
    fields = f"Reporting-MTA: dns; mail.test\n\n{group()}\n"
    coded = [base64.encodebytes(part.encode()).decode() for part in (fields, f"{HEAD}\nDear\n")]
    mail = standard(returned=coded[1]).replace(
        b"Content-Type: message/rfc822\n",
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n",
    )
    mail = mail.replace(
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.test\n"
        b"Arrival-Date: Sun, 1 Mar 2026 12:00:00 +0000\n\n",
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
        + coded[0].encode(),
    )
    for one in (mail, mail.replace(b"\n", b"\r\n")):
        found = read(one)
        assert found is not None
        assert found.message_ids == (OURS,)
        assert [(each.claim, each.addresses) for each in found.reports] == [("failed", (TO,))]


def test_there_is_a_report_for_each_recipient() -> None:
    found = read(standard(group(), group("delivered", "2.0.0", to="archive@example.org")))
    assert found is not None
    assert [(r.claim, r.addresses) for r in found.reports] == [
        ("failed", (TO,)),
        ("passed on", ("archive@example.org",)),
    ]


def test_the_words_hold_no_address_nor_anything_that_steers_a_terminal() -> None:
    said = f"smtp; 550 \x1b[31m <{TO}> CHAIR {'x' * 5000} other@example.net"
    found = read(standard(group(said=said)))
    assert found is not None
    words = found.reports[0].words
    assert "chair" not in words.lower()
    assert "@" not in words
    assert "\x1b" not in words
    assert len(words) <= 210


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("smtp; 550-5.1.1 call Jane at 555 1234", "550 5.1.1"),
        ("smtp;554 5.7.1 [192.0.2.5] blocked", "554 5.1.1"),
        ("X-Postfix; unknown user 5559999", "5.1.1"),
        ("smtp; 5500 Jane", "5.1.1"),
    ],
)
def test_the_codes_are_numbers_and_nothing_else(said: str, codes: str) -> None:
    found = read(standard(group(said=said)))
    assert found is not None
    assert found.reports[0].codes == codes


@pytest.mark.parametrize(
    "named",
    [
        f"References: <first@example.org>\n <second@example.org> {OURS}\n",
        f"In-Reply-To: {OURS}\nReferences: <first@example.org> {OURS}\n",
        f"In-Reply-To: <first@example.org> {OURS}\n",
    ],
)
def test_of_a_thread_it_is_about_the_last_mail(named: str) -> None:
    found = read(standard(group(), more=named, returned="Subject: nothing\n"))
    assert found is not None
    assert found.message_ids == (OURS,)
    whole = HEAD.replace("Message-ID", f"{named}Message-ID")
    returned = read(standard(group(), more=named, returned=f"{whole}\nDear Chair,\n"))
    assert returned is not None
    assert returned.message_ids == (OURS,)


@pytest.mark.parametrize(
    "mail",
    [
        HEAD.encode() + b"\nDear Chair,\n",
        b"",
        b"\xff\xfe\x00" * 1000,
        standard(kind="text/plain", returned="no report on anybody"),
        # From a person, and so no server's word.
        EXIM.replace(b"<>", b"<me@example.net>").replace(b"Mailer-Daemon", b"somebody"),
    ],
)
def test_other_messages_are_none(mail: bytes) -> None:
    assert read(mail) is None


@pytest.mark.parametrize(
    "mail",
    [
        standard(group(), returned="Subject: nothing\n"),
        EXIM.replace(b"Message-ID", b"X-Message-ID"),
        EXIM.replace(b"Message-ID", b"X").replace(
            b"Subject", f"References: {OURS}\nSubject".encode(), 1
        ),
    ],
)
def test_some_name_whom_they_did_not_reach_and_not_which_mail_it_was(mail: bytes) -> None:
    found = read(mail)
    assert found is not None
    assert found.message_ids == ()
    assert [(report.claim, report.addresses) for report in found.reports] == [("failed", (TO,))]


@pytest.mark.parametrize(
    "mail",
    [
        b"Content-Type: multipart/report;" + b' a=";' * 60_000,
        b"Content-Type: message/delivery-status\n\n" + b"a:b\n\n" * 50_000,
        b"Content-Type: message/rfc822\n\n" * 8_000,
        b"".join(b"Content-Type: multipart/x; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000)),
        standard(group(said="x" * 250_000)),
        standard(group(), words="-" * 250_000),
        EXIM.replace(b"is not wanted", b"x" * 250_000),
        standard(*[group(said="x" * 1_990)] * 110),
        standard(*[group(said="@" * 1_990)] * 110),
        EXIM.replace(b"X-Failed", b"X-Failed-Recipients: " + b"a@b," * 490 + b"\nX-Failed"),
    ],
    ids=[
        *("field", "groups", "nested", "boundaries", "words", "dashes", "own words"),
        *("reports", "marks", "recipients"),
    ],
)
def test_what_is_made_to_take_long_takes_not_long(mail: bytes) -> None:
    ordinary = standard(group(), words="a line of words\n" * 15_000)
    assert took(mail) < 60 * took(
        ordinary
    )  # which is some 0.7 s, and a quadratic one takes minutes


def took(mail: bytes) -> float:
    """Processor time, so that a busy computer makes no difference; the best of three turns."""
    turns = []
    for _ in range(3):
        start = time.thread_time()
        read(mail[:LARGEST])
        turns.append(time.thread_time() - start)
    return min(turns)
