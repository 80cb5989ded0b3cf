"""``letters track …``: how letters went out, and what came back, as events of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from letters.cli import bounces, desk, handed, proof
from letters.cli.exit import Status, fail, note

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

app = typer.Typer(help="Record how letters went out, and what came back.", no_args_is_help=True)
app.command("sent")(handed.sent)
app.command("bounces")(bounces.bounces)


@app.command()
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
    evidence: proof.File = None,
    digest_only: proof.DigestOnly = False,
    note_: proof.Note = None,
    channel: proof.Channel = "",
    by: proof.By = "",
    day: proof.Day = None,
) -> None:
    """Record an answer, or that somebody looked for one and found none."""
    from letters.ledger.details import Answer, Mailing
    from letters.ledger.events import Event

    if kind != "none":
        proof.needed(evidence, note_, "an answer")
    shown, stated = proof.shown(evidence, note_, digest_only), proof.day(day)
    campaign = desk.open_campaign(context)
    named = desk.known_recipients(campaign, who or [])
    if kind == "none":
        named = named or _awaited(campaign)
        if not named:
            note("nobody’s answer is awaited: there is nothing to look for")
    elif not named:
        fail(Status.USAGE, "say whose answer it is", "the recipient’s id")
    proof.record(
        campaign,
        shown,
        [
            Event(
                "looked" if kind == "none" else "replied",
                evidence=shown.evidence,
                channel=channel,
                recorded_by=by,
                stated_at=stated,
                detail=Mailing(name) if kind == "none" else Answer(name, kind),
            )
            for name in named
        ],
    )


@app.command()
def meeting(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(metavar="ID", help="The recipients' ids.")],
    evidence: proof.File = None,
    digest_only: proof.DigestOnly = False,
    note_: proof.Note = None,
    channel: proof.Channel = "",
    by: proof.By = "",
    day: proof.Day = None,
) -> None:
    """Record that somebody spoke with recipients about the letter; that is no answer by itself."""
    from letters.ledger.details import Mailing
    from letters.ledger.events import Event

    shown = proof.shown(proof.needed(evidence, note_, "a meeting"), note_, digest_only)
    stated, campaign = proof.day(day), desk.open_campaign(context)
    proof.record(
        campaign,
        shown,
        [
            Event(
                "met",
                evidence=shown.evidence,
                channel=channel,
                recorded_by=by,
                stated_at=stated,
                detail=Mailing(name),
            )
            for name in desk.known_recipients(campaign, who)
        ],
    )


@app.command()
def press(
    context: typer.Context,
    evidence: proof.File = None,
    digest_only: proof.DigestOnly = False,
    note_: proof.Note = None,
    channel: proof.Channel = "",
    by: proof.By = "",
    day: proof.Day = None,
) -> None:
    """Record that the press has written about the letter: where and when, in a note or a file."""
    from letters.ledger.events import Event

    shown = proof.shown(proof.needed(evidence, note_, "a report"), note_, digest_only)
    stated, campaign = proof.day(day), desk.open_campaign(context)
    event = Event(
        "reported",
        evidence=shown.evidence,
        channel=channel,
        recorded_by=by,
        stated_at=stated,
    )
    proof.record(campaign, shown, [event])


def _awaited(campaign: Campaign) -> list[str]:
    """Who was sent the letter and has not answered the matter."""
    from letters.post.answers.progress import progress

    with desk.open_ledger(campaign) as ledger:
        known = progress(campaign, ledger.entries(), ledger.outgoing(), "")
    return [one.recipient for one in known if one.first_sent and not one.is_answered]
