"""What is wrong with a draft that its Markdown alone doesn't show: the values in it tell."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from letters.campaign.model import Campaign
from letters.campaign.named_sources import named_sources, unknown
from letters.draft.characters import depends, joined
from letters.draft.markdown import Parsed
from letters.draft.markdown_faults import Fault, link
from letters.draft.notes import value_in
from letters.draft.skeleton import fill, fill_blocks
from letters.draft.values import Hold, expand
from letters.problem import KnownWords


def of(parsed: Parsed, hold: Hold, campaign: Campaign) -> Iterator[Fault]:
    """All of it: of the Markdown, of links, of sources that aren't there, and of joiners."""
    yield from parsed.faults
    yield from _links(parsed, hold)
    yield from _unknown_sources(parsed, campaign)
    yield from _joined(parsed, hold)


def _links(parsed: Parsed, hold: Hold) -> Iterator[Fault]:
    for href, line in parsed.links:
        yield from link(expand(href, lambda hole: hold.values[hole].text), line)


def _unknown_sources(parsed: Parsed, campaign: Campaign) -> Iterator[Fault]:
    named: KnownWords | None = None
    for note, line in zip(parsed.skeleton.notes, parsed.lines_of_notes, strict=True):
        if isinstance(note, str) and note not in campaign.letter.sources:
            named = KnownWords(named_sources(campaign)) if named is None else named
            told = unknown(note, public=True, known=named)
            yield Fault(*told, f"[@{note}]", line)


def _joined(parsed: Parsed, hold: Hold) -> Iterator[Fault]:
    """Joiners that came beside other letters than where they were written."""
    if parsed.faults or not (parsed.depends or any(depends(value.text) for value in hold.values)):
        return
    printed = functools.partial(value_in, hold)
    blocks, notes = parsed.skeleton.blocks, parsed.skeleton.notes
    for block, line in zip(blocks, parsed.lines_of_blocks, strict=True):
        yield from joined(fill_blocks((block,), printed), line)
    for note, line in zip(notes, parsed.lines_of_notes, strict=True):
        if not isinstance(note, str):
            yield from joined(fill(note, printed), line)
