"""Every command ends with the status that says what happened, and one sentence that says why."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from signing import sign

from letters import __version__
from letters.cli import exit as end
from letters.problem import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

READING = [
    ("check",),
    ("check", "--json"),
    ("status",),
    ("status", "--json"),
    ("render", "--format", "txt"),
]


@pytest.mark.parametrize(
    "words",
    [
        *READING,
        ("schema",),
        ("schema", "letter"),
        ("templates", "list"),
        ("templates", "show", "note"),
        ("templates", "eject", "open-letter"),
        ("sign", "invite", "okafor"),
        ("sign", "record", "okafor", "--note", "by telephone"),
        ("sign", "decline", "okafor"),
        ("log", "show"),
        ("log", "verify"),
    ],
)
def test_0_it_went_well(letters_here: Letters, words: tuple[str, ...]) -> None:
    assert letters_here(*words).status == 0


@pytest.mark.parametrize("words", [*READING, ("sign", "record", "okafor", "--note", "x")])
def test_1_there_is_something_to_fix_in_the_data(
    campaign: CampaignFolder, letters_here: Letters, words: tuple[str, ...]
) -> None:
    campaign.edit("letter.yaml", "date: 2025-09-03\nplace", "date: soon\nplace")
    done = letters_here(*words)
    assert done.status == 1
    said = done.stdout if words == ("check", "--json") else done.stderr
    assert "letter.yaml" in said
    assert "must be a date written like 2025-09-03" in said
    if words != ("check", "--json"):
        assert (done.stdout, done.stderr.splitlines()[-1]) == ("", "1 problem to fix")
    assert not (campaign.path / "out").exists()


@pytest.mark.parametrize("words", [*READING, ("sign", "record", "okafor", "--note", "x")])
def test_1_there_is_something_to_fix_in_the_template(
    campaign: CampaignFolder, letters_here: Letters, words: tuple[str, ...]
) -> None:
    campaign.edit("templates/note/letter.fr.md", "{{ deadline }}", "{{ dedline }}")
    done = letters_here(*words)
    assert done.status == 1
    assert "templates/note/letter.fr.md" in done.stdout + done.stderr
    assert not (campaign.path / "out").exists()
    assert not (campaign.path / "letters.db").exists()


@pytest.mark.parametrize("words", [*READING, ("sign", "record", "okafor", "--note", "x")])
def test_2_there_is_no_campaign(letters: Letters, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = letters(*words, folder=None, cwd=tmp_path)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == (
        "letters: there is no campaign in the current folder: it has no letter.yaml "
        "(name its folder with -C, or start one with “letters new DIR”)\n"
    )


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("nope",), "No such command 'nope'"),
        (("render", "--nope"), "No such option: --nope"),
        (("check", "-C", "."), "-C (it stands before the command: letters -C DIR COMMAND)"),
        (("track", "sent", "-C", "."), "-C (it stands before the command: letters -C DIR COMMAND)"),
        (("render", "--jobs", "0"), "--jobs"),
        (("render", "--jobs", "two"), "--jobs"),
        (("render", "--audience", "nobody"), "--audience"),
        (("render", "nope"), "nope"),
        (("render", "--recipient", "nope"), "there is no recipient “nope”"),
        (("sign", "record"), "say of whom"),
        (("sign", "record", "okafr", "--note", "x"), "did you mean “okafor”?"),
        (("sign", "record", "okafor", "--note", "x", "--on", "soon"), "2025-09-03"),
        (("sign", "record", "okafor", "--evidence", "/no/such/file"), "/no/such/file"),
        (("schema", "lettre"), "did you mean “letter”?"),
        (("templates", "show", "nota"), "did you mean “note”?"),
        (("new",), "DIR"),
    ],
)
def test_2_it_was_called_in_a_way_that_there_is_not(
    campaign: CampaignFolder, letters_here: Letters, words: tuple[str, ...], part: str
) -> None:
    done = letters_here(*words)
    assert (done.status, done.stdout) == (2, "")
    assert part in done.stderr
    assert "Traceback" not in done.stderr
    assert not (campaign.path / "letters.db").exists()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("sign", "record", "okafor"), "a signature needs something that shows it"),
        (("sign", "record", "lindqvist", "--note", "again"), "refused"),
        (("sign", "withdraw", "reading-circle"), "refused"),
        (("new", "."), "is not empty"),
    ],
)
def test_3_it_was_refused_for_safety(
    campaign: CampaignFolder,
    letters_here: Letters,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    part: str,
) -> None:
    sign(campaign.path, but=("reading-circle", "okafor"))
    monkeypatch.chdir(campaign.path)
    done = letters_here(*words)
    assert (done.status, done.stdout) == (3, "")
    assert done.stderr.startswith("letters: ")
    assert part in done.stderr


def test_3_a_log_that_was_changed_is_no_base_for_a_letter(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    letters_here("render", "--format", "txt")
    (campaign.path / "letters.db").unlink()
    sign(campaign.path, but=("okafor",))
    done = letters_here("log", "verify")
    assert done.status == 3
    assert "letters: " in done.stderr


def test_4_something_outside_failed(campaign: CampaignFolder, letters_here: Letters) -> None:
    campaign.write("out", "a file in the place of the folder")
    done = letters_here("render", "--format", "txt")
    assert (done.status, done.stdout) == (4, "")
    assert done.stderr == f"letters: {campaign.path / 'out'}: File exists\n"


def test_4_what_nobody_thought_of_is_said_without_its_words(
    letters_here: Letters, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unforeseen error may hold a name; a report of it must not."""

    def fail(*_: object) -> None:
        raise RuntimeError("Ngozi Okafor, ngozi@example.org")

    monkeypatch.setattr("letters.workshop.steps.load", fail)
    done = letters_here("status")
    assert (done.status, done.stdout) == (70, "")
    assert done.stderr.count("\n") == 1
    assert "(RuntimeError at test_exit.py:" in done.stderr
    [report] = (state / "letters" / "reports").iterdir()
    assert f"names nobody is in {report}: please send it" in done.stderr
    told = report.read_text(encoding="utf-8")
    assert f"letters {__version__}\n" in told
    assert "command: status\nerror: RuntimeError\n" in told
    assert "letters/workshop/steps.py:" in told
    assert not {"Okafor", "ngozi"} & set(re.findall("[A-Za-z]+", told))
    assert (report.stat().st_mode & 0o777) == 0o600
    assert "Okafor" not in done.stderr
    assert "ngozi" not in done.stderr
    assert "Traceback" not in done.stderr


# --- what the front door says -----------------------------------------------------------------


def test_problems_are_printed_once_and_in_reading_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    late = Problem(Place("b.yaml", 9, 1), "is wrong")
    early = Problem(Place("b.yaml", 2, 7, "key"), "is odd", "look again", severity="warning")
    end.report([late, early, late])
    assert capsys.readouterr().err == (
        "b.yaml:2:7: warning: key – is odd (look again)\nb.yaml:9:1: is wrong\n1 problem to fix\n"
    )


@pytest.mark.parametrize(
    "sign", ["\x1b[2J", "\x07", "\x9b", "\u202e", "\u2066", "\ue000", "\u200b", "\U000e0041"]
)
def test_nothing_that_is_said_steers_the_terminal(
    capsys: pytest.CaptureFixture[str], sign: str
) -> None:
    end.say(f"a{sign}\tb\n")
    end.note(f"out/{sign}.pdf is in the way")
    end.report([Problem(Place(f"{sign}.yaml"), "is wrong")])
    written = capsys.readouterr()
    for text in written:
        assert sign[0] not in text
        assert "�" in text
    assert written.out.endswith("\tb\n\n")


def test_a_table_lines_up_and_has_no_blank_ends() -> None:
    assert end.table([("a", "long one", "x"), ("bcd", "é", "")]) == "a    long one  x\nbcd  é"
    assert end.table([]) == ""


def test_json_keeps_letters_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    end.as_json({"name": "Åsa"})
    written = capsys.readouterr().out
    assert "Åsa" in written
    assert json.loads(written) == {"name": "Åsa"}
