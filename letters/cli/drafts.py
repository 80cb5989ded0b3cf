"""``letters send --drafts``: the mails put among the drafts of one's own mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from letters.cli.exit import Status, fail, note
from letters.cli.secret import secret

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.post.account import Account
    from letters.post.mailbox.drafts import Result
    from letters.post.ready import Ready


def upload(campaign: Campaign, messages: Sequence[Ready], account: Account) -> Status:
    """Put them there, once each; the exit status says how it went."""
    from letters.post.account import AccountError
    from letters.post.connect import ServerError
    from letters.post.mailbox.drafts import Result, put
    from letters.post.mailbox.session import Session

    told: dict[str, Result] = {}

    def tell(who: str, result: Result) -> None:
        told[who] = result
        note(f"{len(told)} of {len(messages)}: {who}: {result.value}")

    mail = campaign.letter.mail
    folder = mail.imap.drafts if mail and mail.imap else None
    try:
        with Session.open(account, secret(account)) as session:
            put(session, [(each.letter.recipient, each.mail) for each in messages], folder, tell)
    except AccountError as error:
        fail(Status.USAGE, str(error), error.hint)
    except ServerError as error:
        if told:
            note(f"{len(messages) - len(told)} not tried; run it again to go on")
        fail(Status.OUTSIDE, str(error), error.hint)
    if Result.SENT in told.values():
        note("what is among the sent messages was left alone")
    note(
        "nothing is recorded as sent: once you have sent one from your mail program, say so with"
        " “letters track sent ID --channel email …”"
    )
    if Result.OTHER in told.values():
        hint = "delete those that you do not want, and run this again"
        fail(Status.REFUSED, "some drafts say something else than the letters now", hint)
    return Status.FINE
