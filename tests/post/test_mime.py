"""The bytes of a mail: the same everywhere, and read back as they were meant."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import os
import subprocess
import sys

import fast_mail_parser
import pytest
from msgspec.structs import replace

from letters.digests import TextDigest
from letters.post.mime import (
    Attachment,
    Mailbox,
    build,
    envelope,
    first_id,
    message_id,
)
from post.mail import MAIL, boxes, modern_boxes

TITLES = [
    "A letter.pdf",
    'Say "no", or\\don’t; maybe.pdf',
    "Lettre ouverte – été.pdf",
    "Открытое письмо Премьер-министру Канады о положении беженцев и просителей убежища.pdf",
    "نامهٔ سرگشاده.docx",
    "מכתב פתוח.pdf",
    "公開信🕊️.pdf",
    "100% = 'sure' *.pdf",
    "=?utf-8?B?AAAA?=.pdf",
    "x" * 80 + ".pdf",
]


def test_its_head_says_what_was_meant_and_nothing_else() -> None:
    head = build(MAIL).partition(b"\r\n\r\n")[0].decode().split("\r\n")
    assert head[:6] == [
        "Date: Wed, 03 Sep 2025 12:00:00 +0000",
        'From: "Joint letter" <us@example.org>',
        'To: "Mark Carney" <office@example.com>',
        "Subject: Three questions",
        "Message-ID: <0123456789abcdef@example.org>",
        "MIME-Version: 1.0",
    ]
    assert head[6] == "Content-Type: multipart/mixed;"
    assert len(head) == 8


def test_a_date_tells_no_time_zone() -> None:
    there = dt.timezone(dt.timedelta(hours=-7))
    same = replace(MAIL, date=MAIL.date.astimezone(there))
    assert build(same) == build(MAIL)


def test_the_same_mail_has_the_same_bytes_in_another_process() -> None:
    code = "from post.mail import MAIL; from letters.post.mime import build; import sys; sys.stdout.buffer.write(build(MAIL))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env=os.environ
            | {
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": "C",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        ).stdout
        for seed, zone in (("1", "Asia/Tehran"), ("2", "America/Vancouver"))
    }
    assert made == {build(MAIL)}


def test_every_line_ends_in_crlf_and_is_short_enough() -> None:
    long = replace(
        MAIL,
        subject="вопрос " * 100,
        to=Mailbox("Имя " * 100, "a@example.org"),
        text="x" * 5000 + "\n" + "слово " * 2000,
        html="y" * 100_000,
        copies=tuple(Mailbox("", f"copy-{n}@example.org") for n in range(300)),
        attachments=(Attachment("Ж" * 80 + ".pdf", "application/pdf", bytes(range(256)) * 100),),
    )
    for raw in (build(MAIL), build(long)):
        lines = raw.split(b"\r\n")
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 998
        assert raw.isascii()
        assert raw.endswith(b"--\r\n")


def test_the_two_texts_are_alternatives_and_the_files_stand_beside_them() -> None:
    message = email.message_from_bytes(build(MAIL), policy=email.policy.default)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    read = fast_mail_parser.parse_email(build(MAIL))
    assert read.text_plain == [MAIL.text.replace("\n", "\r\n")]
    assert read.text_html == [MAIL.html.replace("\n", "\r\n")]
    [file] = read.attachments
    assert (file.mimetype, file.content) == ("application/pdf", MAIL.attachments[0].data)


def test_without_a_page_and_files_it_is_a_plain_text() -> None:
    message = email.message_from_bytes(build(replace(MAIL, html="", attachments=())))
    assert message.get_content_type() == "text/plain"
    assert not message.is_multipart()


@pytest.mark.parametrize(
    "text",
    [
        "From here.\nFrom there.\n.\n..\n ",
        "Ein Satz mit = und =20, und ein Ende \nmit Leerzeichen\t\n",
        "слово " * 500 + "\n",
        "--=_0123456789abcdef\n\n--\n",
        "🕊️\u200d\u00a0\u202f\n" * 40,
        "",
    ],
)
def test_a_text_arrives_as_it_was_written(text: str) -> None:
    raw = build(replace(MAIL, text=text, html=""))
    [read] = fast_mail_parser.parse_email(raw).text_plain
    assert read.replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert b"\r\nFrom " not in raw.partition(b"\r\n\r\n")[2]
    assert b"\r\n.\r\n" not in raw


@pytest.mark.parametrize("name", TITLES)
def test_a_file_keeps_its_name(name: str) -> None:
    raw = build(replace(MAIL, attachments=(Attachment(name, "application/pdf", b"%PDF"),)))
    for policy in (email.policy.compat32, email.policy.default):
        parts = email.message_from_bytes(raw, policy=policy).walk()
        [part] = [each for each in parts if each.get_content_type() == "application/pdf"]
        assert part.get_filename() == name
    [file] = fast_mail_parser.parse_email(raw).attachments
    assert file.filename == name


def test_a_file_name_that_is_not_ascii_is_said_in_the_way_of_outlook_too() -> None:
    file = Attachment("Открытое письмо.pdf", "application/pdf", b"%PDF")
    raw = build(replace(MAIL, attachments=(file,)))
    assert b'name="=?utf-8?B?0J7RgtC60YDRi9GC0L7QtSDQv9C40YHRjNC80L4ucGRm?="' in raw
    # A plain one would be shown by readers that take the first they understand.
    assert b" filename=" not in raw


def test_a_name_with_a_comma_stays_one_recipient() -> None:
    named = Mailbox('Bureau, "d’été" <x@evil.example>', "a@example.org")
    raw = build(replace(MAIL, to=named, copies=(named, Mailbox("A, B", "b@example.org"))))
    meant = [(named.name, named.address)]
    assert boxes(raw, "To") == meant
    assert boxes(raw, "Cc") == [*meant, ("A, B", "b@example.org")]
    addresses = [address for _, address in modern_boxes(raw, "Cc")]
    assert addresses == ["a@example.org", "b@example.org"]


def test_the_envelope_names_the_recipient_and_each_copy_once() -> None:
    copies = (Mailbox("", "c@example.org"), Mailbox("C", "c@example.org"), MAIL.to)
    mail = replace(MAIL, copies=copies, reply_to=Mailbox("", "answers@example.org"))
    assert envelope(mail) == ("us@example.org", ("office@example.com", "c@example.org"))
    assert boxes(build(mail), "Reply-To") == [("", "answers@example.org")]


def test_an_address_that_is_not_ascii_is_read_back_as_it_is() -> None:
    mail = replace(MAIL, to=Mailbox("Büro", "büro@xn--mnchen-3ya.de"))
    assert boxes(build(mail), "To") == [("Büro", "büro@xn--mnchen-3ya.de")]
    assert modern_boxes(build(mail), "To") == [("Büro", "büro@xn--mnchen-3ya.de")]


def test_a_message_id_is_always_the_same_and_tells_nothing() -> None:
    ids = {
        message_id(TextDigest(digest), who, tag, "example.org")
        for digest in ("ab", "cd")
        for who in ("minister", "ministe")
        for tag in ("r", "en")
    }
    assert len(ids) == 8
    assert message_id(TextDigest("ab"), "minister", "en", "example.org") in ids
    first = message_id(TextDigest("ab"), "minister", "en", "example.org")
    attempts = [message_id(TextDigest("ab"), "minister", "en", "example.org", n) for n in range(12)]
    assert attempts[0] == first
    assert len(set(attempts)) == 12
    assert {first_id(one) for one in attempts} == {first}
    assert not any("minister" in each for each in ids)


THREAD = tuple(f"<{n:032x}.{n}@mail-{n}.example.org>" for n in range(1, 13))


@pytest.mark.parametrize("count", [1, 2, 12])
@pytest.mark.parametrize("draft", [False, True])
def test_a_mail_that_follows_others_names_them(count: int, *, draft: bool) -> None:
    mail = replace(MAIL, thread=THREAD[:count])
    raw = build(mail, draft=draft)
    assert build(mail, draft=draft) == raw
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78
    message = email.message_from_bytes(raw)
    assert message.get_all("In-Reply-To") == [THREAD[count - 1]]
    [references] = message.get_all("References", [])
    assert references.split() == list(THREAD[:count])
    read = fast_mail_parser.parse_email(raw)
    assert read.headers["In-Reply-To"] == [THREAD[count - 1]]
    assert " ".join(read.headers["References"]).split() == list(THREAD[:count])
    alone = build(MAIL, draft=draft)
    assert b"In-Reply-To" not in alone
    assert b"References" not in alone


def test_the_longest_message_id_stands_on_a_line_of_its_own() -> None:
    longest = f"<{'a' * 120}@{'b' * 100}.example.org>"
    raw = build(replace(MAIL, thread=(longest, THREAD[0])))
    assert max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) < 300
    assert email.message_from_bytes(raw)["References"].split() == [longest, THREAD[0]]


def test_a_draft_is_opened_for_sending() -> None:
    message = email.message_from_bytes(build(MAIL, draft=True))
    assert message["X-Unsent"] == "1"
    assert message["X-Uniform-Type-Identifier"] == "com.apple.mail-draft"
    assert message["Date"] is None
    assert message["Message-ID"] is None


@pytest.mark.parametrize(
    "bad",
    [
        replace(MAIL, subject="a\r\nBcc: x@evil.example"),
        replace(MAIL, subject="a\0"),
        replace(MAIL, to=Mailbox("a\nb", "a@example.org")),
        replace(MAIL, to=Mailbox("", "a@example.org, b@example.org")),
        replace(MAIL, to=Mailbox("", "a@example.org>")),
        replace(MAIL, copies=(Mailbox("", ""),)),
        replace(MAIL, sender=Mailbox("", "a@exämple.org")),
        replace(MAIL, message_id="<a b@example.org>"),
        replace(MAIL, thread=("<a@example.org>", "<a b@example.org>")),
        replace(MAIL, thread=("<a@example.org>\r\nBcc: x@evil.example",)),
        replace(MAIL, thread=("a@example.org",)),
        replace(MAIL, thread=("<ä@example.org>",)),
        replace(MAIL, date=dt.datetime(2025, 9, 3)),  # noqa: DTZ001 - what is refused
        replace(MAIL, attachments=(Attachment("a\r\n.pdf", "application/pdf", b""),)),
        replace(MAIL, attachments=(Attachment("a.pdf", 'a/b"; x="y', b""),)),
    ],
)
def test_it_refuses_to_build_what_was_not_checked(bad: object) -> None:
    with pytest.raises(ValueError, match=r"mail|attachment"):
        build(bad)  # type: ignore[arg-type]
