"""Mails as files that open as drafts."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import fast_mail_parser
from msgspec.structs import replace

from letters.post import eml
from letters.post.mime import Attachment, Mailbox
from post.mail import MAIL, boxes

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["A letter.pdf", "Открытое письмо.pdf"]
DRAFT = replace(
    MAIL,
    to=Mailbox("Ёлкин, Дж.", "office@example.com"),
    subject="Три вопроса – три ответа",
    attachments=tuple(Attachment(name, "application/pdf", name.encode() * 40) for name in NAMES),
)


def test_there_is_one_for_each_recipient_and_only_the_user_reads_it(tmp_path: Path) -> None:
    written = eml.write(tmp_path / "drafts", [("minister", MAIL), ("prime-minister", DRAFT)])
    assert written == [tmp_path / "drafts" / f"{who}.eml" for who in ("minister", "prime-minister")]
    assert sorted(written) == sorted((tmp_path / "drafts").iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def test_an_independent_reader_finds_all_of_it(tmp_path: Path) -> None:
    [path] = eml.write(tmp_path, [("prime-minister", DRAFT)])
    raw = path.read_bytes()
    read = fast_mail_parser.parse_email(raw)
    assert read.headers["X-Unsent"] == ["1"]
    assert read.headers["X-Uniform-Type-Identifier"] == ["com.apple.mail-draft"]
    assert {"Date", "Message-ID", "Bcc"}.isdisjoint(read.headers)
    assert read.subject == DRAFT.subject
    assert boxes(raw, "To") == [("Ёлкин, Дж.", "office@example.com")]
    assert [(file.filename, file.content) for file in read.attachments] == [
        (name, name.encode() * 40) for name in NAMES
    ]
    assert read.text_plain == [DRAFT.text.replace("\n", "\r\n")]
    assert read.text_html == [DRAFT.html.replace("\n", "\r\n")]


def test_one_that_is_there_is_replaced(tmp_path: Path) -> None:
    [path] = eml.write(tmp_path, [("minister", DRAFT)])
    eml.write(tmp_path, [("minister", MAIL)])
    assert b"Three questions" in path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]
