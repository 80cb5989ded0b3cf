"""What the log has of one person: before they are changed in the files, or leave them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.cli import renaming
from letters.counting import counted

if TYPE_CHECKING:
    from letters.campaign.neutral import Role
    from letters.ledger.store import Ledger

_AGREED = ("signed", "reaffirmed")


class LoggedPeople(Struct, frozen=True):
    """How many entries of each kind there are, and how many letters are on their way.

    ``position`` is where a signatory stands; ``now`` the id in force, where this one was given up.
    """

    kinds: Counter[str]
    waiting: int = 0
    position: str = "none"
    now: str = ""
    is_erased: bool = False

    @property
    def weighs(self) -> bool:
        """Whether somebody signed, or something went to them: that is not left out by the way."""
        return bool(self.waiting) or any(
            kind in _AGREED or kind in ("sent", "again", "replied", "met") for kind in self.kinds
        )

    def __str__(self) -> str:
        total = self.kinds.total()
        if not total and not self.waiting:
            return "the log knows nothing of them"
        kinds = ", ".join(f"{number} {kind}" for kind, number in self.kinds.items())
        said = f"the log has {counted(total, 'entry', 'entries')} of them ({kinds})"
        waiting = f", and {counted(self.waiting, 'letter')} on the way" if self.waiting else ""
        return (said if total else "the log has nothing of them") + waiting


def known(root: Path, role: Role, identifier: str, *, acting: bool = False) -> LoggedPeople:
    """What is recorded of somebody; ``acting``: something is decided by it."""
    with renaming.reading(root, acting=acting) as ledger:
        return LoggedPeople(Counter()) if ledger is None else _of(ledger, role, identifier)


def _of(ledger: Ledger, role: Role, identifier: str) -> LoggedPeople:
    from letters.ledger.history import History
    from letters.ledger.names import as_now
    from letters.ledger.rules import Standing

    entries = as_now(ledger.entries())
    track = renaming.track(role, identifier)
    now = renaming.id_now(ledger, role, identifier)
    history = ledger.history()
    waiting = [one for one in ledger.outgoing() if one.recipient == identifier]
    return LoggedPeople(
        Counter(entry.event.kind for entry in entries if entry.event.track == track),
        len(waiting) if role == "recipient" else 0,
        History.of(entries).people.get(identifier, Standing()).position,
        "" if now == identifier else now,
        role == "signatory" and history.is_erased(identifier),
    )
