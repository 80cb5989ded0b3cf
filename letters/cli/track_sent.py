"""``letters track sent``: letters that went out by other hands than “letters send”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from letters.channels import Channel
from letters.cli import evidence_options, finished_letters, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, note
from letters.cli.send_lock import watched
from letters.counting import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from letters.campaign.model import Campaign
    from letters.ledger.details import Mailing
    from letters.ledger.results import Transaction
    from letters.ledger.store import Ledger
    from letters.press.manifest import File
    from letters.workshop.workshop import Workshop


@evidence_options.told(channel=False)
def sent(
    context: typer.Context,
    channel: Annotated[
        Channel,
        typer.Option(help="By post, by fax, by hand, by a web form, or from your mail program."),
    ],
    who: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="The recipients' ids.")
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="All to whom it has not gone that way.")
    ] = False,
    all_languages: Annotated[
        bool,
        typer.Option(
            "--all-languages", help="All languages, also to those who have one of their own."
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the letters were rendered to.")
    ] = None,
    *,
    told: Told,
) -> None:
    """Record that letters went out in another way than by “letters send”."""
    from letters.post.outbox import Outbox

    told.must_show("a delivery")
    campaign = workspace.open_campaign(context)
    named = workspace.known_recipients(campaign, who or [])
    if everybody == bool(named):
        fail(Status.USAGE, "say to whom it went", "their ids, or --all")
    told = replace(told, channel=channel.value)
    folder = out or campaign.root / "out"
    with workspace.open_ledger(campaign) as ledger, watched(campaign, ledger):
        files = _files(campaign, ledger, folder, named, channel, every=all_languages)
        if not files:
            note("there is nothing to record: it has gone to everybody that way")
        changed = _changed(workspace.workshop(context), folder, files)
        mailing = _mailings(campaign, files, changed)
        going = [
            told.event("sent", text_digest=each.text_digest, detail=mailing[each.path])
            for each in files
        ]
        _remark(campaign, {each.recipient for each in files}, channel)
        outbox = Outbox(ledger, campaign.root, workspace.now)

        def cancel(change: Transaction) -> None:
            if channel is Channel.EMAIL:
                outbox.sent_by_hand(change, {each.recipient for each in files})

        evidence_options.write(campaign, ledger, told, going, cancel)
        outbox.tidy()
    if changed is None:
        note("warning: the letter can’t be drafted as it is now: what went out was not compared")
    else:
        finished_letters.tell(changed, "warning: recorded as it was made, but outdated")


def _changed(
    shop: Workshop, folder: Path, files: Sequence[File]
) -> dict[str, tuple[str, ...]] | None:
    """What of the letters that went out is another now than when they were made, by path.

    None where the letter can't be drafted as it is now.
    """
    from letters.problem import CampaignError

    try:
        changed = finished_letters.look(
            shop, folder, only=[each.recipient for each in files]
        ).changed
    except CampaignError:
        return None
    return {each.path: changed[each.path] for each in files if each.path in changed}


def _mailings(
    campaign: Campaign, files: Sequence[File], changed: Mapping[str, Sequence[str]] | None
) -> dict[str, Mailing]:
    """What the log keeps of each letter, by path: also whom it named, where that is still known."""
    from letters.ledger.details import Mailing, Sending
    from letters.post.addressee import described

    people = {each.id: each for each in campaign.recipients}
    return {
        each.path: Mailing(each.recipient, each.sha256)
        if changed is None or each.path in changed
        else Sending(
            each.recipient,
            each.sha256,
            described(people[each.recipient], campaign.letter.languages),
        )
        for each in files
    }


def _files(
    campaign: Campaign,
    ledger: Ledger,
    folder: Path,
    named: list[str],
    channel: Channel,
    *,
    every: bool,
) -> list[File]:
    """The letters that went, as the manifest has them; ends the command where there is none."""
    from letters.campaign.reach import NEEDED, is_reachable
    from letters.ledger.outgoing import in_doubt
    from letters.post.correspondence import Correspondence
    from letters.post.sent_letters import gone
    from letters.press import manifest, own_files

    made = manifest.read(folder)
    there = [
        file
        for file in (made.files if made else ())
        if file.format == "pdf" and file.audience == "recipient" and not file.draft
        if not file.annex
    ]
    final, staying = own_files.own(there, campaign, every=every)
    if staying := [file for file in staying if not named or file.recipient in named]:
        left = counted(len(staying), "file")
        note(f"left out: {left} in another language than the recipient’s own (--all-languages)")
    for name in named:
        if not any(file.recipient == name for file in final):
            fail(Status.REFUSED, f"no final PDF to {name} was rendered", "run “letters render”")
    if named:
        going = [file for file in final if file.recipient in named]
    else:
        went = gone(Correspondence.of(ledger.entries()), channel)
        everybody = campaign.recipients
        reached = {each.id for each in everybody if is_reachable(each, channel)}
        if without := [each.id for each in everybody if each.id not in reached]:
            note(f"left out, without {NEEDED[channel]}: {', '.join(without)}")
        going = [
            file
            for file in final
            if file.recipient in reached and file.text_digest not in went[file.recipient]
        ]
    doubts = set(in_doubt(ledger.outgoing(), channel))
    if unclear := doubts & {file.recipient for file in going}:
        hint = "look after that first: “letters send --resolve”"
        fail(Status.REFUSED, f"in doubt: {', '.join(sorted(unclear))}", hint)
    return going


def _remark(campaign: Campaign, going: Collection[str], channel: Channel) -> None:
    """Say who seem to be the same: it is recorded all the same, as it has happened."""
    from letters.campaign.reach import NEEDED
    from letters.post.earlier_contact import together

    people = [each for each in campaign.recipients if each.id in going]
    for group, words in together(people, campaign, channel) if channel in NEEDED else ():
        note(f"{', '.join(group)}: {words}")
