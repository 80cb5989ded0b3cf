"""A line that is shaped directly has the very glyphs, places and width that WeasyPrint gives it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pytest

from letters.press.engine import engine
from letters.press.shaping import FontFace, LineWriter, Widths, script_of

LINES = (
    "Mr. Nils Castell, M.P.",
    "847 Juniper Street",
    "IVY POINT ON  K2A 4B1",
    "12345",
    "“Müller-Bélanger” – straße, coöperate; l’Hôpital",
    "Łucja Østby ffi fi tti AVATAR To. WAVE Type 5 % § €",
    "Київ, Ґанок: Россия и ё",
    "Ευχαριστώ πολύ",
)
BEYOND = ("سلام", "Nils Київ", "e\u0301", "שלום", "क्षमा", "a\u200db", "漢字")
FONTS = ("Liberation Serif", "Carlito", "Liberation Sans", "DejaVu Serif")


def drawn(
    font: str, lines: tuple[str, ...], language: str, more: str = ""
) -> Iterator[tuple[Any, str, Any]]:
    """The boxes of the lines, what WeasyPrint draws of each, and the font in the PDF."""
    weasyprint = engine()
    from weasyprint.draw.text import draw_first_line
    from weasyprint.formatting_structure import boxes
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.stream import Stream

    paragraphs = "".join(f"<p>{escape(line)}" for line in lines)
    page = (
        f"<html lang={language}><style>@page {{ size: 900px 900px }} p {{ white-space: pre; "
        f"overflow-wrap: break-word; margin: 0; font: {font}, serif; {more} }}</style>{paragraphs}"
    )
    document = weasyprint.HTML(string=page).render()
    stream = Stream({}, (0, 0, 1, 1), {}, {}, None, {}, None)
    for box in document.pages[0]._page_box.descendants():
        if isinstance(box, boxes.TextBox):
            stream.stream.clear()
            box.pango_layout.reactivate(box.style)
            line, _ = box.pango_layout.get_first_line()
            found, _ = stream.add_font(line.runs[0].data.item.analysis.font)
            found.widths = Widths(found.hb_font, found.font_size)
            draw_first_line(stream, box, "clip", "none", Matrix())
            shown = [
                str(each, "ascii") if isinstance(each, bytes) else each for each in stream.stream
            ]
            yield box, "".join(each for each in shown if each.endswith("TJ")), found


@pytest.mark.parametrize("family", FONTS)
@pytest.mark.parametrize("looks", ["12pt", "bold 9.5pt", "italic 13.37px"])
def test_it_draws_what_weasyprint_draws(family: str, looks: str) -> None:
    for box, shown, font in drawn(f'{looks} "{family}"', LINES, "en"):
        face = FontFace.of(box.style)
        assert face is not None
        line = face.shape(box.text)
        assert line is not None, box.text
        assert (LineWriter(face, font.widths).shown(line).decode(), line.width) == (
            shown,
            box.width,
        )


def test_it_leaves_alone_what_needs_more_than_one_run() -> None:
    boxes = [box for box, _, _ in drawn('12pt "Liberation Serif"', (*BEYOND, "plain"), "en")]
    face = FontFace.of(boxes[-1].style)
    assert face is not None
    assert [face.shape(text) for text in BEYOND] == [None] * len(BEYOND)
    assert face.shape("plain") is not None


def face(font: str, more: str = "") -> FontFace | None:
    [(box, _, _)] = drawn(font, ("plain",), "en", more)
    return FontFace.of(box.style)


def test_it_leaves_alone_a_character_that_another_font_of_the_line_has() -> None:
    both, other = face('12pt "Carlito", "DejaVu Serif"'), face('12pt "DejaVu Serif"')
    assert both is not None
    assert other is not None
    lacking = sorted(other._covered - both._covered)
    assert lacking
    for character in lacking:
        assert both.shape(character) is None
        assert other.shape(character) is not None


@pytest.mark.parametrize(
    "more", ["letter-spacing: 1px", "word-spacing: 2px", "font-variant-caps: small-caps"]
)
def test_it_leaves_alone_letters_that_are_spaced_or_chosen(more: str) -> None:
    assert face('12pt "Carlito"', more) is None


def test_one_script_at_a_time() -> None:
    assert script_of("12 – 13") == "Zyyy"
    assert script_of("Nº 5") == "Latn"
    assert script_of("Київ 5") == "Cyrl"
    assert script_of("Київ A") is None


def test_the_width_of_a_glyph_is_that_of_the_font_s_first_size() -> None:
    engine()
    (_, _, small), (_, _, large) = (
        next(drawn(f'{size} "Carlito"', ("plain",), "en")) for size in ("7pt", "31.3px")
    )
    first, then = Widths(small.hb_font, small.font_size), Widths(small.hb_font, small.font_size)
    assert [first[glyph] for glyph in range(900)] == [
        then[glyph] for glyph in reversed(range(900))
    ][::-1]
    other = Widths(large.hb_font, large.font_size)
    assert max(abs(other[glyph] - first[glyph]) for glyph in range(900)) <= 1
