"""What nobody thought of, and what the system refuses: told without the name of anybody's file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from letters.cli.bug import failed, told
from letters.error import BugError, Status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters


def said(capsys: pytest.CaptureFixture[str], path: object) -> str:
    assert failed(OSError(13, "Permission denied", path)) == Status.OUTSIDE
    return capsys.readouterr().err


@pytest.mark.parametrize(
    "private", ["images/vexlerin.png", "signatories/vexlerin.yaml", "scans/a/vexlerin.pdf"]
)
def test_a_file_of_somebody_is_not_named(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], private: str
) -> None:
    path = campaign.path / private
    assert said(capsys, str(path)) == "letters: a file of the campaign: Permission denied\n"
    assert "vexlerin" not in said(capsys, private)


@pytest.mark.parametrize(
    "known",
    [
        *("letter.yaml", "letters.db-wal", "out/minister.en.pdf", "forms/own.yaml"),
        *("editions.yaml", ".schemas/letter.json"),
    ],
)
def test_a_file_that_every_campaign_has_is_named(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], known: str
) -> None:
    path = campaign.path / known
    assert said(capsys, str(path)) == f"letters: {path}: Permission denied\n"


def test_what_was_said_to_the_command_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["letters", "render", "--out", "elsewhere"])
    assert said(capsys, "elsewhere/a.pdf") == "letters: elsewhere/a.pdf: Permission denied\n"
    assert said(capsys, "another/a.pdf") == "letters: a file: Permission denied\n"
    assert said(capsys, None) == "letters: Permission denied\n"


def test_a_file_of_the_campaign_that_was_said_to_the_command_is_named(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = campaign.path / "status page.html"
    monkeypatch.setattr(sys, "argv", ["letters", "-C", str(campaign.path), "status", str(path)])
    assert said(capsys, str(path)) == f"letters: {path}: Permission denied\n"
    other = campaign.path / "signatories" / "vexlerin.yaml"
    assert "vexlerin" not in said(capsys, str(other))
    monkeypatch.chdir(campaign.path)
    monkeypatch.setattr(sys, "argv", ["letters", "-C", ".", "status", "--html", "page.html"])
    assert said(capsys, "page.html") == "letters: page.html: Permission denied\n"
    assert "vexlerin" not in said(capsys, "signatories/vexlerin.yaml")


def test_a_report_that_can_not_be_written_is_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert told(RuntimeError("Vexlerin"), "check") == Status.BUG
    line = capsys.readouterr().err
    assert "no report of it could be written: please say this line" in line
    assert "Vexlerin" not in line


def test_each_report_has_a_file_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    for _ in range(3):
        told(BugError("KeyError", ("letters/draft/parts.py:7 name",)), "render")
    reports = sorted((tmp_path / "letters" / "reports").iterdir())
    assert [path.name for path in reports] == ["bug-1.txt", "bug-2.txt", "bug-3.txt"]
    assert (
        reports[0]
        .read_text(encoding="utf-8")
        .endswith("command: render\nerror: KeyError\n  letters/draft/parts.py:7 name\n")
    )
    assert "(KeyError at letters/draft/parts.py:7 name)" in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["explain", "note", "told"])
def test_what_breaks_while_it_is_told_is_told_too(
    letters_here: Letters, state: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("Vexlerin")

    if broken == "explain":
        monkeypatch.setattr("letters.cli.app.explain", fail)
        done = letters_here("sign", "record", "nobody")
    else:
        monkeypatch.setattr("letters.workshop.steps.load", fail)
        monkeypatch.setattr(f"letters.cli.bug.{broken}", fail)
        done = letters_here("status")
    assert done.status == 70
    assert done.stderr.count("a mistake in the program itself") == 1
    assert "Traceback" not in done.stderr
    assert "exlerin" not in done.stderr
