"""What the log says when it can't or won't do something.

No message quotes an id, a note or other content of the log: names must not leak through errors.
"""

from __future__ import annotations

from letters.error import LettersError, Status


class LedgerError(LettersError):
    """The log can't be read or written here (disk, rights, another program, an unknown version)."""

    status = Status.OUTSIDE


class DamagedLogError(LedgerError):
    """The file is not a signature log, or no longer says what was once recorded in it."""


class RefusedError(LettersError):
    """The event may not follow what the log already holds; nothing was recorded.

    The message is a sentence about "this signatory", the hint names the event that would fit.
    """

    status = Status.REFUSED
    prefix = "refused: "
