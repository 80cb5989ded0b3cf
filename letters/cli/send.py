"""``letters send``: the finished letters by e-mail, once each; nothing leaves unless confirmed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import desk, resolve, sendview
from letters.cli.exit import Status, as_json, fail, note, report, say
from letters.problem import has_errors

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.desk import Records
    from letters.post.account import Account
    from letters.post.plan import Grounds, Plan
    from letters.post.ready import Ready

_RATE = 30  # messages a minute where no server is written down
_MEGABYTES = 20


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
    rate: Annotated[int | None, typer.Option(metavar="N", min=1, help="Messages a minute.")] = None,
    test_to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="All of it there, marked as tests.")
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
    campaign = _checked(context, to or [])
    with desk.open_ledger(campaign) as ledger:
        if resolve_doubts:
            resolve.resolve(campaign, ledger)
            return
        records = desk.records(campaign, desk.text_of(campaign))
        folder = out or campaign.root / "out"
        grounds = desk.grounds(folder, records)
        found = _plan(
            campaign, folder, grounds, to or [], limit, docx=docx, again=test_to is not None
        )
        messages = _messages(campaign, found, records, grounds, test_to)
        _guard(campaign, messages)
        account, trouble = _account(campaign, drafts=drafts)
        refusals = [*found.refusals, *_too_large(campaign, messages)]
        server = campaign.letter.mail.server if campaign.letter.mail else None
        pace = rate or (server.rate if server else _RATE)
        if json:
            as_json(sendview.as_json(found, messages, refusals))
        else:
            sendview.plan(found, messages, sendview.server(account, None if drafts else pace))
        for line in refusals:
            note(f"refused: {line}")
        if refusals:
            fail(Status.REFUSED, "nothing was sent, and nothing will be until this is mended")
        status = Status.FINE
        if not messages:
            note("there is nothing to send")
        elif eml is not None:
            _files(eml, messages, campaign)
        elif confirm is None or dry_run:
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

            status = upload(campaign, ledger, messages, account, folder)
        else:
            from letters.cli.sendrun import run

            status = run(campaign, ledger, messages, account, pace, folder, test=bool(test_to))
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


def _checked(context: typer.Context, to: list[str]) -> Campaign:
    """The campaign without an error in it; mail settings are filled in."""
    from letters.campaign.mail import settings_of

    campaign = desk.checked_campaign(context, to, "sent")
    letter = campaign.letter
    mail = settings_of(letter.mail, letter.sender.contact)
    return replace(campaign, letter=letter.model_copy(update={"mail": mail}))


def _plan(
    campaign: Campaign,
    folder: Path,
    grounds: Grounds,
    to: list[str],
    limit: int | None,
    *,
    docx: bool,
    again: bool,
) -> Plan:
    from letters.post.plan import plan

    formats = ("pdf", "docx") if docx else ("pdf",)
    return plan(campaign, folder, grounds, only=to, formats=formats, limit=limit, again=again)


def _guard(campaign: Campaign, messages: list[Ready]) -> None:
    """End the command where a mail says what is protected."""
    from letters.post.guarded import leaks

    found = leaks(campaign, messages)
    report(found)
    if has_errors(found):
        fail(Status.REFUSED, "nothing is sent while a mail says what is protected")


def _messages(
    campaign: Campaign, found: Plan, records: Records, grounds: Grounds, test_to: str | None
) -> list[Ready]:
    """The messages of a plan that nothing speaks against."""
    from letters.post.address import UnfitError
    from letters.post.dkim import KeyRefusedError, signer
    from letters.post.ready import compose
    from letters.post.rehearsal import rehearsed

    if found.refusals or not found.letters:
        return []
    signed = records.signed(draft=False)
    now = desk.now().replace(microsecond=0)
    try:
        messages = compose(
            campaign,
            found.letters,
            signed,
            grounds,
            now=now,
            signer=signer(os.environ),
        )
        return messages if test_to is None else rehearsed(messages, test_to)
    except KeyRefusedError as error:
        fail(Status.USAGE, str(error))
    except UnfitError as error:
        report(error.problems)
        raise typer.Exit(Status.PROBLEMS) from None


def _files(folder: Path, messages: list[Ready], campaign: Campaign) -> None:
    from letters.files import in_the_way
    from letters.post import eml

    if file := in_the_way(folder):
        fail(Status.USAGE, f"{file} is a file, and no folder", "name a folder with --eml")
    written = eml.write(folder, ((each.letter.recipient, each.mail) for each in messages))
    for path in written:
        say(str(path))
    for other in campaign.recipients:
        path = folder / f"{other.id}.eml"
        if path.exists() and path not in written:
            note(f"{path} is of an earlier run, and not in this plan: don’t send it")
    note("nothing was sent, and nothing is recorded: open each file and send it")


def _account(campaign: Campaign, *, drafts: bool) -> tuple[Account | None, str]:
    """The server that takes the mails, or has the mailbox; or why there is none."""
    from letters.post.account import IMAP, SMTP, AccountError, account_of

    mail = campaign.letter.mail
    try:
        if drafts:
            return account_of(mail.imap if mail else None, os.environ, IMAP), ""
        return account_of(mail.server if mail else None, os.environ, SMTP), ""
    except AccountError as error:
        return None, f"{error} ({error.hint})"


def _too_large(campaign: Campaign, messages: list[Ready]) -> list[str]:
    server = campaign.letter.mail.server if campaign.letter.mail else None
    largest = server.largest if server else _MEGABYTES
    return [
        f"{message.letter.recipient}: {sendview.size(message.size)} are more than the"
        f" {largest} MB that a message may have (“largest” in letter.yaml)"
        for message in messages
        if message.size > largest * 1e6
    ]
