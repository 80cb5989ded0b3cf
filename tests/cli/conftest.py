"""Campaigns that are ready to go out, and the command run in this very process."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CampaignFolder, Letters, write_campaign
from signing import sign

from .inside import runner


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


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signed and rendered, with an address for both recipients; made once."""
    campaign = write_campaign(tmp_path_factory.mktemp("finished") / "campaign")
    campaign.edit(
        "recipients.yaml", "- id: minister\n", "- id: minister\n  email: sam@example.org\n"
    )
    sign(campaign.path)
    words = ["-m", "letters", "-C", str(campaign.path), "render", "--format", "pdf"]
    subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=120)
    return campaign.path


@pytest.fixture
def final(campaign: CampaignFolder, finished: Path) -> CampaignFolder:
    """A copy of that campaign, to change and to send."""
    shutil.copytree(finished, campaign.path, dirs_exist_ok=True)
    return campaign
