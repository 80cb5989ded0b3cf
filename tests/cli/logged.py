"""What a campaign's log holds, and what the command says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from letters.ledger.events import Event
from letters.ledger.store import LOG_NAME, Ledger

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


def kinds(campaign: CampaignFolder) -> list[str]:
    """The kinds of its entries, in their order."""
    ledger = Ledger.read(campaign.path / LOG_NAME)
    assert ledger is not None
    with ledger:
        return [entry.event.kind for entry in ledger.entries()]


def bounced(campaign: CampaignFolder) -> list[Event]:
    """What came back."""
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        return [one.event for one in ledger.entries() if one.event.kind == "bounced"]


def recipients(run: Letters) -> dict[str, dict[str, Any]]:
    """What “letters status” says of each recipient, by id."""
    done = run("status", "--json")
    assert done.status == 0, done.stderr
    return {each["id"]: each for each in json.loads(done.stdout)["recipients"]}
