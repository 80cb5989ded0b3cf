"""Signatures on paper as a rule of a body counts them: the valid ones, for the text as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.problem import CampaignError

if TYPE_CHECKING:
    from letters.draft.drafts import Drafts


def valid_signatures(drafts: Drafts) -> int | None:
    """How many there are; None where no sheet was counted, or the letter can't be drafted."""
    from letters import framed
    from letters.ledger import sheets
    from letters.ledger.corrections import standing
    from letters.ledger.editions import KnownEditions, with_current_text
    from letters.ledger.sheet_count import SheetCount
    from letters.ledger.store import LOG_NAME, Ledger

    path = drafts.campaign.root / LOG_NAME
    ledger = None if path.is_symlink() else Ledger.read(path)
    if ledger is None:
        return None
    with ledger:
        entries = standing(ledger.entries())
        if not any(isinstance(entry.event.detail, SheetCount) for entry in entries):
            return None
        try:
            text = drafts.text()
        except CampaignError:  # which was said when the letter was drafted
            return None
        entries = with_current_text(entries, framed.digest(text.former), text.digest)
        words = KnownEditions.of(text.digest, text.editions, ledger, entries)
        return sheets.paper(entries, text.digest, words).valid
