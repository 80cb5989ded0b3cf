"""What a typesetter would not sign, looked for in real PDFs, with the end of a page everywhere.

Each word of these letters tells which block it belongs to: ``lastx7`` is a word of the last
paragraph.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from statistics import mean, median
from typing import get_args

import pytest
from msgspec.structs import replace
from pages import ROOT

from letters.campaign.load import load
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.press import pdf
from letters.press.paper import PageSize
from letters.press.theme import Theme

from .lines import pages
from .sample import picture, small_letter, value, words
from .themes import NAMES, built_in


def text(name: str, count: int) -> d.Inlines:
    return words(" ".join(f"{name}x{number}" for number in range(1, count + 1)))


def paragraph(name: str, count: int) -> d.Paragraph:
    return d.Paragraph(text(name, count))


def filler(lines: int) -> d.Blocks:
    """So many lines, of which a page may end with any."""
    return tuple(d.Paragraph(text(f"filler{line}", 1)) for line in range(lines))


def last(kind: int, count: int) -> d.Block:
    """What stands before the close, of several kinds."""
    items = tuple((paragraph(f"last{number}", 14),) for number in range(1, 4))
    match kind:
        case 0:
            return d.Asks(items)
        case 1:
            return d.List(ordered=False, items=items)
        case _:
            return paragraph("last", count)


def letter(step: int) -> d.Letter:
    """A letter that is moved on by ``step`` lines, with other lengths at each step."""
    small = small_letter()
    opening = small.blocks[:3]
    signers = 1 + step * 5 % 12
    people = tuple(
        d.Signature(d.Value(f"signx{n}"), (value(f"signx{n}a"),)) for n in range(1, signers + 1)
    )
    cut = max(1, signers // 2)
    groups = (
        d.SignatureGroup("", people[:cut], min(cut, 3), ruled=True),
        d.SignatureGroup("signxlabel", people[cut:], 2, ruled=False),
    )
    body: d.Blocks = (
        d.Subject(text("subject", 3)),
        d.Salutation(text("salutation", 2)),
        paragraph("first", 40 + step % 3 * 9),
        d.Heading(1, text("heading1", 2)),
        d.Heading(2, text("heading2", 2)),
        paragraph("second", 50 + step % 5 * 8),
        d.Paragraph(text("lead1", 20)),
        d.List(ordered=True, items=((paragraph("item1", 30),), (paragraph("item2", 9),))),
        d.Heading(1, text("heading3", 2)),
        d.Table(
            ("start", "end"),
            (text("head", 1), text("head", 1)),
            ((text("cell", 1), text("cell", 1)),) * 3,
        ),
        d.Paragraph(text("lead2", 9)),
        d.Asks(((paragraph("ask1", 20),), (paragraph("ask2", 14),))),
        paragraph("third", 33),
        last(step % 4, 8 + step % 6 * 9),
        d.Close(text("close", 2)),
        d.SignatureBlock(tuple(group for group in groups if group.signatures)),
    )
    return replace(small, blocks=(*opening, *filler(step), *body), notes=())


BLOCKS = {
    *("subject", "salutation", "first", "second", "third", "lead1", "lead2", "item1", "item2"),
    *("heading1", "heading2", "heading3", "head", "cell", "ask1", "ask2"),
    *("last", "last1", "last2", "last3", "close", "sign"),
}
WHOLE = ("subject", "salutation", "heading1", "close", "sign", "ask1", "ask2")
OPENS = ("subject", "salutation", "heading1", "heading2", "heading3", "lead1", "lead2", "head")


@cache
def printed(theme: Theme, step: int) -> list[list[str]]:
    made = pdf.write(letter(step), theme)
    assert made.remarks == ()
    found = []
    for page in pages(made.data):
        # A line is known by its first word that is no number or bullet of a list.
        names = [
            name
            for line in page
            for name in [word.text.partition("x")[0] for word in line.words[:2]][-1:]
            if name in BLOCKS
        ]
        found.append(names)
    return found


def faults(shown: list[list[str]]) -> list[str]:
    found = [f"a page ends with {page[-1]}" for page in shown[:-1] if page and page[-1] in OPENS]
    counts = [Counter(page) for page in shown]
    for name in BLOCKS - {"cell", "head"}:
        parts = [count[name] for count in counts if count[name]]
        if len(parts) > 1 and (name in WHOLE or min(parts) < 2):
            found.append(f"{name} is split: {parts}")
    end = next(page for page in shown if "sign" in page)
    before = end[: end.index("close")] if "close" in end else []
    if len(before) < 2:
        found.append(f"the signatures stand with only {before}")
    return found


@pytest.mark.parametrize("turn", range(len(NAMES)))
def test_no_page_ends_or_begins_badly(turn: int) -> None:
    """All themes take turns, and each page size, so that every step is set once."""
    bad = {}
    for step in range(turn, 46, len(NAMES)):
        name = NAMES[step % len(NAMES)]
        theme = built_in(name, page="a4" if step % 2 else "letter")
        if found := faults(printed(theme, step)):
            bad[name, step] = found
    assert bad == {}


@cache
def model(language: str) -> d.Letter:
    """The model letter, as a draft."""
    campaign, problems = load(ROOT / "signatories" / "carney")
    assert campaign is not None, problems
    edition = Edition(campaign, language, "recipient")
    return edition.letter(0, Signed({}, None, draft=True), lambda _path, alt: picture(9, 9, alt))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", get_args(PageSize))
@pytest.mark.parametrize("name", [name for name in NAMES if name != "large-print"])
def test_a_line_has_sixty_to_seventy_five_characters(
    name: str, page: PageSize, language: str
) -> None:
    theme = built_in(name, page=page)
    margin, width = theme.margin_mm, theme.page_mm[0]
    edge = width - margin.right
    made = pdf.write(model(language), theme)
    shown = [line for page_lines in pages(made.data) for line in page_lines]
    usual = median(line.words[0].height for line in shown)
    # The last line of a paragraph is shorter; lists are set in, and notes are smaller.
    lengths = [
        len(line.text)
        for line in shown
        if abs(line.box[0] - margin.left) < 0.5
        and line.box[2] > edge - 20
        and abs(line.words[0].height - usual) < usual / 20
    ]
    assert len(lengths) > 15
    assert 64 <= mean(lengths) <= 74
    assert sum(60 <= length <= 75 for length in lengths) > 0.7 * len(lengths)


@pytest.mark.parametrize("divided", [True, False])
def test_long_words_are_divided_only_where_the_language_allows_it(divided: bool) -> None:
    long = "Bundesaufnahmeprogrammverantwortlichkeit "
    body = d.Paragraph(words(long * 30)), d.Close(words(long))
    small = small_letter()
    letter = replace(small, language="de", hyphenate=divided, blocks=body, notes=())
    shown = [line.text for line in pages(pdf.write(letter, built_in("classic")).data)[0]]
    assert any(line.endswith(("‐", "-")) for line in shown) == divided


def test_short_words_and_names_are_never_divided() -> None:
    names = tuple(d.Value("Bundesaufnahmeprogrammverantwortlichkeit") for _ in range(6))
    body = (
        d.AddressBlock(tuple((name,) for name in names)),
        d.Paragraph(words("kurze Wörter " * 99)),
    )
    letter = replace(small_letter(), language="de", hyphenate=True, blocks=body, notes=())
    shown = [line.text for line in pages(pdf.write(letter, built_in("plain")).data)[0]]
    assert not any(line.endswith(("‐", "-")) for line in shown)


def test_a_line_that_ends_before_a_note_or_bold_words_is_full() -> None:
    # Each text ends a little further to the right than the one before, across the margin.
    said = [f"7 {'mere words and ' * 4}{'i' * count} " for count in range(1, 16)]
    bold = [d.Paragraph((*words(text), d.Strong(words("boldandlong")))) for text in said]
    noted = [d.Paragraph((*words(f"{text}remembered"), d.NoteMark(1))) for text in said]
    letter = replace(small_letter(), blocks=(*bold, *noted))
    shown = [
        line.text for page in pages(pdf.write(letter, built_in("classic")).data) for line in page
    ]
    assert sum(line.startswith("7 mere words") for line in shown) == 2 * len(said)
    assert any(line.startswith("boldandlong") for line in shown)
