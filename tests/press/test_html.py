"""The web page: only the press's own tags, every word escaped, nothing from elsewhere.

When a change of the golden is wanted: ``LETTERS_UPDATE_GOLDENS=1 script/unit
tests/press/test_html.py``, then read the difference.
"""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest
import reading
from msgspec.structs import replace

from letters.draft.document import (
    AddressBlock,
    Block,
    Close,
    Copies,
    Enclosures,
    Heading,
    Image,
    Letter,
    Letterhead,
    Link,
    List,
    Note,
    NoteMark,
    Paragraph,
    Signature,
    SignatureBlock,
    SignatureGroup,
    Strong,
    Table,
    Text,
    Value,
)
from letters.press import html

from .sample import HOSTILE, classic_theme, full_letter, picture, small_letter, value, words

GOLDEN = Path(__file__).parent / "goldens" / "small.html"
CRUEL = "</style></p></title>\"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;'{{7*7}}"
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section"),
    *("p", "h1", "h2", "h3", "ol", "ul", "li", "blockquote", "div", "span", "br", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "em", "strong", "sup", "bdi"),
}
LETTERS = {
    "small": small_letter(),
    "full": full_letter(),
    "draft": full_letter(draft=True),
    "right-to-left": full_letter("fa"),
}


def with_block(*blocks: Block) -> str:
    return html.page(replace(small_letter(), blocks=blocks, notes=()), classic_theme())


class Seen(HTMLParser):
    """The tags of a page and the values of their attributes, and its words outside of the head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_it_writes_a_small_letter_like_the_golden() -> None:
    # The style sheet has tests of its own.
    page = html.page(small_letter(), classic_theme())
    page = re.sub(r"(?s)<style>.*</style>", "<style></style>", page)
    if os.environ.get("LETTERS_UPDATE_GOLDENS"):
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LETTERS)
def test_a_strict_parser_finds_no_mistake_and_nothing_to_fix(name: str) -> None:
    data = html.write(LETTERS[name], classic_theme())
    parser = import_module("tinyhtml5.parser").HTMLParser()
    tree = parser.parse(data)
    assert parser.errors == []
    assert tree.attrib["lang"] == LETTERS[name].language
    assert tree.attrib["dir"] == LETTERS[name].direction
    reading.html(data)  # raises where a tag is not closed where it must be


@pytest.mark.parametrize("name", LETTERS)
def test_it_refers_to_nothing_elsewhere(name: str) -> None:
    page = html.page(LETTERS[name], classic_theme())
    seen = Seen(page)
    for key, written in seen.attributes:
        if key == "src":
            assert (written or "").startswith("data:image/png;base64,")
        if key == "style":  # the room behind a figure, and nothing that could be fetched
            assert re.fullmatch(r"padding-inline-end: [\d.]+(ch|em)", written or "")
        assert key not in ("srcset", "data", "poster", "background", "action", "ping")
        assert not key.startswith("on")
    assert not {"link", "script", "iframe", "object", "embed", "base", "form"} & set(seen.tags)
    [style] = re.findall(r"(?s)<style>(.*)</style>", page)
    assert "url(" not in style
    assert "@import" not in style


def test_no_browser_may_fetch_what_a_theme_asks_for() -> None:
    theme = replace(classic_theme(), css="p { background: url(https://example.org/seen.png) }")
    page = html.page(small_letter(), theme)
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert page.index(policy) < page.index("<style>")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "font-src": "data:",
    }


def test_the_themes_own_sheet_follows_that_of_the_press_as_it_is() -> None:
    css = "/* mine */\nh1 { color: red }"
    page = html.page(small_letter(), replace(classic_theme(), css=css))
    assert re.findall("(?s)<style>(.*?)</style>", page)[1:] == [css]
    assert html.page(small_letter(), classic_theme()).count("<style>") == 1


def test_every_tag_is_one_of_the_presss_own() -> None:
    assert set(Seen(html.page(full_letter(draft=True), classic_theme())).tags) <= TAGS


def cruel_letter() -> Letter:
    """A letter with the same hostile words in each place that can hold words."""
    name = Value(CRUEL)
    image = picture(9, 9, CRUEL)
    signature = Signature(name, (value(CRUEL),), state=CRUEL, image=image)
    return replace(
        small_letter(),
        title=CRUEL,
        author=CRUEL,
        notice=CRUEL,
        draft_mark=CRUEL,
        running_head=(CRUEL, CRUEL),
        page_label=f"{CRUEL} {{page}} {CRUEL}",
        blocks=(
            Letterhead((value(CRUEL), value(CRUEL)), image),
            AddressBlock((value(CRUEL), words(CRUEL))),
            Heading(1, words(CRUEL)),
            Paragraph((name, Text(CRUEL), Strong((name,)), Link(CRUEL, (name,)))),
            List(ordered=False, items=((Paragraph((name,)),),)),
            Table(("start",), (words(CRUEL),), ((value(CRUEL),),)),
            Close((name,)),
            SignatureBlock((SignatureGroup(CRUEL, (signature,), 1, ruled=True),), (CRUEL,)),
            Enclosures(CRUEL, (value(CRUEL),)),
            Copies(CRUEL, (value(CRUEL),)),
        ),
        notes=(Note(1, (name,)),),
    )


def test_hostile_words_stay_words_wherever_they_stand() -> None:
    page = html.page(cruel_letter(), classic_theme())
    assert "<script" not in page.lower()
    assert "<img src=x" not in page
    seen = Seen(page)
    assert set(seen.tags) <= TAGS
    assert seen.tags.count("img") == 2
    assert seen.tags.count("style") == 1
    assert {key for key, _ in seen.attributes if key.startswith("on")} == set()
    shown = reading.html(page.encode())
    told = len(re.findall(re.escape(reading.words(CRUEL)), shown.body))
    assert told == 23
    assert shown.first_head == shown.foot == reading.words(CRUEL)
    assert ("alt", CRUEL) in seen.attributes
    assert ("href", CRUEL) in seen.attributes
    assert ("content", CRUEL) in seen.attributes


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_read_back_as_written(name: str) -> None:
    assert reading.html(with_block(Paragraph(value(name))).encode()).body == reading.words(name)


def test_a_single_paragraph_of_an_item_needs_no_tag() -> None:
    one = List(ordered=True, items=((Paragraph(words("one")),),), start=3)
    assert '<ol class="list"><li><span class="number">3.</span>one</li></ol>' in with_block(one)


def test_a_picture_is_inside_with_its_words() -> None:
    image = Image(b"\x89PNG", 1, 1, 'A "signature"')
    page = with_block(Letterhead((words("Us"),), image))
    assert 'src="data:image/png;base64,iVBORw==" alt="A &quot;signature&quot;"' in page


def test_what_leads_in_is_kept_with_what_follows() -> None:
    asked = List(ordered=False, items=((Paragraph(words("x")),),))
    page = with_block(Paragraph(words("We ask:")), asked, Paragraph(words("So")), Close(words("Y")))
    assert '<p class="lead">We ask:</p>' in page
    assert '<p class="before-close">So</p>' in page


def test_many_signatures_may_go_on_to_the_next_page() -> None:
    def block(count: int) -> str:
        people = tuple(Signature(Value(f"P{number}")) for number in range(count))
        return with_block(SignatureBlock((SignatureGroup("", people, 3, ruled=False),)))

    assert 'class="signatures together"' in block(12)
    assert 'class="signatures"' in block(13)


def test_a_draft_says_so_and_a_final_letter_does_not() -> None:
    bodies = {
        name: html.page(LETTERS[name], classic_theme()).partition("<body>")[2]
        for name in ("draft", "full")
    }
    assert f'<p class="draft-mark">{LETTERS["draft"].draft_mark}</p>' in bodies["draft"]
    assert "draft-mark" not in bodies["full"]


@pytest.mark.parametrize("number", ["+1 613 555 0111", "0800 555 123", "+44 (0)20 5550 0123"])
def test_a_telephone_number_keeps_its_order_between_words_from_right_to_left(number: str) -> None:
    said = f"טל׳ {number}, משרד"
    letter = replace(small_letter(), direction="rtl", blocks=(Paragraph(words(said)),), notes=())
    assert f'<bdi dir="ltr">{number}</bdi>, ' in html.page(letter, classic_theme())
    assert "<bdi" not in with_block(Paragraph(words(said)))


def test_numbers_between_words_from_right_to_left_stay_as_they_are() -> None:
    said = Paragraph(words("בשנת 2026, 12 000 או 0.5 או 1.05 20"))
    letter = replace(small_letter(), direction="rtl", blocks=(said,), notes=())
    assert "<bdi" not in html.page(letter, classic_theme())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("We write from exile.", "exile."),
        ("この手紙を書いています。", "す。"),
        ("手紙を「戦争反対」", "対」"),
        ("東京とパーティー", "ティー"),
        ("他們之中許多人正在歐洲R&D。", "D。"),
        ("เราเขียนจดหมายฉบับนี้", "นี้"),
        ("the Rindfleischetikettierungsgesetz", "gsgesetz"),
    ],
)
def test_a_note_keeps_what_is_before_it_but_no_whole_line(said: str, kept: str) -> None:
    """A paragraph without spaces is one word, and would run off the page."""
    letter = replace(
        small_letter(),
        blocks=(Paragraph((Text(said), NoteMark(1))),),
        notes=(Note(1, words("A note.")),),
    )
    [found] = re.findall('<span class="kept">(.*?)<sup', html.page(letter, classic_theme()))
    assert found == kept
