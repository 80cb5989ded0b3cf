"""What changed between two texts of a mailing, as somebody reads it who has to judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters import framed
from letters.campaign.load import load
from letters.cli.text_changes import word_diff

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign

OLD = "[subject] Lights\n[paragraph] Two lamps are out.\n[ask 1] to mend two lamps.\n"
NEW = OLD.replace("Two lamps", "Three lamps")
CHANGE = "[paragraph] [-Two-]{+Three+} lamps are out.\n"
COPIES = [f"[enclosure] {name}\n" for name in ("A map", "B letter", "C list")]


@pytest.fixture
def loaded(campaign: CampaignFolder) -> Campaign:
    found, problems = load(campaign.path)
    assert found, problems
    return found


def mailing(text: str, *tags: str) -> str:
    return framed.combined((tag, text + copy) for tag in tags for copy in COPIES)


def test_a_change_is_said_once_however_many_copies_have_it(loaded: Campaign) -> None:
    assert word_diff(loaded, mailing(OLD, "en"), mailing(NEW, "en")) == CHANGE


def test_it_is_said_for_each_edition(loaded: Campaign) -> None:
    assert word_diff(loaded, mailing(OLD, "en", "fr"), mailing(NEW, "en", "fr")) == CHANGE * 2


def test_what_one_copy_has_twice_is_said_twice(loaded: Campaign) -> None:
    old, new = (text + "[ask 2] to wait.\n" + text for text in (OLD, NEW))
    assert word_diff(loaded, mailing(old, "en"), mailing(new, "en")) == CHANGE * 2


def test_what_only_one_copy_has_is_said(loaded: Campaign) -> None:
    new = mailing(NEW, "en").replace("B letter", "B letters")
    assert word_diff(loaded, mailing(OLD, "en"), new) == (
        CHANGE + "[enclosure] B [-letter-]{+letters+}\n"
    )


def test_what_came_or_went_is_said_once_too(loaded: Campaign) -> None:
    more = OLD + "[close] Yours\n"
    assert word_diff(loaded, mailing(OLD, "en"), mailing(more, "en")) == "{+[close] Yours\n+}\n"
    assert word_diff(loaded, mailing(more, "en"), mailing(OLD, "en")) == "[-[close] Yours\n-]\n"


def test_a_copy_that_came_is_shown_whole(loaded: Campaign) -> None:
    one = framed.combined([("en", OLD)])
    assert "{+[enclosure] A map" in word_diff(loaded, one, mailing(OLD, "en"))
