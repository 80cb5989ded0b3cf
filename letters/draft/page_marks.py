"""What the edges of each page say of a letter: by which text it is, and what state it is in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letters.campaign import shown
from letters.imprint import Imprint

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import Audience
    from letters.digests import TextDigest
    from letters.draft.language import Language
    from letters.draft.signatures import Signed

_HEAD = 48  # characters, of which the narrowest theme has room for some more beside a date
_DIGITS = 16  # of 64: enough to tell texts apart by eye, and to look one up


def version(language: Language, digest: TextDigest) -> str:
    """By which text this is, in short: the page can be told from another's."""
    return language.label("text", digest=digest[:_DIGITS]) if digest else ""


def code(signed: Signed, campaign: Campaign) -> str:
    """What the QR code on the last page holds, where the campaign wants one."""
    if not campaign.letter.qr_code or not signed.digest:
        return ""
    return Imprint(signed.digest, signed.log, signed.draft).written()


def running_head(words: str) -> str:
    """What stands in one line at the head of further pages: shortened at a word, if need be."""
    if len(words) <= _HEAD:
        return words
    kept = words[: _HEAD - 1].rpartition(" ")[0] or words[: _HEAD - 1]
    return f"{kept.rstrip(' ,;:·–—-')}…"


def mark(language: Language, signed: Signed, *, confidential: bool) -> str:
    """That it is a draft, and that it is not for everybody; mostly neither."""
    labels = ["draft" if signed.count else "unsigned"] if signed.draft else []
    labels += ["confidential"] if confidential else []
    return " · ".join(map(language.label, labels))


def watermark(language: Language, signed: Signed, campaign: Campaign) -> str:
    """The first of the words that say of a draft what it is, where the campaign wants it large."""
    if not campaign.letter.watermark:
        return ""
    said = mark(language, signed, confidential=False)
    return re.split(r"\s[–—-]\s", said)[0].partition(":")[0]


def is_confidential(campaign: Campaign, audience: Audience) -> bool:
    """Whether letters for that audience tell of people what those for the public don't.

    An enclosure that is confidential is so itself: the letter that names it need not be.
    """
    return audience == "recipient" and any(case.confidential for case in shown.cases(campaign))
