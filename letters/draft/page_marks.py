"""What the edges of each page say of a letter: by which text it is, and what state it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.draft.context import audiences

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import Audience
    from letters.digests import TextDigest
    from letters.draft.language import Language
    from letters.draft.signatures import Signed

_DIGITS = 16  # of 64: enough to tell texts apart by eye, and to look one up


def version(language: Language, digest: TextDigest) -> str:
    """By which text this is, in short: the page can be told from another's."""
    return language.label("text", digest=digest[:_DIGITS]) if digest else ""


def mark(language: Language, signed: Signed, *, confidential: bool) -> str:
    """That it is a draft, and that it is not for everybody; mostly neither."""
    labels = ["draft" if signed.count else "unsigned"] if signed.draft else []
    labels += ["confidential"] if confidential else []
    return " · ".join(map(language.label, labels))


def is_confidential(campaign: Campaign, audience: Audience) -> bool:
    """Whether letters for that audience say what those for the public don't."""
    return audience == "recipient" and "public" in audiences(campaign)
