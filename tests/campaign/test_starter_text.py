"""What a starter has invented is known for what it is, in each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CampaignFolder

from letters.campaign import scaffold
from letters.campaign.load import load
from letters.campaign.starter_text import LEFT_OVER, left_over

ROOT = Path(__file__).parents[2]


def found(folder: Path) -> list[str]:
    campaign, problems = load(folder)
    assert campaign is not None, problems
    left = list(left_over(campaign))
    assert {(problem.message, problem.severity) for problem in left} <= {(LEFT_OVER, "warning")}
    return [f"{problem.place.line}: {problem.place.key}" for problem in left]


@pytest.mark.parametrize("template", scaffold.templates())
def test_each_starter_has_something_that_tells_it(template: str, tmp_path: Path) -> None:
    scaffold.start(tmp_path / "c", template)
    assert found(tmp_path / "c")


def test_the_lines_of_the_open_letter_are_named(tmp_path: Path) -> None:
    scaffold.start(tmp_path / "c", "open-letter")
    assert found(tmp_path / "c") == ["32: from.contact[1]", "37: notice"]
    folder = CampaignFolder(tmp_path / "c")
    folder.edit("letter.yaml", ", 555-0134]", "]")
    folder.edit("letter.yaml", "notice: An invented letter to start from\n", "")
    assert found(tmp_path / "c") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reply@example.org", "[reply@example.org, 555-0134]"),
        ("reply@example.org", "(613) 555-0199"),
        ("reply@example.org", "613.555.0100"),
        ("reply@example.org", "+1 613 555 0142"),
        ("You listened.", "Call 555-0111."),
        ("Office of the Clerk", "Office of the Clerk, 555-0150"),
        ("deadline:", "notice: An invented letter to start from.\ndeadline:"),
        ("deadline:", "notice: AN INVENTED  LETTER to start from\ndeadline:"),
        ("deadline:", "notice: {en: One, fr: 'Une lettre inventée, à adapter'}\ndeadline:"),
        ("Joint letter", "Friends of Larch Cove Harbour"),
    ],
)
def test_it_is_known_wherever_it_stands(campaign: CampaignFolder, old: str, new: str) -> None:
    campaign.edit("letter.yaml", old, new)
    assert len(found(campaign.path)) == 1


@pytest.mark.parametrize("contact", ["555-0234", "1555-0134", "555-01345", "613 555 1134", "55501"])
def test_other_numbers_are_anybody_s(campaign: CampaignFolder, contact: str) -> None:
    campaign.edit("letter.yaml", "reply@example.org", contact)
    assert found(campaign.path) == []


def test_nobody_else_s_words_are_taken_for_it(campaign: CampaignFolder) -> None:
    assert found(campaign.path) == []
    for name in ("carney", "riverside"):
        assert found(ROOT / "signatories" / name) == []
