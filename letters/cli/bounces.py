"""``letters track bounces``: the mailbox asked for letters that came back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from letters.cli import desk
from letters.cli.exit import Status, as_json, fail, is_terminal, note, say
from letters.cli.secret import secret
from letters.cli.watch import watched

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.store import Ledger
    from letters.post.mailbox.inbox import Look
    from letters.post.mailbox.returned import News

_EACH = 100  # messages between two words on how far it has come


def bounces(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="The same for a program.")] = False,
) -> None:
    """Read the mailbox for notices that letters did not arrive, and record those that did not."""
    from letters.post.account import AccountError
    from letters.post.connect import ServerError
    from letters.post.mailbox.inbox import Look

    campaign = desk.open_campaign(context)
    look = Look()
    try:
        with desk.open_ledger(campaign) as ledger, watched(campaign, ledger):
            found = _looked(campaign, ledger, look)
    except AccountError as error:
        fail(Status.USAGE, str(error), error.hint)
    except ServerError as error:
        fail(Status.OUTSIDE, str(error), error.hint)
    if json:
        as_json([_as_json(news) for news in found])
    else:
        _show(found)
    if look.left:
        note(
            f"{look.left} messages were not looked at: there are too many, or the server does not"
            " give them"
        )


def _looked(campaign: Campaign, ledger: Ledger, look: Look) -> list[News]:
    """What the notices in the mailbox say of the letters; what came back is recorded."""
    from letters.post.account import IMAP, account_of
    from letters.post.mailbox.inbox import notices
    from letters.post.mailbox.returned import Result, first_sent, known, record
    from letters.post.mailbox.session import Session
    from letters.post.outbox import Outbox

    outbox = Outbox(ledger, campaign.root, desk.now)
    since = first_sent(outbox.items())
    if since is None:
        note("“letters send” has sent nothing yet; what was sent by hand is not looked for")
        return []
    mail = campaign.letter.mail
    settings = mail.imap if mail else None
    account = account_of(settings, os.environ, IMAP)
    folder = settings.bounces if settings else "INBOX"
    before = known(ledger.entries())  # a notice that was recorded by mistake lies there still
    found = []
    with Session.open(account, secret(account)) as session:
        for news in record(notices(session, folder, since, look, _tell), outbox, before):
            found.append(news)
            if news.result is Result.BACK:
                note(f"recorded: {news.recipient} came back")
    note(
        f"notices of mail servers in “{folder}” since {since}: {look.candidates};"
        f" about these letters: {len({news.digest for news in found})}"
    )
    return found


def _tell(count: int, total: int) -> None:
    if is_terminal() and count % _EACH == 0:
        note(f"read {count} of {total}")


def _show(found: list[News]) -> None:
    from letters.post.mailbox.returned import Result

    for news in found:
        if news.result is not Result.KNOWN:
            words = f": {news.words}" if news.words else ""
            say(f"{news.recipient}: {news.result.value}{words}")
    known = sum(news.result is Result.KNOWN for news in found)
    if known:
        note(f"{known} known already")
    if any(news.result is Result.LEFT for news in found):
        note(
            "“letters send” would send again what waits; where it must not go again, say that it"
            " has gone: “letters track sent ID --channel email …”"
        )
    if any(news.result is Result.BACK for news in found):
        note(
            "mend the address in recipients.yaml, or try again with --to: then “letters send” sends"
            " it again"
        )


def _as_json(news: News) -> dict[str, Any]:
    from letters.post.mailbox.returned import Result

    return {
        "recipient": news.recipient,
        "result": news.result.name.lower().replace("_", "-"),
        "words": news.words,
        "came": news.came.isoformat(),
        "recorded": news.result is Result.BACK,
        "notice": news.digest,
    }
