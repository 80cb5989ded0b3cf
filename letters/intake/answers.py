"""What people answered: whether their name may be published, and their gender.

Only a whole answer that is known counts. Whoever said anything else stays withheld.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import get_args

from letters.campaign.types import Gender, Visibility
from letters.intake.worded import data, folded, phrases


@functools.cache
def known() -> Mapping[str, Visibility]:
    """The answers that are understood without asking."""
    words = data("answers")
    return {said: v for v in get_args(Visibility) for said in phrases(words[v])} | {
        v: v for v in get_args(Visibility)
    }


def mapping(
    answers: Iterable[str], settled: Mapping[str, Visibility] | None = None
) -> dict[str, Visibility]:
    """What each distinct answer of a list will mean, to be shown once; "" is who gave none."""
    own = {folded(said): v for said, v in (settled or {}).items()}
    distinct = {_said(answer): folded(answer) for answer in answers}
    return {s: own.get(distinct[s]) or known().get(s, "withheld") for s in sorted(distinct)}


def meaning(answer: str, settled: Mapping[str, Visibility]) -> tuple[Visibility, bool]:
    """What an answer means, and whether that is known; ``settled`` has `folded` words for keys."""
    found = settled.get(answer) or known().get(answer)
    if found is None:
        found = settled.get(folded(answer)) or known().get(_said(answer))
    return found or "withheld", found is not None


def _said(answer: str) -> str:
    """What was answered; whoever is in doubt (“yes?”) has said nothing that is known."""
    said = folded(answer)
    return f"{said}?" if said and any(sign in answer for sign in "?？؟") else said


@functools.cache
def _genders() -> Mapping[str, Gender]:
    words = data("answers")["gender"]
    found: dict[str, Gender] = {}
    for gender in get_args(Gender):
        found |= dict.fromkeys(phrases(words.get(gender, "unknown")), gender)
    return found


def gender(answer: str) -> Gender | None:
    """The gender that somebody stated; None for words that are not known."""
    return _genders().get(folded(answer))
