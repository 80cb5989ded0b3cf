from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from letters.ledger import timestamp
from letters.ledger.errors import LedgerError

from .authority import authority


def test_an_authority_stamps_a_checkpoint_and_nothing_else_passes_for_it(tmp_path: Path) -> None:
    data = b"letters-log/0\n9\nroot\n"
    with authority(tmp_path / "tsa") as tsa:
        token, at = timestamp.request(data, tsa.url)
        with pytest.raises(LedgerError, match="gave no stamp"):
            timestamp.request(data, f"{tsa.url}/broken")
    with authority(tmp_path / "other") as other:
        stranger = other.root.read_bytes()
    assert abs(at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert timestamp.time_of(token, data) == at
    assert timestamp.time_of(token, data, tsa.root.read_bytes()) == at
    with pytest.raises(ValueError, match="something else"):
        timestamp.time_of(token, data + b"x", tsa.root.read_bytes())
    with pytest.raises(ValueError, match="no authority under the given root"):
        timestamp.time_of(token, data, stranger)
    for at_byte in (10, len(token) // 2, len(token) - 1):
        forged = bytearray(token)
        forged[at_byte] ^= 1
        with pytest.raises(ValueError, match=r"."):
            timestamp.time_of(bytes(forged), data, tsa.root.read_bytes())


@pytest.mark.parametrize("url", ["ftp://example.org", "file:///etc/passwd", "example.org"])
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(LedgerError, match="http"):
        timestamp.request(b"data", url)


def test_it_says_that_an_authority_cannot_be_reached() -> None:
    with pytest.raises(LedgerError, match="can't be reached"):
        timestamp.request(b"data", "http://127.0.0.1:9/")
