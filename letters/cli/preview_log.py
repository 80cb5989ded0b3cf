"""What the preview is told of the log; it runs in the preview’s worker, which has no terminal."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

from letters.cli import draft_reasons, log_records, logbook, text_changes
from letters.cli.exit import heard

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.log_records import LogRecords
    from letters.draft.mailing import MailingText
    from letters.draft.signatures import Signed
    from letters.preview.signatures import SignatureState, TextChange


def told(campaign: Campaign, text: MailingText) -> tuple[Signed, SignatureState]:
    """Whose signatures the letter prints, and what the page says of them and of the log."""
    from letters.preview.signatures import SignatureState

    remarks: list[str] = []
    with heard(remarks), redirect_stderr(io.StringIO()):
        records = log_records.recorded(campaign, text, acting=True)
        speaks_for = draft_reasons.spoken_for(campaign, records, text.named)
        made = [(tag,) for tag in campaign.letter.languages]
        draft_reasons.explain(campaign, records, speaks_for, made, draft=False)
        changes = _changes(campaign, records, text)
    states = dict[str, list[str]]()
    for person in records.people:
        states.setdefault(person.state, []).append(person.id)
    state = SignatureState(
        text.digest,
        tuple((name, tuple(ids)) for name, ids in states.items()),
        tuple((tag, tuple(ids)) for tag, ids in records.outdated.items()),
        sum(valid for valid, _ in records.paper.standing) if records.paper else 0,
        changes,
        tuple(dict.fromkeys(remarks)),
    )
    return records.signed(draft=False, drafts=tuple(speaks_for)), state


def _changes(campaign: Campaign, records: LogRecords, text: MailingText) -> tuple[TextChange, ...]:
    """What has changed since the texts that were signed last."""
    from letters.preview.signatures import TextChange

    since = text_changes.latest(text_changes.changed(records))
    ledger = logbook.read(campaign.root, acting=True) if since else None
    if ledger is None:
        return ()
    with ledger:
        return tuple(
            TextChange(one, text_changes.word_diff(campaign, *text_changes.both(ledger, text, one)))
            for one in since
        )
