"""A language of the letter, or what to do where nobody knows it."""

from __future__ import annotations

from letters.campaign.model import Campaign
from letters.campaign.own_languages import FOLDER
from letters.draft.language import Language, known, language_of
from letters.problem import CampaignError, Problem


def expected(campaign: Campaign, tag: str) -> Language:
    """The language of that tag, one of the letter's. Raises CampaignError."""
    try:
        return language_of(campaign, tag)
    except KeyError:
        number = campaign.letter.languages.index(tag)
        place = campaign.letter_place.place("languages", number)
        message = f"letters doesn’t know the language “{tag}” yet"
        tags = sorted({*known(), *campaign.own_languages.data})
        hint = (
            f"known: {', '.join(tags)}; to add it, write {FOLDER}/{tag.partition('-')[0]}.yaml: "
            "docs/languages.md shows how"
        )
        raise CampaignError([Problem(place, message, hint)]) from None
