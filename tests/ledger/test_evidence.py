from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
from pathlib import Path

import pytest

from letters.digests import FileDigest
from letters.ledger import evidence
from letters.ledger.errors import RefusedError
from letters.ledger.events import Event, Evidence
from letters.ledger.store import LOG_NAME, Ledger

DATA = b"%PDF a scan"
DIGEST = FileDigest(hashlib.sha256(DATA).hexdigest())


def test_a_copy_lies_under_its_digest_for_its_owner_alone(tmp_path: Path) -> None:
    assert evidence.keep(tmp_path, DATA)
    assert not evidence.keep(tmp_path, DATA)
    copy = tmp_path / "evidence" / DIGEST
    assert copy.read_bytes() == DATA
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert (copy.parent / ".gitignore").read_text() == "*\n"
    assert evidence.read(tmp_path, DIGEST) == DATA
    assert evidence.read(tmp_path, FileDigest("0" * 64)) is None


def test_a_copy_that_was_altered_is_made_again(tmp_path: Path) -> None:
    evidence.keep(tmp_path, DATA)
    (tmp_path / "evidence" / DIGEST).write_bytes(b"other")
    assert evidence.keep(tmp_path, DATA)
    assert evidence.read(tmp_path, DIGEST) == DATA


def test_it_finds_the_copies_that_nobody_needs(tmp_path: Path) -> None:
    assert evidence.unneeded(tmp_path, lambda _: False) == []
    evidence.keep(tmp_path, DATA)
    evidence.keep(tmp_path, b"other")
    (tmp_path / "evidence" / "notes.txt").write_text("the user's own")
    assert [path.name for path in evidence.unneeded(tmp_path, DIGEST.__ne__)] == [DIGEST]
    evidence.discard(tmp_path, DIGEST)
    evidence.discard(tmp_path, DIGEST)
    assert evidence.read(tmp_path, DIGEST) is None


def test_a_copy_stays_only_if_an_entry_names_it(tmp_path: Path) -> None:
    shown = Evidence.of_file(DATA, kept=True)
    at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    copy = tmp_path / "evidence" / DIGEST
    with Ledger.open(tmp_path / LOG_NAME) as ledger:
        with pytest.raises(OSError, match="full"), evidence.kept(ledger, tmp_path, DATA):
            raise OSError("full")
        assert not copy.exists()
        with evidence.kept(ledger, tmp_path, DATA):
            pass
        assert not copy.exists()
        # Another run keeps the same bytes, and records them; this one has nothing to record.
        with evidence.kept(ledger, tmp_path, DATA):
            with evidence.kept(ledger, tmp_path, DATA):
                ledger.append(Event("reported", evidence=shown), at=at)
            assert copy.read_bytes() == DATA
        assert copy.read_bytes() == DATA
        # The other way round: the one that is refused takes the copy away before this one ends.
        with evidence.kept(ledger, tmp_path, DATA):
            ledger.append(Event("reported", evidence=shown), at=at)
            evidence.discard(tmp_path, DIGEST)
        assert copy.read_bytes() == DATA


def test_many_copies_are_on_the_disk_before_anything_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk, fsync = dict[int, int](), os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        found = os.fstat(handle)
        on_disk[found.st_ino] = found.st_size

    monkeypatch.setattr(os, "fsync", watched)
    files = [b"scan %d" % number for number in range(450)]  # more than are open together
    with (
        Ledger.open(tmp_path / LOG_NAME) as ledger,
        evidence.all_kept(ledger, tmp_path, files),
    ):
        for data in files:
            copy = tmp_path / "evidence" / hashlib.sha256(data).hexdigest()
            assert on_disk.get(copy.stat().st_ino) == len(data)


def test_nothing_is_kept_or_removed_through_a_link(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / DIGEST).write_bytes(b"somebody's")
    (tmp_path / "evidence").symlink_to(away)
    with pytest.raises(RefusedError, match="is a link"):
        evidence.keep(tmp_path, DATA)
    with pytest.raises(RefusedError, match="is a link"):
        evidence.unneeded(tmp_path, lambda _: False)
    assert [path.name for path in away.iterdir()] == [DIGEST]
