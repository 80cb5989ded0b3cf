"""The ways by which a letter goes: their words in the log and on the command line, and in English.

Those of early logs may be other words. What a signature came by is in people's own words, and is
none of these.
"""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a letter went out, or is to go."""

    POST = "post"
    FAX = "fax"
    HAND = "hand"
    FORM = "form"
    EMAIL = "email"

    @property
    def how(self) -> str:
        """By which way: “by e-mail”."""
        return _HOW[self]

    @property
    def gone(self) -> str:
        """What it is once it went that way: “posted”."""
        return _GONE[self]


_HOW = {
    Channel.POST: "by post",
    Channel.FAX: "by fax",
    Channel.HAND: "by hand",
    Channel.FORM: "by a web form",
    Channel.EMAIL: "by e-mail",
}
_GONE = {
    Channel.POST: "posted",
    Channel.FAX: "faxed",
    Channel.HAND: "handed over",
    Channel.FORM: "entered in a web form",
    Channel.EMAIL: "sent",
}


def channel_of(word: str) -> Channel | None:
    """The channel that a word of the log stands for; None for one of an early log."""
    return next((each for each in Channel if each == word), None)
