"""``letters track returned``: letters of which a person has seen that they came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from letters.channels import Channel
from letters.cli import evidence_options, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, note
from letters.cli.send_lock import watched
from letters.digests import TextDigest

if TYPE_CHECKING:
    from letters.ledger.details import Reason
    from letters.ledger.events import Entry
    from letters.ledger.outgoing import Item
    from letters.ledger.results import Transaction


class Why(StrEnum):
    """Why a letter came back, as far as it can be seen."""

    ADDRESS_UNKNOWN = "address-unknown"
    MOVED = "moved"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    MAILBOX_FULL = "mailbox-full"
    EXPIRED = "expired"
    SPAM = "spam"
    UNKNOWN = "unknown"


@evidence_options.told(channel=False)
def returned(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(metavar="ID", help="The recipients' ids.")],
    channel: Annotated[
        Channel | None, typer.Option(help="How it had gone out; can be left out if only one way.")
    ] = None,
    why: Annotated[
        Why, typer.Option(help="Why it came back; “expired”: it could not be handed over in time.")
    ] = Why.UNKNOWN,
    *,
    told: Told,
) -> None:
    """Record that letters came back: from the post, a fax that failed, a mail that you read of."""
    from letters.ledger.details import Return
    from letters.post import return_reasons

    told.must_show("a return")
    campaign = workspace.open_campaign(context)
    named = workspace.known_recipients(campaign, who)
    reason: Reason = why.value
    with workspace.open_ledger(campaign) as ledger, watched(campaign, ledger):
        went = _went(named, channel, told.on, ledger.entries(), ledger.outgoing())
        events = [
            replace(told, channel=way).event(
                "bounced", text_digest=digest, detail=Return(name, reason=reason)
            )
            for name, (way, digest) in went.items()
        ]
        mailed = [(name, digest) for name, (way, digest) in went.items() if way == Channel.EMAIL]

        def mark(change: Transaction) -> None:
            return_reasons.mark(change, mailed, reason, at=workspace.now())

        evidence_options.write(campaign, ledger, told, events, mark)
    for way in dict.fromkeys(way for way, _ in went.values()):
        note(f"{return_reasons.WORDS[reason]}: {return_reasons.advice(reason, way)}")


def _went(
    named: Sequence[str],
    channel: Channel | None,
    on: dt.date | None,
    entries: Sequence[Entry],
    items: Sequence[Item],
) -> dict[str, tuple[str, TextDigest]]:
    """By which way, and with which text, the letter that came back had gone to each of them.

    That is the last text that had gone out that way by the day of the return. Ends the command
    where there is none, or where it may have been one of several ways.
    """
    from letters.ledger.outgoing import in_doubt
    from letters.post.correspondence import Correspondence
    from letters.post.sent_letters import gone

    told = Correspondence.of(entries)
    known = {way.value: gone(told, way.value) for way in Channel}
    wanted = [channel.value] if channel else list(known)
    doubts = in_doubt(items, channel or Channel.EMAIL)
    found, faults, unclear = {}, list[str](), list[str]()
    for name in named:
        by_way = {
            way: max(texts, key=lambda text: texts[text])
            for way in wanted
            if (texts := {t: day for t, day in known[way][name].items() if not on or day <= on})
        }
        if len(by_way) > 1:
            unclear.append(f"{name} ({', '.join(by_way)})")
        elif by_way:
            [found[name]] = by_way.items()
        elif name in doubts:
            faults.append(f"{name}: in doubt (look after that first: “letters send --resolve”)")
        else:
            how = channel.how if channel else "in any way"
            later = [day for way in wanted for day in known[way][name].values()]
            if later:
                faults.append(
                    f"{name}: nothing had gone out {how} by {on}: it went on {min(later)} (--on is "
                    "the day on which it came back)"
                )
                continue
            faults.append(f"{name}: nothing went out {how} that could have come back")
    if faults:
        for fault in faults:
            note(f"refused: {fault}")
        fail(Status.REFUSED, "nothing was recorded")
    if unclear:
        fail(Status.USAGE, f"it went in several ways: {', '.join(unclear)}", "say one: --channel")
    return found
