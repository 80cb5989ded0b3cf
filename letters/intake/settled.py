"""What is settled once for a whole list: what answers mean, zones, the order of days."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import force_setattr

from letters.campaign import places
from letters.campaign.forms import shipped_names
from letters.campaign.places import Places
from letters.campaign.types import Visibility
from letters.intake.days import Order
from letters.intake.worded import folded


class Settings(Struct, frozen=True):
    """``zone`` is that of the list’s time stamps, ``home`` the one whose days are wanted.

    ``country`` is where addresses without one are; ``forms`` are those that the campaign knows.
    """

    answers: Mapping[str, Visibility] = field(default_factory=dict)
    zone: str = ""
    home: str = ""
    order: Order = ""
    accept_proposals: bool = False
    country: str = ""
    forms: frozenset[str] = field(default_factory=shipped_names)
    formats: Places = field(default_factory=places.shipped)

    def __post_init__(self) -> None:
        """Answers are compared as they are understood, in anybody’s capitals."""
        known = {folded(said): meant for said, meant in self.answers.items()}
        force_setattr(self, "answers", known)
