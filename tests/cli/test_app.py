"""The command as a whole: how it is called, and that whoever stops it gets no traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shared import children

from letters import __version__

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

COMMAND = str(Path(sysconfig.get_path("scripts")) / "letters")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, env=os.environ | environment, check=False
    )


def test_the_module_is_the_command(letters: Letters) -> None:
    done = run(COMMAND, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"letters {__version__}\n", "")
    again = letters("--version", folder=None)
    assert (again.status, again.stdout, again.stderr) == (0, done.stdout, "")


def test_without_a_command_it_shows_what_there_is(letters: Letters) -> None:
    done = letters(folder=None)
    assert done.status == 2
    shown = done.stdout + done.stderr
    for command in ("new", "check", "render", "status", "schema", "templates", "sign", "log"):
        assert re.search(rf"^  {command} ", shown, re.MULTILINE)


@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_has_two_names_and_no_colours(asked: str) -> None:
    done = run(COMMAND, asked, FORCE_COLOR="1", TERM="xterm-256color")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: letters [OPTIONS] COMMAND [ARGS]...\n")
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_prints_a_completion_script(shell: str) -> None:
    done = run(COMMAND, _LETTERS_COMPLETE=f"source_{shell}")
    assert done.returncode == 0
    assert "_LETTERS_COMPLETE" in done.stdout
    assert "letters" in done.stdout


def test_it_finds_out_which_shell_asks_for_the_script() -> None:
    done = run("bash", "-c", f"'{COMMAND}' --show-completion; true")
    assert "complete -o default -F _letters_completion letters" in done.stdout


def test_bash_completes_a_command() -> None:
    environment = {
        "_LETTERS_COMPLETE": "complete_bash",
        "COMP_WORDS": "letters re",
        "COMP_CWORD": "1",
    }
    assert run(COMMAND, **environment).stdout.split() == ["render", "redline"]


def test_the_folder_comes_before_the_command(campaign: CampaignFolder) -> None:
    for where in (str(campaign.path), os.path.relpath(campaign.path)):
        assert run(COMMAND, "-C", where, "check").returncode == 0
    assert run(COMMAND, "-C", str(campaign.path / "none"), "check").returncode == 2


def test_the_current_folder_is_the_campaign_unless_said(
    campaign: CampaignFolder, letters: Letters
) -> None:
    assert letters("check", folder=None, cwd=campaign.path).status == 0


def test_a_reader_who_has_enough_is_no_error(campaign: CampaignFolder) -> None:
    """As in “letters schema | head -1”."""
    with subprocess.Popen(
        [COMMAND, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 0


def test_data_goes_one_way_and_remarks_the_other(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    done = letters_here("render", "--format", "txt")
    assert all(Path(line).is_file() for line in done.stdout.splitlines())
    assert "draft:" in done.stderr


def test_ctrl_c_ends_any_command_in_a_word(campaign: CampaignFolder) -> None:
    loops = "{% for s in signatories %}" * 15 + "{% endfor %}" * 15
    campaign.write("templates/note/letter.en.md", loops)
    with subprocess.Popen(
        [COMMAND, "-C", str(campaign.path), "check"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        while not children(running.pid):
            time.sleep(0.05)
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        stdout, stderr = running.communicate(timeout=60)
    assert (running.returncode, stdout, stderr) == (130, "", "letters: stopped\n")


def test_it_needs_no_terminal_no_home_and_no_language() -> None:
    bare = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [COMMAND, "templates", "list"], capture_output=True, env=bare, cwd="/", check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert "open-letter" in done.stdout.decode()
