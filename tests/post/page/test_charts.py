"""Charts that need neither colour nor a font, and are the same whoever draws them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from lxml import etree

from letters.post.page import charts
from letters.post.page.signed import Day

from .sample import TODAY, on

ROWS = (
    ("came back & forth", "stuck", 3),
    ("sent", "waiting", 40),
    ("not sent", "open", 0),
    ("answered", "done", 7),
)


DAYS = (Day(on(0), 0, 2), Day(on(3), 9, 2), Day(on(5), 8, 2))


def bars() -> str:
    return charts.bars(ROWS, "states", "Letters <by> state", "came back: 3")  # type: ignore[arg-type]


def curve(days: tuple[Day, ...] = DAYS, today: dt.date = TODAY) -> str:
    return charts.curve(days, today, "curve", "Over time", "8 signed")


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return {"bars": bars(), "curve": curve()}


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in etree.fromstring(svg).iter("text")]


@pytest.mark.parametrize("name", ["bars", "curve"])
def test_a_drawing_is_a_part_of_the_page(drawn: dict[str, str], name: str) -> None:
    svg = drawn[name]
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    labels = (root.get("aria-labelledby") or "").split()
    assert [root[0].get("id"), root[1].get("id")] == labels
    assert root[0].text in ("Letters <by> state", "Over time")
    assert root[1].text in ("came back: 3", "8 signed")
    ids = [str(element.get("id")) for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    targets = {*re.findall(r'href="#([^"]*)"', svg), *re.findall(r"url\(#([^)]*)\)", svg)}
    assert targets == {*ids} - {*labels}
    assert all(one.startswith(("states-", "curve-")) for one in ids)
    # All colours are the page's, and so are the fonts; nothing is asked for.
    assert not re.search(r"#[0-9a-fA-F]{6}|font-family|<style|metadata|http|xlink", svg)


def test_each_bar_says_its_words_and_its_number(drawn: dict[str, str]) -> None:
    said = texts(drawn["bars"])
    assert said == [word for words, _, number in ROWS for word in (words, str(number))]


def test_the_manner_of_a_bar_is_seen_without_colour(drawn: dict[str, str]) -> None:
    """Full, hatched, or only outlined in pale; none at all where there is nothing to count."""
    fills = re.findall(r'd="M [^"]*z" style="fill: ([^;"]*)(; stroke: [^;"]*)?', drawn["bars"])
    assert [fill for fill, stroke in fills if stroke][:3] == [
        "url(#states-1)",
        "var(--pale)",
        "var(--mark)",
    ]
    assert drawn["bars"].count("<pattern") == 1


def test_the_line_says_its_numbers_and_hatches_what_is_stale(drawn: dict[str, str]) -> None:
    said = texts(drawn["curve"])
    assert {"8 signed", "2 stale"} <= set(said)
    assert [one for one in said if one.isdigit()] == ["2025", "2025", "2025", "0", "5", "10"]
    assert "<pattern" in drawn["curve"]
    assert "stroke-dasharray" in drawn["curve"]
    plain = curve((Day(on(0), 3, 0),))
    assert "<pattern" not in plain
    assert "stroke-dasharray" not in plain
    assert "3 signed" in texts(plain)


@pytest.mark.parametrize(
    ("most", "scale"),
    [
        (1, ["0", "1"]),
        (4, ["0", "1", "2", "3", "4"]),
        (5, ["0", "2", "4"]),
        (9, ["0", "5"]),
        (267, ["0", "100", "200"]),
        (400, ["0", "100", "200", "300", "400"]),
        (12345, ["0", "5000", "10000"]),
    ],
)
def test_the_scale_has_few_lines_of_round_numbers(most: int, scale: list[str]) -> None:
    said = texts(curve((Day(on(0), most, 0),)))
    assert [one for one in said if one.isdigit() and one != "2025"] == scale


@pytest.mark.parametrize(
    ("days", "today"),
    [
        ((Day(on(0), 1, 0),), on(0)),
        ((Day(on(0), 1, 0), Day(on(9), 0, 0)), on(10)),
        ((Day(on(0), 0, 1),), on(2)),
        ((Day(on(0), 12000, 345),), on(900)),
        ((Day(on(9), 2, 0),), on(1)),
    ],
)
def test_every_word_of_a_line_stands_inside_the_drawing(
    days: tuple[Day, ...], today: dt.date
) -> None:
    root = etree.fromstring(curve(days, today))
    width, height = (float(part) for part in str(root.get("viewBox")).split()[2:])
    for text in root.iter("text"):
        moved = re.findall(r"translate\((\S+) (\S+)\)", text.get("transform") or "")
        x, y = map(float, moved[0] if moved else (text.get("x") or 0, text.get("y") or 0))
        anchor = re.findall("text-anchor: (.*?)(?:;|$)", text.get("style") or "")
        long = 7.0 * len(text.text or "")
        start = x - {"end": long, "middle": long / 2}.get(anchor[0] if anchor else "", 0)
        assert start > -1, text.text
        assert start + long < width + 1, text.text
        assert 8 < y < height, text.text
