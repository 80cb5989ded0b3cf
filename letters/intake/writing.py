"""A plan as the files it makes: the people’s, imports.yaml, and what is remembered of the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from letters.campaign.source import MAX_BYTES, Source, parse
from letters.counting import counted
from letters.digests import FileDigest, of_file
from letters.error import LettersError, Status
from letters.intake import existing, remembered, sources
from letters.intake.existing import Entry, People
from letters.intake.flat import Value, nested
from letters.intake.plan import Outcome, Plan
from letters.intake.remark import Remark
from letters.intake.sources import Listed
from letters.intake.splice import SpliceError, appended, changed, pieces
from letters.intake.vocabulary import Kind
from letters.problem import CampaignError, Place, Problem


class UnwritableError(LettersError):
    """A file is written in a way that leaves no place for more."""

    status = Status.PROBLEMS


@dataclass(frozen=True, slots=True)
class File:
    """One file as it will be, and what it was when it was read: None where there was none."""

    path: Path
    data: bytes
    before: FileDigest | None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The files, in the order in which they are written; ``people`` says what is in the first."""

    files: tuple[File, ...] = ()
    starter: bool = False
    notes: tuple[str, ...] = field(default=())


def written(root: Path, people: People, plan: Plan, name: str, now: Listed) -> Written:
    """The files that the plan changes; those that stay as they are, are not among them."""
    files = list(_updated(people, plan.outcomes))
    new = [outcome for outcome in plan.outcomes if outcome.does == "new"]
    if new:
        before = next((f for f in files if f.path == people.target), None)
        files = [f for f in files if f is not before]
        files.append(_with_new(root, people, new, before))
    files += _remembered(root, people.kind, plan, name)
    files += _listed(root, name, now)
    return Written(tuple(files), people.starter and bool(new))


def _updated(people: People, outcomes: Sequence[Outcome]) -> list[File]:
    """Each file of people that has an entry with changes."""
    entries = people.by_id
    by_file: dict[Path, list[tuple[Entry, Outcome]]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.does == "updated":
            entry = entries[outcome.id]
            by_file[entry.file].append((entry, outcome))
    found = []
    for file, edits in by_file.items():
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
        after = _edited(text, edits)
        if after != text:
            mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
            found.append(File(file, (mark + after).encode(), of_file(data)))
    return found


def _edited(text: str, edits: Sequence[tuple[Entry, Outcome]]) -> str:
    source = edits[0][0].source
    if not isinstance(source.root, list):
        return _changed(text, edits[0][1])
    try:
        head, bodies = pieces(text, source.root.marks)  # type: ignore[attr-defined]
    except SpliceError:
        for _, outcome in edits:
            _give_up(outcome)
        return text
    for entry, outcome in edits:
        at = int(entry.location[0])
        bodies[at] = _changed(bodies[at], outcome)
    return head + "".join(bodies)


def _changed(text: str, outcome: Outcome) -> str:
    """The entry with its changes; where that can’t be written, it stays and is said."""
    wanted: dict[str, Value] = {change.key: change.after for change in outcome.changes}
    try:
        return changed(text, wanted)
    except SpliceError:
        _give_up(outcome)
        return text


def _give_up(outcome: Outcome) -> None:
    keys = ", ".join(change.key for change in outcome.changes)
    outcome.does, outcome.changes = "nothing", ()
    message = f"can’t be written into the entry {outcome.id} from here, as it is written there"
    outcome.remarks += (Remark("flag", "", f"{keys}: {message}", "change it by hand"),)


def _with_new(root: Path, people: People, new: Sequence[Outcome], before: File | None) -> File:
    """The list with the new people at its end."""
    target = people.target
    there = target.is_file()
    data = target.read_bytes() if there else b""
    digest = of_file(data) if there else None
    text = before.data.decode("utf-8") if before else data.decode("utf-8-sig")
    shown = target.relative_to(root).as_posix()
    if not there or people.starter:
        text = existing.header(people.kind, root, target)
    source = _root(text, shown)
    entries = [(outcome.id, nested(outcome.items)) for outcome in new]
    try:
        # What is written is as it is meant to be; what is looked at is where it joins the old.
        _expect_joined(text, entries[0], source, shown)
        text = appended(text, entries, source.root)
    except (SpliceError, CampaignError):
        message = f"{shown} is written in a way in which nobody can be added from here"
        raise UnwritableError(
            message, "make it a list in which each person starts with “- id:”"
        ) from None
    encoded = text.encode()
    if data.startswith(b"\xef\xbb\xbf") and not encoded.startswith(b"\xef\xbb\xbf"):
        encoded = b"\xef\xbb\xbf" + encoded
    if len(encoded) > MAX_BYTES:
        message = f"{shown} would have more than {MAX_BYTES // 2**20} MiB"
        raise UnwritableError(
            message, f"import a part of the {counted(len(new), 'person', 'people')}"
        )
    return File(target, encoded, digest)


def _expect_joined(
    text: str, first: tuple[str, dict[str, Any]], source: Source, shown: str
) -> None:
    """Raise SpliceError unless the list with one more is just that."""
    joined = appended(text, [first], source.root)
    if _root(joined, shown).root != [*(source.root or []), {"id": first[0], **first[1]}]:
        raise SpliceError


def _root(text: str, shown: str) -> Source:
    source, problems = parse(text.removeprefix("\ufeff").encode(), shown)
    if problems:
        raise CampaignError(problems or [Problem(Place(shown), "can’t be read")])
    return source


def _remembered(root: Path, kind: Kind, plan: Plan, name: str) -> list[File]:
    file = remembered.file_of(root, kind, name)
    data = plan.remembered.encode()
    old = file.read_bytes() if file.is_file() else None
    if data == old or not plan.remembered.rows:
        return []
    return [File(file, data, of_file(old) if old is not None else None, private=True)]


def _listed(root: Path, name: str, now: Listed) -> list[File]:
    file = root / sources.NAME
    old = file.read_bytes() if file.is_file() else None
    try:
        before, _ = sources.read(root)
        if before.get(name) == now:
            return []
        data = sources.encoded(old, name, now)
    except ValueError:
        message = f"{sources.NAME} is written in a way that leaves no place for another list"
        raise UnwritableError(message, "move it away; the next import writes a new one") from None
    return [File(file, data, of_file(old) if old is not None else None)]
