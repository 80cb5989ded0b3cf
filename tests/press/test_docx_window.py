"""The address behind the window of an envelope, measured on the page that LibreOffice prints."""

from __future__ import annotations

import itertools
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from shared import made_once

from letters.draft.document import AddressBlock, Letter, Letterhead
from letters.press import docx
from letters.press.paper import WINDOWS, WindowName
from letters.press.theme import LetterheadSet, Theme

from .sample import classic_theme, full_letter, small_letter, value, words
from .word import Opened

MM = 72 / 25.4
ADDRESS = ("The Right Honourable", "Jane Q. Doe, P.C., M.P.", "Somewhere", "80 Street", "OTTAWA ON")
HEBREW = ("לכבוד", "אביגיל", "חיפה")
LETTERHEADS: tuple[LetterheadSet, ...] = ("apart", "start", "center")
LOOKS = [
    *itertools.product(WINDOWS, LETTERHEADS, (False,)),
    *itertools.product(WINDOWS, LETTERHEADS[:1], (True,)),
]


@dataclass(frozen=True)
class Box:
    """A word on the first page; in mm from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def themed(window: WindowName, letterhead: LetterheadSet = "apart") -> Theme:
    room = WINDOWS[window]
    margins = replace(classic_theme().margin_mm, left=room.left, right=66)
    return replace(
        classic_theme(),
        margin_mm=margins,
        page=room.page,
        window_name=window,
        letterhead=letterhead,
    )


def letter(*, draft: bool) -> Letter:
    """A long letterhead and as many lines of an address as every window has."""
    sample = full_letter(draft=draft)
    blocks = tuple(
        Letterhead((words("The Office of Letters"), words("a@example.org"), words("Berlin")))
        if isinstance(block, Letterhead)
        else AddressBlock(tuple(value(line) for line in ADDRESS))
        if isinstance(block, AddressBlock)
        else block
        for block in sample.blocks
    )
    return replace(sample, blocks=blocks)


def turned() -> Letter:
    """One from right to left, to a Hebrew address and a foreign one."""
    blocks = tuple(
        AddressBlock(tuple(value(line) for line in (*HEBREW, ADDRESS[1])))
        if isinstance(block, AddressBlock)
        else block
        for block in full_letter("he").blocks
    )
    return replace(full_letter("he"), blocks=blocks)


def make(folder: Path) -> None:
    for window, letterhead, draft in LOOKS:
        data = docx.write(letter(draft=draft), themed(window, letterhead))
        (folder / f"{window}.{letterhead}.{draft}.docx").write_bytes(data)
    for window in WINDOWS:
        data = docx.write(turned(), themed(window))
        (folder / f"{window}.rtl.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(file.name for file in folder.glob("*.docx"))
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "windows", make)


def boxes(file: Path, page: int = 1) -> list[Box]:
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', done.stdout
    )
    return [Box(text, *(float(side) / MM for side in sides)) for *sides, text in found]


@pytest.mark.parametrize(("window", "letterhead", "draft"), LOOKS)
def test_every_line_of_the_address_lies_in_the_window(
    made: Path, window: WindowName, letterhead: LetterheadSet, draft: bool
) -> None:
    room = WINDOWS[window]
    first = boxes(made / f"{window}.{letterhead}.{draft}.pdf")
    inside = [
        box
        for box in first
        if box.left < room.left + room.width and room.top - 1 <= box.top < room.top + room.height
    ]
    wanted = " ".join(ADDRESS).split()
    assert [box.text for box in inside][: len(wanted)] == wanted
    for box in inside[: len(wanted)]:
        assert room.left - 0.1 <= box.left
        assert box.right <= room.left + room.width
        assert box.bottom <= room.top + room.height + 0.4  # of the box; letters end above
    assert inside[0].top >= room.top - 0.5  # letters hang lower in their line than its box begins
    above = [box for box in first if box.top < room.top - 1 and box.left < room.left + room.width]
    assert max(box.bottom for box in above) <= max(room.letterhead, room.date_top + 6)
    text = next(box for box in first if box.text == "Refuge")
    assert room.text_top - 0.5 <= text.top <= room.text_top + 2


@pytest.mark.parametrize("window", WINDOWS)
def test_an_address_from_right_to_left_begins_where_the_window_ends(
    made: Path, window: WindowName
) -> None:
    room = WINDOWS[window]
    first = boxes(made / f"{window}.rtl.pdf")
    address = [
        box
        for box in first
        if box.text.strip("\u2066\u2069")  # what keeps a line in order draws nothing
        and room.top - 1 <= box.top < room.top + room.height
        and box.left < room.date_left - 1
    ]
    assert {*ADDRESS[1].split()} <= {box.text for box in address}
    assert len(address) >= len(HEBREW) + len(ADDRESS[1].split())
    for box in address:
        assert room.left <= box.left
        assert box.right <= room.left + room.width + 0.2
    assert max(box.right for box in address) == pytest.approx(room.left + room.width, abs=1)


@pytest.mark.parametrize("window", WINDOWS)
def test_place_and_date_stand_beside_the_window(made: Path, window: WindowName) -> None:
    room = WINDOWS[window]
    date = next(box for box in boxes(made / f"{window}.apart.False.pdf") if box.text == "Berlin,")
    assert date.left == pytest.approx(room.date_left, abs=0.5)
    assert date.top == pytest.approx(room.date_top, abs=1.5)


@pytest.mark.parametrize("draft", [False, True])
def test_further_pages_begin_where_the_margin_ends(made: Path, draft: bool) -> None:
    for window in WINDOWS:
        second = boxes(made / f"{window}.apart.{draft}.pdf", page=2)
        head = next(box for box in second if box.text == "September")
        top = classic_theme().margin_mm.top
        assert (head.top + head.bottom) / 2 == pytest.approx(top / 2, abs=1)
        below = [box.top for box in second if box.top > head.bottom]
        assert min(below) == pytest.approx(top, abs=1.5)


def test_the_sheet_is_marked_where_it_is_folded() -> None:
    for window in WINDOWS:
        theme = themed(window)
        opened = Opened.of(docx.write(letter(draft=False), theme))
        tops = [
            int(at) / 1440 * 25.4 for at in re.findall(r'w:y="(\d+)"', opened.text("header1.xml"))
        ]
        room = WINDOWS[window]
        expected = sorted([*room.folds, *([room.hole] if room.hole else [])])
        assert tops == pytest.approx(expected, abs=0.1)
        assert "framePr" not in opened.text("header2.xml")
        turned = Opened.of(docx.write(full_letter("fa"), theme))
        assert "framePr" not in turned.text("header1.xml")


def test_an_address_in_the_middle_of_a_letter_stays_there() -> None:
    blocks = small_letter().blocks
    moved = replace(small_letter(), blocks=(*blocks[3:], blocks[2]))
    document = Opened.of(docx.write(moved, themed("no10"))).text("document.xml")
    assert "WindowTable" not in document
    assert '<w:pStyle w:val="InsideAddress"/>' in document
