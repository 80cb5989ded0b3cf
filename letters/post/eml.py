"""Mails as files, for those who send them by hand: each opens as a draft, ready to be sent.

Outlook and Thunderbird go by ``X-Unsent``, Apple Mail by its own mark. Nothing is noted as sent,
because nobody here knows when somebody presses the button.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from letters import files
from letters.kept import sealed
from letters.post.mime import OutgoingMail, build

if TYPE_CHECKING:
    from letters.kept import Keeper


def write(
    folder: Path, mails: Iterable[tuple[str, OutgoingMail]], keeper: Keeper | None = None
) -> list[Path]:
    """Write one ``ID.eml`` for each recipient's id and mail; one that is there is replaced.

    The ``keeper`` keeps what somebody has changed. Only the user can read the files: they hold
    addresses. Raises OSError where they can't be written.
    """
    drafts = {folder / f"{recipient}.eml": _draft(mail) for recipient, mail in mails}
    if keeper:
        keeper.expect_files(drafts)
    for path, data in drafts.items():
        files.replace(path, data, mode=0o600, keeper=keeper)
    return list(drafts)


def _draft(mail: OutgoingMail) -> bytes:
    """The draft; sealed behind its last part, where no mail program looks and none sends it."""
    data = build(mail, draft=True)
    return sealed(data, end="\r\n") if mail.html or mail.attachments else data
