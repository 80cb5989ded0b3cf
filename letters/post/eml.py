"""Mails as files, for those who send them by hand: each opens as a draft, ready to be sent.

Outlook and Thunderbird go by ``X-Unsent``, Apple Mail by its own mark. Nothing is noted as sent,
because nobody here knows when somebody presses the button.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from letters import files
from letters.post.message import Mail, build


def write(folder: Path, mails: Iterable[tuple[str, Mail]]) -> list[Path]:
    """Write one ``ID.eml`` for each recipient's id and mail; one that is there is replaced.

    Only the user can read them: they hold addresses. Raises OSError where they can't be written.
    """
    written = []
    for recipient, mail in mails:
        path = folder / f"{recipient}.eml"
        files.replace(path, build(mail, draft=True), mode=0o600)
        written.append(path)
    return written
