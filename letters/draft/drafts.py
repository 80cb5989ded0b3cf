"""The drafts of one campaign: each edition made once, whoever asks for it.

What is checked, what a digest is of, what is pressed and what a mail says come from the very same
templates, which were compiled once.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from letters import framed
from letters.campaign.addressing import signings
from letters.campaign.model import Campaign
from letters.campaign.shown import Audience
from letters.draft.branches import Branches
from letters.draft.compose import Edition
from letters.draft.context import audiences
from letters.draft.cover_edition import CoverNoteEdition
from letters.draft.edition_paragraphs import paragraphs
from letters.draft.mailing import MailingText
from letters.draft.paragraphs import Variants
from letters.problem import CampaignError, Problem, in_order


class Drafts:
    """All that is drafted from a campaign; each method raises CampaignError with all problems."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.branches = Branches()
        self._editions: dict[tuple[str, Audience], Edition] = {}
        self._notes: dict[str, CoverNoteEdition] = {}
        self._texts: dict[tuple[str, Audience, int], dict[tuple[str, str], list[int]]] = {}

    @property
    def editions(self) -> Mapping[tuple[str, Audience], Edition]:
        """Those that were made so far, by language and audience."""
        return self._editions

    def edition(self, tag: str, audience: Audience) -> Edition:
        """The edition in that language; one for the public only where it can differ."""
        kept = audience if audience in audiences(self.campaign) else "recipient"
        if (tag, kept) not in self._editions:
            self._editions[tag, kept] = Edition(self.campaign, tag, kept, self.branches)
        return self._editions[tag, kept]

    def note(self, tag: str) -> CoverNoteEdition:
        """The cover note in that language."""
        if tag not in self._notes:
            self._notes[tag] = CoverNoteEdition(self.campaign, tag)
        return self._notes[tag]

    def texts(
        self, tag: str, audience: Audience, signing: int
    ) -> Mapping[tuple[str, str], Sequence[int]]:
        """The different texts, each with what it was in the format before, and its recipients.

        ``signing`` is how many sign it: one, or several.
        """
        key = tag, audience, signing
        if key not in self._texts:
            found: dict[tuple[str, str], list[int]] = {}
            for index, text in enumerate(self.edition(tag, audience).texts(signing)):
                found.setdefault(text, []).append(index)
            self._texts[key] = found
        return self._texts[key]

    def text(self) -> MailingText:
        """The canonical text of all editions and its digest."""
        problems: list[Problem] = []
        editions: set[tuple[str, str]] = set()
        earlier: set[tuple[str, str]] = set()
        for tag, audience in self.whole():
            try:
                for signing in signings(self.campaign.recipients, tag):
                    for text, before in self.texts(tag, audience, signing):
                        editions.add((tag, text))
                        earlier.add((tag, before))
            except CampaignError as error:
                problems += error.problems
        if problems:
            raise CampaignError(in_order(problems))
        canonical = framed.combined(editions)
        named = frozenset(name for each in self._editions.values() for name in each.named)
        former = framed.combined(earlier, framed.FORMER)
        return MailingText(canonical, framed.digest(canonical), named, former)

    def paragraphs(self) -> dict[str, tuple[Variants, ...]]:
        """Each language's parts, in order, each with all that it says to anybody."""
        own = audiences(self.campaign)
        return {
            tag: paragraphs([self.edition(tag, audience) for audience in own])
            for tag in self.campaign.letter.languages
        }

    def whole(self) -> list[tuple[str, Audience]]:
        """The language and audience of every edition that the campaign has."""
        return list(itertools.product(self.campaign.letter.languages, audiences(self.campaign)))
