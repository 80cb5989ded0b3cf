"""People are changed, added and left out in the files of a campaign, one of them or all at once."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from letters import limits, reading
from letters.campaign.load import named
from letters.campaign.localtext import only_text
from letters.campaign.model import people_place
from letters.campaign.neutral import Role
from letters.campaign.paths import LETTER_FILE, actual
from letters.campaign.people_plan import EditPlan, FileEdit
from letters.campaign.peoplefiles import files as people_files
from letters.campaign.source import Location, Sequence_, parse, read
from letters.campaign.source import Mapping as Record
from letters.campaign.types import is_inner
from letters.campaign.yaml_nodes import Plain
from letters.campaign.yaml_records import RecordFile, plain
from letters.campaign.yaml_text import EditError, Exchange
from letters.campaign.yaml_words import lines
from letters.problem import Place, Problem

KEYS: Mapping[Role, str] = {"signatory": "signatories", "recipient": "recipients"}


class _Spot(Struct, frozen=True):
    """Where a record stands: the file by its number, and the position in it."""

    file: int
    position: int
    unwritten: bool
    """Whether the id is the name of the file and does not stand in it."""


class People:
    """All signatories, or all recipients, as their files have them at this moment."""

    def __init__(self, root: Path, role: Role) -> None:
        """Read the files; what is wrong with them is in ``problems``."""
        self.root, self.role = reading.real(root), role
        letter, _ = read(self.root / LETTER_FILE, LETTER_FILE)
        said = letter.root if isinstance(letter.root, Record) else Record()
        path = said.get(KEYS[role], f"{KEYS[role]}.yaml")
        self.path = path if isinstance(path, str) and is_inner(path) else f"{KEYS[role]}.yaml"
        self._target = actual(self.root, self.path) or self.root / self.path
        found: list[Path] = []
        self.problems: list[Problem] = []
        if os.path.lexists(self._target):  # a link that leads nowhere is not written over
            at = people_place(letter, KEYS[role], self.path)
            found, self.problems = people_files(self.root, self.path, at)
        self._paths = found
        self._files = [self._opened(file) for file in found]
        self._spots: dict[str, list[_Spot]] = defaultdict(list)
        for number, file in enumerate(self._files):
            self.problems += file.problems
            self._index(number, file)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._spots

    def __iter__(self) -> Iterator[str]:
        return iter(self._spots)

    def __len__(self) -> int:
        return sum(map(len, self._spots.values()))

    def record(self, identifier: str) -> dict[str, Any]:
        """What is written of somebody, the id among it. Raises EditError."""
        spot = self._spot(identifier)
        return {"id": identifier, **plain(self._written(spot))}

    def place(self, identifier: str) -> Place:
        """Where the record of somebody begins."""
        spot = self._spots[identifier][0]
        source = self._files[spot.file].source
        return source.place((spot.position,) if isinstance(source.root, Sequence_) else ())

    def lines(self, identifier: str) -> str:
        """The lines of a record as they stand in the file. Raises EditError."""
        spot = self._spot(identifier)
        return self._files[spot.file].lines(spot.position)

    def plan(
        self,
        *,
        changes: Mapping[str, Mapping[str, Plain]] | None = None,
        new: Mapping[str, Mapping[str, Plain]] | None = None,
        removed: Collection[str] = (),
    ) -> EditPlan:
        """What the files will be: nobody is in two of the three. Raises EditError.

        ``changes`` are by id the keys that get another value: what a group holds besides stays,
        and None takes a key away. ``new`` are whole records by id.
        """
        wanted: dict[int, dict[int, dict[str, Plain] | None]] = defaultdict(dict)
        for identifier, change in (changes or {}).items():
            spot = self._spot(identifier)
            wanted[spot.file][spot.position] = merged(plain(self._written(spot)), change)
        for identifier in removed:
            spot = self._spot(identifier)
            wanted[spot.file][spot.position] = None
        for identifier in new or {}:
            if identifier in self:
                at = self.place(identifier)
                raise EditError(f"the id {identifier} is taken, at {at}", "choose another one")
        added = {name: {**record, "id": name} for name, record in (new or {}).items()}
        edits = list(self._made(wanted, {} if self._is_folder else added))
        if self._is_folder:
            edits += [self._alone(name, record) for name, record in added.items()]
        return EditPlan(self.root, self.role, tuple(edits))

    def _made(
        self,
        wanted: Mapping[int, Mapping[int, dict[str, Plain] | None]],
        added: Mapping[str, dict[str, Plain]],
    ) -> Iterator[FileEdit]:
        whole = [{"id": record["id"], **record} for record in added.values()]
        for number, file in enumerate(self._files):
            own, new = wanted.get(number, {}), whole if number == 0 else []
            if not own and not new:
                continue
            path, shown_as = reading.real(self._paths[number]), file.source.path
            if isinstance(file.source.root, Record) and own.get(0, {}) is None:
                record = plain(file.source.root)
                gone = Exchange(1, file.lines(0), "", record, record)
                yield FileEdit(path, shown_as, file.data, None, (gone,))
                continue
            made = file.rewritten(own, new)
            if made.exchanges:
                if self._is_folder:
                    named(made.source, self._paths[number])
                touched = tuple(_touched(file, own, len(new)))
                yield FileEdit(
                    path, shown_as, file.data, made.data, made.exchanges, made.source, touched
                )
        if not self._files and whole:
            file = RecordFile(b"", self.path)
            made = file.rewritten({}, whole)
            touched = tuple((number,) for number in range(len(whole)))
            yield FileEdit(
                self._target, self.path, None, made.data, made.exchanges, made.source, touched
            )

    def _alone(self, identifier: str, record: Mapping[str, Plain]) -> FileEdit:
        """A file for one person, whose name is the id."""
        path = self._target / f"{identifier}.yaml"
        shown_as = path.relative_to(self.root).as_posix()
        if os.path.lexists(path):
            raise EditError(f"there is a file {shown_as} already", "choose another id")
        own = {key: value for key, value in record.items() if key != "id"}
        text = "".join(f"{line}\n" for line in lines(own))
        new = Exchange(1, "", text.removesuffix("\n"), record, record)
        source, _ = parse(text.encode(), shown_as)
        named(source, path)
        return FileEdit(path, shown_as, None, text.encode(), (new,), source, ((),))

    @property
    def _is_folder(self) -> bool:
        return self._target.is_dir()

    def _opened(self, file: Path) -> RecordFile:
        return RecordFile(
            reading.data_of(file, limits.PEOPLE, within=self.root),
            file.relative_to(self.root).as_posix(),
        )

    def _index(self, number: int, file: RecordFile) -> None:
        root = file.source.root
        records = root if isinstance(root, Sequence_) else [root]
        for position, record in enumerate(records):
            if not isinstance(record, Record):
                continue
            unwritten = "id" not in record and record is root and self._is_folder
            said = self._paths[number].stem if unwritten else record.get("id")
            if isinstance(said, str):
                self._spots[said.strip()].append(_Spot(number, position, unwritten))

    def _spot(self, identifier: str) -> _Spot:
        spots = self._spots.get(identifier, [])
        if not spots:
            raise EditError(f"there is no {self.role} of that id")
        if len(spots) > 1:
            raise EditError(f"this id stands {len(spots)} times", "tell them apart by hand first")
        return spots[0]

    def _written(self, spot: _Spot) -> Record:
        root = self._files[spot.file].source.root
        found = root[spot.position] if isinstance(root, Sequence_) else root
        assert isinstance(found, Record)  # noqa: S101 - `_index` takes no other
        return found


def merged(present: Plain, changes: Mapping[str, Plain]) -> dict[str, Plain]:
    """What is there with the changes: None takes a key away, and a group that is left empty goes.

    Where parts are added to a name that is written in one piece, that stays as it is shown.
    """
    result: dict[str, Plain] = dict(present) if isinstance(present, dict) else {}
    for key, value in changes.items():
        there, wanted = result.get(key), value
        if isinstance(value, dict):
            if key == "name" and there is not None and only_text(there) and not only_text(value):
                there = {"display": there}
            wanted = merged(there, value) or None
        if wanted is None or wanted == []:
            result.pop(key, None)
        else:
            result[key] = wanted
    return result


def _touched(file: RecordFile, own: Mapping[int, Any], new: int) -> Iterator[Location]:
    """Where the records that were changed, and the new ones, stand afterwards."""
    root = file.source.root
    if isinstance(root, Record):
        yield ()
        return
    gone = sorted(position for position, record in own.items() if record is None)
    for position, record in own.items():
        if record is not None:
            yield (position - sum(one < position for one in gone),)
    left = (len(root) if root else 0) - len(gone)
    yield from ((left + number,) for number in range(new))
