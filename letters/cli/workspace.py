"""The desk: one campaign laid open, as most commands need it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from letters import reading
from letters.cli import logbook, progress
from letters.cli.exit import Status, fail, report, stop_on
from letters.problem import did_you_mean, has_errors

if TYPE_CHECKING:
    import typer

    from letters.campaign.model import Campaign
    from letters.ledger.store import Ledger
    from letters.workshop.workshop import Workshop

_WORKSHOP = "letters.workshop"


def expect_campaign(context: typer.Context) -> Path:
    """The folder of -C, which must hold a campaign; else the command ends."""
    from letters.campaign.paths import LETTER_FILE
    from letters.limits import LETTER
    from letters.reading import opened

    folder: Path = context.obj
    try:
        with opened(folder / LETTER_FILE, LETTER, within=folder):
            return folder
    except FileNotFoundError:
        where = "the current folder" if folder == Path() else str(folder)
        hint = "name its folder with -C, or start one with “letters new DIR”"
        fail(Status.USAGE, f"there is no campaign in {where}: it has no {LETTER_FILE}", hint)


def expect_people(context: typer.Context) -> Path:
    """The same, resolved, where the command can hold what is written of all people."""
    from letters.workshop.beforehand import expect_room

    root = reading.real(expect_campaign(context))
    progress.listen(context)
    expect_room(root, progress.waiting(context))
    return root


def workshop(context: typer.Context, jobs: int = 1) -> Workshop:
    """The one workshop of this command, for the campaign in the folder of -C; ends with it."""
    from letters.workshop.workshop import Workshop

    if _WORKSHOP not in context.meta:
        root = reading.real(expect_campaign(context))
        opened = Workshop(root, jobs, waiting=progress.waiting(context))
        context.meta[_WORKSHOP] = context.with_resource(opened)
    shop: Workshop = context.meta[_WORKSHOP]
    return shop


def open_campaign(context: typer.Context) -> Campaign:
    """The campaign in the folder of -C, without errors; its problems end the command."""
    shop = workshop(context)
    stop_on(shop.read())
    return shop.campaign


def checked_campaign(
    context: typer.Context, recipients: Sequence[str], done: str, *, known: bool = False
) -> Campaign:
    """The campaign, where “letters check” finds no error and those ``recipients`` are known.

    ``done`` is what else doesn't happen: “sent”. A person who has not agreed is a refusal, and so
    is what a starter has invented. ``known``: it is proven that all was found right before.
    """
    from letters.campaign.casecheck import NOT_AGREED
    from letters.campaign.starter_text import LEFT_OVER

    problems = () if known else workshop(context).problems().problems
    if has_errors(problems):
        report(problems)
        unconsented = any(problem.message == NOT_AGREED for problem in problems)
        status = Status.REFUSED if unconsented else Status.PROBLEMS
        fail(status, f"nothing is {done} while “letters check” finds errors")
    if invented := [problem for problem in problems if problem.message == LEFT_OVER]:
        report(invented)
        fail(Status.REFUSED, f"nothing is {done} while words of the starter are in the letter")
    campaign = open_campaign(context)
    known_recipients(campaign, recipients)
    return campaign


def open_ledger(campaign: Campaign) -> AbstractContextManager[Ledger]:
    """The log, to write in."""
    return logbook.opened(campaign.root)


def known_signatory(campaign: Campaign, identifier: str) -> str:
    """The id if the campaign has it; a wrong one ends the command."""
    ids = campaign.signatory_ids
    if identifier not in ids:
        _expect_current(campaign, identifier, identifier)
        fail(Status.USAGE, f"there is no signatory “{identifier}”", did_you_mean(identifier, ids))
    return identifier


def known_recipients(campaign: Campaign, identifiers: Sequence[str]) -> list[str]:
    """The ids, each once, if the campaign has them all; a wrong one ends the command."""
    from letters.ledger.names import recipient_track

    ids = {recipient.id for recipient in campaign.recipients}
    for wanted in identifiers:
        if wanted not in ids:
            _expect_current(campaign, recipient_track(wanted), wanted)
            fail(Status.USAGE, f"there is no recipient “{wanted}”", did_you_mean(wanted, ids))
    return list(dict.fromkeys(identifiers))


def _expect_current(campaign: Campaign, track: str, identifier: str) -> None:
    """End the command where the id was given up: the new one is named, and never the old one."""
    ledger = logbook.read(campaign.root)
    if ledger is None:
        return
    with ledger:
        now = ledger.ids().now(track)
    if now != track:
        new = now.removeprefix(track.removesuffix(identifier))
        fail(Status.USAGE, "this id was given up for another one", f"it is “{new}” now")


def now() -> dt.datetime:
    """The time of recording, UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day, as people here count it."""
    return now().astimezone().date()
