"""``letters send``: the finished letters by e-mail, once each; nothing leaves unless confirmed."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from letters.cli import (
    finished_letters,
    mailserver,
    progress,
    resolve,
    sendagain,
    sendview,
    set_aside,
    workspace,
)
from letters.cli.exit import Status, expect_folder, fail, note, report, say
from letters.cli.looked import Looked
from letters.problem import has_errors

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.finished_letters import Finished
    from letters.post.plan import LogState, Plan
    from letters.post.ready_messages import Ready
    from letters.post.resend import Again
    from letters.problem import Problem
    from letters.workshop.workshop import Workshop


def send(
    context: typer.Context,
    confirm: Annotated[
        int | None,
        typer.Option(metavar="COUNT", help="Send; COUNT must be the number that the plan shows."),
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this recipient; may be repeated.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only the first N letters.")
    ] = None,
    one_mailbox: Annotated[
        bool, typer.Option("--one-mailbox", help="Several letters may go to one address.")
    ] = False,
    all_languages: Annotated[
        bool,
        typer.Option(
            "--all-languages", help="All languages, also to those who have one of their own."
        ),
    ] = False,
    rate: Annotated[int | None, typer.Option(metavar="N", min=1, help="Messages a minute.")] = None,
    test_to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="All of it there, marked as tests.")
    ] = None,
    again: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="Once more, only to this one, who has it; may be repeated."
        ),
    ] = None,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why --again; the log keeps it.")
    ] = None,
    docx: Annotated[bool, typer.Option("--docx", help="Attach the DOCX too.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show the plan, as without --confirm.")
    ] = False,
    resolve_doubts: Annotated[
        bool, typer.Option("--resolve", help="Look after the messages that are in doubt.")
    ] = False,
    eml: Annotated[
        Path | None,
        typer.Option("--eml", metavar="DIR", help="Send nothing; write drafts for a mail program."),
    ] = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Send nothing; put drafts into your mailbox.")
    ] = False,
    trust_server: Annotated[
        bool,
        typer.Option("--trust-server", help="Your password may go to the campaign’s mail server."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="The plan as JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the letters were rendered to.")
    ] = None,
) -> None:
    """E-mail the finished letters: shows the plan, and sends nothing until told its number."""
    _expect_fitting(
        eml=eml is not None and (json or confirm is not None),
        drafts=drafts and bool(eml or test_to or rate or resolve_doubts),
    )
    sendagain.expect_fitting(again, why, others=bool(to or test_to or resolve_doubts))
    before = Looked(workspace.expect_campaign(context), out)
    campaign, shop = _checked(context, again or to or [], before), workspace.workshop(context)
    account, trouble = mailserver.account(campaign, drafts=drafts, trust=trust_server)
    with workspace.open_ledger(campaign) as ledger:
        if resolve_doubts:
            resolve.resolve(campaign, ledger)
            return
        folder = out or campaign.root / "out"
        there = finished_letters.look(
            shop, folder, only=to or (), before=before, checked=True, quiet=json
        )
        grounds = there.grounds()
        more = sendagain.chosen(again, why, grounds)
        found = _plan(
            campaign,
            folder,
            grounds,
            to or [],
            limit,
            more,
            docx=docx,
            again=test_to is not None,
            one_mailbox=one_mailbox,
            all_languages=all_languages,
        )
        messages = _messages(shop, campaign, found, there, grounds, test_to, more, quiet=json)
        is_tried = eml is None and (confirm is None or dry_run)
        _guard(shop, campaign, messages, messages[:1] if is_tried else messages, quiet=json)
        refusals = [
            *found.refusals,
            *sendview.sharing(found),
            *mailserver.too_large(campaign, messages),
        ]
        pace = rate or mailserver.rate(campaign)
        sendagain.show(
            found, messages, refusals, more,
            None if json else sendview.server(account, None if drafts else pace),
        )  # fmt: skip
        for line in refusals:
            note(f"refused: {line}")
        if refusals:
            fail(Status.REFUSED, "nothing was sent, and nothing will be until this is fixed")
        status = Status.FINE
        if not messages:
            note("there is nothing to send")
        elif eml is not None:
            _files(eml, messages, campaign)
            sendagain.decide(campaign, ledger, more, messages, folder)
        elif is_tried:
            way = "put it among your drafts" if drafts else "send this"
            note(f"nothing was sent; to {way}, add --confirm {len(messages)}")
            if trouble:
                note(f"before that: {trouble}")
        elif confirm != len(messages):
            hint = f"look at it again; then say --confirm {len(messages)}"
            fail(
                Status.REFUSED,
                f"{confirm} is not the number of the plan, which is {len(messages)}",
                hint,
            )
        elif account is None:
            fail(Status.USAGE, trouble)
        elif drafts:
            from letters.cli.drafts import upload

            status = upload(campaign, ledger, messages, account, folder, more)
        else:
            from letters.cli.sendrun import run

            status = run(
                campaign, ledger, messages, account, pace, folder, more, test=bool(test_to)
            )
    if found.in_doubt and test_to is None:
        hint = "look after that with “letters send --resolve”"
        fail(Status.REFUSED, f"in doubt: {', '.join(found.in_doubt)}", hint)
    if status:
        raise typer.Exit(status)


def _expect_fitting(*, eml: bool, drafts: bool) -> None:
    """End the command where options contradict each other."""
    if eml:
        fail(Status.USAGE, "--eml sends nothing and takes neither --confirm nor --json")
    if drafts:
        fail(Status.USAGE, "--drafts goes with none of --eml, --test-to, --rate and --resolve")


def _checked(context: typer.Context, to: list[str], before: Looked) -> Campaign:
    """The campaign without an error in it; mail settings are filled in."""
    from letters.campaign.mail_settings import settings_of

    campaign = workspace.checked_campaign(context, to, "sent", known=before.is_checked)
    letter = campaign.letter
    mail = settings_of(letter.mail, letter.sender.contact)
    return replace(campaign, letter=letter.model_copy(update={"mail": mail}))


def _plan(
    campaign: Campaign,
    folder: Path,
    grounds: LogState,
    to: list[str],
    limit: int | None,
    more: Again | None,
    *,
    docx: bool,
    again: bool,
    one_mailbox: bool,
    all_languages: bool,
) -> Plan:
    from letters.post.plan import plan

    formats = ("pdf", "docx") if docx else ("pdf",)
    found = plan(
        campaign,
        folder,
        grounds,
        only=more.recipients if more else to,
        formats=formats,
        limit=limit,
        again=again,
        repeated=more.left_out if more else {},
        one_mailbox=one_mailbox,
        all_languages=all_languages,
    )
    return replace(found, refusals=(*more.refusals, *found.refusals)) if more else found


def _guard(
    shop: Workshop, campaign: Campaign, messages: list[Ready], going: list[Ready], *, quiet: bool
) -> None:
    """End the command where a mail, or a file of those that are ``going``, says what is protected.

    While nothing is leaving, only the first goes that far: all have most in common.
    """
    from letters.check.protected import from_everybody, secrets
    from letters.post.mail_privacy import leaks, leaks_in_files
    from letters.workshop.attached import searched

    def searching(data: bytes, mail: str) -> list[Problem]:
        return shop.ask(
            searched, data, what="searching its files", hint="enclose smaller files", file=mail
        )

    known = from_everybody(secrets(campaign))
    found = leaks(known, messages)
    if known:
        each = progress.over(going, len(going), "searching the files", quiet=quiet)
        found += leaks_in_files(each, searching)
    report(found)
    if has_errors(found):
        fail(Status.REFUSED, "nothing is sent while a mail says what is protected")


def _messages(
    shop: Workshop,
    campaign: Campaign,
    found: Plan,
    there: Finished,
    grounds: LogState,
    test_to: str | None,
    more: Again | None,
    *,
    quiet: bool,
) -> list[Ready]:
    """The messages of a plan that nothing speaks against."""
    from letters.post.dkim import signer
    from letters.post.ready_messages import compose
    from letters.post.rehearsal import rehearsed

    if found.refusals or not found.letters:
        return []
    note_to = partial(shop.note, there.records.signed(draft=False))
    now = workspace.now().replace(microsecond=0)
    going = progress.over(found.letters, len(found.letters), "writing the mails", quiet=quiet)
    messages = compose(
        campaign, going, note_to, grounds, now=now, signer=signer(os.environ), again=more
    )
    return messages if test_to is None else rehearsed(messages, test_to)


def _files(folder: Path, messages: list[Ready], campaign: Campaign) -> None:
    from letters.kept import is_sealed
    from letters.post import eml

    set_aside.expect_apart(expect_folder(folder, "--eml"), campaign.root)
    drafts = [(each.letter.recipient, each.mail) for each in messages]
    with set_aside.keeping(is_sealed) as keeper:
        written = eml.write(folder, drafts, keeper)
    for path in written:
        say(str(path))
    for other in campaign.recipients:
        path = folder / f"{other.id}.eml"
        if path.exists() and path not in written:
            note(f"{path} is of an earlier run, and not in this plan: don’t send it")
    note("nothing was sent, and nothing is recorded: open each file and send it")
