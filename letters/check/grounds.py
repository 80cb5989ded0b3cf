"""What the letter stands on: figures and facts that can be looked up, consent, dates that agree.

All of it is a warning; what must not go out at all is an error of the campaign itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from letters.campaign import references, shown
from letters.campaign.model import Campaign
from letters.campaign.shown import ShownCase
from letters.problem import Place, Problem

_NAME_IT = "add “source”, with the key of one of “sources”"


def look(campaign: Campaign) -> Iterator[Problem]:
    """What in the campaign’s data somebody could take the letter to task for."""
    letter, at = campaign.letter, campaign.letter_place
    for key, figure in letter.figures.items():
        if figure.source is None:
            yield _warning(at.place("figures", key), "this figure has no source", _NAME_IT)
    for case in shown.cases(campaign):
        if not case.is_withheld:
            yield from _case(case)
    if letter.deadline is not None and letter.deadline <= letter.date:
        message = "the deadline is not after the date of the letter"
        yield _warning(at.place("deadline"), message, "about two weeks are usual")
    for day, place in _dates(campaign):
        if day is not None and day > letter.date:
            hint = "fix this date, or the letter’s own"
            yield _warning(place, "is later than the date of the letter", hint)


def _case(case: ShownCase) -> Iterator[Problem]:
    for f, fact in enumerate(case.facts):
        if fact.source is None and fact.said_by is None:
            hint = "add “source”, or “said_by” where it is somebody’s own account"
            yield _warning(case.place("facts", f), "this fact has no source", hint)
    published = all(fact.source for fact in case.facts)
    if case.is_described and not case.consented and not published:
        hint = "ask, and say “consent: {given: yes}”; who knows them will know who is meant"
        message = "describes a person who has not agreed to it"
        yield _warning(case.place("description"), message, hint)


def _dates(campaign: Campaign) -> Iterator[tuple[dt.date | None, Place]]:
    """Days on which something was published, counted or done: before the letter, or never."""
    letter, at = campaign.letter, campaign.letter_place
    for key, source in letter.sources.items():
        yield source.date, at.place("sources", key, "date")
    for key, figure in letter.figures.items():
        yield figure.date, at.place("figures", key, "date")
    yield from references.days(campaign)


def _warning(place: Place, message: str, hint: str) -> Problem:
    return Problem(place, message, hint, severity="warning")
