"""What a typesetter counts, in the lines of laid-out pages: nothing is split that belongs together.

A short run sets each template once; a long one each of its languages in each theme.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from shared import SOAK
from templates.library import EDITIONS, Library

from letters.draft import document as d
from letters.draft import page_marks
from letters.press import pdf
from letters.press.joins import joined
from letters.press.settled import settled
from letters.press.theme import Theme

from .sample import full_letter
from .themes import NAMES, built_in

TURNS = (
    list(itertools.product(EDITIONS, NAMES))
    if SOAK
    else [
        (next(group), NAMES[number % len(NAMES)])
        for number, (_, group) in enumerate(itertools.groupby(EDITIONS, lambda each: each[0]))
    ]
)
_MOST = 0.02  # of paragraphs may end with one word, where no joint was possible
_SHORT, _MOST_SHORT = 0.8, 0.1  # of the longest line; of paragraphs, above whose last line one is
_END = "\n"
_SPLIT = re.compile(
    r"(?<![\w.,])\d{1,2}(?:er|\.)?\n(?:de )?[^\W\d_]{3,9}\b \d{4}"  # 3 / September 2025
    r"|[^\W\d_]{3,9}\n(?:19|20)\d\d\b"  # September / 2025
    r"|(?<![\w.,])\d[\d.,]*\n[%€$]"
    r"|(?<!\w)[A-ZÀ-ÖА-Я]\.\n[A-ZÀ-ÖА-Я]"  # T. / Eliot
    r"|[A-ZÀ-ÖА-Я][^\W\d_]+-\n[A-ZÀ-ÖА-Я][^\W\d_]"  # Kara- / Murza
)
_DIVIDED = re.compile(r"\S*[\d/@_=#&]\S*‐\n|(?:https?:|www\.)\S*‐\n")


def blocks_of(document: Any) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Each element that has lines: its tag, and the page and the words of each line."""
    found: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if type(box).__name__ != "LineBox" or box.element is None:
                continue
            texts = [each.text for each in box.descendants() if type(each).__name__ == "TextBox"]
            element = box.element
            if element.get("class") in ("address", "letterhead"):
                continue  # whose lines are broken as they were written
            found.setdefault(id(element), (element.tag, []))[1].append((number, "".join(texts)))
    yield from found.values()


def edges_of(document: Any, side: str) -> Iterator[list[str]]:
    """The lines of each box at the top or the bottom of each page."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if type(box).__name__ == "MarginBox" and box.at_keyword.startswith(f"@{side}"):
                lines = [each for each in box.descendants() if type(each).__name__ == "LineBox"]
                yield [
                    "".join(t.text for t in line.descendants() if type(t).__name__ == "TextBox")
                    for line in lines
                ]


def laid_out(letter: d.Letter, theme: Theme) -> Any:
    paper = joined(letter, drawn=True)
    return settled(paper, theme, pdf.body(paper, theme)).document


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(Path(tmp_path_factory.mktemp("metrics")))


def test_nothing_is_split_that_belongs_together(library: Library) -> None:
    paragraphs, lonely, split, hyphens = 0, list[str](), list[str](), list[str]()
    long, short = 0, list[str]()
    feet, heads = list[str](), list[str]()
    for (name, language), look in TURNS:
        document = laid_out(library.letter(name, language), built_in(look))
        where = f"{name}.{language} {look}: "
        for tag, lines in blocks_of(document):
            text = _END.join(line.strip() for _, line in lines)
            plain = text.replace("\u00a0", " ").replace("\u2060", "")
            split += [where + found[0] for found in _SPLIT.finditer(plain)]
            hyphens += [where + found[0] for found in _DIVIDED.finditer(text)]
            if tag in ("p", "li") and len(lines) > 1:
                paragraphs += 1
                last = plain.rpartition(_END)[2]
                lonely += [where + last] if " " not in last.strip() and len(last) < 16 else []
                *above, last_but_one, _ = plain.split(_END)
                if above:
                    long += 1
                    widest = max(map(len, above))
                    short += [where + last_but_one] if len(last_but_one) < _SHORT * widest else []
        feet += [where + repr(own) for own in edges_of(document, "bottom") if len(own) > 2]
        heads += [where + repr(own) for own in edges_of(document, "top") if len(own) > 1]
    assert heads == []
    assert split == []
    assert hyphens == []
    assert feet == []
    assert paragraphs > 50
    assert len(lonely) <= _MOST * paragraphs, lonely
    assert len(short) <= _MOST_SHORT * long, short


@pytest.mark.parametrize("mark", ["", "CONFIDENTIAL", "BROUILLON – non signé · CONFIDENTIEL"])
@pytest.mark.parametrize("look", NAMES)
def test_a_head_is_one_line_whatever_stands_above_it(look: str, mark: str) -> None:
    name = page_marks.running_head("Special Rapporteur on freedom of opinion and expression")
    letter = replace(full_letter(), running_head=(name, "23 September 2026"), draft_mark=mark)
    document = laid_out(letter, built_in(look))
    heads = [lines for lines in edges_of(document, "top") if lines]
    assert [name] in heads
    assert all(len(lines) == 1 for lines in heads)
    tops = {
        text: [
            box.position_y * 0.75
            for page in document.pages
            for box in page._page_box.descendants()
            if type(box).__name__ == "TextBox" and box.text == text
        ]
        for text in (name, mark)
    }
    assert len(tops[name]) == len(document.pages) - 1
    if mark:  # printers leave 4 mm white, and the head stands a line below
        assert len(tops[mark]) == len(document.pages)
        assert min(tops[mark]) >= 11.3
        assert min(tops[name]) - max(tops[mark]) >= built_in(look).small_line - 2
