"""A disk that loses power: every write of SQLite is recorded, and what was not synced is lost.

SQLite asks its VFS for each write, truncation and sync. A copy of the system's own VFS is put in
front of it that passes everything on and writes it down; from that record the files are rebuilt as
a crash at any point would leave them: with nothing after the last sync of each file, or with any
part of it, torn at sectors. For more: ``python -m tests.ledger.disk EVENTS TRIES``.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from letters.ledger.store import LOG_NAME, Ledger

from .samples import AT, FIRST, event, judged

SECTOR = 512
OFTEN = 12  # pages in the WAL after which it is moved into the database

_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
# Names stay addresses: SQLite keeps the one it was given.
_OPEN = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_DELETE = ctypes.CFUNCTYPE(_I, _P, _P, _I)
_WRITE = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_TRUNCATE = ctypes.CFUNCTYPE(_I, _P, _L)
_SYNC = ctypes.CFUNCTYPE(_I, _P, _I)


class Vfs(ctypes.Structure):
    _fields_ = (
        *(("version", _I), ("file_size", _I), ("longest", _I), ("next", _P)),
        *(("name", ctypes.c_char_p), ("data", _P), ("open", _OPEN), ("delete", _DELETE)),
        ("rest", _P * 14),
    )


class Methods(ctypes.Structure):
    _fields_ = (
        *(("version", _I), ("close", _P), ("read", _P), ("write", _WRITE)),
        *(("truncate", _TRUNCATE), ("sync", _SYNC), ("rest", _P * 13)),
    )


# SQLite may call back as long as the process lives.
_KEPT: list[Any] = []


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened: to a file, or (``ack``) an entry was acknowledged."""

    what: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@contextmanager
def recorded() -> Iterator[list[Step]]:
    """Everything that SQLite does to files while the block runs, in order."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    real = library.sqlite3_vfs_find(None).contents
    steps: list[Step] = []
    names: dict[int, str] = {}
    ours: dict[int, Methods] = {}

    def watched(theirs: Methods) -> Methods:
        def write(file: int, data: int, size: int, at: int) -> int:
            steps.append(Step("write", names[file], at, ctypes.string_at(data, size)))
            return int(theirs.write(file, data, size, at))

        def truncate(file: int, size: int) -> int:
            steps.append(Step("truncate", names[file], size))
            return int(theirs.truncate(file, size))

        def sync(file: int, flags: int) -> int:
            done = int(theirs.sync(file, flags))
            steps.append(Step("sync", names[file]))
            return done

        copy = Methods.from_buffer_copy(theirs)
        copy.write, copy.truncate, copy.sync = _WRITE(write), _TRUNCATE(truncate), _SYNC(sync)
        _KEPT.extend((theirs, copy, copy.write, copy.truncate, copy.sync))
        return copy

    def opened(vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        done = int(real.open(vfs, name, file, flags, out))
        slot = ctypes.cast(file, ctypes.POINTER(ctypes.POINTER(Methods)))
        if done == 0 and name and slot[0]:
            address = ctypes.addressof(slot[0].contents)
            if address not in ours:
                ours[address] = watched(slot[0].contents)
            names[file] = named(name)
            slot[0] = ctypes.pointer(ours[address])
        return done

    def deleted(vfs: int, name: int, sync: int) -> int:
        steps.append(Step("delete", named(name), sync))
        return int(real.delete(vfs, name, sync))

    copy = Vfs.from_buffer_copy(real)
    copy.name, copy.open, copy.delete = b"recorded", _OPEN(opened), _DELETE(deleted)
    _KEPT.extend((copy, copy.open, copy.delete))
    if library.sqlite3_vfs_register(ctypes.byref(copy), 1):
        raise RuntimeError("SQLite doesn't take the recording VFS")
    try:
        yield steps
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(copy))
        library.sqlite3_vfs_register(ctypes.byref(real), 1)


def named(address: int) -> str:
    return Path(ctypes.string_at(address).decode()).name


@dataclass(slots=True)
class File:
    """What is certain to be on the disk, and what may or may not be."""

    durable: bytes | None = None
    pending: list[Step] = field(default_factory=list)
    deleted: bool = False


def left(steps: list[Step], chance: random.Random | None) -> dict[str, bytes]:
    """The files after a crash: without what was not synced, or with some of it by ``chance``."""
    files: dict[str, File] = {}
    for step in steps:
        if step.what == "ack":
            continue
        file = files.setdefault(step.file, File())
        if step.what == "delete":
            # Without a sync of the folder the old file may be there again after the crash.
            file.deleted = True
            if step.at:
                files[step.file] = File()
            continue
        if file.deleted:
            file = files[step.file] = File()
        if step.what == "sync":
            if file.durable is None and step.file != LOG_NAME:
                # SQLite syncs the folder along with a journal or WAL that is new in it.
                files = {name: one for name, one in files.items() if not one.deleted}
            file.durable = applied(file.durable, file.pending)
            file.pending.clear()
        else:
            file.pending.append(step)
    found = {}
    for name, file in files.items():
        if file.deleted and (chance is None or chance.random() < 0.5):
            continue
        some = [] if chance is None else survivors(file.pending, chance)
        if some or file.durable is not None:
            found[name] = applied(file.durable, some)
    return found


def applied(start: bytes | None, steps: list[Step]) -> bytes:
    content = bytearray(start or b"")
    for step in steps:
        if step.what == "truncate":
            del content[step.at :]
            continue
        content.extend(bytes(max(0, step.at - len(content))))
        content[step.at : step.at + len(step.data)] = step.data
    return bytes(content)


def survivors(pending: list[Step], chance: random.Random) -> list[Step]:
    """Any part of the writes in any order, some of them torn."""
    some = [step for step in pending if chance.random() < 0.6]
    chance.shuffle(some)
    torn = []
    for step in some:
        if step.what == "write" and chance.random() < 0.3:
            sectors = chance.randrange(len(step.data) // SECTOR + 1)
            torn.append(Step("write", step.file, step.at, step.data[: sectors * SECTOR]))
        else:
            torn.append(step)
    return torn


def history(folder: Path, events: int) -> list[Step]:
    """Two writers take turns, one erases somebody now and then; every acknowledgement is noted."""
    with recorded() as steps:
        writers = [Ledger.open(folder / LOG_NAME) for _ in range(2)]
        for writer in writers:
            writer._db.execute(f"PRAGMA wal_autocheckpoint = {OFTEN}")
        for turn in range(events):
            writer = writers[turn % 2]
            if turn % 17 == 16:
                entry = writer.erase(f"person-{turn - 9}", at=AT).entry
            else:
                told = event("signed", f"person-{turn}", note="by telephone " * (turn % 50 + 1))
                entry = writer.append(told, at=AT, text=FIRST)
            steps.append(Step("ack", at=entry.number))
        for writer in writers:
            writer.close()
    return steps


@dataclass(slots=True)
class Tally:
    """How many crashes there were, and after how many acknowledged entries at most."""

    steps: int = 0
    syncs: int = 0
    crashes: int = 0
    acknowledged: int = 0


def crash_everywhere(events: int, tries: int, seed: int = 0) -> Tally:
    """Crash after each step of a history, once without luck and ``tries`` times by chance."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        steps = history(Path(folder), events)
    tally = Tally(len(steps), sum(step.what == "sync" for step in steps))
    seen: set[tuple[int, tuple[tuple[str, bytes], ...]]] = set()
    acknowledged = 0
    for end, step in enumerate(steps, start=1):
        if step.what == "ack":
            acknowledged = step.at
        for luck in (None, *[chance] * tries):
            files = left(steps[:end], luck)
            state = (acknowledged, tuple(sorted(files.items())))
            if state not in seen:
                seen.add(state)
                check(files, acknowledged)
            tally.crashes += 1
    tally.acknowledged = acknowledged
    return tally


def check(files: dict[str, bytes], acknowledged: int) -> None:
    """AssertionError where an acknowledged entry is lost or the log is not sound."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LOG_NAME
        for name, content in files.items():
            (path.parent / name).write_bytes(content)
        with Ledger.open(path) as ledger:
            ledger.entries()
            size = ledger.checkpoint().size
            assert size >= acknowledged, f"{acknowledged - size} acknowledged entries are lost"
            ledger.append(
                event("signed", "somebody"),
                at=AT,
                text=FIRST,
            )
        verdict = judged(path)
        assert verdict.sound, verdict.findings


if __name__ == "__main__":
    sys.stdout.write(f"{crash_everywhere(int(sys.argv[1]), int(sys.argv[2]))}\n")
