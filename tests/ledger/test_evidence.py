from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from letters.ledger import evidence

DATA = b"%PDF a scan"
DIGEST = hashlib.sha256(DATA).hexdigest()


def test_a_copy_lies_under_its_digest_for_its_owner_alone(tmp_path: Path) -> None:
    assert evidence.keep(tmp_path, DATA)
    assert not evidence.keep(tmp_path, DATA)
    copy = tmp_path / "evidence" / DIGEST
    assert copy.read_bytes() == DATA
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert (copy.parent / ".gitignore").read_text() == "*\n"
    assert evidence.read(tmp_path, DIGEST) == DATA
    assert evidence.read(tmp_path, "0" * 64) is None


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
