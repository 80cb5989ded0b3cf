"""``letters send --resolve``: a person looks for the messages whose end nobody here knows."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

import typer

from letters.cli import workspace
from letters.cli.exit import Status, fail, note, say
from letters.cli.send_lock import watched
from letters.digests import TextDigest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.store import Ledger
    from letters.post.outbox import Outbox

_ANSWERS = {"s": "sent", "n": "not sent", "l": "later"}


def resolve(campaign: Campaign, ledger: Ledger) -> None:
    """Ask about each message in doubt: sent, not sent, or later."""
    from letters.channels import Channel
    from letters.post.correspondence import Correspondence
    from letters.post.outbox import Outbox
    from letters.post.sent_letters import gone

    with watched(campaign, ledger):
        went = gone(Correspondence.of(ledger.entries()), Channel.EMAIL)
        left = _asked(Outbox(ledger, campaign.root, workspace.now), went)
    if left:
        fail(Status.REFUSED, f"{left} still in doubt")


def _asked(outbox: Outbox, went: Mapping[str, Container[TextDigest]]) -> int:
    """Ask about each; how many are in doubt still. ``went`` are the texts that each has got."""
    doubts = [item for item in outbox.items() if item.state == "in_doubt"]
    if not doubts:
        note("nothing is in doubt")
        return 0
    note(
        "The connection ended while the server had these messages. Look for each in the Sent folder"
        " of your provider, or ask it: search for the Message-ID."
    )
    left = 0
    for number, item in enumerate(doubts, 1):
        say(f"{number} of {len(doubts)}: {item.recipient}, {item.changed}, {item.message_id}")
        answer = _answer()
        if answer == "sent":
            outbox.found_sent(item)
            note("recorded as sent")
        elif answer == "not sent":
            outbox.found_unsent(item)
            once_more = item.text_digest in went[item.recipient]
            more = " --again” with the same reason" if once_more else "”"
            note(f"it waits again; the next “letters send{more} sends it")
        else:
            left += 1
    return left


def _answer() -> str:
    """What the person says; who says nothing means later."""
    while True:
        try:
            said = typer.prompt("sent, not sent, or later? [s/n/l]", err=True, default="l")
        except typer.Abort:
            return "later"
        word = " ".join(str(said).lower().split())
        if word in _ANSWERS or word in _ANSWERS.values():
            return _ANSWERS.get(word, word)
