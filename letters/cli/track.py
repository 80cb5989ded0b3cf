"""``letters track …``: how letters went out, and what came back, as events of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from letters.cli import (
    evidence_options,
    logbook,
    track_bounces,
    track_returned,
    track_sent,
    workspace,
)
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, note

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

app = typer.Typer(help="Record how letters went out, and what came back.", no_args_is_help=True)
app.command("sent")(track_sent.sent)
app.command("returned")(track_returned.returned)
app.command("bounces")(track_bounces.bounces)


@app.command()
@evidence_options.told()
def reply(
    context: typer.Context,
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="The recipients' ids; with “none”, all unless said."),
    ] = None,
    kind: Annotated[
        Literal["reply", "acknowledgement", "refusal", "none"],
        typer.Option(help="What it is; “none”: you looked, and there was nothing."),
    ] = "reply",
    *,
    told: Told,
) -> None:
    """Record an answer, or that somebody looked for one and found none."""
    from letters.ledger.details import Answer, Mailing

    if kind == "none":
        campaign = workspace.open_campaign(context)
        named = workspace.known_recipients(campaign, who or []) or _awaited(campaign)
        if not named:
            note("nobody’s answer is awaited: there is nothing to look for")
        events = [told.event("looked", detail=Mailing(name)) for name in named]
    else:
        told.must_show("an answer")
        campaign = workspace.open_campaign(context)
        named = workspace.known_recipients(campaign, who or [])
        if not named:
            fail(Status.USAGE, "say whose answer it is", "the recipient’s id")
        events = [told.event("replied", detail=Answer(name, kind)) for name in named]
    evidence_options.record(campaign, told, events)


@app.command()
@evidence_options.told()
def meeting(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(metavar="ID", help="The recipients' ids.")],
    told: Told,
) -> None:
    """Record that somebody spoke with recipients about the letter; that is no answer by itself."""
    from letters.ledger.details import Mailing

    told.must_show("a meeting")
    campaign = workspace.open_campaign(context)
    named = workspace.known_recipients(campaign, who)
    evidence_options.record(
        campaign, told, [told.event("met", detail=Mailing(name)) for name in named]
    )


@app.command()
@evidence_options.told()
def press(context: typer.Context, told: Told) -> None:
    """Record that the press has written about the letter: where and when, in a note or a file."""
    told.must_show("a report")
    evidence_options.record(workspace.open_campaign(context), told, [told.event("reported")])


def _awaited(campaign: Campaign) -> list[str]:
    """Who was sent the letter and has not answered the matter."""
    from letters.digests import NO_TEXT
    from letters.post.answers.progress import progress
    from letters.post.correspondence import Correspondence

    ledger = logbook.read(campaign.root, acting=True)
    if ledger is None:
        return []
    with ledger:
        known = progress(campaign, Correspondence.of(ledger.entries()), ledger.outgoing(), NO_TEXT)
    return [one.recipient for one in known if one.awaited_since]
