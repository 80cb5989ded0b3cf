"""A mailbox loses one message, and not one byte of the others."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from letters.ledger.cutting.mailbox import read
from letters.ledger.cutting.marks import Identifiers
from letters.ledger.cutting.opened import opened
from letters.ledger.cutting.parts import WholeError

ADA = Identifiers.of(["ada@example.org"], ["Ada Birch"])


def message(sender: str, text: str = "I sign.", **more: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "desk@example.org", "My signature"
    for key, value in more.items():
        made[key.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def box(path: Path, *messages: bytes) -> bytes:
    """As the standard library writes it."""
    made = mailbox.mbox(path)
    for one in messages:
        made.add(one)
    made.close()
    return path.read_bytes()


def found(data: bytes, marks: Identifiers = ADA) -> list[int]:
    return [n for n, part in enumerate(opened(data).parts) if marks.in_cells(part.cells, part.text)]


@pytest.mark.parametrize(
    "hers",
    [
        message("Ada Birch <ada@example.org>"),
        message("ADA@EXAMPLE.ORG"),
        message("=?utf-8?q?Ada_B=69rch?= <other@example.net>"),
        message('"Birch, Ada" <other@example.net>'),
        message("Form <form@example.com>", Reply_To="ada@example.org"),
        message("Ada Birch <ada@example.org>", "From here on\n\nFrom there, and back\n"),
        message("Ada Birch <ada@example.org>", "ünïcödé " * 99),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_hers_goes_and_the_others_stay_to_the_byte(tmp_path: Path, hers: bytes, place: int) -> None:
    others = [message("Bo <bo@example.org>", "Yes.\n\nFrom Bo"), message("Cy <cy@example.org>")]
    messages = [*others[:place], hers, *others[place:]]
    data = box(tmp_path / "box", *messages)
    assert found(data) == [place]
    cut = opened(data).without({place}, ADA)
    assert b"ada" not in cut.lower()
    kept = mailbox.mbox(tmp_path / "cut")
    (tmp_path / "cut").write_bytes(cut)
    before = mailbox.mbox(tmp_path / "box")
    theirs = [before.get_bytes(key) for n, key in enumerate(before.keys()) if n != place]
    assert [kept.get_bytes(key) for key in kept.keys()] == theirs  # noqa: SIM118
    for each in read(data).messages[:place] + read(data).messages[place + 1 :]:
        assert each in cut
    kept.close()
    before.close()


def test_who_is_only_spoken_of_keeps_the_message(tmp_path: Path) -> None:
    data = box(tmp_path / "box", message("Bo <bo@example.org>", "Ada Birch told me of it."))
    assert found(data) == []
    [part] = opened(data).parts
    assert ADA.in_text(part.text)
    assert found(data, Identifiers.of([], [], ["told me of it"])) == [0]


def test_line_ends_of_windows_are_kept(tmp_path: Path) -> None:
    data = box(tmp_path / "box", message("ada@example.org"), message("bo@example.org"))
    windows = data.replace(b"\n", b"\r\n")
    assert found(windows) == [0]
    assert windows.endswith(opened(windows).without({0}, ADA))


@pytest.mark.parametrize(
    "line", [b"From - Sat Nov 28 10:00:00 2026", b"From 1@xxx Sat Nov 28 10:00:00 +0000 2026"]
)
def test_other_programs_begin_a_message_in_other_ways(line: bytes) -> None:
    data = line + b"\nFrom: ada@example.org\n\nyes\n\n" + line + b"\nFrom: bo@example.org\n\nyes\n"
    assert found(data) == [0]


def test_a_head_that_no_standard_allows_still_says_whose_it_is() -> None:
    head = b"From x Sat Nov 28 10:00:00 2026\n"
    data = head + b"From: \xff\xfe <ada@example.org>\nDate: \x00\nContent-Type: text/plain; charset=nope\n\nyes\n\n" + head + b"From: bo@example.org\n\nno\n"  # fmt: skip
    assert found(data) == [0]


@pytest.mark.parametrize("data", [b"From here to there\n", b"From\n", b" From a Sat 10:00\n"])
def test_what_is_no_mailbox_is_left_alone(data: bytes) -> None:
    with pytest.raises(WholeError):
        opened(data)
