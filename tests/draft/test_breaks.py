"""Paragraphs stay apart where a person typed an empty line between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import text_of

from letters.campaign.load import load
from letters.draft.breaks import keep_breaks

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a {% if b %}c{% endif %}\n\nd\n", "a {% if b %}c{% endif +%}\n\nd\n"),
        ("a {# remark #}\nb\n", "a {# remark +#}\nb\n"),
        ("{% if a %}\nb\n{% endif %}\n", "{% if a %}\nb\n{% endif %}\n"),
        ("  {% if a %}{% if b %}  \n", "  {% if a %}{% if b %}  \n"),
        ("a\n{# two\nlines #}\nb\n", "a\n{# two\nlines #}\nb\n"),
        ("a {% if b -%}\nc{% endif +%}\n", "a {% if b -%}\nc{% endif +%}\n"),
        ("{{ a }}{% if b %}c{% endif %}", "{{ a }}{% if b %}c{% endif %}"),
    ],
)
def test_it_keeps_the_break_after_words_and_no_other(written: str, kept: str) -> None:
    assert keep_breaks(written) == kept


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
