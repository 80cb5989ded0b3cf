"""What keeps a drafted letter from being pressed: one rule for looking and for making.

``letters check`` asks it of every letter that can be made, ``letters render`` of each it makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

from msgspec.structs import replace

from letters.campaign.model import Campaign
from letters.campaign.recipient_languages import readers
from letters.campaign.shown import Audience
from letters.draft import document as d
from letters.draft.annex import Annex
from letters.draft.bilingual import bilingual
from letters.draft.compose import Edition, Editions
from letters.draft.signatures import Signed
from letters.press import envelope, glyphs
from letters.press.foot import foot_misfits
from letters.press.theme import Theme
from letters.problem import Problem, in_order

_UNSIGNED = Signed({}, None, draft=True)
_UNNAMED = Signed({}, None, draft=False)


def faults(
    letter: d.Letter, theme: Theme, campaign: Campaign, recipient: int
) -> tuple[Problem, ...]:
    """Characters that no font has, and what fits neither a window of an envelope nor the foot.

    ``recipient`` is the index of the one that the letter goes to.
    """
    lacking = glyphs.missing(letter, theme, campaign, recipient)
    misfits = *envelope.misfits(letter, theme), *foot_misfits(letter, theme, campaign)
    return (*lacking, *misfits)


def annex_faults(annex: Annex, theme: Theme, campaign: Campaign) -> tuple[Problem, ...]:
    """Characters in an annex of names that no font has."""
    return glyphs.missing_in_annex(annex, theme, campaign)


def faults_in_all(
    campaign: Campaign,
    theme: Theme,
    editions: Editions,
    different: Mapping[tuple[str, Audience], Iterable[int]],
) -> list[Problem]:
    """The same for every letter of a campaign, with everybody who may sign it.

    ``different`` are the recipients whose letters differ by their text. Where people and forms are
    written in nothing but ordinary letters, and no window has to hold an address, theirs are all
    that need a look. Raises CampaignError where a letter can't be drafted.
    """
    unusual = glyphs.possible(campaign)
    everybody = unusual or theme.window is not None
    signed = _UNSIGNED if unusual else _UNNAMED
    problems: list[Problem] = []
    for key, edition in editions.items():
        for index in readers(campaign, edition.tag) if everybody else different.get(key, ()):
            letter = edition.letter(index, signed, _no_picture)
            problems += faults(letter, theme, campaign, index)
            if unusual and (annex := edition.annex(index, signed)):
                problems += annex_faults(annex, theme, campaign)
    if theme.window is not None:
        problems += [*envelope.nowhere(campaign), *_side_by_side(theme, editions, problems)]
    return in_order(problems)


def _side_by_side(theme: Theme, editions: Editions, known: Iterable[Problem]) -> Iterator[Problem]:
    """The letterhead of two languages at once; a letter need not be made so: it is a warning."""
    said = {problem.place for problem in known}
    own: list[Edition] = [
        edition for (_, whose), edition in editions.items() if whose == "recipient"
    ]
    for pair in permutations(own, 2):
        letter = bilingual(pair, 0, _UNNAMED, _no_picture, "columns")
        for problem in envelope.misfits(letter, theme):
            if problem.place not in said:
                message = f"{problem.message}, in a bilingual letter"
                yield replace(problem, message=message, severity="warning")


def _no_picture(path: str, alt: str) -> d.Image:  # noqa: ARG001 - what a letter asks for pictures
    return d.Image(b"", 0, 0, alt)
