"""A plan as the files it makes: the people’s, imports.yaml, and what is remembered of the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from os.path import lexists
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from letters import limits, reading
from letters.campaign.people_edit import merged
from letters.campaign.source import MAX_BYTES
from letters.campaign.yaml_records import RecordFile, plain
from letters.campaign.yaml_text import EditError
from letters.campaign.yaml_words import alike, lines
from letters.digests import FileDigest, of_file
from letters.error import LettersError, Status
from letters.intake import existing, remembered, sources
from letters.intake.existing import ExistingEntry, ExistingPeople
from letters.intake.flat import Items, nested
from letters.intake.plan import ImportPlan, RowOutcome
from letters.intake.remark import Remark
from letters.intake.sources import ListedSource
from letters.intake.vocabulary import Kind
from letters.problem import CampaignError

_MOST_READ_AGAIN = 2_000  # new records that are read again before they are written


class UnwritableError(LettersError):
    """A file is written in a way that leaves no place for more."""

    status = Status.PROBLEMS


class ListFile(Struct, frozen=True):
    """One file as it will be, and what it was when it was read: None where there was none."""

    path: Path
    data: bytes
    before: FileDigest | None
    private: bool = False


class Written(Struct, frozen=True):
    """The files, in the order in which they are written; ``people`` says what is in the first."""

    files: tuple[ListFile, ...] = ()
    starter: bool = False
    notes: tuple[str, ...] = field(default=())


def written(
    root: Path, people: ExistingPeople, plan: ImportPlan, name: str, now: ListedSource
) -> Written:
    """The files that the plan changes; those that stay as they are, are not among them."""
    files = list(_updated(root, people, plan.outcomes))
    new = [outcome for outcome in plan.outcomes if outcome.does == "new"]
    if new:
        before = next((f for f in files if f.path == people.target), None)
        files = [f for f in files if f is not before]
        files.append(_with_new(root, people, new, before))
    files += _remembered(root, people.kind, plan, name)
    files += _listed(root, name, now)
    return Written(tuple(files), people.starter and bool(new))


def _updated(root: Path, people: ExistingPeople, outcomes: Sequence[RowOutcome]) -> list[ListFile]:
    """Each file of people that has an entry with changes."""
    entries = people.by_id
    by_file: dict[Path, list[tuple[ExistingEntry, RowOutcome]]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.does == "updated":
            entry = entries[outcome.id]
            by_file[entry.file].append((entry, outcome))
    found = []
    for file, edits in by_file.items():
        opened = RecordFile(
            reading.data_of(file, limits.PEOPLE, within=root), file.relative_to(root).as_posix()
        )
        try:
            after = opened.rewritten(_wanted(edits), ()).data
        except EditError:
            possible = [edit for edit in edits if _is_possible(opened, edit)]
            after = opened.rewritten(_wanted(possible), ()).data
        if after != opened.data:
            found.append(ListFile(file, after, of_file(opened.data)))
    return found


def _wanted(edits: Iterable[tuple[ExistingEntry, RowOutcome]]) -> dict[int, dict[str, Any]]:
    """The records as they are to be, by their position in the file."""
    return {
        entry.position or 0: merged(
            plain(entry.record), nested((one.key, one.after) for one in outcome.changes)
        )
        for entry, outcome in edits
    }


def _is_possible(opened: RecordFile, edit: tuple[ExistingEntry, RowOutcome]) -> bool:
    """Whether an entry can be changed as it is written; else it stays, and that is said."""
    outcome = edit[1]
    try:
        opened.rewritten(_wanted([edit]), ())
    except EditError:
        keys = ", ".join(change.key for change in outcome.changes)
        outcome.does, outcome.changes = "nothing", ()
        message = f"can’t be written into the entry {outcome.id} from here, as it is written there"
        outcome.remarks += (Remark("flag", "", f"{keys}: {message}", "change it by hand"),)
        return False
    return True


def _with_new(
    root: Path, people: ExistingPeople, new: Sequence[RowOutcome], before: ListFile | None
) -> ListFile:
    """The list with the new people at its end."""
    target = people.target
    there = lexists(target)
    old = reading.data_of(target, limits.PEOPLE, within=root) if there else b""
    data = before.data if before else old
    if not there or people.starter:
        data = existing.header(people.kind, root, target).encode()
    opened = RecordFile(data, target.relative_to(root).as_posix())
    if opened.problems and opened.source.root is not None:
        raise CampaignError(opened.problems)
    return ListFile(target, _added(opened, new), of_file(old) if there else None)


def _added(opened: RecordFile, new: Sequence[RowOutcome]) -> bytes:
    """The list with more records: of very many, how the first joins the list holds for all."""
    if len(new) <= _MOST_READ_AGAIN:
        return opened.rewritten({}, _records(new)).data
    joined = opened.rewritten({}, _records(new[:1]))
    first = joined.exchanges[-1].after
    if not joined.data.endswith((first + "\n").encode()):
        return opened.rewritten({}, _records(new)).data
    indent = first[: len(first) - len(first.lstrip(" "))]
    text = "".join(
        f"{indent}- id: {outcome.id}\n"
        + "".join([f"{line}\n" for line in _lines(outcome.items, f"{indent}  ")])
        for outcome in islice(new, 1, None)
    )
    data = joined.data + text.encode()
    if len(data) > MAX_BYTES:
        message = f"{opened.source.path} would have more than {MAX_BYTES // 2**20} MiB"
        raise EditError(message, "import a part of the list")
    return data


def _lines(items: Items, indent: str) -> Iterable[str]:
    """A record as it is written."""
    if (texts := items.texts) is not None:
        return alike(items.keys, texts, indent)
    return lines(nested(items), indent)


def _records(new: Sequence[RowOutcome]) -> list[dict[str, Any]]:
    return [{"id": outcome.id, **nested(outcome.items)} for outcome in new]


def _remembered(root: Path, kind: Kind, plan: ImportPlan, name: str) -> list[ListFile]:
    file = remembered.file_of(root, kind, name)
    data = plan.remembered.encode()
    old = reading.data_of(file, limits.REMEMBERED, within=root) if lexists(file) else None
    if data == old or not plan.remembered.rows:
        return []
    return [ListFile(file, data, of_file(old) if old is not None else None, private=True)]


def _listed(root: Path, name: str, now: ListedSource) -> list[ListFile]:
    file = root / sources.NAME
    old = reading.data_of(file, limits.REMEMBERED, within=root) if lexists(file) else None
    try:
        before, _ = sources.read(root)
        if before.get(name) == now:
            return []
        data = sources.encoded(old, name, now)
    except ValueError:
        message = f"{sources.NAME} is written in a way that leaves no place for another list"
        raise UnwritableError(message, "move it away; the next import writes a new one") from None
    return [ListFile(file, data, of_file(old) if old is not None else None)]
