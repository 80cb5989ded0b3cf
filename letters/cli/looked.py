"""What the last look at finished letters has found, where all that it read is as it was.

To check a campaign and to draft hundreds of letters, only to see that each of them still stands,
takes seconds. That a look found all in order holds while every file, the log, the program, the
fonts and what lies in the output folder are the same to the byte (`letters.cli.unchanged`). Nothing
else is remembered: where one letter is outdated, all are looked at each time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from letters import framed, reading
from letters.cli import unchanged
from letters.cli.exit import Status, fail

if TYPE_CHECKING:
    from letters.draft.mailing import MailingText

_CHECKED = "letters check finds no error"


class Looked:
    """The look of this command at the letters in ``folder``; begin it before anything is read.

    That is “out” in the campaign unless said.
    """

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        own = folder or reading.real(root) / "out"
        self._this = unchanged.ThisRun(root, own, {"look": "letters"})
        known = self._this.same()
        self.text = _read(known.before) if known else None
        """The text of the mailing, where all letters are known to be as they would be made now."""
        self.is_checked = known is not None and self.text is not None and _CHECKED in known.after

    def expect_still(self) -> None:
        """End the command where something was changed since it began: what is known is of then."""
        if not self._this.is_still():
            hint = "begin again when nobody else is at it"
            fail(Status.REFUSED, "the campaign was changed while it was read", hint)

    def remember(self, text: MailingText, letters: int, *, checked: bool) -> None:
        """All of so many letters are as they would be made now, and perhaps all was checked too."""
        if self.text is not None and self.is_checked >= checked:
            return
        self._this.before_recording()
        said = [text.canonical, text.former, *sorted(text.named)]
        self._this.remember(0, letters, [json.dumps(said)], [_CHECKED] if checked else [])


def _read(told: list[str]) -> MailingText | None:
    from letters.draft.mailing import MailingText

    try:
        canonical, former, *named = json.loads(told[0])
    except (ValueError, IndexError, TypeError):
        return None
    if not all(isinstance(word, str) for word in (canonical, former, *named)):
        return None
    return MailingText(canonical, framed.digest(canonical), frozenset(named), former)
