"""Thousands of names, subjects and addresses: read back as they were meant, or refused."""

from __future__ import annotations

import random
import re

import fast_mail_parser
import pytest
from msgspec.structs import replace
from shared import SOAK

from letters.campaign.mailaddress import ascii_domain, line_fault
from letters.post.mime import Mailbox, UnfitError, build, envelope, mailbox
from letters.problem import Place
from post.mail import MAIL, boxes, decoded, modern_boxes

WORD = re.compile(r"=\?[^?\s]*\?B\?[^?]*\?=")
COUNT, PARTS = 100_000 if SOAK else 4_000, 4
PIECES = [
    *"abcXYZ019 .,;:<>\"\\()@[]=?_%&'*+-/|{}~`!#$^",
    *"éßñÅłøžЖыїґعپ‎مںשאק漢字かな한ꦲ🕊👩‍🚀ﬁ①’“„«»–…\u00a0\u202f\u200d\u0301",
    "  ", "=?utf-8?B?", "?=", "=?iso-8859-1?Q?a?=", "<x@evil.example>", ", y@evil.example", "Bcc: ",
    '\\"', "xn--", "пример", "long" * 30,
]  # fmt: skip
BAD = ["\r", "\n", "\r\nBcc: z@evil.example\r\n", "\0", "\x1f", "\x7f", "\x85", "\u2028", "\ud800", "\u202e", "\ufeff"]  # fmt: skip
ADDRESS = [*"abcz019.+-_'", *"éЖ漢", "@", " ", ",", "<", '"', "\r\n", "\0", "xn--", "münchen", "рф", "..", "-"]  # fmt: skip


def line(chance: random.Random) -> str:
    pieces = chance.choices(PIECES, k=chance.choice([1, 3, 8, 25, 80]))
    if chance.random() < 0.1:
        pieces.insert(chance.randrange(len(pieces) + 1), chance.choice(BAD))
    return "".join(pieces)


def address(chance: random.Random) -> str:
    local = "".join(chance.choices("abcz019éЖ+-_'", k=chance.randrange(1, 12)))
    labels = ["".join(chance.choices("abz09-éЖж漢ß", k=chance.randrange(1, 10))) for _ in "ab"]
    written = f"{local}@{'.'.join(labels)}.{chance.choice(['org', 'рф', 'ca', 'de', 'भारत'])}"
    if chance.random() < 0.25:
        at = chance.randrange(len(written) + 1)
        written = written[:at] + chance.choice(ADDRESS) + written[at:]
    return written


@pytest.mark.parametrize("part", range(PARTS))
def test_what_was_meant_is_read_back_or_refused_at_its_line(part: int) -> None:
    chance = random.Random(f"letters {part}")
    kept = refused = 0
    for number in range(COUNT // PARTS):
        name, subject, written = line(chance), line(chance), address(chance)
        at, name_at = Place("recipients.yaml", 3 * number + 2), Place("recipients.yaml", 3 * number)
        try:
            to = mailbox(name, written, at, name_at)
        except UnfitError as error:
            places = {problem.place for problem in error.problems}
            assert places <= {at, name_at}
            assert (name_at in places) == (line_fault(name) is not None)
            refused += 1
            continue
        if line_fault(subject):
            with pytest.raises(ValueError, match="a part of this mail"):
                build(replace(MAIL, to=to, subject=subject))
            refused += 1
            continue
        mail = replace(
            MAIL, to=to, subject=subject, copies=(Mailbox(name.strip(), "c@example.org"),)
        )
        assert_read_back(build(mail), to, subject, thoroughly=number % 50 == 0)
        assert to == Mailbox(name.strip(), ascii_domain(written))
        assert envelope(mail)[1] == (to.address, "c@example.org")
        kept += 1
    assert kept > COUNT // PARTS // 3
    assert refused > COUNT // PARTS // 10


def assert_read_back(raw: bytes, to: Mailbox, subject: str, *, thoroughly: bool) -> None:
    head = raw.partition(b"\r\n\r\n")[0].decode()
    lines = head.split("\r\n")
    fields = [each.partition(":")[0] for each in lines if not each.startswith(" ")]
    assert fields == [
        "Date",
        "From",
        "To",
        "Cc",
        "Subject",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
    ]
    assert not any(char in each for each in lines for char in "\r\n\0")
    assert all(each.strip() and len(each.encode()) <= 998 for each in lines)
    assert all(len(word) <= 75 for word in WORD.findall(head))
    meant = [(to.name, to.address)]
    assert boxes(raw, "To") == meant
    assert boxes(raw, "Cc") == [(to.name, "c@example.org")]
    start = head.index("\r\nSubject:") + 11
    assert decoded(head[start : head.index("\r\nMessage-ID:")]) == subject
    read = fast_mail_parser.parse_email(raw)
    assert read.subject == subject
    if thoroughly:
        assert modern_boxes(raw, "To") == [("".join(to.name.split()), to.address)]
