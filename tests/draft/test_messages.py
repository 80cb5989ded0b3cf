"""What a template editor reads when a template asks for something that can't be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import text_of

from letters.campaign.load import load
from letters.problem import CampaignError

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ values.urgent }}", "1:1: yes or no can’t be printed (ask for it with {% if … %})"),
        ("{{ asks }}", "1:1: a list can’t be printed (go through it with {% for … in … %}, or"),
        ("{{ asks.text }}", "1:9: “text” can’t be asked of a list (go through it with"),
        ("{{ asks[9] }}", "1:1: the list has no entry 9 (the first one is 0)"),
        ("{{ [][0] }}", "1:1: the list is empty (this letter needs an entry in it)"),
        ("{{ [] | first }}", "1:1: the list is empty (ask first whether there is anything in it"),
        ("{% if deadline %}", "1:4: “if” is not closed (end it with {% endif %})"),
        ("{{ deadline", "1:1: these braces are not closed (a value is written {{ like this }},"),
    ],
)
def test_it_says_what_to_write_instead(campaign: CampaignFolder, line: str, said: str) -> None:
    campaign.edit("letter.yaml", "  pages: 3", "  pages: 3\n  urgent: yes")
    campaign.write("templates/note/letter.en.md", f"{line}\n")
    loaded, _ = load(campaign.path)
    assert loaded is not None
    with pytest.raises(CampaignError) as caught:
        text_of(loaded)
    [problem] = caught.value.problems
    assert str(problem).startswith(f"templates/note/letter.en.md:{said}")
