"""What a worker holds between its steps: one campaign, and all that was made from it so far."""

from __future__ import annotations

import functools
import gc
import pickle
from typing import TYPE_CHECKING, cast

from letters.collecting import without_collecting
from letters.draft.drafts import Drafts
from letters.press.ready import ReadyLetters

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.check.inspection import Inspection


class Held:
    """A campaign that was read, its drafts, the look at it, and its letters for the press."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.drafts = Drafts(campaign)
        self.letters = ReadyLetters(self.drafts)

    @functools.cached_property
    def inspection(self) -> Inspection:
        """The look at it; whoever only presses letters has no use for one."""
        from letters.check.inspection import Inspection

        return Inspection(self.drafts, self.letters.picture)


_held: list[Held] = []


def hold(campaign: Campaign | None) -> None:
    """Begin with this campaign, or with none; a fork may have inherited another one."""
    _held[:] = [Held(campaign)] if campaign else []
    gc.freeze()  # it stays as long as the worker does, and need not be looked through again


def held() -> Held:
    """What this worker holds."""
    return _held[0]


def packed(campaign: Campaign) -> bytes:
    """A campaign on its way to another process."""
    with without_collecting():
        return pickle.dumps(campaign, pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes) -> Campaign:
    """The campaign that a worker of ours has packed."""
    with without_collecting():
        campaign = cast("Campaign", pickle.loads(data))  # noqa: S301 - from our own worker
        gc.freeze()  # it stays as long as the command does, and need not be looked through again
    return campaign
