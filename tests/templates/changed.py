"""A template's first campaign with something changed in it, and the words that a letter says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from letters.campaign.model import Campaign
from letters.campaign.shown import Audience
from letters.digests import TextDigest
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.language import language as language_of
from letters.draft.signatures import Signed
from templates.library import no_pictures


def changed(campaign: Campaign, values: Mapping[str, Any] | None = None, **fields: Any) -> Campaign:
    """The campaign with other ``values`` (None takes one away) and other fields of letter.yaml."""
    merged = {**campaign.letter.values, **(values or {})}
    kept = {key: value for key, value in merged.items() if value is not None}
    return replace(campaign, letter=campaign.letter.model_copy(update={"values": kept, **fields}))


def letter(
    campaign: Campaign, language: str, index: int = 0, audience: Audience = "recipient"
) -> d.Letter:
    """The campaign's letter, signed by everybody."""
    states = {person.id: "signed" for person in campaign.signatories}
    signed = Signed(
        states, campaign.letter.date, draft=False, digest=TextDigest("0123456789abcdef" * 4)
    )
    return Edition(campaign, language, audience).letter(index, signed, no_pictures)


def value(campaign: Campaign, key: str, language: str) -> str:
    """One of the campaign's texts for its template, as the language sets it."""
    return language_of(language).typeset(campaign.letter.values[key][language])


def prose(of: d.Letter) -> list[str]:
    """The letter's paragraphs, wherever they stand, in order."""
    return [d.plain(block.content) for block in walk(of.blocks) if isinstance(block, d.Paragraph)]


def headings(of: d.Letter) -> list[str]:
    return [d.plain(block.content) for block in of.blocks if isinstance(block, d.Heading)]


def walk(blocks: d.Blocks) -> Iterator[d.Block]:
    """The blocks and those inside them."""
    for block in blocks:
        yield block
        if isinstance(block, d.List | d.Asks):
            for item in block.items:
                yield from walk(item)
        elif isinstance(block, d.Quote):
            yield from walk(block.blocks)


def kinds(of: d.Letter) -> frozenset[type[d.Block]]:
    """Which kinds of blocks the letter has."""
    return frozenset(type(block) for block in walk(of.blocks))
