"""What is to be written into the files of people: shown first, and written only if nothing changed.

Whoever edits a file in the meantime loses nothing. Each file is whole at every moment, and several
appear together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from letters import files, limits, reading
from letters.campaign.model import Located
from letters.campaign.neutral import Role
from letters.campaign.shown_lines import diff
from letters.campaign.source import Location, Source
from letters.campaign.yaml_text import EditError, Exchange


class FileEdit(Struct, frozen=True):
    """One file as it was and as it is to be; None where there is no such file."""

    path: Path
    shown_as: str
    before: bytes | None
    after: bytes | None
    exchanges: tuple[Exchange, ...]
    source: Source | None = None
    touched: tuple[Location, ...] = ()
    """Where the records that are changed or new stand in the ``source``, as it is to be."""


class EditPlan(Struct, frozen=True):
    """What is to be written; nothing has been yet."""

    root: Path
    role: Role
    edits: tuple[FileEdit, ...]

    @property
    def records(self) -> list[Located]:
        """The records that are changed or new, as they will be."""
        return [
            Located(edit.source, tuple(location))
            for edit in self.edits
            if edit.source
            for location in edit.touched
        ]

    def diff(self) -> Iterator[str]:
        """Its lines as they may be shown, each file as a diff."""
        for edit in self.edits:
            is_new, is_gone = edit.before is None, edit.after is None
            yield from diff(
                edit.shown_as, self.role, edit.exchanges, is_new=is_new, is_gone=is_gone
            )

    def write(self) -> None:
        """Write it. Raises EditError where a file is not as it was when the plan was made."""
        for edit in self.edits:
            now = reading.data_of(edit.path, limits.PEOPLE) if edit.path.is_file() else None
            if now != edit.before or (now is None and edit.path.exists()):
                hint = "look at it, and say this again"
                raise EditError(f"{edit.shown_as} was changed in the meantime", hint)
        others = [_mode(edit.path) for edit in self.edits if edit.before is not None]
        # A new file is for the same eyes as those beside it.
        fresh = others[0] if others else 0o644
        made = [
            (edit.path, edit.after, fresh if edit.before is None else _mode(edit.path))
            for edit in self.edits
            if edit.after is not None
        ]
        if len(made) == 1:
            [(path, data, mode)] = made
            files.replace(path, data, mode=mode)
        elif made:
            with files.Batch(self.root) as batch:
                for path, data, mode in made[:-1]:
                    batch.add(path.relative_to(self.root).as_posix(), data, mode=mode)
                path, data, mode = made[-1]
                batch.commit(path.relative_to(self.root).as_posix(), data, mode=mode)
        for edit in self.edits:
            if edit.after is None:
                edit.path.unlink()


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777
