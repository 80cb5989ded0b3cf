"""What would be sent to whom, and everything that speaks against it; found before a byte leaves."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from letters.campaign.enclosed import Fingerprints
from letters.campaign.model import Campaign
from letters.campaign.people import Recipient
from letters.ledger.details import Mailing, Rendering
from letters.ledger.events import Entry
from letters.ledger.outgoing import Item
from letters.post import outbox
from letters.post.address import ascii_domain
from letters.post.answers import days
from letters.press import manifest
from letters.press.manifest import File, Manifest

_RENDER = "run “letters render” again"


@dataclass(frozen=True, slots=True)
class Channel:
    """A way for letters to go: ``name`` as in the log, and the word for what has gone that way.

    ``obstacle`` says why a recipient can't be reached so; "" where nothing stands in the way.
    """

    name: str
    gone: str
    obstacle: Callable[[Recipient], str]


EMAIL = Channel(outbox.CHANNEL, "sent", lambda who: "" if who.email else "has no e-mail address")
POST = Channel("post", "posted", lambda _: "")


@dataclass(frozen=True, slots=True)
class Letter:
    """One recipient's letters, with the bytes that the manifest vouches for."""

    index: int
    recipient: str
    files: tuple[tuple[File, bytes], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """``letters`` may go; ``skipped`` are left out, id and reason; ``refusals`` stop it all.

    ``in_doubt`` are the recipients that a person has to look after.
    """

    letters: tuple[Letter, ...]
    skipped: tuple[tuple[str, str], ...]
    refusals: tuple[str, ...]
    in_doubt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the plan rests on: the text's digest, the log, who stands signed, what is on its way.

    ``current`` are the sizes of the log at which the same people had signed this text as now.
    ``changed`` signed it, and are printed as somebody else now, or in another form.
    """

    digest: str
    entries: Sequence[Entry]
    current: Collection[int]
    stale: Sequence[str]
    items: Sequence[Item]
    changed: Sequence[str] = ()


def plan(
    campaign: Campaign,
    folder: Path,
    grounds: Grounds,
    *,
    only: Collection[str] = (),
    formats: Collection[str] = ("pdf",),
    limit: int | None = None,
    again: bool = False,
    channel: Channel = EMAIL,
) -> Plan:
    """The plan for the letters in ``folder``; ``again`` looks away from what has gone before."""
    made = manifest.read(folder)
    refusals = list(_against_all(folder, made, grounds))
    going_with = Fingerprints(campaign)
    went = gone(grounds.entries, channel.name)
    waiting, files = defaultdict[str, list[Item]](list), defaultdict[str, list[File]](list)
    for item in grounds.items:
        if item.channel == channel.name:
            waiting[item.recipient].append(item)
    for file in made.files if made else ():
        if file.audience == "recipient" and file.format in formats:
            files[file.recipient].append(file)
    going: list[Letter] = []
    skipped: list[tuple[str, str]] = []
    for index, recipient in enumerate(campaign.recipients):
        if only and recipient.id not in only:
            continue
        reason = channel.obstacle(recipient)
        if not again:
            reason = reason or _done(
                recipient,
                grounds.digest,
                channel,
                waiting[recipient.id],
                went[recipient.id],
                named=recipient.id in only,
            )
        if reason:
            skipped.append((recipient.id, reason))
            continue
        if limit is not None and len(going) >= limit:
            continue
        own = files[recipient.id]
        found = [(file, _read(folder, file)) for file in own]
        refusals += _against(found, grounds)
        refusals += _exchanged(own, going_with.of(recipient.id))
        if any(file.format == "pdf" for file in own):
            going.append(Letter(index, recipient.id, tuple(found)))
        elif made:
            refusals.append(
                f"{recipient.id}: no PDF was rendered ({_RENDER}, or name others: --to)"
            )
    doubts = [
        item.recipient
        for item in grounds.items
        if item.channel == channel.name and item.state == "in_doubt"
    ]
    refusals = list(dict.fromkeys(refusals))  # an enclosure may go to everybody
    return Plan(tuple(going), tuple(skipped), tuple(refusals), tuple(dict.fromkeys(doubts)))


def _against_all(folder: Path, made: Manifest | None, grounds: Grounds) -> list[str]:
    """What stops every letter."""
    if made is None:
        return ["no letters were rendered yet (run “letters render”)"]
    found = []
    if grounds.stale:
        found.append(
            f"{', '.join(grounds.stale)} signed an earlier text (show them the text as it is: "
            "“letters sign reaffirm ID …”, or “letters sign withdraw ID …”)"
        )
    if grounds.changed:
        found.append(
            f"{', '.join(grounds.changed)} signed under another printed form (with their word:"
            " “letters sign reaffirm ID …”; a typing error: “letters sign approve-name ID …”)"
        )
    printed = manifest.fingerprint((folder / manifest.NAME).read_bytes())
    recorded = {
        (entry.event.text_digest, entry.event.detail.manifest)
        for entry in grounds.entries
        if isinstance(entry.event.detail, Rendering)
    }
    if (grounds.digest, printed) not in recorded:
        found.append(
            f"{manifest.NAME} has drafts in it, or letters that the log doesn’t know for the text"
            f" as it is ({_RENDER})"
        )
    return found


def _against(files: Sequence[tuple[File, bytes]], grounds: Grounds) -> list[str]:
    """What stops one letter."""
    found = []
    for file, data in files:
        if hashlib.sha256(data).hexdigest() != file.sha256:
            found.append(
                f"{file.path} is missing, or is not the file that was rendered ({_RENDER})"
            )
        elif file.draft:
            found.append(f"{file.path} is a draft: nobody stands behind it yet")
        elif file.text_digest != grounds.digest:
            found.append(f"{file.path} says an earlier text ({_RENDER})")
        elif file.log_size not in grounds.current:
            found.append(f"{file.path} has other signatures than the log now ({_RENDER})")
    return found


def _exchanged(files: Sequence[File], now: Sequence[tuple[str, str]]) -> list[str]:
    """What is enclosed and is not what was there, for files of which that is known."""
    known = [{*file.enclosed} for file in files if file.enclosed is not None]
    changed = {path for then in known for path, _ in then ^ {*now}}
    return [
        f"enclosed file {path} is not the one that was there when the letters were rendered"
        f" ({_RENDER})"
        for path in sorted(changed)
    ]


def _done(
    recipient: Recipient,
    digest: str,
    channel: Channel,
    own: Sequence[Item],
    went: Mapping[str, dt.date],
    *,
    named: bool,
) -> str:
    """Why nothing more goes to this recipient; "" where something does.

    ``own`` are their items of that channel, ``went`` the texts that went to them by it.
    """
    who = recipient.id
    for item in own:
        if item.state == "in_doubt":
            return f"in doubt since {item.changed} (look after it: “letters send --resolve”)"
    for item in own:
        if item.text_digest != digest:
            continue
        if item.state == "sent":
            return f"{channel.gone} {item.changed[:10]}"
        same = item.addresses[0] == ascii_domain(recipient.email or "")
        if item.state == "failed" and same and not named:
            return f"failed: {item.reply} (mend the address, or try again with --to {who})"
    if digest in went:
        return f"{channel.gone} {went[digest]}"
    if not went or named:
        return ""
    latest = max(went.values())
    return f"was {channel.gone} an earlier text {latest} (--to {who} takes this one)"


def gone(entries: Iterable[Entry], channel: str) -> defaultdict[str, dict[str, dt.date]]:
    """What went that way and did not come back: by recipient, the texts, each with its day."""
    found = defaultdict[str, dict[str, dt.date]](dict)
    for entry in entries:
        event, detail = entry.event, entry.event.detail
        if not isinstance(detail, Mailing) or event.channel != channel:
            continue
        if event.kind == "sent":
            found[detail.recipient][event.text_digest] = days.told(entry)
        elif event.kind == "bounced":
            found[detail.recipient].pop(event.text_digest, None)
    return found


def _read(folder: Path, file: File) -> bytes:
    """The file's bytes; none where it is gone or lies outside the folder."""
    path = (folder / file.path).resolve()
    if not path.is_relative_to(folder.resolve()):
        return b""
    try:
        return path.read_bytes()
    except OSError:
        return b""
