"""Paragraphs of a template go, come and move in its file."""

from __future__ import annotations

import pytest

from letters.campaign.word_changes import NoPlaceError
from letters.draft.template_paragraphs import TemplateText, rearranged, spliced

SOURCE = """\
::: close
One.
:::

{id=two}
Two *words*
in two lines with {{ values.x }}.

## A heading
Three.

- item
  goes on
- other item

1. first
2. second

{% if a %}
Four.
{% endif %}

A {% if b %}B{% endif %}

| a | b |
| c | d |

> Quoted.

- one

  inside

Last.
"""
FILE = TemplateText(SOURCE)


def line(words: str) -> int:
    lines = SOURCE.split("\n")
    return next(number for number, each in enumerate(lines, 1) if words in each)


@pytest.mark.parametrize(
    ("words", "others", "cut"),
    [
        ("One.", (), "One.\n"),
        ("Two", ("A heading", "Three"), "{id=two}\nTwo *words*\nin two lines with {{ values.x }}.\n\n"),
        ("A heading", ("Three",), "## A heading\n"),
        ("Three", ("A heading",), "Three.\n\n"),
        ("- item", ("other item",), "- item\n  goes on\n"),
        ("other item", ("- item",), "- other item\n"),
        ("second", ("first",), "2. second\n"),
        ("Four", (), "Four.\n"),
    ],
)  # fmt: skip
def test_a_paragraph_has_all_of_its_lines(words: str, others: tuple[str, ...], cut: str) -> None:
    found = FILE.paragraph([line(words)], [line(each) for each in others])
    start, end = FILE.cut(found)
    assert SOURCE[start:end] == cut


@pytest.mark.parametrize(
    ("lines", "others", "message"),
    [
        (["One.", "Two"], [], "from several places"),
        (["A {%"], [], "an instruction of the template"),
        (["| a |"], ["| c |"], "other words, too"),
        (["Quoted"], [], "other words, too"),
        (["- item"], ["goes on"], "other words, too"),
    ],
)
def test_what_is_no_paragraph_of_its_own_is_refused(
    lines: list[str], others: list[str], message: str
) -> None:
    with pytest.raises(NoPlaceError, match=message):
        FILE.paragraph([line(each) for each in lines], [line(each) for each in others])


def test_a_list_keeps_its_numbers_and_what_stands_in_its_entries() -> None:
    with pytest.raises(NoPlaceError, match="begin with another one"):
        FILE.cut(FILE.paragraph([line("first")], [line("second")]))
    with pytest.raises(NoPlaceError, match="more of this entry"):
        FILE.cut(FILE.paragraph([line("- one")], []))
    with pytest.raises(NoPlaceError, match="within an entry"):
        FILE.cut(FILE.paragraph([line("  inside")], []))
    with pytest.raises(NoPlaceError, match="in the meantime"):
        FILE.paragraph([999], [])


def put(after: str, before: str, text: str, *, entry: bool = False) -> str:
    left, right = (FILE.paragraph([line(w)], []) if w else None for w in (after, before))
    at = FILE.place(left, right, [])
    return rearranged(SOURCE, (), (), [(at, FILE.set_in(at, text, entry=entry))])


def test_a_paragraph_comes_between_two_or_beside_one() -> None:
    assert "Three.\n\nNew.\n\n- item\n" in put("Three", "", "New.")
    assert "::: close\n\nNew.\n\nOne.\n:::\n" in put("", "One.", "New.")
    assert "- other item\n- new\n\n1. first" in put("other item", "", "- new", entry=True)
    assert "- item\n  goes on\n- new\n- other item\n" in put("- item", "other", "- new", entry=True)
    assert "\n\nNew.\n\n## A heading\n" in put("Two", "A heading", "New.")
    with pytest.raises(NoPlaceError, match="an instruction"):
        put("second", "", "New.")
    with pytest.raises(NoPlaceError, match="an instruction"):
        put("One.", "Two", "New.")


def test_what_is_gone_does_not_stand_between() -> None:
    one, three = (FILE.paragraph([line(each)], []) for each in ("Two", "- item"))
    with pytest.raises(NoPlaceError, match="an instruction"):
        FILE.place(one, three, [])
    gone = [FILE.paragraph([line("A heading")], []), FILE.paragraph([line("Three")], [])]
    at = FILE.place(one, three, gone)
    assert SOURCE[at:].startswith("- item")


def test_line_ends_of_windows_and_the_end_of_a_file() -> None:
    file = TemplateText("A.\r\n\r\nB.\r\n")
    one, other = file.paragraph([1], []), file.paragraph([3], [])
    at = file.place(one, other, [])
    assert rearranged(file.source, (), (), [(at, file.set_in(at, "N.", entry=False))]) == (
        "A.\r\n\r\nN.\r\n\r\nB.\r\n"
    )
    assert rearranged(file.source, (), [file.cut(other)], ()) == "A.\r\n"
    assert file.span(other) == (6, 10)


def test_changes_that_overlap_are_refused() -> None:
    assert spliced("abc", [(2, 3, "z"), (0, 1, "x")]) == "xbz"
    with pytest.raises(NoPlaceError, match="overlap"):
        spliced("abc", [(0, 2, ""), (1, 3, "")])
