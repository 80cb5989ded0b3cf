"""One IMAP server for all tests of the mailbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .dovecot import Box, Dovecot, running


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


@pytest.fixture
def box(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Box:
    """An empty mailbox; its server's certificate is known."""
    monkeypatch.setenv("SSL_CERT_FILE", dovecot.authority)
    return dovecot.box()
