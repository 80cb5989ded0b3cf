"""The style sheet: tokens become variables, and words at the edges of a page stay words."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from letters.press.css import style_sheet
from letters.press.theme import Theme

from .sample import classic_theme, full_letter, small_letter

CRUEL = 'a "b" \\ c\n} @import url(x); /* </style> \u2028 *\x7f'


def sheet(theme: Theme | None = None, **changes: str | tuple[str, str]) -> str:
    return style_sheet(replace(small_letter(), **changes), theme or classic_theme())


def content(css: str, box: str) -> str:
    """What the margin box of that name holds, as CSS."""
    found = re.search(rf"@{box} {{ content: (.*?); font", css)
    assert found
    return found[1]


def unescaped(string: str) -> str:
    """A CSS string as CSS reads it (CSS Syntax 3, 4.3.7)."""
    assert string[0] == string[-1] == '"'
    assert not re.search(r'["\n]|\\[^0-9a-f]', string[1:-1])
    return re.sub(r"\\([0-9a-f]{1,6})[ \n\t]?", lambda m: chr(int(m[1], 16)), string[1:-1])


def test_every_token_of_a_theme_is_in_it() -> None:
    numbers = ("text_size", "label_size", "small_size", "text_line", "address_line", "small_line",
               "paragraph_space", "block_space", "signature_space")  # fmt: skip
    colours = ("text_colour", "accent_colour", "muted_colour", "rule_colour")
    assert {*numbers, *colours} < set(Theme.__struct_fields__)
    for number, name in enumerate(numbers, 101):
        assert f"{number}.5pt" in sheet(replace(classic_theme(), **{name: number + 0.5}))
    for name in colours:
        assert "#0c0ffe" in sheet(replace(classic_theme(), **{name: "#0c0ffe"}))


@pytest.mark.parametrize(
    ("page", "size"), [("letter", "215.9mm 279.4mm"), ("a4", "210.0mm 297.0mm")]
)
def test_the_page_has_the_themes_size_and_margins(page: str, size: str) -> None:
    css = sheet(replace(classic_theme(), page=page))
    assert f"size: {size};" in css
    assert "margin: 25mm 44.5mm 23mm 44.5mm;" in css


@pytest.mark.parametrize(
    "text", ["plain words – and more", CRUEL, "é ñ 漢字 \u00a0 \u202f", "{page}", ""]
)
def test_words_at_the_edges_are_read_back_as_they_were(text: str) -> None:
    css = sheet(running_head=(text, text), notice=text, draft_mark=text)
    for box in ("top-left", "top-center", "top-right", "bottom-left"):
        assert unescaped(content(css, box)) == text


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("{page} / {pages}", 'counter(page) " / " counter(pages)'),
        ("Page {page} of {pages}", '"Page " counter(page) " of " counter(pages)'),
        (
            "{page}. oldal, összesen {pages}.",
            'counter(page) ". oldal, összesen " counter(pages) "."',
        ),
    ],
)
def test_the_page_label_counts(label: str, written: str) -> None:
    found = content(sheet(page_label=label), "bottom-right")
    strings = re.sub(r'"[^"]*"', lambda m: f'"{unescaped(m[0])}"', found)
    assert strings == written


def test_the_first_page_has_no_running_head() -> None:
    assert '@page :first { @top-left { content: "" } @top-right { content: "" } }' in sheet()


def test_nothing_of_a_letter_gets_out_of_its_string() -> None:
    """With the strings taken away, the sheets of two letters are one and the same."""
    strings = re.compile(r'"[^"]*"(, )?')  # its scripts add names to the lists of families
    cruel = sheet(running_head=(CRUEL, CRUEL), notice=CRUEL, draft_mark=CRUEL)
    assert strings.sub("", cruel) == strings.sub(
        "", style_sheet(full_letter(draft=True), classic_theme())
    )
