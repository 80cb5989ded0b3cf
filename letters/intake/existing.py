"""The people who are there already: their entries as they stand, and the file for those to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from msgspec import Struct, field

from letters import limits, reading, shipped
from letters.campaign.load import Written, written
from letters.campaign.neutral import Role
from letters.campaign.paths import LETTER_FILE, actual
from letters.campaign.record_list import RecordList
from letters.campaign.shown import hides_name
from letters.campaign.source import Location, Mapping, Source, read
from letters.campaign.source_lines import Lined
from letters.campaign.types import is_inner
from letters.intake.flat import Value, at, at_lines
from letters.intake.vocabulary import Kind
from letters.problem import CampaignError, Place, Problem, has_errors

ROLES: dict[Kind, Role] = {"signatories": "signatory", "recipients": "recipient"}
_SCHEMA = "# yaml-language-server: $schema=.schemas/{kind}.json\n"


class ExistingEntry(Struct, frozen=True):
    """One entry: its id, and where it stands: at a position of the file’s list, or alone.

    What is written there is read from the lines of a long list as it is asked for.
    """

    id: str
    file: Path
    source: Source
    position: int | None

    @property
    def location(self) -> Location:
        """Where it stands in the file."""
        return () if self.position is None else (self.position,)

    @property
    def record(self) -> Mapping:
        """All that is written there."""
        node = self.source.root
        for step in self.location:
            node = node[step]
        return cast("Mapping", node)

    def value(self, key: str) -> Value | None:
        """What stands at a dotted key."""
        lined = _lined(self.source, self.location)
        return at_lines(lined, key) if lined else at(self.record, key)

    @property
    def name(self) -> str:
        """The name in one piece, in whichever form it is written."""
        name = self.record.get("name")
        if isinstance(name, str):
            return name
        parts = name if isinstance(name, Mapping) else {}
        shown = parts.get("display")
        if isinstance(shown, Mapping):
            shown = next(iter(shown.values()), "")
        own = [parts.get(key) for key in ("given", "particle", "family")]
        return str(shown or " ".join(str(part) for part in own if part))

    @property
    def hidden(self) -> bool:
        """Whether nothing of the name may be shown."""
        return hides_name(self.value("visibility"))

    def place(self, key: str = "") -> Place:
        """Where a value stands."""
        return self.source.place((*self.location, *key.split(".")) if key else self.location)


class ExistingPeople(Struct):
    """Everybody of one kind, and where those who are new are written."""

    kind: Kind
    target: Path
    entries: list[ExistingEntry] = field(default_factory=list)
    starter: bool = False

    @property
    def by_id(self) -> dict[str, ExistingEntry]:
        """The entries by their ids."""
        return {entry.id: entry for entry in self.entries}


def people(root: Path, kind: Kind, source_name: str) -> ExistingPeople:
    """Read the entries. Raises CampaignError where a file of them can’t be read."""
    target = _target(root, kind, source_name)
    starter = is_starter(target)
    found = ExistingPeople(kind, target, starter=starter)
    if starter or not target.parent.exists():
        return found
    records, problems = written(root)
    ours = [p for p in problems if not _is_other(p, root, target)]
    if has_errors(ours):
        raise CampaignError(ours)
    found.entries = [*_entries(records, ROLES[kind])]
    return found


def _entries(records: Iterable[Written], role: Role) -> Iterator[ExistingEntry]:
    for one, file, source, location in records:
        if one != role:
            continue
        if lined := _lined(source, location):
            if (where := lined[-1].at.get("id")) is not None:
                yield ExistingEntry(lined[where], file, source, int(location[0]))
            continue
        node = source.root
        for step in location:
            node = node[step]
        if isinstance(node, Mapping) and isinstance(node.get("id"), str):
            position = int(location[0]) if location else None
            yield ExistingEntry(node["id"].strip(), file, source, position)


def _lined(source: Source, location: Location) -> Lined | None:
    """The words of a record of a long list, where it was read by its lines."""
    if isinstance(source.root, RecordList) and location:
        return source.root.lined(int(location[0]))
    return None


def _is_other(problem: Problem, root: Path, target: Path) -> bool:
    """Whether it is wrong with the other list, or only that this one has nobody in it yet."""
    shown = target.relative_to(root)
    ours = {shown.as_posix(), shown.parent.as_posix()} - {"."}
    path = problem.place.path
    mine = path in ours or Path(path).parent.as_posix() in ours
    return not mine or not target.exists() or problem.message == "is empty"


def _target(root: Path, kind: Kind, source_name: str) -> Path:
    """The file for new people: the campaign’s list, or one of their own in its folder."""
    letter, _ = read(root / LETTER_FILE, LETTER_FILE)
    said = letter.root.get(kind, f"{kind}.yaml") if isinstance(letter.root, Mapping) else None
    path = said if isinstance(said, str) and is_inner(said) else f"{kind}.yaml"
    there = actual(root, path) or root / path
    if there.is_dir() or not there.suffix:
        stem = re.sub(r"[^a-z0-9]+", "-", Path(source_name).stem.lower()).strip("-")
        return there / f"{stem or 'imported'}.yaml"
    if there.suffix.lower() not in (".yaml", ".yml"):
        place = letter.place((kind,)) if kind in letter.root else Place(LETTER_FILE)
        message = "is no YAML file, and people can only be written into one"
        hint = f"name {kind}.yaml there, and import this file into it"
        raise CampaignError([Problem(place, message, hint)])
    return there


def is_starter(file: Path) -> bool:
    """Whether the list is still as “letters new” made it: invented people, whom nobody wrote."""
    if not file.is_file():
        return False
    data = reading.data_of(file, limits.PEOPLE)
    starters = shipped.TEMPLATES.glob(f"*/starter/{file.name}")
    return any(data == one.read_bytes() for one in starters)


def header(kind: Kind, root: Path, target: Path) -> str:
    """The first line of a new list, by which editors complete and check it."""
    depth = len(target.relative_to(root).parts) - 1
    return _SCHEMA.format(kind=kind).replace("=.schemas", f"={'../' * depth}.schemas") + "\n"
