"""What the log says when it can't or won't do something: exceptions, for the front door to print.

No message quotes an id, a note or other content of the log: names must not leak through errors.
"""

from __future__ import annotations


class LedgerError(Exception):
    """The log can't be read or written here (disk, rights, another program, an unknown version).

    ``str(error)`` is one plain sentence; ``hint``, when not empty, is what to do next.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


class DamagedLogError(LedgerError):
    """The file is not a signature log, or no longer says what was once recorded in it."""


class RefusedError(Exception):
    """The event may not follow what the log already holds; nothing was recorded.

    ``reason`` is a sentence about "this signatory", ``hint`` names the event that would fit.
    """

    def __init__(self, reason: str, hint: str = "") -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(reason)
