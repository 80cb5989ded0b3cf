"""From the Markdown back to the template: through loops, conditions, includes and macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import texts_of

from letters.draft.compose import Edition
from letters.draft.markdown_faults import Fault
from letters.draft.source_map import SourceMap
from letters.problem import CampaignError

from .tree import read

if TYPE_CHECKING:
    from conftest import CampaignFolder

FILE = "templates/note/letter.en.md"


def places(folder: CampaignFolder, body: str) -> list[str]:
    """Where the mistakes of the letters with that body are."""
    folder.write(FILE, body)
    with pytest.raises(CampaignError) as caught:
        texts_of(Edition(read(folder), "en", "recipient"))
    return [str(problem.place).removeprefix("templates/note/") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("<i>", "letter.en.md:1:1"),
        ("\n\n  a <i>\n", "letter.en.md:3:5"),
        ("a\nb\nc <i> d", "letter.en.md:3:3"),
        ("{{ place }} <i>", "letter.en.md:1:13"),
        ("{{ sender.contact }}\n<i>", "letter.en.md:2:1"),
        ("{% for ask in asks %}\na\n\n{% endfor %}\nb <i>", "letter.en.md:5:3"),
        ("{% for ask in asks %}\n- a <i>\n{% endfor %}\n", "letter.en.md:2:5"),
        ("{% for ask in asks %}\n- {{ ask.text }}\n{% endfor %}\n\n<i>\n", "letter.en.md:5:1"),
        ("{% if place %}\na\n{% else %}\n<i>\n{% endif %}\nb <i>", "letter.en.md:6:3"),
        ("{% if not place %}\na <i>\n{% else %}\nb <i>\n{% endif %}\n", "letter.en.md:4:3"),
        ("{# <i> #}\na <i>", "letter.en.md:2:3"),
        ("{# one\ntwo #}\na <i>", "letter.en.md:3:3"),
        ("{% set x = 'a' %}\n{{ x }}\n\n<i>", "letter.en.md:4:1"),
        ("{% set x %}\na\n\nb\n{% endset %}\n{{ x }}\n\n<i>", "letter.en.md:8:1"),
        ("{% raw %}\n{{ x }}\n{% endraw %}\n<i>", "letter.en.md:4:1"),
        ("a {% if place %}b{% endif %}\n\n<i>", "letter.en.md:3:1"),
        ("a {%- if place -%} b {%- endif %}\n\n<i>", "letter.en.md:3:1"),
        ("a\n\n{{ '<i>' }}\n", "letter.en.md:3:5"),
        ("{% filter upper %}\na\n\nb\n{% endfilter %}\n\n<i>", "letter.en.md:7:1"),
        ("| a |\n|---|\n{% for ask in asks %}\n| {{ ask.text }} |\n{% endfor %}\n| <i> |\n", "letter.en.md:6:3"),
        ("> a\n> <i>\n", "letter.en.md:2:3"),
        ("1. a\n\n   <i>\n", "letter.en.md:3:4"),
        ("::: close\na\n\n<i>\n:::\n", "letter.en.md:4:1"),
        ("a[^1]\n\nb\n\n[^1]: <i>\n", "letter.en.md:5:7"),
        ("{% include 'part.md' %}\n", "part.md:3:4"),
        ("a\n\n{% include 'part.md' %}\n", "part.md:3:4"),
        ("{% for ask in asks %}\n{% include 'part.md' %}\n\n{% endfor %}\n", "part.md:3:4"),
        ("{% include 'fine.md' %}\n<i>\n", "letter.en.md:2:1"),
        ("{% include 'outer.md' %}\n", "part.md:3:4"),
        ("{% macro m() %}\na <i>\n{% endmacro %}\nb\n\n{{ m() }}\n", "letter.en.md:6:1"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_where_it_was_typed(
    campaign: CampaignFolder, body: str, place: str
) -> None:
    campaign.write("templates/note/part.md", "One.\n\nA. <i>\n")
    campaign.write("templates/note/fine.md", "One.\n\nTwo.\n")
    campaign.write("templates/note/outer.md", "Outer.\n\n{% include 'part.md' %}\n")
    assert set(places(campaign, body)) == {place}


def test_all_mistakes_of_all_recipients_are_found_each_once(campaign: CampaignFolder) -> None:
    body = (
        "{% if recipient.district %}\na <i>\n{% else %}\nb <b>\n{% endif %}\n\n"
        "c [@nothing]\n\n{{ recipient.name }} [x](y)\n"
    )
    assert places(campaign, body) == [
        "letter.en.md:2:3",
        "letter.en.md:4:3",
        "letter.en.md:7:3",
        "letter.en.md:9:24",
    ]


def test_a_text_that_the_template_takes_apart_is_reported_all_the_same(
    campaign: CampaignFolder,
) -> None:
    campaign.write("templates/note/part.md", "One.\n")
    body = "{% set x %}{% include 'part.md' %}{% endset %}\n{{ x | list | join('') }}\n\n<i>\n"
    assert places(campaign, body) == ["letter.en.md:4:1"]


def test_without_marks_it_points_to_the_first_line() -> None:
    source_map = SourceMap("a\n\nb <i>\n", ["x.md"], lambda _: "other\ntext <i>\n")
    problem = source_map.problem(Fault("message", "hint", "<i>", line=2))
    assert (str(problem.place), problem.message, problem.hint) == ("x.md:2:6", "message", "hint")
