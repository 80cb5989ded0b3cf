"""Whether a run would make what the last one made: told from what it reads, and without drafting.

Drafting hundreds of letters to see that each of them stands takes seconds. So a run that ended well
leaves a note in the campaign’s private folder: a digest of all that it read, and of what it left in
the output folder, and what it had to say. Where all of that is as it was, it is said again.
"""

from __future__ import annotations

import hashlib
import json
import stat
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from letters import limits, reading
from letters.cli import logbook

_NAME = "standing.json"
_LETTERS = 50
"""Fewer are drafted in a moment, and nothing is remembered of them."""
_RUNS = 8
"""Of so many runs with other options something is remembered."""
_OWN = ("outbox", ".letters", ".git")
_OPENED = ("~$", ".~lock.")  # how names begin by which a word processor says what it has open


class LastRun(Struct, frozen=True):
    """``before`` and ``after`` are what a run says before and after it says what stands."""

    read: str
    log: str
    around: str
    marks: list[str]
    manifest: str
    letters: int
    before: list[str]
    after: list[str]


class ThisRun(Struct):
    """One run of a command with these ``options``, from the moment in which it begins."""

    root: Path
    folder: Path
    options: Mapping[str, object]
    since: float = field(default_factory=time.time)
    _key: str = ""
    _read: str = ""
    _log: str = ""
    _state: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.root, self.folder = reading.real(self.root), reading.real(self.folder)
        words = json.dumps([str(self.folder), dict(self.options)], sort_keys=True, default=str)
        self._key = hashlib.sha256(words.encode()).hexdigest()
        self._read, self._log = self._campaign(), self._bytes_of_log()

    def same(self) -> LastRun | None:
        """What is remembered of such a run, if all is as it was then; None wherever in doubt."""
        from letters.press import ingredients

        told = _all(self.root).get(self._key)
        if told is None or not self._read:
            return None
        with suppress(TypeError, OSError, ValueError):
            known = LastRun(**told)
            as_it_was = (
                (known.read, known.log) == (self._read, self._log)
                and known.marks[1::2] == [_digest(Path(path)) for path in known.marks[::2]]
                and known.around == ingredients.of_surroundings(self.since)
                and known.manifest == _stands(self.folder)
            )
            return known if as_it_was else None
        return None

    def is_still(self) -> bool:
        """Whether all has been the same to this moment, from that in which the run began."""
        as_begun = (self._campaign(), self._bytes_of_log()) == (self._read, self._log)
        return as_begun and self.same() is not None

    def before_recording(self) -> None:
        """Look whether the log is still the one that was read, before this run writes in it."""
        if self._bytes_of_log() != self._log:
            self._read = ""
            return
        self._state = self._state_of_log()

    def remember(
        self, recorded: int, letters: int, before: Sequence[str], after: Sequence[str]
    ) -> None:
        """Note that all stands; ``recorded`` is how many entries the run itself made in the log."""
        from letters.ledger.errors import LedgerError

        if letters < _LETTERS or not self._read:
            return
        # What cannot be written here costs the next run its time, and nothing else.
        with suppress(OSError, LedgerError, ValueError):
            self._remember(recorded, letters, before, after)

    def _remember(
        self, recorded: int, letters: int, before: Sequence[str], after: Sequence[str]
    ) -> None:
        from letters import files
        from letters.ledger.keys import FOLDER, private_folder
        from letters.press import ingredients
        from letters.press.manifest import NAME

        size, beat = self._state
        log = self._bytes_of_log()
        # Somebody else may have written in the log, or in a file, while this run was at it.
        if self._state_of_log() != (size + recorded, beat) or log != self._bytes_of_log():
            return
        around = ingredients.of_surroundings(self.since)
        if around is None or self._read != self._campaign():
            return
        # Whether all that it lists is there is what the next run looks at.
        manifest = _digest(self.folder / NAME)
        marks = [
            word for path in logbook.come_to(self.root)[2] for word in (str(path), _digest(path))
        ]
        known = LastRun(
            self._read, log, around, marks, manifest, letters, list(before), list(after)
        )
        others = [(key, one) for key, one in _all(self.root).items() if key != self._key]
        body = dict([*others[1 - _RUNS :], (self._key, asdict(known))])
        path = private_folder(self.root / FOLDER) / _NAME
        files.replace(path, json.dumps(body, ensure_ascii=False).encode(), mode=0o600)

    def _campaign(self) -> str:
        from letters.press import ingredients

        log = logbook.path_of(self.root)
        beside = [log.with_name(log.name + end) for end in ("", "-wal", "-shm", "-lock", "-mark")]
        own = [self.root / name for name in (*_OWN, "out")]
        return ingredients.of_campaign(self.root, {*own, *beside, self.folder}) or ""

    def _bytes_of_log(self) -> str:
        log = logbook.path_of(self.root)
        beside = log.with_name(f"{log.name}-wal")
        # It is there, and empty, while this command itself holds the log open.
        is_empty = beside.is_file() and not beside.is_symlink() and not beside.stat().st_size
        return f"{_digest(log)} {'none' if is_empty else _digest(beside)}"

    def _state_of_log(self) -> tuple[int, int]:
        """How many entries it has, and how often its outbox has changed."""
        return logbook.come_to(self.root)[:2]


def forget(root: Path) -> None:
    """Remember nothing of any run: what they said may name somebody who is to be forgotten."""
    from letters.ledger.keys import FOLDER

    (root / FOLDER / _NAME).unlink(missing_ok=True)


def _all(root: Path) -> dict[str, dict[str, Any]]:
    from letters.ledger.keys import FOLDER

    path = root / FOLDER / _NAME
    with suppress(OSError, ValueError, RecursionError):
        if not path.is_symlink() and not path.parent.is_symlink():
            body = json.loads(reading.data_of(path, limits.RUN))
            if isinstance(body, dict):
                return {key: one for key, one in body.items() if isinstance(one, dict)}
    return {}


def _stands(folder: Path) -> str | None:
    """The digest of the manifest there, if all that it lists is there, and nobody is at it."""
    from letters.press import manifest, unlisted

    if (folder / unlisted.NAME).exists():
        return None
    for each in (folder, folder / "public"):
        if each.is_symlink():
            return None
        if each.is_dir() and any(path.name.startswith(_OPENED) for path in each.iterdir()):
            return None
    found = manifest.read(folder)
    if found is None or len(manifest.still_there(folder, found.files)) < len(found.files):
        return None
    if not all(stat.S_ISREG((folder / file.path).lstat().st_mode) for file in found.files):
        return None
    return _digest(folder / manifest.NAME)


def _digest(path: Path) -> str:
    """Of the file’s bytes; a word for none, and for what is no file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return "no file"
    try:
        return hashlib.sha256(reading.data_of(path, limits.LOG)).hexdigest()
    except FileNotFoundError:
        return "none"
