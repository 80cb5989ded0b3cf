"""What tests of the post share: a desk, a finished campaign, and a real mail server."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.inside import runner

from . import postfix as servers
from .desk import Desk
from .postfix import Postfix

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.ledger.close()


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> str:
    """A name that leads to this computer and does not say so, as that of a server far away."""
    name, look_up = "mail.example.org", socket.getaddrinfo

    def near(host: str, *words: int) -> object:
        return look_up("127.0.0.1" if host == name else host, *words)

    monkeypatch.setattr(socket, "getaddrinfo", near)
    return name


@pytest.fixture(scope="session")
def postfix_server() -> Iterator[Postfix]:
    """One for all tests of a process."""
    if os.geteuid() != 0:
        pytest.skip(
            "a real Postfix drops root's rights, so these tests need root: see CONTRIBUTING.md"
        )
    with servers.running() as server:
        yield server


@pytest.fixture
def postfix(postfix_server: Postfix, monkeypatch: pytest.MonkeyPatch) -> Postfix:
    """That server with an empty mailbox, and trusted by this test."""
    postfix_server.delivered()
    postfix_server.newcomers.clear()
    monkeypatch.setenv("SSL_CERT_FILE", postfix_server.authority)
    return postfix_server


@pytest.fixture
def run(
    campaign: CampaignFolder,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Letters:
    """The command, which keeps its marks beside the campaign."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return runner(campaign, capsys, monkeypatch)
