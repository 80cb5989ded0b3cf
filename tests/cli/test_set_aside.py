"""What somebody edited by hand outlives every command that writes where it stands."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from signing import sign

from letters.cli import workspace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

DAY = "edited-2026-11-28"
EDIT = b"\nedited by hand\n"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "today", lambda: dt.date(2026, 11, 28))


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def edit(path: Path) -> bytes:
    data = path.read_bytes() + EDIT
    path.write_bytes(data)
    return data


# --- render -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--audience", "public"), ("--out", "elsewhere")])
def test_a_letter_edited_by_hand_is_kept_and_said(
    campaign: CampaignFolder, run: Letters, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(campaign.path)
    sub = "public/" if "public" in words else ""
    out = campaign.path / ("elsewhere" if "--out" in words else "out")
    assert "kept" not in run("render", "--format", "docx,txt", *words).stderr
    made = files(out)
    assert "kept" not in run("render", "--format", "docx,txt", *words).stderr
    edited = edit(out / f"{sub}minister.en.docx")
    done = run("render", "--format", "docx,txt", *words)
    assert done.status == 0, done.stderr
    beside = f"minister.en.{DAY}.docx"
    assert files(out) == made | {f"{sub}{beside}": edited}
    said = f"minister.en.docx was not as letters made it, and is {beside} now\n"
    assert done.stderr.count("kept: ") == done.stderr.count(said) == 1
    # A second time on the same day, and another one with it: each is said, and their number.
    again, other = edit(out / f"{sub}minister.en.docx")[:-1], edit(out / f"{sub}minister.fr.txt")
    (out / f"{sub}minister.en.docx").write_bytes(again)
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    done = run("render", "--format", "docx,txt", *words)
    assert done.stderr.count("kept: ") == 2
    assert "2 files are kept beside the new\n" in done.stderr
    after = files(out)
    assert after[f"{sub}minister.en.{DAY}-2.docx"] == again
    assert after[f"{sub}minister.fr.{DAY}.txt"] == other
    assert after[f"{sub}{beside}"] == edited
    listed = json.loads(after["manifest.json"])["files"]
    assert {file["path"] for file in listed} == made.keys() - {"manifest.json"}


def test_files_that_this_run_does_not_make_are_left_alone(
    campaign: CampaignFolder, run: Letters
) -> None:
    run("render", "--format", "txt")
    out = campaign.path / "out"
    edited = edit(out / "minister.fr.txt")
    (out / "mine.txt").write_bytes(b"mine")
    done = run("render", "--format", "txt", "--lang", "en")
    assert "kept" not in done.stderr
    assert files(out)["minister.fr.txt"] == edited
    # It is in no manifest any more, and still nobody's to replace.
    done = run("render", "--format", "txt")
    assert (
        f"minister.fr.txt was not as letters made it, and is minister.fr.{DAY}.txt" in done.stderr
    )
    assert files(out)[f"minister.fr.{DAY}.txt"] == edited
    assert files(out)["mine.txt"] == b"mine"


@pytest.mark.parametrize(
    "manifest",
    [None, b"", b"{ half", b"[]", b'{"name": "A web site", "files": []}', b"\xff", b"null"],
)
def test_without_a_manifest_all_is_kept_and_said_once(
    campaign: CampaignFolder, run: Letters, manifest: bytes | None
) -> None:
    run("render", "--format", "txt")
    out = campaign.path / "out"
    (out / "manifest.json").unlink()
    if manifest is not None:
        (out / "manifest.json").write_bytes(manifest)
    before = files(out)
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    done = run("render", "--format", "txt")
    assert done.status == 0, done.stderr
    after = files(out)
    for name, data in before.items():
        stem, _, ending = name.rpartition(".")
        assert after[f"{stem}.{DAY}.{ending}"] == data
    assert done.stderr.count("kept: ") == 1
    assert f"{len(before)} files are kept beside the new" in done.stderr
    assert "had no manifest.json of letters that can be read" in done.stderr
    assert "kept" not in run("render", "--format", "txt").stderr


def test_a_manifest_of_another_version_still_proves_what_is_ours(
    campaign: CampaignFolder, run: Letters
) -> None:
    run("render", "--format", "txt")
    said = json.loads(campaign.read("out/manifest.json"))
    for file in said["files"]:
        file["something_new"] = {"a": 1}
    campaign.write("out/manifest.json", json.dumps(said))
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    assert "kept" not in run("render", "--format", "txt").stderr


def test_files_of_others_in_a_named_folder_are_kept(
    campaign: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = campaign.path / "site"
    campaign.write("site/minister.en.txt", "mine")
    campaign.write("site/manifest.json", '{"name": "A web site"}')
    monkeypatch.chdir(site)
    before = files(site)
    done = run("render", "--format", "txt", "--out", ".")
    assert done.status == 0, done.stderr
    after = files(site)
    assert after[f"minister.en.{DAY}.txt"] == b"mine"
    assert after[f"manifest.{DAY}.json"] == before["manifest.json"]


@pytest.mark.parametrize("kind", ["link", "folder"])
@pytest.mark.parametrize("name", ["minister.en.txt", "manifest.json", "public/minister.en.txt"])
def test_a_link_or_a_folder_in_the_way_is_refused_by_name(
    campaign: CampaignFolder, run: Letters, kind: str, name: str
) -> None:
    there = campaign.path / "out" / name
    there.parent.mkdir(parents=True)
    mine = campaign.write("mine.txt", "mine")
    there.mkdir() if kind == "folder" else there.symlink_to(mine)
    audience = "public" if "public" in name else "recipient"
    done = run("render", "--format", "txt", "--audience", audience)
    if name == "manifest.json":  # it is read first
        assert (done.status, done.stdout) == (1, "")
        assert f"{name}: is a {kind}" in done.stderr
    else:
        assert (done.status, done.stdout) == (3, "")
        assert f"refused: {there} is a link, a folder or a device" in done.stderr
    assert files(campaign.path / "out") in ({}, {name: b"mine"})
    assert mine.read_bytes() == b"mine"
    assert there.is_symlink() == (kind == "link")


def test_a_letter_that_is_open_in_a_word_processor_is_said(
    campaign: CampaignFolder, run: Letters
) -> None:
    run("render", "--format", "docx", "--recipient", "minister")
    campaign.write("out/~$nister.en.docx", "")
    campaign.write("out/.~lock.minister.fr.docx#", "")
    done = run("render", "--format", "docx", "--recipient", "minister")
    for name in ("minister.en.docx", "minister.fr.docx"):
        assert f"out/{name} is open in a word processor" in done.stderr
    assert done.stderr.count("is open in") == 2


def test_an_edited_docx_is_not_sent(final: CampaignFolder, run: Letters) -> None:
    assert (
        run("render", "--format", "pdf,docx", "--lang", "en", "--recipient", "minister").status == 0
    )
    words = ("send", "--docx", "--eml", str(final.path / "drafts"), "--to", "minister")
    edit(final.path / "out" / "minister.en.docx")
    done = run(*words)
    assert done.status == 3
    assert "minister.en.docx" in done.stderr
    assert not (final.path / "drafts").exists()


# --- what is printed, shown and handed out ----------------------------------------------------


def test_what_was_printed_and_edited_is_kept(final: CampaignFolder, run: Letters) -> None:
    folder = final.path / "out" / "print"
    assert "kept" not in run("print", "--envelopes", "dl").stderr
    assert "kept" not in run("print", "--envelopes", "c5").stderr
    edited = {name: edit(folder / name) for name in ("letters.pdf", "envelopes.pdf")}
    (folder / "posting-list.pdf").write_bytes(b"not even a PDF")
    # Envelopes are not made again: as they were left they would be put with other letters.
    done = run("print", "--to", "minister")
    assert done.status == 0, done.stderr
    after = files(folder)
    assert after.keys() == {"letters.pdf", "posting-list.pdf"} | {
        f"{name}.{DAY}.pdf" for name in ("letters", "envelopes", "posting-list")
    }
    assert after[f"letters.{DAY}.pdf"] == edited["letters.pdf"]
    assert after[f"envelopes.{DAY}.pdf"] == edited["envelopes.pdf"]
    assert after[f"posting-list.{DAY}.pdf"] == b"not even a PDF"
    assert "deleted" not in done.stderr
    assert "3 files are kept" in done.stderr
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_edited_page_is_kept_and_no_other_file_is_touched(
    campaign: CampaignFolder, run: Letters
) -> None:
    page = campaign.path / "status.html"
    assert run("status", "--html", str(page)).status == 0
    sign(campaign.path)
    assert "kept" not in run("status", "--html", str(page)).stderr
    page.write_bytes(page.read_bytes().replace(b"Status on", b"Stand on"))
    edited = page.read_bytes()
    done = run("status", "--html", str(page))
    assert done.status == 0
    assert f"status.html was not as letters made it, and is status.{DAY}.html now" in done.stderr
    assert (campaign.path / f"status.{DAY}.html").read_bytes() == edited
    assert b"Stand on" not in page.read_bytes()
    link = campaign.path / "link.html"
    link.symlink_to(page)
    assert run("status", "--html", str(link)).status == 3
    assert link.is_symlink()


def test_a_draft_that_was_edited_is_kept(final: CampaignFolder, run: Letters) -> None:
    drafts = final.path / "drafts"
    words = ("send", "--eml", str(drafts))
    assert run(*words).status == 0
    final.edit("letter.yaml", "en: A letter for the tests", "en: A letter of the tests")
    sign(final.path, but=["okafor", "lindqvist", "reading-circle", "signer-07", "signer-08"])
    edited = edit(drafts / "minister.eml")
    assert run("render", "--format", "pdf").status == 0
    done = run(*words)
    assert done.status == 0, done.stderr
    assert done.stderr.count("kept: ") == 1
    assert files(drafts)[f"minister.{DAY}.eml"] == edited
    assert files(drafts).keys() == {f"minister.{DAY}.eml", "minister.eml", "prime-minister.eml"}


def test_what_carries_no_proof_is_kept_whenever_it_differs(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    sign(campaign.path)
    schemas, receipt = tmp_path / "schemas", tmp_path / "okafor.json"
    for _ in range(2):
        assert "kept" not in run("schema", "--out", str(schemas)).stderr
    edited = edit(schemas / "letter.json")
    assert f"is letter.{DAY}.json now" in run("schema", "--out", str(schemas)).stderr
    assert (schemas / f"letter.{DAY}.json").read_bytes() == edited
    assert run("log", "receipt", "okafor", "--out", str(receipt)).status == 0
    edited = edit(receipt)
    done = run("log", "receipt", "okafor", "--out", str(receipt))
    assert f"okafor.json was there already, and is okafor.{DAY}.json now" in done.stderr
    assert (tmp_path / f"okafor.{DAY}.json").read_bytes() == edited
    assert (tmp_path / f"okafor.{DAY}.json").stat().st_mode & 0o777 == 0o600


def test_a_checkpoint_that_differs_is_kept(campaign: CampaignFolder, run: Letters) -> None:
    sign(campaign.path)
    run("log", "checkpoint")
    assert "kept" not in run("log", "checkpoint").stderr
    [path] = (campaign.path / "checkpoints").iterdir()
    edited = edit(path)
    assert "kept: " in run("log", "checkpoint").stderr
    assert path.with_name(f"{path.stem}.{DAY}.txt").read_bytes() == edited


def test_remarks_in_the_record_of_editions_are_kept(campaign: CampaignFolder, run: Letters) -> None:
    run("editions", "accept", "fr", "subject")
    assert "kept" not in run("editions", "accept", "fr", "deadline").stderr
    edited = edit(campaign.path / "editions.yaml").replace(EDIT, b"# asked Luc\n")
    campaign.write("editions.yaml", edited)
    assert run("editions", "accept", "fr").status == 0
    assert files(campaign.path)[f"editions.{DAY}.yaml"] == edited


@pytest.mark.parametrize("name", ["letter.yaml", "letters.db", "templates/note/letter.en.md"])
@pytest.mark.parametrize("words", [("log", "receipt", "okafor", "--out"), ("approve",)])
def test_the_campaigns_own_files_are_never_written_over(
    campaign: CampaignFolder, run: Letters, name: str, words: tuple[str, ...]
) -> None:
    sign(campaign.path)
    if words == ("approve",):
        campaign.edit("letter.yaml", "You listened.", "You, listened.")
        words = ("sign", "approve-edit", "--editorial", "--by", "Ed", "--why", "x", "--tell")
    before = files(campaign.path)
    done = run(*words, str(campaign.path / name))
    assert done.status == 3
    assert f"{name} is a file of the campaign’s own" in done.stderr
    assert files(campaign.path) == before


def test_a_dangling_link_is_not_ejected_over(campaign: CampaignFolder, run: Letters) -> None:
    link = campaign.path / "templates/cover-note/letter.en.md"
    link.parent.mkdir(parents=True)
    link.symlink_to("nowhere")
    done = run("templates", "eject", "cover-note")
    assert done.status == 0
    assert "kept as it is: templates/cover-note/letter.en.md" in done.stderr
    assert link.is_symlink()
