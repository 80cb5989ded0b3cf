"""Behind the window of an envelope: measured in the PDF, to the tenth of a millimetre."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from typing import TYPE_CHECKING, get_args

import pytest
import reading_pdf
from msgspec.structs import replace
from PIL import Image

from letters.draft import document as d
from letters.press import envelope, pdf
from letters.press.paper import PAGE_MM, WINDOWS, PageSize, WindowName
from letters.problem import Place

from .lines import Line, pages
from .sample import full_letter, picture, small_letter, value, words
from .themes import NAMES, built_in

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

CHOICES: tuple[WindowName, ...] = get_args(WindowName)
ADDRESS = (
    "The Right Honourable Jane Q. Doe, P.C., M.P.",
    "Prime Minister of Somewhere",
    "Room 200, 80 Example Street",
    "OTTAWA ON  K1A 0A2",
    "CANADA",
    "BY COURIER",
)
TOO_WIDE = "The Committee for the Examination of Everything that Any Committee Left Out"
INCH = 25.4
CLOSE = 0.4  # mm: a glyph's box reaches a little above and below its line


def addressed(*lines: str, direction: d.Direction = "ltr") -> d.Letter:
    """A small letter with that address."""
    origin = d.ValueOrigin(Place, "recipients.yaml", 7, 12, "address")
    block = d.AddressBlock(tuple((d.Value(line, origin=origin),) for line in lines))
    opening, date, _, *others = small_letter().blocks
    return replace(small_letter(), direction=direction, blocks=(opening, date, block, *others))


@cache
def first_page(theme: str, window: WindowName, direction: d.Direction = "ltr") -> list[Line]:
    lines = ADDRESS[: WINDOWS[window].lines]
    printed = pdf.write(addressed(*lines, direction=direction), built_in(theme, window=window))
    assert (printed.pages, printed.remarks) == (1, ())
    return pages(printed.data)[0]


def where(page: list[Line], text: str) -> tuple[float, float, float, float]:
    """The box of the words of ``text``; other words may stand beside them."""
    wanted = text.split()
    for line in page:
        shown = [word.text for word in line.words]
        for at in range(len(shown)):
            if shown[at : at + len(wanted)] == wanted:
                return Line(line.words[at : at + len(wanted)]).box
    raise AssertionError(text)


# --- the geometry ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "letterhead", "field", "folds", "text"),
    [("din5008-a", 27, 27, (87, 192), 80.46), ("din5008-b", 45, 45, (105, 210), 98.46)],
)
def test_the_german_windows_are_those_of_the_standard(
    name: WindowName, letterhead: float, field: float, folds: tuple[float, float], text: float
) -> None:
    """DIN 5008:2020: a field of 85 by 45 mm at 20 mm, the text inside from 25 mm."""
    window = WINDOWS[name]
    assert (window.page, window.letterhead, window.folds, window.hole) == (
        "a4",
        letterhead,
        folds,
        148.5,
    )
    assert (window.left, window.lines) == (25, 6)
    assert window.top == pytest.approx(field + 17.7)
    assert window.top + window.height == pytest.approx(field + 45)
    assert window.left + window.width <= 20 + 85
    assert window.text_top >= text
    assert (window.date_left, window.date_top) == (125, letterhead + 5)


def test_the_american_window_shows_the_address_wherever_the_sheet_slides() -> None:
    """A No. 10 envelope is 9 1/2 by 4 1/8 in; USPS asks for 1/8 in of clear space at all times."""
    window, clear = WINDOWS["no10"], INCH / 8
    slack_x = 9.5 * INCH - PAGE_MM["letter"][0]
    slack_y = 4.125 * INCH - window.folds[0]
    top_at_rest = window.folds[0] - (0.5 + 1.125) * INCH
    bottom_at_rest = window.folds[0] - 0.5 * INCH
    assert window.top >= top_at_rest + slack_y + clear - 0.05
    assert window.top + window.height <= bottom_at_rest - clear + 0.05
    assert window.left >= 0.875 * INCH + clear - 0.05
    assert window.left + window.width <= (0.875 + 4.5) * INCH - slack_x - clear + 0.05
    # Nothing else shows.
    assert window.letterhead <= top_at_rest
    assert window.text_top >= bottom_at_rest + slack_y
    assert window.date_left >= (0.875 + 4.5) * INCH
    assert window.folds[1] - window.folds[0] < 4.125 * INCH


# --- the printed page --------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("theme", NAMES)
def test_the_address_stands_in_the_window_and_nothing_else_does(
    theme: str, name: WindowName
) -> None:
    window, page = WINDOWS[name], first_page(theme, name)
    inside = set()
    for line in ADDRESS[: window.lines]:
        left, top, right, bottom = where(page, line)
        assert left >= window.left - 0.1
        assert right <= window.left + window.width
        assert top >= window.top - CLOSE
        assert bottom <= window.top + window.height + CLOSE
        inside.add(line)
    assert len(inside) == window.lines
    address = {word for line in inside for word in line.split()}
    for shown in page:
        for word in shown.words:
            if word.text in address:
                continue
            beside = word.left >= window.date_left - 0.1
            assert (
                word.bottom <= window.letterhead + CLOSE
                or word.top >= window.text_top - CLOSE
                or beside
            )


@pytest.mark.parametrize("name", CHOICES)
def test_sender_date_and_text_have_their_places(name: WindowName) -> None:
    window, page = WINDOWS[name], first_page("classic", name)
    assert where(page, "Free Voices & Friends")[3] <= window.letterhead
    left, top, _, _ = where(page, "Berlin, 3 September 2025")
    assert left == pytest.approx(window.date_left, abs=0.5)
    assert top == pytest.approx(window.date_top, abs=1)
    left, top, _, _ = where(page, "A short letter")
    assert left == pytest.approx(window.left, abs=0.5)
    assert window.text_top - CLOSE <= top <= window.text_top + 6


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("name", CHOICES)
def test_a_mark_stands_above_the_letterhead_and_is_printed(name: WindowName, theme: str) -> None:
    letter = replace(full_letter(draft=True), notice="")
    first = pages(pdf.write(letter, built_in(theme, window=name)).data)[0]
    _, top, _, bottom = where(first, "Draft – not yet signed")
    assert top >= 4.2
    assert bottom <= where(first, "Free Voices & Friends")[1] + 0.5  # boxes, and not their ink


@pytest.mark.parametrize("name", CHOICES)
def test_a_window_is_where_it_is_in_every_direction_of_writing(name: WindowName) -> None:
    window, page = WINDOWS[name], first_page("modern", name, "rtl")
    for line in ADDRESS[: window.lines]:
        left, _, right, _ = where(page, line)
        assert left >= window.left - 0.1
        assert right <= window.left + window.width + 0.1


@pytest.mark.parametrize("name", CHOICES)
def test_fold_marks_are_drawn_on_the_first_page_alone_and_are_not_read(name: WindowName) -> None:
    window = WINDOWS[name]
    theme = built_in("classic", window=name)
    printed = pdf.write(full_letter(), theme).data
    wanted = sorted([*window.folds, *([window.hole] if window.hole else [])])
    assert marks(printed, 1) == pytest.approx(wanted, abs=0.15)
    assert marks(printed, 2) == []
    # The one figure is a signature: marks are no content.
    assert len(list(reading_pdf.read(printed).tree.every("Figure"))) == 1


def marks(data: bytes, page: int) -> list[float]:
    """How far from the top, in mm, something is drawn between 5 and 8 mm from the left edge."""
    where = ("-f", str(page), "-l", str(page), "-x", "50", "-y", "0", "-W", "30", "-H", "2970")
    command = ("pdftoppm", "-r", "254", "-gray", *where, "-")
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    strip = Image.open(io.BytesIO(done.stdout))
    rows = [y for y in range(strip.height) if max(strip.tobytes()[30 * y : 30 * y + 30]) < 255]
    return [y / 10 for y in rows if y - 1 not in rows]


# --- what does not fit -------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHOICES)
def test_a_full_address_fits(name: WindowName) -> None:
    theme = built_in("classic", window=name)
    assert envelope.misfits(addressed(*ADDRESS[: theme.window.lines]), theme) == ()  # type: ignore[union-attr]


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("name", CHOICES)
def test_a_line_too_many_is_said_where_the_address_is_written(theme: str, name: WindowName) -> None:
    window = WINDOWS[name]
    for lines in (
        ("One more", *ADDRESS[: window.lines]),
        (TOO_WIDE, *ADDRESS[: window.lines - 1]),
        ("W" * 30, *ADDRESS[: window.lines - 1]),
    ):
        [problem] = envelope.misfits(addressed(*lines), built_in(theme, window=name))
        assert str(problem.place) == "recipients.yaml:7:12"
        assert f"needs {window.lines + 1} lines" in problem.message
        assert "Committee" not in problem.message


def test_what_is_said_to_fit_is_set_in_as_many_lines_and_what_is_not_in_more() -> None:
    """The lines are counted without a page; here they are compared with one."""
    theme = built_in("modern", window="din5008-b")
    for count in range(3, 9):
        name = "Wonderful committee " * count
        rows = envelope._rows(name, theme.window, theme)  # type: ignore[arg-type]
        page = pages(pdf.write(addressed(name), theme).data)[0]
        shown = [line for line in page if line.words[0].text in ("Wonderful", "committee")]
        assert len(shown) == rows


@pytest.mark.parametrize("theme", NAMES)
def test_a_letterhead_that_reaches_into_the_window_is_said(theme: str) -> None:
    contact = tuple(value(f"line {number}") for number in range(4))
    letter = addressed(*ADDRESS[:4])
    high = replace(letter, blocks=(d.Letterhead((value("Us"), *contact)), *letter.blocks[1:]))
    [problem] = envelope.misfits(high, built_in(theme, window="din5008-a"))
    assert (problem.place.path, problem.place.key) == ("letter.yaml", "from")
    assert envelope.misfits(high, built_in(theme, window="din5008-b")) == ()
    logo = replace(
        letter, blocks=(d.Letterhead((value("Us"),), picture(9, 9, "logo")), *letter.blocks[1:])
    )
    assert len(envelope.misfits(logo, built_in(theme, window="din5008-a"))) == 1


def test_a_template_that_prints_something_before_the_address_is_told() -> None:
    letter = addressed(*ADDRESS[:4])
    late = replace(letter, blocks=(d.Paragraph(words("By hand")), *letter.blocks))
    [problem] = envelope.misfits(late, built_in("plain", window="no10"))
    assert (problem.place.path, problem.place.key) == ("letter.yaml", "window")


def test_without_a_window_or_an_address_all_fits() -> None:
    assert envelope.misfits(addressed(*ADDRESS * 3), built_in("classic")) == ()
    letter = small_letter()
    without = replace(letter, blocks=letter.blocks[3:])
    assert envelope.misfits(without, built_in("classic", window="no10")) == ()


@pytest.mark.parametrize("page", get_args(PageSize))
def test_a_theme_leaves_the_address_its_own_type_without_a_window(page: PageSize) -> None:
    theme = built_in("classic", page=page)
    assert theme.address_type == (theme.text_size, theme.address_line)


def test_check_and_render_say_it(campaign: CampaignFolder, letters: Letters) -> None:
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "window: no10\n")
    campaign.edit("recipients.yaml", "80 Wellington Street", "[A, B, C, D, E]")
    for command in ("check", "render"):
        done = letters(command)
        assert done.status == 1
        said = done.stdout + done.stderr
        assert "needs 8 lines, and the window of the envelope has 5" in said
        assert "recipients.yaml:6:5: [0].address" in said


def test_a_window_without_an_address_is_warned_of(
    campaign: CampaignFolder, letters: Letters
) -> None:
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "window: no10\n")
    done = letters("check")
    assert done.status == 0
    assert "recipients.yaml:13:3: warning: [1] – has no postal address" in done.stdout + done.stderr
    assert "[0]" not in done.stdout + done.stderr
