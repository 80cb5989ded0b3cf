"""Cases as the user writes them down: the raw records, with all that must not be shown.

Above `letters.campaign` what may be shown of them is read in `letters.campaign.shown`; the records
themselves are for whoever searches for what must not be seen.
"""

from __future__ import annotations

from typing import ClassVar

from letters.campaign.localtext import LocalText
from letters.campaign.types import Date, Identifier, Model, Truth, Visibility


class Fact(Model):
    """What is said of a case, by whom and when: facts change, and sources disagree."""

    text: LocalText
    source: Identifier | None = None
    date: Date | None = None
    said_by: LocalText | None = None


class Consent(Model):
    """Whether the person agreed to be written about. A published case may be cited as such."""

    given: Truth = False
    date: Date | None = None
    note: str | None = None


class Case(Model):
    """A person whom the letter is about."""

    is_private: ClassVar[bool] = True

    id: Identifier
    person: LocalText
    description: LocalText | None = None
    facts: tuple[Fact, ...] = ()
    consent: Consent = Consent()
    visibility: Visibility = "withheld"
    confidential: Truth = False
