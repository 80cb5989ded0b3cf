"""Small things that a person reads: the number of a noun, and a folder that is no campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters


@pytest.mark.parametrize("words", [("log", "verify"), ("log", "show"), ("check",), ("status",)])
def test_a_folder_without_a_campaign_is_no_empty_campaign(
    letters: Letters, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = letters(*words, folder=tmp_path)
    assert done.status == 2
    assert "there is no campaign in" in done.stderr


def test_a_missing_log_is_told_from_an_empty_one(
    letters: Letters, campaign: CampaignFolder
) -> None:
    assert letters("log", "verify").status == 0
    letters("sign", "record", "okafor", "--note", "by telephone")
    first = letters("log", "verify")
    assert first.stdout.startswith("1 entry, root ")
    letters("render", "--format", "txt")
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    assert letters("log", "verify").stdout.startswith("3 entries, root ")
    (campaign.path / "letters.db").unlink()
    gone = letters("log", "verify")
    assert gone.status == 3
    assert "the log is gone" in gone.stderr


def test_authors_who_have_not_signed_are_counted(
    letters: Letters, campaign: CampaignFolder
) -> None:
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    one = letters("render", "--format", "txt")
    assert "warning: okafor has not signed this text but is an author: look" in one.stderr
    campaign.edit("signatories.yaml", "  affiliation: University of Example", "  tier: author")
    campaign.edit(
        "signatories.yaml", "- id: reading-circle", "- id: reading-circle\n  tier: author"
    )
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    two = letters("render", "--format", "txt")
    assert "okafor, reading-circle have not signed this text but are authors" in two.stderr


def test_a_stale_signature_is_to_be_reaffirmed(letters: Letters, campaign: CampaignFolder) -> None:
    letters("sign", "record", "okafor", "--note", "by telephone")
    campaign.edit("letter.yaml", "You listened.", "You listened well.")
    assert "then “letters sign reaffirm ID …”)" in letters("status").stderr
    assert letters("sign", "reaffirm", "okafor", "--note", "by telephone").status == 0
    assert "reaffirm" not in letters("status").stderr
