"""``letters send --again``: to whom a letter goes once more, shown in the plan and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.cli import sendview, workspace
from letters.cli.exit import Status, as_json, fail, note, say
from letters.cli.sanitize import plain
from letters.cli.send_lock import watched

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.store import Ledger
    from letters.post.plan import LogState, Plan
    from letters.post.ready_messages import Ready
    from letters.post.resend import Again


def expect_fitting(recipients: list[str] | None, why: str | None, *, others: bool) -> None:
    """End the command where the options don't go together."""
    if recipients and others:
        fail(Status.USAGE, "--again goes with none of --to, --test-to and --resolve")
    if bool(recipients) != bool(why and why.strip()):
        fail(Status.USAGE, "--again ID and --why TEXT go together", "say to whom, and why")


def chosen(recipients: list[str] | None, why: str | None, grounds: LogState) -> Again | None:
    """What is to go once more; None where nothing is."""
    from letters.channels import Channel
    from letters.post.resend import again

    if not recipients or not why:
        return None
    reason = " ".join(why.split())
    known = grounds.correspondence, grounds.items
    return again(recipients, reason, *known, digest=grounds.digest, channel=Channel.EMAIL)


def show(
    found: Plan,
    messages: Sequence[Ready],
    refusals: Sequence[str],
    more: Again | None,
    server: str | None,
) -> None:
    """The plan, for a person who is told of the ``server``, or for a program.

    It says when those who get it once more got it before, and why.
    """
    if server is None:
        as_json(sendview.as_json(found, messages, refusals) | _as_json(more, messages))
        return
    sendview.plan(found, messages, server)
    for who in _going(more, messages):
        if more:
            say(f"again: {who}: {plain(more.told(who))}")


def _as_json(found: Again | None, messages: Sequence[Ready]) -> dict[str, Any]:
    if not found:
        return {}
    return {
        "again": [
            {
                "recipient": who,
                "sent": [day.isoformat() for day in found.went[who]],
                "why": found.why,
            }
            for who in _going(found, messages)
        ]
    }


def record(ledger: Ledger, found: Again | None, messages: Sequence[Ready]) -> None:
    """Record for whom it was decided, so that it can be recorded as sent once more."""
    if found:
        with ledger.change() as change:
            found.decide(
                _going(found, messages), lambda event: change.append(event, workspace.now())
            )


def decide(
    campaign: Campaign,
    ledger: Ledger,
    found: Again | None,
    messages: Sequence[Ready],
    folder: Path,
) -> None:
    """The same for files that somebody sends by hand, and say so."""
    from letters.cli.sendrun import made_at

    if found:
        with watched(campaign, ledger, made_at(folder)):
            record(ledger, found, messages)
        note("recorded: that they are to be sent once more; when you have: “letters track sent”")


def _going(found: Again | None, messages: Sequence[Ready]) -> list[str]:
    there = [message.letter.recipient for message in messages]
    return [who for who in there if found and who in found.recipients]
