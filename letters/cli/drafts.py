"""``letters send --drafts``: the mails put among the drafts of one's own mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from letters.cli import mailserver, sendagain
from letters.cli.exit import Status, fail, note
from letters.cli.secret import secret
from letters.cli.send_lock import watched
from letters.cli.sendrun import made_at

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.store import Ledger
    from letters.post.account import Account
    from letters.post.mailbox.drafts import DraftResult
    from letters.post.ready_messages import Ready
    from letters.post.resend import Again


def upload(
    campaign: Campaign,
    ledger: Ledger,
    messages: Sequence[Ready],
    account: Account,
    folder: Path,
    again: Again | None,
) -> Status:
    """Put them there, once each; the exit status says how it went."""
    from letters.post.mailbox.drafts import DraftResult, put
    from letters.post.mailbox.session import Session
    from letters.post.server_errors import ServerError

    mailserver.expect_trusted(account)
    told: dict[str, DraftResult] = {}

    def tell(who: str, result: DraftResult) -> None:
        told[who] = result
        note(f"{len(told)} of {len(messages)}: {who}: {result.value}")

    mail = campaign.letter.mail
    place = mail.imap.drafts if mail and mail.imap else None
    try:
        with (
            watched(campaign, ledger, made_at(folder)),
            Session.open(account, secret(account)) as session,
        ):
            sendagain.record(ledger, again, messages)
            put(session, [(each.letter.recipient, each.mail) for each in messages], place, tell)
    except ServerError:
        if told:
            note(f"{len(messages) - len(told)} not tried; run it again to go on")
        raise
    if DraftResult.SENT in told.values():
        note("what is among the sent messages was left alone")
    note(
        "nothing is recorded as sent: once you have sent one from your mail program, say so with"
        " “letters track sent ID --channel email …”"
    )
    if DraftResult.OTHER in told.values():
        hint = "delete those that you do not want, and run this again"
        fail(Status.REFUSED, "some drafts say something else than the letters now", hint)
    return Status.FINE
