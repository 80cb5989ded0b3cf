from __future__ import annotations

import stat
from pathlib import Path

import pytest

from letters.ledger.errors import LedgerError, RefusedError
from letters.ledger.keys import signing_key
from letters.ledger.note import public_bytes


def test_a_campaign_has_one_key_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    first, again = signing_key(tmp_path), signing_key(tmp_path)
    assert public_bytes(first) == public_bytes(again)
    folder = tmp_path / ".letters"
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "signing-key.pem"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "signing-key.pem").stat().st_mode) == 0o600
    assert (folder / ".gitignore").read_text() == "*\n"
    other = tmp_path / "other"
    other.mkdir()
    assert public_bytes(signing_key(other)) != public_bytes(first)


@pytest.mark.parametrize("written", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_broken_key_is_named_and_left_alone(tmp_path: Path, written: bytes) -> None:
    signing_key(tmp_path)
    path = tmp_path / ".letters" / "signing-key.pem"
    path.write_bytes(written)
    with pytest.raises(LedgerError, match="not a key that signs"):
        signing_key(tmp_path)
    assert path.read_bytes() == written


def test_no_key_is_made_through_a_link(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (tmp_path / ".letters").symlink_to(away)
    with pytest.raises(RefusedError, match="is a link"):
        signing_key(tmp_path)
    assert not list(away.iterdir())
