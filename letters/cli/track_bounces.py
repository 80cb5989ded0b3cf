"""``letters track bounces``: the mailbox asked for letters that came back."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from letters.cli import mailserver, progress, workspace
from letters.cli.exit import Status, as_json, fail, note, say
from letters.cli.secret import secret
from letters.cli.send_lock import watched

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.details import Reason
    from letters.ledger.store import Ledger
    from letters.post.mailbox.inbox import Look, Reader
    from letters.post.mailbox.notice import Notice
    from letters.post.mailbox.returned import News
    from letters.workshop.aside import Aside


def bounces(
    context: typer.Context,
    confirm: Annotated[
        list[int] | None,
        typer.Option(
            metavar="N", help="Record the unconfirmed notice of that number; may be repeated."
        ),
    ] = None,
    trust_server: Annotated[
        bool,
        typer.Option("--trust-server", help="Your password may go to the campaign’s IMAP server."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="The same for a program.")] = False,
) -> None:
    """Read the mailbox for notices that letters did not arrive, and record those that did not."""
    from letters.post.mailbox.inbox import Look
    from letters.post.mailbox.returned import ReturnResult

    campaign = workspace.open_campaign(context)
    mailserver.account(campaign, drafts=True, trust=trust_server)
    look = Look()
    with workspace.open_ledger(campaign) as ledger, watched(campaign, ledger):
        found = _looked(campaign, ledger, look, frozenset(confirm or ()))
    if json:
        as_json([_as_json(news) for news in found])
    else:
        _show(found)
    if look.left:
        note(
            f"{look.left} messages were not looked at: there are too many, or the server does not"
            " give them"
        )
    if missed := set(confirm or ()) - {
        news.number for news in found if news.result is ReturnResult.BACK
    }:
        numbers = ", ".join(map(str, sorted(missed)))
        hint = "the numbers are those that “letters track bounces” shows"
        fail(Status.USAGE, f"there is nothing to confirm in: {numbers}", hint)


def _looked(
    campaign: Campaign, ledger: Ledger, look: Look, confirmed: frozenset[int]
) -> list[News]:
    """What the notices in the mailbox say of the letters; what came back is recorded."""
    from letters.post.account import IMAP, account_of
    from letters.post.mailbox.inbox import notices
    from letters.post.mailbox.returned import ReturnResult, first_sent, known, record
    from letters.post.mailbox.session import Session
    from letters.post.mailbox.unmatched_notices import Confirming, sent_to
    from letters.post.outbox import Outbox
    from letters.workshop.aside import Aside

    outbox = Outbox(ledger, campaign.root, workspace.now)
    entries = ledger.entries()
    sent = sent_to(campaign, entries, outbox.items())
    days = [first_sent(outbox.items()), *(one.on for each in sent.values() for one in each)]
    since = min(filter(None, days), default=None)
    if since is None:
        note(
            "“letters send” has sent nothing yet; what was sent by hand is not looked for until it"
            " is recorded (“letters track sent ID --channel email …”)"
        )
        return []
    mail = campaign.letter.mail
    settings = mail.imap if mail else None
    account = account_of(settings, os.environ, IMAP)
    folder = settings.bounces if settings else "INBOX"
    before = known(entries)  # a notice that was recorded by mistake lies there still
    unsure = Confirming(ledger, campaign.root, outbox, sent, confirmed, workspace.now)
    found = []
    with Aside() as aside, Session.open(account, secret(account)) as session:
        letters = notices(session, folder, since, look, _tell, reader=_bounded(aside))
        for news in record(letters, outbox, before, unsure.news):
            found.append(news)
            if news.result is ReturnResult.BACK:
                note(f"recorded: {news.recipient} came back")
    open_ = (ReturnResult.UNSURE, ReturnResult.SEVERAL)
    note(
        f"notices of mail servers in “{folder}” since {since}: {look.candidates};"
        f" about these letters: {len({news.digest for news in found if news.result not in open_})}"
    )
    return found


def _bounded(aside: Aside) -> Reader:
    """A notice is read in a process with bounds: anybody can send one."""
    from letters.post.mailbox import notice
    from letters.post.mailbox.inbox import TooLongError
    from letters.workshop.aside import TooHardError

    def read(data: bytes) -> Notice | None:
        try:
            return aside.read("a notice", len(data), notice.read, data)
        except TooHardError:
            raise TooLongError from None

    return read


def _tell(count: int, total: int) -> None:
    progress.reached(count, total, "reading mails")


def _show(found: list[News]) -> None:
    from letters.channels import Channel
    from letters.post.mailbox.returned import ReturnResult
    from letters.post.return_reasons import WORDS, advice

    for news in found:
        words = f": {news.words}" if news.words else ""
        if news.result is ReturnResult.UNSURE:
            day = news.came.astimezone().date()
            say(f"unconfirmed {news.number}: {news.recipient}, {day}, {WORDS[news.reason]}{words}")
        elif news.result is not ReturnResult.KNOWN:
            say(f"{news.recipient}: {news.result.value}{words}")
    known = sum(news.result is ReturnResult.KNOWN for news in found)
    if known:
        note(f"{known} known already")
    if any(news.result is ReturnResult.LEFT for news in found):
        note(
            "“letters send” would send again what waits; where it must not go again, say that it"
            " has gone: “letters track sent ID --channel email …”"
        )
    unsure = [news.number for news in found if news.result is ReturnResult.UNSURE]
    if unsure:
        note(
            "unconfirmed: these notices name a recipient, and do not say that it is about this"
            " letter. Read them; where it is: “letters track bounces --confirm"
            f" {unsure[0]}”"
        )
    back: defaultdict[Reason, list[str]] = defaultdict(list)
    for news in found:
        if news.result is ReturnResult.BACK:
            back[news.reason].append(news.recipient)
    for reason, names in back.items():
        note(f"{WORDS[reason]}: {', '.join(names)} ({advice(reason, Channel.EMAIL)})")


def _as_json(news: News) -> dict[str, Any]:
    from letters.post.mailbox.returned import ReturnResult
    from letters.post.return_reasons import CLASS_OF

    failed = news.result in (ReturnResult.BACK, ReturnResult.UNSURE)
    return {
        "recipient": news.recipient,
        "result": news.result.name.lower().replace("_", "-"),
        "words": news.words,
        "came": news.came.isoformat(),
        "recorded": news.result is ReturnResult.BACK,
        "notice": news.digest,
        "number": news.number,
        "reason": news.reason if failed else None,
        "class": CLASS_OF[news.reason] if failed else None,
    }
