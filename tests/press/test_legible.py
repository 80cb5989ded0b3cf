"""A theme's own style sheet can't push words off the page, one upon another, or below a frame."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from letters.press import pdf
from letters.press.names import pdf as names_pdf
from letters.press.stylesheet import read_sheet
from letters.press.theme import Theme
from letters.problem import CampaignError

from .annex_sample import annex, people
from .sample import classic_theme, full_letter, small_letter
from .test_stylesheet import GOOD

BEYOND, UPON, COVERED = "over the edge of the sheet", "one upon another", "paints over words"
UNREADABLE = {
    "padding": ("p { padding-left: 900pt }", BEYOND),
    "padding in parts": ("* { padding-left: 120pt }", BEYOND),
    "a margin": ("p { margin-inline-start: 500pt }", BEYOND),
    "the margin of a page": ("body { margin-left: 300mm }", BEYOND),
    "an indent": ("p { text-indent: 700pt }", BEYOND),
    "a width": ("p { width: 900pt; text-align: right }", BEYOND),
    "a width in percent": (".address, p { width: 900%; text-align: end }", BEYOND),
    "the other side": ("p { width: 900%; padding-left: 500pt }", BEYOND),
    "a border": ("p { border-left: 900pt solid #ffffff }", BEYOND),
    "a frame around words": ("strong, em, a, bdi { border: 30pt solid #ffffff }", COVERED),
    "a ground behind words": ("strong, em, a, bdi { padding: 30pt; background-color: #ffffff }", COVERED),
}  # fmt: skip
READABLE = (
    GOOD,
    "p { line-height: 1; margin: 0; padding: 0 }",
    "p { border: 1pt solid #000000; background-color: #f4f1ee; padding: 2pt }",
    "* { background-color: #ffffff }",
    "strong, em { border-bottom: 1pt solid #000000; padding: 1pt; background-color: #ffffdd }",
    "td, th, li { border: 2pt solid #6b2a2f; background-color: #f4f1ee }",
    "p { letter-spacing: 0.2em; word-spacing: 0.5em; line-height: 2 }",
    "p { margin-left: 60mm }",
    "a { text-decoration: underline; text-decoration-thickness: 1pt }",
)


def styled(css: str) -> Theme:
    assert read_sheet(css.encode(), "letter.css")[1] == []
    return replace(classic_theme(), css=css)


@pytest.mark.parametrize("kind", UNREADABLE)
def test_words_that_nobody_could_read_are_refused(kind: str) -> None:
    css, wrong = UNREADABLE[kind]
    with pytest.raises(CampaignError) as refused:
        pdf.write(full_letter(), styled(css))
    told = {problem.message for problem in refused.value.problems}
    assert any(wrong in message for message in told), told
    for problem in refused.value.problems:
        assert problem.place.path == "templates/themes/classic/letter.css"
        assert re.search(r", on page \d+( and \d+ more)?$", problem.message)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("css", READABLE)
def test_what_is_only_looks_is_printed(css: str, language: str) -> None:
    pdf.write(full_letter(language), styled(css))
    pdf.write(small_letter(), styled(css))


@pytest.mark.parametrize("css", ["p { line-height: 0.1 }", "* { width: 0 }"])
def test_words_upon_words_are_seen(css: str) -> None:
    """The first is refused before it gets there."""
    with pytest.raises(CampaignError, match=UPON):
        pdf.write(full_letter(), replace(classic_theme(), css=css))


@pytest.mark.parametrize(
    ("css", "wrong"),
    [
        ("li, tr { break-before: page }", "leaves names of an annex no room"),
        ("* { break-inside: avoid; break-after: page }", "leaves names of an annex no room"),
        ("ul { break-before: page }", "leaves names of an annex no room"),
        ("li { width: 1pt }", "leaves names of an annex no room"),
        ("main { padding-left: 700pt }", BEYOND),
        ("* { border: 300pt solid #000000 }", BEYOND),
    ],
)
def test_names_of_an_annex_that_nobody_could_read_are_refused(css: str, wrong: str) -> None:
    with pytest.raises(CampaignError) as refused:
        names_pdf.write(annex(people(250)), styled(css))
    assert any(wrong in problem.message for problem in refused.value.problems)
    assert {p.place.path for p in refused.value.problems} == {"templates/themes/classic/letter.css"}
