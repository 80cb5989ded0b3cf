"""What would be sent to whom, and everything that speaks against it; found before a byte leaves."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from letters import limits, reading
from letters.campaign.bindings import Bindings
from letters.campaign.enclosures import Fingerprints
from letters.campaign.model import Campaign
from letters.campaign.reach import obstacle
from letters.channels import Channel
from letters.counting import listed
from letters.digests import FileDigest, TextDigest, of_file, of_manifest
from letters.ledger.details import Rendering
from letters.ledger.events import Entry
from letters.ledger.outgoing import Item, in_doubt
from letters.post.correspondence import Correspondence
from letters.post.earlier_contact import Past, together
from letters.press import annex_files, manifest, own_files
from letters.press.manifest import File, Manifest

_RENDER = "run “letters render” again"


class Parcel(Struct, frozen=True):
    """One recipient's letters and their annexes, with the bytes that the manifest vouches for."""

    index: int
    recipient: str
    files: tuple[tuple[File, bytes], ...]
    annexes: tuple[tuple[File, bytes], ...] = ()


class Plan(Struct, frozen=True):
    """``letters`` may go; ``skipped`` are left out, id and reason; ``refusals`` stop it all.

    ``in_doubt`` are the recipients that a person has to look after. ``remarks`` are what is to be
    known of those who get a letter, by id. ``shared`` are the groups of ids among them that have
    one mailbox, where nobody has said that each of them is to get a letter there. ``unwanted`` are
    the paths of files in other languages than the recipient's own.
    """

    letters: tuple[Parcel, ...]
    skipped: tuple[tuple[str, str], ...]
    refusals: tuple[str, ...]
    in_doubt: tuple[str, ...]
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shared: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()


class LogState(Struct, frozen=True, dict=True):
    """What the plan rests on: the text's digest, the log, the files, what is on its way.

    ``outdated`` has the files that would be made otherwise now, by path, with what has changed.
    Those ``changed`` signed this text, and are printed as somebody else now, or in another form.
    """

    digest: TextDigest
    entries: Sequence[Entry]
    outdated: Mapping[str, tuple[str, ...]]
    stale: Sequence[str]
    items: Sequence[Item]
    changed: Sequence[str] = ()

    @functools.cached_property
    def correspondence(self) -> Correspondence:
        """What went and what came back, read of the log once for all that ask."""
        return Correspondence.of(self.entries)


def plan(
    campaign: Campaign,
    folder: Path,
    grounds: LogState,
    *,
    only: Collection[str] = (),
    formats: Collection[str] = ("pdf",),
    limit: int | None = None,
    again: bool = False,
    repeated: Mapping[str, str] = MappingProxyType({}),
    one_mailbox: bool = False,
    channel: Channel = Channel.EMAIL,
    all_languages: bool = False,
) -> Plan:
    """The plan for the letters in ``folder``; ``again`` looks away from what has gone before.

    ``repeated`` are those to whom it goes once more, each with the reason why not, or "".
    With ``one_mailbox`` each of those who share one gets a letter, as each does who is named. With
    ``all_languages`` nobody's own language counts.
    """
    made = manifest.read(folder)
    refusals = list(_against_all(folder, made, grounds))
    going_with = Fingerprints(campaign)
    past = Past(
        campaign,
        grounds.digest,
        grounds.correspondence,
        grounds.items,
        channel,
        one_mailbox=one_mailbox,
    )
    files, unwanted = defaultdict[str, list[File]](list), defaultdict[str, list[str]](list)
    there = [
        file
        for file in (made.files if made else ())
        if file.audience == "recipient" and file.format in formats and not file.annex
    ]
    wanted, staying = own_files.own(there, campaign, every=all_languages)
    for file in wanted:
        files[file.recipient].append(file)
    for file in staying:
        unwanted[file.recipient].append(file.path)
    bindings, read_once = Bindings.of(campaign), functools.cache(functools.partial(_read, folder))
    going: list[Parcel] = []
    skipped: list[tuple[str, str]] = []
    remarks: dict[str, tuple[str, ...]] = {}
    for index, recipient in enumerate(campaign.recipients):
        if only and recipient.id not in only:
            continue
        known, named = past.of(recipient), recipient.id in only
        # What is printed can be handed over, so for the post nobody needs an address.
        reason = "" if channel is Channel.POST else obstacle(recipient, channel)
        if recipient.id in repeated:
            reason = reason or repeated[recipient.id]
        elif not again:
            reason = reason or known.left_out(named=named)
        if reason:
            skipped.append((recipient.id, reason))
            continue
        if limit is not None and len(going) >= limit:
            continue
        own = files[recipient.id]
        found = [(file, _read(folder, file)) for file in own]
        annexes = annex_files.of_letters(made.files if made else (), own, bindings)
        # One for all is read once, however many letters it goes with.
        with_it = tuple((file, read_once(file)) for file in annexes)
        refusals += _against([*found, *with_it], grounds)
        refusals += _exchanged(own, going_with.of(recipient.id))
        if any(file.format == "pdf" for file in own):
            going.append(Parcel(index, recipient.id, tuple(found), with_it))
            remarks[recipient.id] = known.remarks(named=named)
        elif made:
            where = " in their language" if unwanted[recipient.id] else ""
            refusals.append(
                f"{recipient.id}: no PDF was rendered{where} ({_RENDER}, or name others: --to)"
            )
    refusals = list(dict.fromkeys(refusals))  # an enclosure may go to everybody
    same = together([campaign.recipients[one.index] for one in going], campaign, channel)
    for group, words in same:
        for who in group:
            others = ", ".join(other for other in group if other != who)
            remarks[who] = (f"{words} as {others}", *remarks[who])
    asked = again or one_mailbox or bool(only) or channel is not Channel.EMAIL
    return Plan(
        tuple(going),
        tuple(skipped),
        tuple(refusals),
        in_doubt(grounds.items, channel),
        {who: said for who, said in remarks.items() if said},
        () if asked else tuple(group for group, _ in same),
        tuple(path for one in going for path in unwanted[one.recipient]),
    )


def _against_all(folder: Path, made: Manifest | None, grounds: LogState) -> list[str]:
    """What stops every letter."""
    if made is None:
        return ["no letters were rendered yet (run “letters render”)"]
    found = []
    if grounds.stale:
        found.append(
            f"{listed(grounds.stale)} signed an earlier text (show them the text as it is: "
            "“letters sign reaffirm ID …”, or “letters sign withdraw ID …”)"
        )
    if grounds.changed:
        found.append(
            f"{listed(grounds.changed)} signed under another printed form (with their word:"
            " “letters sign reaffirm ID …”; a typing error: “letters sign approve-name ID …”)"
        )
    printed = of_manifest(reading.data_of(folder / manifest.NAME, limits.MANIFEST))
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


def _against(files: Sequence[tuple[File, bytes]], grounds: LogState) -> list[str]:
    """What stops one letter."""
    found = []
    for file, data in files:
        if of_file(data) != file.sha256:
            found.append(
                f"{file.path} is missing, or is not the file that was rendered ({_RENDER})"
            )
        elif file.draft:
            found.append(f"{file.path} is a draft: nobody stands behind it yet")
        elif file.text_digest != grounds.digest:
            found.append(f"{file.path} says an earlier text ({_RENDER})")
        elif changed := grounds.outdated.get(file.path):
            found.append(f"{file.path} is outdated: {'; '.join(changed)} ({_RENDER})")
    return found


def _exchanged(files: Sequence[File], now: Sequence[tuple[str, FileDigest]]) -> list[str]:
    """What is enclosed and is not what was there, for files of which that is known."""
    known = [{*file.enclosed} for file in files if file.enclosed is not None]
    changed = {path for then in known for path, _ in then ^ {*now}}
    return [
        f"enclosed file {path} is not the one that was there when the letters were rendered"
        f" ({_RENDER})"
        for path in sorted(changed)
    ]


def _read(folder: Path, file: File) -> bytes:
    """The file's bytes; none where they can't be read."""
    try:
        return manifest.bytes_of(folder, file) or b""
    except OSError:
        return b""
