"""Notes that name whoever is not to be named.

A note stays in the log, and is in what is exported of it. An id that gives a name away can be
exchanged; a note can't, short of having the log forget the person. So it is refused beforehand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli.exit import Status, fail

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

_HINT = "say it without name and address: a note stays in the log, and in what is exported of it"


class NotedNames:
    """The signatories of a campaign, of whom notes may say too much."""

    def __init__(self, campaign: Campaign | None) -> None:
        """Without a campaign that can be read nobody's name is known, and nothing is refused."""
        self._campaign = campaign
        ids = campaign.signatory_ids if campaign else ()
        self._numbers = {who: number for number, who in enumerate(ids)}

    def refusal(self, who: str, note: str) -> tuple[str, str] | None:
        """What is wrong with the note of what somebody did, and what to do; None where nothing is.

        Only their own name is looked for: the note is about them.
        """
        from letters.check.privacy import held_in
        from letters.check.protected import name_of

        number = self._numbers.get(who)
        if self._campaign is None or number is None or not note:
            return None
        if not held_in(note, name_of(self._campaign, number)):
            return None
        return f"the note names {who}, whose name is not to be printed", _HINT

    def expect_none(self, who: str, note: str) -> None:
        """End the command where the note names them."""
        if wrong := self.refusal(who, note):
            fail(Status.REFUSED, *wrong)
