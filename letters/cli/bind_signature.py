"""``letters sign bind`` and ``sign approve-name``: the printed form that a signature is bound to.

Whoever signs is bound to their printed form by that. Here it is bound for signatures from before,
and somebody answers by name for a form that had a typing error. Nobody answers for another's
visibility: to be shown more takes that person's own word.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import log_records, workspace
from letters.cli.exit import Status, fail, note, say
from letters.cli.sanitize import plain

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.bound_form import Form
    from letters.ledger.store import Ledger

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers for this.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it, record nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Don't ask on a terminal.")]


def form_of(campaign: Campaign, ledger: Ledger, who: str) -> Form:
    """The printed form of a signatory of the campaign, and in what it differs from the last."""
    from letters.campaign import printed_form
    from letters.ledger.bound_form import Form

    fields, place = printed_form.of(campaign, who)[0], ledger.history().people.get(who)
    return Form.of(fields, place.form.differing(fields) if place and place.form else ())


def bind(
    context: typer.Context,
    by: By,
    who: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="The signatories' ids.")
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="Everybody whose signature stands and is not bound.")
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Bind signatures from before to the printed forms as they are; for those who are sure."""
    from letters.campaign import printed_form
    from letters.ledger.bound_form import Form
    from letters.ledger.events import Event

    _named(by, "--by")
    if everybody == bool(who):
        fail(Status.USAGE, "say whose signatures", "their ids, or --all")
    campaign = workspace.open_campaign(context)
    if who:
        ids = [workspace.known_signatory(campaign, each) for each in dict.fromkeys(who)]
    else:
        text = workspace.workshop(context).text()
        records = log_records.recorded(campaign, text, acting=True)
        ids = [one.id for one in records.people if one.state == "signed" and one.form is None]
    if not ids:
        note("every signature that stands is bound already: there is nothing to record")
        return
    events = [
        Event("bound", each, recorded_by=by, detail=Form.of(fields))
        for each in ids
        for fields in printed_form.of(campaign, each)[:1]
    ]
    with workspace.open_ledger(campaign) as ledger:
        history, after = ledger.history(), ledger.checkpoint().size + 1
        for event in events:
            if refused := history.refusal(event, after):
                fail(Status.REFUSED, f"{event.subject}: {refused.message}", refused.hint)
        say(f"to be bound to the printed form as it is: {', '.join(ids)}")
        _agree(f"Are these {len(ids)} printed as they agreed to be?", dry_run=dry_run, yes=yes)
        with ledger.change() as change:
            entries = [change.append(event, workspace.now()) for event in events]
    for entry in entries:
        say(f"{entry.number}  bound  {entry.event.subject}")


def approve_name(
    context: typer.Context,
    who: Annotated[str, typer.Argument(metavar="ID", help="The signatory's id.")],
    by: By,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What was wrong, and why.")],
    dry_run: DryRun = False,
    yes: Yes = False,
    tell: Annotated[
        Path | None, typer.Option("--tell", metavar="FILE", help="Write the note to them here.")
    ] = None,
) -> None:
    """Answer for it that a changed printed form is the same person's, with an error put right."""
    from letters import files
    from letters.campaign import printed_form
    from letters.campaign.shown import is_raised
    from letters.ledger.bound_form import ApprovedForm
    from letters.ledger.events import Event

    _named(by, "--by")
    _named(why, "--why")
    campaign = workspace.open_campaign(context)
    forms = printed_form.of(campaign, workspace.known_signatory(campaign, who))
    with workspace.open_ledger(campaign) as ledger:
        place = ledger.history().people.get(who)
        form = place.form if place else None
        changed = form.against(forms) if form else printed_form.FIELDS
        if not changed:
            fail(Status.REFUSED, f"{who} is printed as they signed: there is nothing to approve")
        if form and printed_form.SIGNS_TO in changed:
            more = f"{who} would sign to others than they agreed to: that takes their own word"
            fail(Status.REFUSED, more, "“letters sign reaffirm ID --note …”")
        detail = ApprovedForm.of(forms[0], changed, why=why)
        event = Event("name-approved", who, recorded_by=by, detail=detail)
        if refused := ledger.history().refusal(event, ledger.checkpoint().size + 1):
            raise refused
        if is_raised(changed):
            hint = (
                "“letters sign reaffirm ID --note …”, or write the visibility that they agreed to"
            )
            more = f"{who} would be shown more than they agreed to: that takes their own word"
            fail(Status.REFUSED, more, hint)
        say(f"{who} is printed in another form than they signed in: {', '.join(changed)}")
        _agree("Is it the same person, with an error put right?", dry_run=dry_run, yes=yes)
        entry = ledger.append(event, at=workspace.now())
    say(f"{entry.number}  name-approved  {who}  {', '.join(changed)}")
    message = _message(changed, by, why)
    if tell is None:
        say(f"\nA note to send to them:\n\n{plain(message, lines=True)}")
    else:
        files.replace(tell, message.encode())
        note(f"the note to send to them is in {tell}")


def _named(value: str, option: str) -> None:
    if not value.strip():
        fail(Status.USAGE, f"{option} can’t be empty")


def _agree(question: str, *, dry_run: bool, yes: bool) -> None:
    """Go on if it is to be recorded; else the command ends."""
    if dry_run:
        note("dry run: nothing was recorded")
        raise typer.Exit
    if not yes and sys.stdin.isatty() and not typer.confirm(question, err=True):
        fail(Status.REFUSED, "nothing was recorded")


def _message(changed: tuple[str, ...], by: str, why: str) -> str:
    return (
        "The way in which you are shown under the letter that you signed was put right after you\n"
        "signed it, and your signature stays.\n\n"
        f"What was changed: {', '.join(changed)}\n"
        f"Why: {why}\n"
        f"Approved by: {by}\n\n"
        "If it is not right as it is now, answer this message, and it is changed back.\n"
    )
