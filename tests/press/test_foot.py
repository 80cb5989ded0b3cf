"""The foot of a page: a notice of any length is printed whole, where printers reach."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from docx import Document
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import docx, pdf
from letters.press.foot import FOOT_SHARE, foot_margin
from letters.press.theme import Theme

from .lines import Line, pages
from .sample import full_letter
from .themes import NAMES, built_in

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

WHITE = 4.0 - 0.3  # mm at the edges, which printers leave; the box of a line is higher than its ink
NOTICES = {
    "en": "Written and paid for by readers of the library, in their own time and on their own paper.",
    "uk": "Лист написали й оплатили читачі бібліотеки, у вільний від роботи час і на власному папері.",
    "de": "Geschrieben und bezahlt von Leserinnen und Lesern der Büchereigenossenschaftsversammlung.",
    "fa": "این نامه را خوانندگان کتابخانه در وقت خود نوشته‌اند و هزینهٔ آن را خود پرداخته‌اند.",
}


def noticed(notice: str, language: str = "en") -> d.Letter:
    version = "Text version 0123456789abcdef, as rendered"
    return replace(full_letter(language), notice=notice, version=version)


def noted(page: list[Line], theme: Theme, letter: d.Letter) -> str:
    """What stands at the foot of the page beside its number, without spaces."""
    below = theme.page_mm[1] - foot_margin(letter, theme)
    number = theme.margin_mm.left + theme.text_width_mm * FOOT_SHARE
    words = (word for line in page if line.box[1] > below for word in line.words)
    return "".join(word.text for word in words if word.left < number)


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("times", [1, 2, 3, 6])
@pytest.mark.parametrize("language", NOTICES)
def test_a_notice_is_printed_whole_on_every_page(theme: str, times: int, language: str) -> None:
    look = built_in(theme)
    letter = noticed(" ".join([NOTICES[language]] * times), language)
    for page in pages(pdf.write(letter, look).data):
        for line in page:
            assert line.box[3] < look.page_mm[1] - WHITE
        if letter.direction == "ltr":
            assert noted(page, look, letter).count("".join(NOTICES[language].split())) == times


def test_a_usual_notice_moves_nothing() -> None:
    for theme in map(built_in, NAMES):
        for notice in ("", "An invented letter to start from"):
            assert foot_margin(noticed(notice), theme) == theme.margin_mm.bottom


def test_word_leaves_the_same_room() -> None:
    letter, theme = noticed(NOTICES["en"] * 5), built_in("classic")
    assert foot_margin(letter, theme) > theme.margin_mm.bottom
    [section] = Document(io.BytesIO(docx.write(letter, theme))).sections
    assert section.bottom_margin is not None
    assert section.bottom_margin.mm == pytest.approx(foot_margin(letter, theme), abs=0.05)


def test_a_notice_that_has_no_room_at_a_foot_is_said_where_it_is_written(
    campaign: CampaignFolder, letters: Letters
) -> None:
    before = campaign.read("letter.yaml")
    long = " ".join([NOTICES["en"]] * 40)
    line = len(before.splitlines()) + 1
    campaign.write("letter.yaml", f"{before}notice: {long}\n")
    for command in ("check", "render"):
        done = letters(command)
        assert done.status == 1
        said = done.stdout + done.stderr
        assert (
            f"letter.yaml:{line}:9: notice – is longer than the foot of a page has room for" in said
        )
    assert not list(campaign.path.glob("out/*.pdf"))
