"""What was made from the very same is not made again; what was not, is, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from letters.press import identity

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

MINISTER = {"minister.en", "minister.fr"}
PRIME_MINISTER = {"prime-minister.en", "prime-minister.fr"}
EVERYBODY = MINISTER | PRIME_MINISTER
FRENCH = {name for name in EVERYBODY if name.endswith(".fr")}
WORDS = ("render", "--format", "docx,txt", "--jobs", "1")


def logo(campaign: CampaignFolder, colour: str) -> None:
    Image.new("RGB", (20, 20), colour).save(campaign.path / "logo.png")


def edit(name: str, old: str, new: str) -> Callable[[CampaignFolder, Letters], None]:
    return lambda campaign, _: campaign.edit(name, old, new)


def resave(campaign: CampaignFolder, _: Letters) -> None:
    """All files anew with the same words, and remarks that say nothing to a letter."""
    for path in campaign.path.glob("*.yaml"):
        path.write_text(path.read_text("utf-8") + "\n# a remark\n", "utf-8")


# What is done, and of which files what is then made: every format unless one is named.
CHANGES: dict[str, tuple[Callable[[CampaignFolder, Letters], object], set[str]]] = {
    "nothing": (lambda *_: None, set()),
    "remarks": (resave, set()),
    "a recipient": (edit("recipients.yaml", "name: Sam Taylor", "name: Sam Tailor"), MINISTER),
    "a salutation": (
        edit("recipients.yaml", "Dear Prime Minister:", "Dear Sir:"), {"prime-minister.en"}),
    "the text": (edit("letter.yaml", "You listened.", "You have listened."), EVERYBODY),
    "a template": (edit("templates/note/letter.fr.md", "{{ deadline }}", "le {{ deadline }}"), EVERYBODY),
    "a theme": (
        edit("letter.yaml", "place: Ottawa\n", "place: Ottawa\ntheme: modern\n"),
        {f"{name}.docx" for name in EVERYBODY}),
    "paper": (
        edit("letter.yaml", "place: Ottawa\n", "place: Ottawa\npage: a4\n"),
        {f"{name}.docx" for name in EVERYBODY}),
    "a picture": (lambda campaign, _: logo(campaign, "#993366"), {f"{name}.docx" for name in EVERYBODY}),
    "a signatory": (edit("signatories.yaml", "Teacher", "Professor"), EVERYBODY - FRENCH),
    "a signature": (
        lambda _, run: run("sign", "record", "okafor", "--note", "by telephone"), EVERYBODY),
    "a file that is gone": (
        lambda campaign, _: (campaign.path / "out/minister.en.txt").unlink(), {"minister.en.txt"}),
    "a file that is damaged": (
        lambda campaign, _: (campaign.path / "out/minister.fr.docx").write_bytes(b""),
        {"minister.fr.docx"}),
    "no manifest": (lambda campaign, _: (campaign.path / "out/manifest.json").unlink(), EVERYBODY),
    "a manifest from before": (
        lambda campaign, _: campaign.write(
            "out/manifest.json",
            json.dumps({
                **(body := json.loads(campaign.read("out/manifest.json"))),
                "files": [{**file, "identity": ""} for file in body["files"]],
            }),
        ), EVERYBODY),
}  # fmt: skip


def ready(campaign: CampaignFolder) -> None:
    logo(campaign, "#336699")
    campaign.edit("letter.yaml", "  country: CA\n", "  country: CA\n  logo: logo.png\n")


def made(done_stdout: str) -> set[str]:
    return {Path(line).name for line in done_stdout.splitlines()}


def whole(names: set[str]) -> set[str]:
    """The files of that name, in both formats unless one is named."""
    return {
        f"{name}.{kind}" if name.count(".") == 1 else name for name in names
        for kind in ("docx", "txt")
    }  # fmt: skip


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def inodes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in folder.iterdir()}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_exactly_what_it_changes(
    campaign: CampaignFolder, run: Letters, change: str
) -> None:
    ready(campaign)
    assert made(run(*WORDS).stdout) == whole(EVERYBODY)
    out, (do, names) = campaign.path / "out", CHANGES[change]
    do(campaign, run)
    before = inodes(out)
    done = run(*WORDS)
    assert done.status == 0, done.stderr
    assert made(done.stdout) == whole(names)
    letters = {name for name in EVERYBODY if any(one.startswith(name) for one in names)}
    told = {0: "4 letters stand as they are (--all makes them anew)", 4: ""}
    standing = told.get(len(letters), f"{len(letters)} letter")
    assert standing in done.stderr
    assert ("stand" in done.stderr) == (len(letters) < 4)
    left = whole(EVERYBODY) - whole(names)
    assert {name: before[name] for name in left} == {name: inodes(out)[name] for name in left}
    # Whatever was made when, it is what one run makes of it all.
    assert run(*WORDS, "--out", str(campaign.path / "fresh")).status == 0
    kept = {name for name in held(out) if ".edited-" in name}
    assert {name: data for name, data in held(out).items() if name not in kept} == held(
        campaign.path / "fresh"
    )
    assert made(run(*WORDS).stdout) == set()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--format", "txt"), set()),
        (("--format", "txt,html"), {f"{name}.html" for name in EVERYBODY}),
        (("--recipient", "minister", "--lang", "fr"), set()),
        (("--draft",), set()),
        (("--audience", "public"), whole(EVERYBODY)),
        (("--out", "elsewhere"), whole(EVERYBODY)),
        (("--bilingual", "columns"), {f"{who}.en-fr.{kind}" for who in ("minister", "prime-minister") for kind in ("docx", "txt")}),
        (("--all",), whole(EVERYBODY)),
        (("--all", "--recipient", "minister"), whole(MINISTER)),
    ],
)  # fmt: skip
def test_other_options_make_only_what_is_not_there(
    campaign: CampaignFolder, run: Letters, words: tuple[str, ...], names: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(campaign.path)
    run(*WORDS)
    before = inodes(campaign.path / "out")
    done = run(*WORDS, *words)
    assert done.status == 0, done.stderr
    assert made(done.stdout) == names
    after = inodes(campaign.path / "out")
    again = names if "--all" in words else set()
    left = before.keys() - again - {"manifest.json"}
    assert {name: before[name] for name in left} == {name: after[name] for name in left}
    assert all(before[name] != after[name] for name in again)
    listed = json.loads(campaign.read("out/manifest.json"))["files"]
    assert {file["path"] for file in listed} >= whole(EVERYBODY)
    # What another run asked for is still as it was made, and still stands.
    assert made(run(*WORDS).stdout) == set()


def test_another_version_makes_everything_that_it_may_make_otherwise(
    campaign: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*WORDS)
    monkeypatch.setattr(identity, "__version__", "99.0")
    assert made(run(*WORDS).stdout) == {f"{name}.docx" for name in EVERYBODY}


def test_a_recipient_who_is_new_is_made_and_one_who_is_gone_is_listed_no_more(
    campaign: CampaignFolder, run: Letters
) -> None:
    run(*WORDS)
    people = campaign.read("recipients.yaml")
    campaign.write("recipients.yaml", people + "- id: newcomer\n  name: New Comer\n")
    assert made(run(*WORDS).stdout) == whole({"newcomer.en", "newcomer.fr"})
    campaign.write("recipients.yaml", people)
    done = run(*WORDS)
    assert "4 letters stand as they are" in done.stderr
    listed = json.loads(campaign.read("out/manifest.json"))["files"]
    assert {file["path"] for file in listed} == whole(EVERYBODY)
    assert (campaign.path / "out" / "newcomer.en.txt").is_file()


def test_final_letters_that_stand_can_be_sent_as_before(
    campaign: CampaignFolder, signed: Letters
) -> None:
    """What the log knows of is the manifest, so one that changes is noted there, and no other."""
    signed(*WORDS)
    signed(*WORDS)
    lines = signed("log", "show").stdout.splitlines()
    assert sum(" rendered " in line for line in lines) == 1
    campaign.edit("recipients.yaml", "name: Sam Taylor", "name: Sam Tailor")
    assert "2 letters made, 2 letters stand as they are" in signed(*WORDS).stderr
    lines = signed("log", "show").stdout.splitlines()
    assert sum(" rendered " in line for line in lines) == 2
    printed = hashlib.sha256((campaign.path / "out" / "manifest.json").read_bytes()).hexdigest()
    assert printed in signed("log", "export").stdout


def test_two_runs_at_once_are_refused(
    campaign: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.press import shelf

    monkeypatch.setattr(shelf, "_PATIENCE", 0.0)
    run(*WORDS)
    before = held(campaign.path / "out")
    with shelf.alone(campaign.path / "out"):
        done = run(*WORDS, "--all")
    assert (done.status, done.stdout) == (3, "")
    assert "another “letters render” is writing into" in done.stderr
    assert held(campaign.path / "out") == before
