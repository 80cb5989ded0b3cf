"""Who is to be recorded, by a state, a list or mails: with what shows it, and what is wrong."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from letters import limits, reading
from letters.cli import evidence_options, log_records, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, note
from letters.digests import NO_FILE, FileDigest
from letters.problem import Place, Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.post.signing.listed import ListedRow, SigningList

_SHOWN = 20


class Wanted(Struct, frozen=True):
    """One person of whom something is to be recorded, and what is told of it.

    ``where`` is how the place is called from which it is known, ``at`` that place in a list.
    ``read`` gives the file of which a copy is kept as evidence.
    """

    who: str
    told: Told
    where: str = ""
    at: Place | None = None
    read: Callable[[], bytes | None] = lambda: None

    @property
    def kept(self) -> FileDigest:
        """The digest of the file that is kept as evidence, where one is."""
        shown = self.told.evidence
        return shown.digest if shown.kind == "kept" else NO_FILE


class SignersChoice(Struct):
    """Those who are wanted, what is wrong in a list, and by reason who or what is left out."""

    wanted: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def named(who: Sequence[str], told: Told) -> SignersChoice:
    """Those whose ids are given, or who are in a state: one proof shows it of all of them."""
    return SignersChoice([Wanted(each, told, read=lambda: told.data) for each in who])


def in_state(state: str, told: Told, campaign: Campaign, text: MailingText) -> SignersChoice:
    """Those who are in a state now."""
    records = log_records.recorded(campaign, text, acting=True)
    return named(records.of(state), told)


def in_list(
    path: Path,
    told: Told,
    campaign: Campaign | None,
    known: Collection[str],
    *,
    proves: bool,
) -> SignersChoice:
    """Those in a CSV. ``proves`` says that what is recorded needs something that shows it."""
    from letters.campaign.mailboxes import signatories_by_mailbox
    from letters.post.signing import listed

    found = _read(path)
    mailboxes = signatories_by_mailbox(campaign) if campaign else {}
    choice, lines = SignersChoice(problems=[*found.problems]), dict[str, int]()
    for row in found.rows:
        who = listed.who(row, known, mailboxes)
        if isinstance(who, Problem):
            choice.problems.append(who)
            continue
        if who in lines:
            message = f"{who} is in line {lines[who]} too"
            hint = "leave the row that counts"
            choice.problems.append(Problem(row.place, message, hint))
            continue
        lines[who] = row.place.line
        one, wrong = _of_row(row, who, told, path.parent, campaign, kept=proves)
        if proves and one.told.evidence.kind == "none" and not wrong:
            hint = "fill in “evidence” or “note”, or give --evidence FILE or --note TEXT for all"
            message = f"{who}: a signature needs something that shows it"
            wrong = [Problem(row.place, message, hint)]
        choice.problems += wrong
        choice.wanted += [] if wrong else [one]
    if found.others:
        note(f"columns that are not read: {', '.join(found.others)}")
    return choice


def by_mail(path: Path, told: Told, campaign: Campaign | None) -> SignersChoice:
    """Those who wrote the mails in a file or a folder, each by the mailbox of the sender."""
    from letters.campaign.mailboxes import signatories_by_mailbox
    from letters.ledger.events import Evidence
    from letters.post.signing import mails
    from letters.workshop.aside import aside

    if told.evidence.digest and told.evidence.kind != "note":
        fail(Status.USAGE, "--mail is the evidence, and takes no --evidence")
    try:
        boxes = signatories_by_mailbox(campaign) if campaign else {}
        found = aside(str(path), _size(path), mails.match, path, boxes)
    except OSError as error:
        fail(Status.USAGE, f"{path} can’t be read: {error.strerror}")
    today, choice = workspace.today(), SignersChoice()
    called = _tellable(
        chain((mail.label for _, mail in found.found), *found.left.values()), campaign
    )
    for who, mail in found.found:
        evidence = Evidence("kept", mail.digest, told.evidence.note)
        day = told.on or (mail.day if mail.day and mail.day <= today else None)
        own = replace(told, evidence=evidence, channel=told.channel or "e-mail", on=day)
        if fault := _day_fault(day, own, campaign):
            choice.left[f"{fault[0]} ({fault[1]})"].append(called(mail.label))
            continue
        choice.wanted.append(Wanted(who, own, called(mail.label), read=mail.data))
    for reason, labels in found.left.items():
        choice.left[reason] += map(called, labels)
    return choice


def _tellable(labels: Iterable[str], campaign: Campaign | None) -> Callable[[str], str]:
    """How files are called in what is said: whoever is withheld is not told by one’s name."""
    from letters.check.folding import parted
    from letters.check.privacy import held_among, held_in
    from letters.check.protected import secrets

    every = sorted(set(labels))
    forms = {one: f"{one}/{parted(one)}" for one in every}  # ReStrand.eml is Re Strand
    known = held_among(forms.values(), secrets(campaign)) if campaign else ()
    hidden = {
        one: f"file {n} of {len(every)}"
        for n, one in enumerate(every, 1)
        if held_in(forms[one], known)
    }
    return lambda label: hidden.get(label, label)


def _size(path: Path) -> int:
    """The bytes of a file, or of those in a folder."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.lstat().st_size for file in files)


def show_left(left: Mapping[str, Sequence[str]]) -> None:
    """Who or what is left out, by reason, with its count."""
    for reason, labels in left.items():
        more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
        note(f"left out, {len(labels)}: {reason}: {', '.join(labels[:_SHOWN])}{more}")


def _read(path: Path) -> SigningList:
    from letters.post.signing import listed
    from letters.workshop.aside import aside

    try:
        return aside(str(path), _size(path), listed.read, path)
    except OSError as error:
        fail(Status.USAGE, f"{path} can’t be read: {error.strerror}")


def _of_row(
    row: ListedRow,
    who: str,
    told: Told,
    folder: Path,
    campaign: Campaign | None,
    *,
    kept: bool,
) -> tuple[Wanted, list[Problem]]:
    """What a row says of somebody: its own words come before those for all.

    Where it shows by itself what it says, it is ``kept``: so the same row is known another time.
    """
    from letters.ledger.events import Evidence
    from letters.post.signing.listed import day_of

    cells, wrong = row.cells, list[Problem]()
    day = told.on
    if cells.get("day"):
        day = day_of(cells["day"])
        if day is None:
            wrong.append(Problem(row.at("day"), "is not a day", "write it like 2026-01-14"))
    own = replace(told, on=day, channel=cells.get("channel") or told.channel)
    if fault := _day_fault(day, own, campaign):
        wrong.append(Problem(row.at("day"), *fault))
    words = cells.get("note") or told.evidence.note
    read: Callable[[], bytes | None] = lambda: told.data  # noqa: E731 - one of several
    if cells.get("evidence"):
        file = _inside(folder, cells["evidence"])
        data = _data(file) if file else None
        if file is None or data is None:
            hint = "name a file that lies beside the list, or in a folder there"
            wrong.append(Problem(row.at("evidence"), "there is no such file to keep", hint))
        else:
            own = replace(own, evidence=Evidence.of_file(data, words, kept=True))
            read = lambda: reading.data_of(file, limits.EVIDENCE)  # noqa: E731 - as above
    elif told.evidence.kind in {"kept", "file"}:
        own = replace(own, evidence=replace(told.evidence, note=words))
    elif kept and (cells.get("note") or (row.says_more and not words)):
        own = replace(own, evidence=Evidence.of_file(row.data, words, kept=True))
        read = lambda: row.data  # noqa: E731 - as above
    elif words:
        own = replace(own, evidence=Evidence.of_note(words))
    return Wanted(who, own, f"line {row.place.line}", row.place, read), wrong


def _day_fault(
    day: dt.date | None, told: Told, campaign: Campaign | None
) -> tuple[str, str] | None:
    return evidence_options.day_fault(day, campaign.letter.date if campaign else None, told)


def _inside(folder: Path, written: str) -> Path | None:
    """The file of that name in the folder of the list: a list is no leave to copy any file."""
    try:
        file = reading.real(folder / written)
        return file if file.is_relative_to(reading.real(folder)) and file.is_file() else None
    except (OSError, ValueError):  # what can be no name of a file
        return None


def _data(file: Path) -> bytes | None:
    try:
        return reading.data_of(file, limits.EVIDENCE)
    except OSError:
        return None
