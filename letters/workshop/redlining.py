"""Two texts are compared in a worker: that of a log may be anybody’s, and as long as they like."""

from __future__ import annotations

from letters.check import redlined
from letters.press.themes import load_theme
from letters.workshop.held import held


def redline(before: str, after: str, tag: str, foot: str) -> tuple[bytes, int]:
    """What went and what came in that language, as a Word document, and how much is hidden.

    Raises CampaignError.
    """
    campaign = held().campaign
    theme = load_theme(campaign)
    return redlined.redlined(campaign, theme, before, after, tag=tag, foot=foot)
