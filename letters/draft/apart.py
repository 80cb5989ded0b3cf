"""Whose names stand under the letter itself, and whose in the annex to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letters.campaign.annex import AnnexSettings
    from letters.campaign.shown import ShownSignatory


def moved(
    settings: AnnexSettings, listed: Sequence[ShownSignatory]
) -> tuple[list[ShownSignatory], list[ShownSignatory]]:
    """Who of those ``listed`` by name stays under the letter, and who stands in the annex."""
    others = [one for one in listed if one.rank != "author"]
    if not others or settings.place(len(listed)) == "letter":
        return list(listed), []
    return [one for one in listed if one.rank == "author"], others
