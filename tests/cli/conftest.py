"""Campaigns that are ready to go out, and the command run in this very process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .inside import runner

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where marks are kept beside the campaign, for this test alone."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def run(
    campaign: CampaignFolder,
    state: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Letters:
    return runner(campaign, capsys, monkeypatch)


@pytest.fixture
def signed(run: Letters) -> Letters:
    """The command in a campaign that two people have signed."""
    run("sign", "record", "okafor", "--note", "by telephone")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    return run
