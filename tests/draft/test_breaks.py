"""Paragraphs stay apart where a person typed an empty line between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import text_of, texts_of

from letters.campaign.load import load
from letters.draft.breaks import keep_breaks
from letters.draft.compose import Edition
from letters.problem import CampaignError

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a {% if b %}c{% endif %}\n\nd\n", "a {% if b %}c{% endif +%}\ue004\n\nd\n"),
        ("a {# remark #}\nb\n", "a {# remark +#}\ue004\nb\n"),
        ("{% if a %}\nb\n{% endif %}\n", "{% if a %}\nb\n{% endif %}\n"),
        ("  {% if a %}{% if b %}  \n", "  {% if a %}{% if b %}  \n"),
        ("a\n{# two\nlines #}\nb\n", "a\n{# two\nlines #}\nb\n"),
        ("a {% if b -%}\nc{% endif +%}\n", "a {% if b -%}\nc{% endif +%}\ue004\n"),
        ("{{ a }}{% if b %}c{% endif %}", "{{ a }}{% if b %}c{% endif %}\ue004"),
        ("{{ a }}  \n{{ a\n}}\\\nb\n", "{{ a }}\ue004  \n{{ a\n}}\\\ue004\nb\n"),
        ("{{ a -}}\nb\n{{ a -}} b\n", "{{ a -}}\nb\n{{ a -}} b\ue004\n"),
        ("{% set a %}\n{{ b }}\n{% endset %}\n", "{% set a %}\n{{ b }}\n{% endset %}\n"),
        ("{% set a = 1 %}{{ a }}\n", "{% set a = 1 %}{{ a }}\ue004\n"),
        ("{% macro a() %}{{ b }}\n{% endmacro %}\n", "{% macro a() %}{{ b }}\n{% endmacro %}\n"),
    ],
)
def test_it_keeps_the_break_after_words_and_marks_what_may_be_empty(
    written: str, kept: str
) -> None:
    assert keep_breaks(written) == kept


NOTHING = "{% if recipient.district %}WORDS{% endif %}"
SLOT = '{{ recipient.district | d("") }}'


@pytest.mark.parametrize("empty", [NOTHING, SLOT, f"{NOTHING}{SLOT}", f" {SLOT} {SLOT}"])
@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("One.\\\nEMPTY\\\nTwo.\n", "[paragraph] One.\\nTwo."),
        ("One.\\\nEMPTY\nTwo.\n", "[paragraph] One.\\nTwo."),
        ("One.  \nEMPTY  \n\nTwo.\n", "[paragraph] One.\n[paragraph] Two."),
        ("One.\\\nEMPTY\n\nTwo.\n", "[paragraph] One.\n[paragraph] Two."),
        ("One.\\\nEMPTY\\", "[paragraph] One."),
        ("EMPTY\\\nOne.\n", "[paragraph] One."),
        ("One.\nEMPTY\nTwo.\n", "[paragraph] One. Two."),
        ("**EMPTY**\n\nOne.\n", "[paragraph] One."),
        ("One: **EMPTY**\n", "[paragraph] One:"),
        (
            "| A | B |\n|---|---|\n| 1 | 2 |\n| EMPTY | **EMPTY** |\n| 3 | EMPTY |\n",
            "[head] A | B\n[row] 1 | 2\n[row] 3 | ",
        ),
        ("> One.\n> EMPTY\n> Two.\n", "[quote]\n  [paragraph] One. Two."),
        ("> One.\\\n> EMPTY\\\n> Two.\n", "[quote]\n  [paragraph] One.\\nTwo."),
        ("> EMPTY\n\nOne.\n", "[paragraph] One."),
        ("One:\n- EMPTY\n- two\n", "[paragraph] One:\n[item]\n  [paragraph] two"),
        (
            "- one\\\n  EMPTY\\\n  two\n- EMPTY\n",
            "[item]\n  [paragraph] one\\ntwo",
        ),
        ("- EMPTY\n  one\n", "[item]\n  [paragraph] one"),
        (
            "1. EMPTY\n2. two\n3. three\n",
            "[number 1]\n  [paragraph] two\n[number 2]\n  [paragraph] three",
        ),
        ("> 1. EMPTY\n> 1. two\n", "[quote]\n  [number 1]\n    [paragraph] two"),
        ("::: asks\n1. EMPTY\n2. two\n:::\n", "[ask 1]\n  [paragraph] two"),
        ("::: close\nOne\\\nEMPTY\\\n:::\n", "[close] One"),
    ],
)
def test_a_line_that_comes_out_empty_leaves_nothing_behind(
    campaign: CampaignFolder, written: str, wanted: str, empty: str
) -> None:
    assert canonical(campaign, written.replace("EMPTY", empty)) == f"{wanted}\n"


ROW = "{% if recipient.district %}| 2 | 3 |{% endif %}"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (f"| A |\n|---|\n| 1 |\n{ROW}\n| 3 |\n", "[head] A\n[row] 1\n[row] 3"),
        (
            f"- 1\n{ROW.replace('|', '-', 1)}\n- 3\n",
            "[item]\n  [paragraph] 1\n[item]\n  [paragraph] 3",
        ),
        ("> 1\n{% if recipient.district %}> 2{% endif %}\n> 3\n", "[quote]\n  [paragraph] 1 3"),
        (
            "1\\\n{% if recipient.district %}\n2\\\n{% endif %}\n\n3\n",
            "[paragraph] 1\n[paragraph] 3",
        ),
        ("1\\\n{% if recipient.district %}2\\\n3{% endif %}\n4\n", "[paragraph] 1\\n4"),
        (
            "{% for n in [1, 2] %}\n{{ n }}\\\n{% endfor %}\n\n3\n",
            "[paragraph] 1\\n2\n[paragraph] 3",
        ),
        ("{% if place %}1\\{% endif %}\n\n2\\\\\n", "[paragraph] 1\n[paragraph] 2\\\\"),
        ("{% set a %}{{ place }}\n{% endset %}{{ a | length }}\n", "[paragraph] 4"),
        ("| A |\n|---|\n| |\n| C:\\ |\n", "[head] A\n[row] \n[row] C:\\\\"),
    ],
)
def test_what_surrounds_an_empty_line_stays_one(
    campaign: CampaignFolder, written: str, wanted: str
) -> None:
    assert canonical(campaign, written) == f"{wanted}\n"


def canonical(campaign: CampaignFolder, body: str) -> str:
    campaign.write("templates/note/letter.en.md", body)
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    text, _ = texts_of(Edition(loaded, "en", "recipient"))  # the second has a district
    return text.partition("[notice]")[0]


def test_a_mistake_below_an_empty_line_is_told_at_its_own_line(campaign: CampaignFolder) -> None:
    campaign.write("templates/note/letter.en.md", f"One.\n{SLOT}\n- {NOTHING}\n<b>\n")
    loaded, _ = load(campaign.path)
    assert loaded is not None
    with pytest.raises(CampaignError) as caught:
        text_of(loaded)
    assert caught.value.problems[0].place.line == 4


def test_an_instruction_at_the_end_of_a_paragraph_does_not_join_it_to_the_next(
    campaign: CampaignFolder,
) -> None:
    body = "One{% if deadline %}, soon{% endif %}.\n\nTwo{% if deadline %}, soon{% endif %}\n\nThree.\n"
    campaign.write("templates/note/letter.en.md", body)
    loaded, _ = load(campaign.path)
    assert loaded is not None
    lines = "[paragraph] One, soon.\n[paragraph] Two, soon\n[paragraph] Three.\n"
    assert lines in text_of(loaded).canonical


def test_a_value_that_only_some_recipients_have_can_be_asked_for(campaign: CampaignFolder) -> None:
    campaign.edit(
        "recipients.yaml", "  name: Sam Taylor", "  name: Sam Taylor\n  values: {past: Yes.}"
    )
    ask = "{% if recipient.values.past %}You said: {{ recipient.values.past }}{% else %}Hello.{% endif %}\n"
    campaign.write("templates/note/letter.en.md", ask)
    loaded, _ = load(campaign.path)
    assert loaded is not None
    canonical = text_of(loaded).canonical
    assert "[paragraph] You said: {recipient.values.past}\n" in canonical
    assert "[paragraph] Hello.\n" in canonical
