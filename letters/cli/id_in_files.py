"""A person’s new id in the files of a campaign, and the files that are called after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from letters import limits, reading
from letters.cli.exit import Status, fail, note, say
from letters.reading import data_of

if TYPE_CHECKING:
    from letters.campaign.roll import Listed


def rename(root: Path, listed: Listed, old: str, new: str) -> None:
    """The id where it stands, the file that is called after it, and what is enclosed for them."""
    from letters.campaign.enclosures import RECIPIENT
    from letters.campaign.roll import bound_to, enclosures_of
    from letters.campaign.yaml_records import RecordFile, plain
    from letters.campaign.yaml_text import EditError

    moves = []
    place = listed.place
    target = listed.file
    if listed.id == new:
        note(f"{place}: the id is {new} already")
    else:
        if listed.alone:
            stem = re.sub(rf"(?<![a-z0-9]){re.escape(old)}(?![a-z0-9])", new, listed.file.stem)
            target = listed.file.with_name(f"{stem}{listed.file.suffix}")
        if target != listed.file:
            moves.append((listed.file, target))
    if listed.role == "recipient":
        moves += [
            (root / path.replace(RECIPIENT, old), root / path.replace(RECIPIENT, new))
            for path in enclosures_of(root, old)
        ]
    for _, there in moves:
        if there.exists():
            hint = "move it away, or choose another id"
            fail(Status.REFUSED, f"there is a file {there.relative_to(root)} already", hint)
    where = bound_to(root, old) if listed.role == "recipient" else []
    own = listed.id != new and not listed.unwritten
    edited, spot = dict[Path, bytes](), place
    for one, spot in [*where, *([(listed, place)] if own else [])]:
        at, position = reading.real(one.file), int(one.at.base[0]) if one.at.base else 0
        before = RecordFile(edited.get(at) or data_of(at, limits.PEOPLE, within=root), spot.path)
        try:
            if one is listed:
                edited[at] = before.with_id(position, old, new)
            else:
                bound = {position: _bound_anew(plain(one.record), old, new)}
                edited[at] = before.rewritten(bound, ()).data
        except EditError:
            hint = f"write {new} there, and say this again"
            fail(Status.REFUSED, f"{spot}: the id can’t be changed from here", hint)
    _written(edited)
    for _, spot in where:
        say(f"{spot}: signs to {new} now")
    if own:
        shown = replace(place, path=target.relative_to(root).as_posix())
        say(f"{shown}: the id is {new} now")
    for here, there in moves:
        here.rename(there)
        say(f"{there.relative_to(root)}: the file is called so now")


def _bound_anew(record: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """What is written of a signatory, where a recipient to whom they sign has another id."""
    said = record["signs_to"]
    if isinstance(said, list):
        return record | {"signs_to": [new if each.strip() == old else each for each in said]}
    return record | {"signs_to": new}


def _written(edited: Mapping[Path, bytes]) -> None:
    """Write all files, or leave all as they were where the disk does not take one."""
    from letters import files

    before = {file: data_of(file, limits.PEOPLE) for file in edited}
    done: list[Path] = []
    try:
        for file, data in edited.items():
            files.replace(file, data, mode=file.stat().st_mode & 0o777)
            done.append(file)
    except OSError:
        for file in done:
            files.replace(file, before[file], mode=file.stat().st_mode & 0o777)
        raise
