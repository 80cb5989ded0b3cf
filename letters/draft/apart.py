"""Whose names stand under the letter itself, and whose in the annex that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from letters.campaign.annex import MOST_IN_LETTER

if TYPE_CHECKING:
    from letters.campaign.annex import AnnexSettings
    from letters.campaign.shown import ShownSignatory


def moved(
    settings: AnnexSettings, listed: Sequence[ShownSignatory]
) -> tuple[list[ShownSignatory], list[ShownSignatory]]:
    """Who of those ``listed`` by name stays under the letter, and who stands in the annex."""
    others = [one for one in listed if one.rank != "author"]
    apart = settings.where == "file" or (settings.where is None and len(listed) > MOST_IN_LETTER)
    if not (apart and others):
        return list(listed), []
    return [one for one in listed if one.rank == "author"], others
