"""What is set in the environment can't end a command as a mistake in the program."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CampaignFolder

FILES = ("/etc/passwd", ":/etc/passwd", "/dev/null", "/dev/zero", "letter.yaml", ".")
ZONES = ("Nowhere/Else", "", ":", "x" * 5000, "Europe/../../etc/passwd", "\udcff", "UTC")
TOKYO = (
    b"TZif" + bytes(16) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lbb", 32400, 0, 0)
)
ODD = (
    *({"TZ": zone} for zone in (*FILES, *ZONES)),
    {"FONTCONFIG_FILE": ""},
    {"COLUMNS": "99999999999999999999", "LINES": "-1", "TERM": "\x1b[31m"},
    {"SOURCE_DATE_EPOCH": "-99999999999999999999"},
    {"LC_ALL": "xx_YY.nothing", "PYTHONIOENCODING": "ascii"},
    {"HOME": "/nowhere", "TMPDIR": "/nowhere", "XDG_STATE_HOME": "relative/../x"},
    {"LETTERS_SMTP_URL": "file:///etc/passwd"},
)


def letters(folder: Path, more: dict[str, str], *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "letters", "-C", str(folder), *words]
    wanted = {**os.environ, "XDG_STATE_HOME": str(folder.parent / "state"), **more}
    return subprocess.run(command, check=False, env=wanted, cwd=folder, capture_output=True)


@pytest.mark.parametrize("more", ODD, ids=lambda more: " ".join(more)[:30])
def test_a_campaign_is_checked_whatever_is_set(
    campaign: CampaignFolder, more: dict[str, str]
) -> None:
    done = letters(campaign.path, more, "check")
    assert done.returncode == 0, done.stderr
    said = done.stderr.decode()
    is_said = "TZ names a file that is no time zone" in said
    assert is_said == (more.get("TZ") in FILES)


def test_an_empty_name_of_fonts_is_none(campaign: CampaignFolder) -> None:
    """The library that sets words would end the process."""
    words = ("render", "--draft", "--format", "pdf", "--recipient", "minister")
    done = letters(campaign.path, {"FONTCONFIG_FILE": ""}, *words)
    assert done.returncode == 0, done.stderr


def test_a_time_zone_is_taken_as_a_file_too(campaign: CampaignFolder, tmp_path: Path) -> None:
    (tmp_path / "zone").write_bytes(TOKYO + b"JST\0")
    done = letters(campaign.path, {"TZ": f":{tmp_path / 'zone'}"}, "check")
    assert (done.returncode, b"TZ" in done.stderr) == (0, False)
