"""Where nothing has changed a run says so without drafting, and never where anything has."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letters.cli import unchanged
from letters.ledger.store import Ledger
from letters.press import ingredients
from letters.workshop.workshop import Workshop

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

WORDS = ("render", "--format", "txt", "--jobs", "1")


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let four letters be worth remembering, and this very checkout be older than the run."""
    monkeypatch.setattr(unchanged, "_LETTERS", 1)
    monkeypatch.setattr(ingredients, "_CLOCK", -(10**10))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Grows with each workshop that is opened, without which nothing is read or drafted."""
    found, original = [], Workshop.read

    def read(self: Workshop) -> object:
        found.append(self._root)
        return original(self)

    monkeypatch.setattr(Workshop, "read", read)
    return found


def remembered(campaign: CampaignFolder) -> dict[str, dict[str, object]]:
    path = campaign.path / ".letters" / "standing.json"
    found: dict[str, dict[str, object]] = json.loads(path.read_bytes()) if path.exists() else {}
    return found


def test_a_second_run_opens_nothing_and_says_the_same(
    campaign: CampaignFolder, signed: Letters, opened: list[Path]
) -> None:
    campaign.edit("letter.yaml", "visibility: public", "visibility: public\n    confidential: yes")
    first = signed(*WORDS)
    assert first.status == 0, first.stderr
    (campaign.path / ".letters" / "standing.json").unlink()
    long = signed(*WORDS)
    opened.clear()
    before = {path: path.stat().st_mtime_ns for path in campaign.path.rglob("*")}
    short = signed(*WORDS)
    assert opened == []
    assert (short.status, short.stdout, short.stderr) == (0, "", long.stderr)
    assert "4 letters stand as they are (--all makes them anew)\n" in short.stderr
    assert first.stderr == long.stderr.replace(
        "4 letters stand as they are (--all makes them anew)\n", ""
    )
    assert {path: path.stat().st_mtime_ns for path in campaign.path.rglob("*")} == before
    assert (campaign.path / ".letters" / "standing.json").stat().st_mode & 0o777 == 0o600


def touch(name: str, data: str = "") -> Callable[[CampaignFolder, Letters], object]:
    return lambda campaign, _: campaign.write(name, data)


def edit(name: str, old: str, new: str) -> Callable[[CampaignFolder, Letters], object]:
    return lambda campaign, _: campaign.edit(name, old, new)


def same_length(campaign: CampaignFolder, _: Letters) -> None:
    """Another word of the same length, and the file says that it is as old as before."""
    path = campaign.path / "letter.yaml"
    told = path.stat()
    campaign.edit("letter.yaml", "You listened.", "You listenex.")
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


def resent(campaign: CampaignFolder, _: Letters) -> None:
    """Something is on its way, which changes no entry of the log."""
    with Ledger.open(campaign.path / "letters.db") as ledger:
        ledger._db.execute("UPDATE pulse SET beat = beat + 1")


CHANGES: dict[str, Callable[[CampaignFolder, Letters], object]] = {
    "a word": edit("letter.yaml", "You listened.", "You have listened."),
    "a word in a file that seems as old": same_length,
    "a recipient": edit("recipients.yaml", "name: Sam Taylor", "name: Sam Tailor"),
    "a template of one’s own in place of ours": touch("templates/themes/classic/theme.yaml", "{}\n"),
    "a new file": touch("forms/x.yaml", "{}\n"),
    "a new folder": lambda campaign, _: (campaign.path / "templates" / "mine").mkdir(),
    "a file that is gone": lambda campaign, _: (campaign.path / "recipients.yaml").unlink(),
    "a signature": lambda _, run: run("sign", "record", "reading-circle", "--note", "by post"),
    "a withdrawal": lambda _, run: run("sign", "withdraw", "okafor", "--note", "by telephone"),
    "the outbox": resent,
    "no log": lambda campaign, _: (campaign.path / "letters.db").unlink(),
    "a mark that is gone": lambda campaign, _: (campaign.path / "letters.db-mark").unlink(),
    "a letter edited by hand": touch("out/minister.en.txt", "mine"),
    "a letter that is gone": lambda campaign, _: (campaign.path / "out/minister.en.txt").unlink(),
    "a letter that is open": touch("out/~$nister.en.txt"),
    "a manifest edited by hand": edit("out/manifest.json", '"pages": null', '"pages":  null'),
    "an entry beside the manifest": touch("out/.manifest-unlisted", "{}\n"),
    "what is remembered, damaged": touch(".letters/standing.json", "{"),
    "what is remembered, of another kind": touch(".letters/standing.json", '{"a": {"b": 1}}'),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_has_changed_the_long_way_is_gone(
    campaign: CampaignFolder, signed: Letters, opened: list[Path], change: str
) -> None:
    # One file, so that what is edited stands in the manifest once.
    only = ("--recipient", "minister", "--lang", "en") if "manifest edited" in change else ()
    words = [*WORDS, *only]
    assert signed(*words).status == 0
    opened.clear()
    signed(*words)
    assert opened == []
    CHANGES[change](campaign, signed)
    opened.clear()
    signed(*words)
    assert opened


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "html"), ("--recipient", "minister"), ("--lang", "fr"), ("--draft",),
        ("--audience", "public"), ("--bilingual", "columns"), ("--out", "elsewhere"), ("--all",),
        ("--all-languages",),
    ],
)  # fmt: skip
def test_another_run_is_another_matter(
    campaign: CampaignFolder, signed: Letters, opened: list[Path], words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(campaign.path)
    signed(*WORDS)
    opened.clear()
    assert signed(*WORDS, *words).status == 0
    assert opened
    opened.clear()
    assert signed(*WORDS, *words).status == 0
    assert bool(opened) == (words == ("--all",))


@pytest.mark.parametrize(
    ("name", "value"), [("TZ", "Asia/Tokyo"), ("FONTCONFIG_PATH", "/etc/fonts"), ("LANG", "x")]
)
def test_other_surroundings_are_a_change(
    campaign: CampaignFolder, signed: Letters, opened: list[Path], monkeypatch: pytest.MonkeyPatch,
    name: str, value: str,
) -> None:  # fmt: skip
    signed(*WORDS)
    opened.clear()
    monkeypatch.setenv(name, value)
    signed(*WORDS)
    assert opened


def test_a_log_that_was_restored_is_refused_though_it_is_as_it_was(
    campaign: CampaignFolder, signed: Letters
) -> None:
    signed(*WORDS)
    log = campaign.path / "letters.db"
    for name in ("letters.db", "letters.db-mark"):
        shutil.copy(campaign.path / name, campaign.path.parent / name)
    signed("sign", "withdraw", "okafor", "--note", "by telephone")
    shutil.copy(campaign.path.parent / "letters.db", log)
    shutil.copy(campaign.path.parent / "letters.db-mark", campaign.path / "letters.db-mark")
    done = signed(*WORDS)
    assert done.status == 3
    assert "was restored from a copy" in done.stderr


@pytest.mark.parametrize("moment", ["while it drafts", "before it writes in the log"])
def test_what_somebody_else_changes_meanwhile_is_not_taken_for_what_was_made(
    campaign: CampaignFolder, signed: Letters, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def change() -> None:
        if moment == "while it drafts":
            campaign.edit("letter.yaml", "You listened.", "You have listened.")
        else:
            with Ledger.open(campaign.path / "letters.db") as ledger:
                ledger._db.execute("UPDATE pulse SET beat = beat + 1")

    original = Workshop.letters

    def letters(self: Workshop, *args: object, **options: object) -> object:
        change()
        return original(self, *args, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Workshop, "letters", letters)
        assert signed(*WORDS).status == 0
    assert remembered(campaign) == {}


def test_nothing_is_remembered_of_folders_that_are_hard_to_tell(
    campaign: CampaignFolder, signed: Letters, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (campaign.path / "linked").symlink_to(tmp_path / "elsewhere")
    assert signed(*WORDS).status == 0
    assert remembered(campaign) == {}


def test_whoever_is_erased_is_not_remembered_here_either(
    campaign: CampaignFolder, signed: Letters
) -> None:
    signed(*WORDS)
    assert remembered(campaign)
    done = signed("log", "erase", "okafor", "--by", "A", "--confirm", "okafor")
    assert done.status == 0, done.stderr
    assert remembered(campaign) == {}


def test_few_letters_are_not_worth_it(
    campaign: CampaignFolder, signed: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_LETTERS", 50)
    signed(*WORDS)
    assert not (campaign.path / ".letters" / "standing.json").exists()
