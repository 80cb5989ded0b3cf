"""A campaign and its log as the version before left them: they stand, and say what is not bound."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from letters.ledger import witness
from letters.ledger.store import LOG_NAME

from . import inside
from .test_sign import refused, shown

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

FROZEN = Path(__file__).parent.parent / "ledger" / "frozen" / "campaign"
THEN: dict[str, Any] = json.loads((FROZEN / "status.json").read_bytes())


@pytest.fixture
def old(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Letters:
    """The command on a copy of that campaign."""
    shutil.rmtree(campaign.path)
    shutil.copytree(FROZEN, campaign.path)
    (campaign.path / "log.sqlite").rename(campaign.path / LOG_NAME)
    return inside.runner(campaign, capsys, monkeypatch)


def now(old: Letters) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(old("status", "--json").stdout)
    return said


def test_it_verifies_against_the_checkpoint_of_then(old: Letters, campaign: CampaignFolder) -> None:
    before = (campaign.path / LOG_NAME).read_bytes()
    done = old("log", "verify", "--checkpoint", str(campaign.path / "checkpoint.txt"))
    assert done.status == 0
    assert witness.read((FROZEN / "checkpoint.txt").read_bytes()).checkpoint.root in done.stdout
    assert "proved: every event was allowed where it stands" in done.stdout
    assert [entry["event"] for entry in shown(old)] == [
        *("invited", "invited", "reminded", "signed", "signed", "signed", "edit-approved"),
        *("signed", "withdrew", "rendered", "sent", "sent", "replied"),
    ]
    assert (campaign.path / LOG_NAME).read_bytes() == before


def test_everybody_stands_as_then_and_is_said_to_be_unbound(old: Letters) -> None:
    found = now(old)
    assert found["signatures"] == THEN["signatures"]
    for then, one in zip(THEN["signatories"], found["signatories"], strict=True):
        assert then.items() <= one.items()
        assert (one["changed"], one["bound"]) == ([], False)
    status = old("status")
    assert "3 not bound to a printed form: okafor, lindqvist, signer-07" in status.stderr
    assert status.stderr.count("not bound") == 1


def test_they_are_bound_by_whoever_is_sure(old: Letters, campaign: CampaignFolder) -> None:
    campaign.edit("signatories.yaml", "family: Lindqvist", "family: Lindkvist")
    assert now(old)["signatories"][1]["state"] == "signed"
    refused(old("sign", "bind", "reading-circle", "--by", "Sam"), "no signature to bind")
    assert old("sign", "bind", "--by", "Sam").status == 2
    assert old("sign", "bind", "okafor", "--all", "--by", "Sam").status == 2
    assert old("sign", "bind", "--all", "--by", " ").status == 2
    plan = old("sign", "bind", "--all", "--by", "Sam", "--dry-run")
    assert (plan.status, len(shown(old))) == (0, 13)
    assert "okafor, lindqvist, signer-07" in plan.stdout
    one = old("sign", "bind", "okafor", "--by", "Sam")
    assert one.stdout.splitlines()[-1] == "14  bound  okafor"
    refused(old("sign", "bind", "okafor", "--by", "Sam"), "bound to a printed form already")
    assert old("sign", "bind", "--all", "--by", "Sam").status == 0
    assert "there is nothing to record" in old("sign", "bind", "--all", "--by", "Sam").stderr
    assert "not bound" not in old("status").stderr
    assert now(old)["signatures"] == THEN["signatures"]
    campaign.edit("signatories.yaml", "family: Lindkvist", "family: Banner")
    found = now(old)["signatories"][1]
    assert (found["state"], found["changed"]) == ("changed", ["name"])
    assert old("log", "verify").status == 0


def test_a_change_is_judged_from_there_by_words_alone(
    old: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "You listened.", "You heard.")
    assert {one["state"] for one in now(old)["signatories"][:2]} == {"signed"}  # in French
    done = old("sign", "approve-edit", "--editorial", "--by", "Ed", "--why", "a word", "--yes")
    assert done.status == 0
    assert "You [-listened-]{+heard+}." in done.stdout
    assert "dateline" not in done.stdout
    assert "letters-text" not in done.stdout
    assert "to be told: okafor, lindqvist, signer-07" in done.stdout
    assert now(old)["signatories"][0]["editions"] == ["en", "fr"]
    campaign.edit("letter.yaml", "date: 2025-09-03", "date: 2026-01-02")
    assert now(old)["signatories"][0]["editions"] == ["en", "fr"]  # that text has no day any more
    assert old("log", "verify").status == 0


def test_a_day_that_was_signed_with_the_rest_is_part_of_it(
    old: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "date: 2025-09-03", "date: 2026-01-02")
    assert now(old)["signatories"][0]["state"] == "stale"
    assert old("sign", "reaffirm", "okafor", "--note", "by telephone").status == 0
    campaign.edit("letter.yaml", "date: 2026-01-02", "date: 2026-01-03")
    one = now(old)["signatories"][0]
    assert (one["state"], one["editions"], one["bound"]) == ("signed", ["en", "fr"], True)


def test_what_went_out_and_came_back_is_of_this_text(old: Letters) -> None:
    assert [(one["id"], one["state"]) for one in now(old)["recipients"]] == [
        ("prime-minister", "answered"),
        ("minister", "pending"),  # the files of then are not here
    ]


def test_whoever_was_invited_is_reminded_of_what_they_were_shown(old: Letters) -> None:
    assert old("sign", "invite", "signer-08").status == 0
    assert old("sign", "remind", "signer-08").status == 0
    assert old("sign", "record", "signer-08", "--note", "on a form").stderr == ""
    assert old("render", "--format", "txt").status == 0
    assert old("log", "verify").status == 0
