"""``letters redline``: what has changed between two texts, in Word's own tracked changes."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import log_records, logbook, set_aside, workspace
from letters.cli.exit import Status, fail, note, say
from letters.counting import counted
from letters.digests import TextDigest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.ledger.events import Entry

_WHAT = "comparing the two texts"
_TOO_LONG = "compare texts that are nearer to each other, or shorter"
_SHORTEST = 8  # digits of a digest that may stand for it
_DIGITS = 16
_IN_FORCE = {"signed", "reaffirmed", "sheet-counted", "edit-approved"}
_WHICH = "“now”, “signed”, a day such as 2026-03-14, or the first digits of a text digest."


def redline(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="FROM", help=_WHICH)],
    second: Annotated[str, typer.Argument(metavar="TO", help=_WHICH)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")],
    lang: Annotated[
        str, typer.Option(metavar="TAG", help="The language; the first that differs unless said.")
    ] = "",
) -> None:
    """Write a Word document that shows what went and what came from one text to another."""
    from letters.check import redlined
    from letters.workshop.redlining import redline

    campaign = workspace.open_campaign(context)
    shop = workspace.workshop(context)
    text = shop.text()
    entries = log_records.recorded(campaign, text).entries
    (before, old), (after, new) = (
        _text(campaign, text, entries, wanted) for wanted in (first, second)
    )
    if lang and lang not in campaign.letter.languages:
        hint = f"it is written in: {', '.join(campaign.letter.languages)}"
        fail(Status.USAGE, f"the letter has no language “{lang}”", hint)
    changed = redlined.changed_languages(old, new)
    if not changed or (lang and lang not in changed):
        where = f" in {lang}" if lang else ""
        fail(Status.REFUSED, f"the two texts say the same{where}: there is nothing to show")
    tag = lang or changed[0]
    foot = f"{before[:_DIGITS]} → {after[:_DIGITS]}"
    data, hidden = shop.ask(redline, old, new, tag, foot, what=_WHAT, hint=_TOO_LONG)
    set_aside.write(out, data, campaign.root)
    say(str(out))
    if hidden:
        places = counted(hidden, "paragraph")
        note(f"warning: what is protected stood in {places}, and is hidden there")
    if others := [each for each in changed if each != tag]:
        note(f"changed too, and not in this file: {', '.join(others)} (--lang TAG)")


def _text(
    campaign: Campaign, text: MailingText, entries: tuple[Entry, ...], wanted: str
) -> tuple[TextDigest, str]:
    """The text that is meant, by its digest; ends the command where there is none."""
    known = [entry for entry in entries if entry.event.kind in _IN_FORCE]
    if wanted == "now":
        return text.digest, text.canonical
    if wanted == "signed":
        if not known:
            fail(Status.REFUSED, "nobody has signed yet: there is no signed text")
        return _kept(campaign, text, known[-1].event.text_digest)
    with suppress(ValueError):
        day = dt.date.fromisoformat(wanted)
        then = [entry for entry in known if entry.at.astimezone().date() <= day]
        if not then:
            fail(Status.REFUSED, f"the log has no text that was signed by {day}")
        return _kept(campaign, text, then[-1].event.text_digest)
    every = dict.fromkeys([*(t for entry in entries for t in entry.event.texts), text.digest])
    found = [digest for digest in every if digest.startswith(wanted.lower())]
    if len(wanted) < _SHORTEST or len(found) != 1:
        hint = f"known: now, signed, a day, {', '.join(digest[:_DIGITS] for digest in every)}"
        fail(Status.USAGE, f"“{wanted}” names no text", hint)
    return _kept(campaign, text, found[0])


def _kept(campaign: Campaign, text: MailingText, digest: TextDigest) -> tuple[TextDigest, str]:
    """A text with that digest, as the log has kept it."""
    if digest == text.digest:
        return digest, text.canonical
    ledger = logbook.read(campaign.root)
    body = None
    if ledger is not None:
        with ledger:
            body = ledger.text(digest)
    if body is None:
        message = f"the log has the digest {digest[:_DIGITS]} alone, and not the text"
        fail(Status.REFUSED, message, "it keeps a text with each signature to it")
    return digest, body
