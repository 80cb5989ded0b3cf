"""A theme's style sheet changes how a letter looks, and can't change a word of what it says."""

from __future__ import annotations

import pytest

from letters.press.contrast import contrast
from letters.press.stylesheet import read_sheet
from letters.problem import Problem

GOOD = """\
/* The organisation stands alone. */
.letterhead { border-bottom: 1pt dotted #6b2a2f; padding-bottom: 4mm; text-align: center }
.subject { font-family: "Liberation Sans", sans-serif; font-weight: bold; letter-spacing: 0.02em }
ol.asks > li { margin: 0 0 3pt 12pt; background-color: #f4f1ee; border-radius: 2pt }
ul.list { margin-inline-start: 6pt; padding-block: 2pt; border-inline-end: 1pt solid #b9b2ac }
@media print { p { hyphens: auto; orphans: 3; line-height: 1.4; color: #202020 } }
"""


def problems(css: str) -> list[Problem]:
    return read_sheet(css.encode(), "letter.css")[1]


def test_it_lets_through_what_is_only_looks() -> None:
    assert read_sheet(GOOD.encode(), "letter.css") == (GOOD, [])


@pytest.mark.parametrize(
    "declaration",
    [
        "display: none",
        "visibility: hidden",
        "content: 'We do not ask'",
        "opacity: 0",
        "position: absolute",
        "float: right",
        "transform: scale(0)",
        "clip-path: inset(50%)",
        "height: 0",
        "max-height: 0",
        "overflow: hidden",
        "font-size: 0",
        "font: 0 serif",
        "white-space: nowrap",
        "text-transform: uppercase",
        "direction: rtl",
        "unicode-bidi: bidi-override",
        "order: -1",
        "counter-reset: page 9",
        "string-set: x 'y'",
        "background: url(x.png)",
        "background-image: url(x.png)",
        "list-style: url(x.png)",
        "--variable: 0",
        "all: unset",
        "font-family: Wingdings",
        "font: 11pt 'Zapf Dingbats'",
        "color: #ffffff",
        "color: #fefefe",
        "color: white",
        "color: transparent",
        "color: rgb(255, 255, 255)",
        "color: var(--rule)",
        "color: #fff0",
        "background-color: #000000",
        "background-color: black",
        "text-indent: -9999px",
        "margin-left: -1pt",
        "margin-inline-start: -1pt",
        "margin: 0 -200mm 0 0",
        "letter-spacing: -1em",
        "word-spacing: -2em",
        "line-height: -1",
        "line-height: 0",
        "line-height: 0.5",
        "line-height: 40%",
        "line-height: 2pt",
        "line-height: 0.1em",
        "line-height: 1ch",
        "line-height: 30",
        "letter-spacing: 300pt",
        "letter-spacing: 2em",
        "word-spacing: 40vw",
        "text-decoration: line-through",
        "text-decoration: underline LINE-THROUGH #ffffff 2pt",
        "text-decoration-line: line-through",
        "text-decoration: underline 30pt #ffffff",
        "text-decoration-thickness: 100%",
        "width: 99999pt",
        "border: 1pt solid url(x)",
        "font-family: url(x)",
        "color: #202020; display: none",
        "COLOR: #FFFFFF",
        "dis\\70lay: none",
    ],
)
@pytest.mark.parametrize("around", ["p {{ {} }}", "@media print {{ p {{ {} }} }}"])
def test_it_refuses_what_could_hide_or_add_words(declaration: str, around: str) -> None:
    found = problems(around.format(declaration))
    assert found
    for problem in found:
        assert problem.severity == "error"
        assert (problem.place.path, problem.place.line) == ("letter.css", 1)


@pytest.mark.parametrize(
    "css",
    [
        "@import url(other.css);",
        "@import 'other.css' print;",
        "@font-face { font-family: X; src: url(x.ttf) }",
        "@page { size: 1cm }",
        "@page { @top-left { content: 'x' } }",
        "@charset 'utf-8';",
        "@namespace url(x);",
        "@supports (color: red) { p { display: none } }",
        "@layer x { p { display: none } }",
        "@color-profile x { src: url(x.icc) }",
        "p { color: #202020",
        "p { color #202020 }",
        "p { & em { display: none } }",
        "p {} </style>",
        "p {} <!-- -->",
    ],
)
def test_it_refuses_what_is_no_plain_rule(css: str) -> None:
    closed = css.endswith("#202020")
    assert bool(problems(css)) != closed  # CSS itself closes a block at the end of the sheet


def test_all_problems_are_found_each_at_its_place() -> None:
    found = problems("p {\n  display: none;\n}\n\n@import 'x';\nh1 { opacity: 0 }\n</style>")
    places = sorted((problem.place.line, problem.place.column) for problem in found)
    assert places[:3] == [(2, 3), (5, 1), (6, 6)]
    assert (7, 1) in places


def test_it_reads_utf_8_with_or_without_a_mark() -> None:
    css = "/* § */ p { color: #202020 }"
    assert read_sheet(b"\xef\xbb\xbf" + css.encode(), "letter.css") == (css, [])
    [problem] = read_sheet(css.encode("cp1252"), "letter.css")[1]
    assert "UTF-8" in problem.message


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#ff0000", 4.0), ("#b9b2ac", 2.09)],
)
def test_contrast_is_that_of_the_accessibility_guidelines(colour: str, wanted: float) -> None:
    assert contrast(colour) == pytest.approx(wanted, abs=0.01)


def test_it_holds_no_character_that_nobody_sees() -> None:
    _, problems = read_sheet("p { color: #000000 }\n/* \u202e */".encode(), "a.css")
    [problem] = problems
    assert str(problem).startswith("a.css:2:4: holds the invisible or unusable character U+202E")
