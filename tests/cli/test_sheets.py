"""Sheets of paper that people signed by hand: counted once, corrected, and shown wherever it counts."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
import segno

from letters.draft.document import NumberedSheet, Text
from letters.press import sheet_number

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Done, Letters


def count(run: Letters, sheet: str, valid: int, invalid: int = 0, *more: str) -> Done:
    words = ("--valid", str(valid), "--invalid", str(invalid), "--by", "Tom")
    shown = more if "--evidence" in more or "--note" in more else (*more, "--note", "the scan")
    return run("sign", "sheets", "record", sheet, *words, *shown)


def status(run: Letters) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("status", "--json").stdout)
    return found


def letter(run: Letters, campaign: CampaignFolder, tag: str = "en") -> str:
    assert run("render", "--format", "txt").status == 0
    return campaign.read(f"out/minister.{tag}.txt")


def test_a_sheet_is_counted_once_and_its_scan_is_kept(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "sheet 7.pdf"
    scan.write_bytes(b"%PDF sheet 7")
    done = count(run, "0007", 24, 1, "--evidence", str(scan), "--on", "2025-08-30")
    assert done.status == 0, done
    assert done.stdout.startswith("1  sheet-counted  sheet 7: 24 valid, 1 not  text ")
    twice = count(run, "7", 3)
    assert twice.status == 3
    assert "sheet 7 is counted already, by entry 1" in twice.stderr
    again = count(run, "8", 20, 0, "--evidence", str(scan))
    assert "warning: the same file was given for sheet 7" in again.stderr
    assert run("log", "verify").status == 0
    assert len(list((campaign.path / "evidence").glob("[0-9a-f]*"))) == 1


def test_a_wrong_count_is_corrected_and_the_sheet_counted_anew(run: Letters) -> None:
    count(run, "7", 240)
    assert status(run)["signatures"]["paper"]["valid"] == 240
    done = run("log", "correct", "1", "--why", "a slip", "--by", "Tom")
    assert done.stdout.startswith("2  corrected  entry 1: sheet-counted  sheet 7: 240 valid")
    assert "paper" not in status(run)["signatures"]
    assert count(run, "7", 24).status == 0
    assert status(run)["signatures"]["paper"] == {
        "valid": 24,
        "invalid": 0,
        "sheets": [{"sheet": "7", "valid": 24, "invalid": 0, "stale": False}],
    }
    assert "corrected by 2" in run("log", "show").stdout
    assert run("log", "verify").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("7", "--valid", "1", "--invalid", "0", "--by", "Tom"),
        ("7", "--valid", "1", "--invalid", "0", "--note", "x"),
        ("7", "--valid", "-1", "--invalid", "0", "--by", "Tom", "--note", "x"),
        ("7", "--valid", "many", "--invalid", "0", "--by", "Tom", "--note", "x"),
        ("7", "--valid", "1", "--by", "Tom", "--note", "x"),
        ("../7", "--valid", "1", "--invalid", "0", "--by", "Tom", "--note", "x"),
        ("", "--valid", "1", "--invalid", "0", "--by", "Tom", "--note", "x"),
        ("7", "--valid", "1", "--invalid", "0", "--by", "Tom", "--note", "x", "--lang", "de"),
    ],
)
def test_what_is_no_count_is_not_recorded(
    run: Letters, campaign: CampaignFolder, words: tuple[str, ...]
) -> None:
    done = run("sign", "sheets", "record", *words)
    assert done.status in {2, 3}, done
    assert not (campaign.path / "letters.db").exists()


def test_the_letter_the_status_the_page_and_the_export_say_it(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    for who in ("okafor", "lindqvist", "signer-07"):
        run("sign", "record", who, "--note", "by telephone")
    before = run("status").stdout + run("log", "export", "--format", "csv").stdout
    assert "paper" not in before
    assert "sheet" not in before
    count(run, "1", 900, 12)
    count(run, "2", 600, 3)
    text = letter(run, campaign)
    assert "Signed by 3 people, and 1,500 on paper, as of" in text
    assert "3 personnes, et 1 500 sur papier." in letter(run, campaign, "fr").replace("\u202f", " ")
    shown = run("status")
    assert "Signed by 3 people, and 1,500 on paper, as of" in shown.stdout
    assert "on paper: 1500 valid and 15 invalid on 2 sheets" in shown.stdout
    page = tmp_path / "status.html"
    assert run("status", "--html", str(page)).status == 0
    written = page.read_text(encoding="utf-8")
    assert "1500 more signatures stand on 2 sheets of paper (15 not valid)." in written
    assert "<dt>signatures</dt><dd>1503</dd>" in written
    rows = [*csv.DictReader(io.StringIO(run("log", "export", "--format", "csv").stdout))]
    assert [(row["sheet"], row["valid"], row["invalid"]) for row in rows if row["sheet"]] == [
        ("1", "900", "12"),
        ("2", "600", "3"),
    ]


def test_signatures_on_paper_alone_make_no_draft(run: Letters, campaign: CampaignFolder) -> None:
    count(run, "1", 1500)
    assert "draft" not in run("render", "--format", "txt").stderr
    text = letter(run, campaign)
    assert "DRAFT" not in text
    assert "Signed by 1,500 people on paper as of" in text
    campaign.edit("letter.yaml", "You listened.", "You truly listened.")
    approved = run("sign", "approve-edit", "--editorial", "--by", "Ed", "--why", "x")
    assert approved.status == 0, approved
    assert "1,500 people on paper" in letter(run, campaign)
    run("log", "correct", "1", "--why", "x", "--by", "y")
    assert "DRAFT" in letter(run, campaign)


def test_a_sheet_counts_for_the_text_and_the_language_that_stand_on_it(
    run: Letters, campaign: CampaignFolder
) -> None:
    run("sign", "record", "okafor", "lindqvist", "--note", "by telephone")
    count(run, "1", 40, 0, "--lang", "fr")
    assert "paper" not in letter(run, campaign)
    assert "40 sur papier" in letter(run, campaign, "fr")
    campaign.edit("letter.yaml", "Vous avez écouté.", "Vous n’avez pas écouté.")
    shown = run("status")
    assert "warning: 1 sheet with another text than the letter has now: 1" in shown.stderr
    assert status(run)["signatures"]["paper"]["valid"] == 0
    assert "sur papier" not in letter(run, campaign, "fr")
    run("sign", "approve-edit", "--editorial", "--by", "Ed", "--why", "x", "--yes-it-is-editorial")
    assert "40 sur papier" in letter(run, campaign, "fr")


def test_letters_without_sheets_are_the_very_bytes_that_they_were(
    run: Letters, campaign: CampaignFolder
) -> None:
    run("sign", "record", "okafor", "lindqvist", "--note", "by telephone")
    run("render", "--format", "txt,html")
    made = {path.name: path.read_bytes() for path in (campaign.path / "out").iterdir()}
    count(run, "1", 5)
    assert run("log", "correct", "4", "--why", "x", "--by", "y").status == 0
    run("render", "--format", "txt,html", "--out", str(campaign.path / "again"))
    for name, data in made.items():
        if name != "manifest.json":
            assert (campaign.path / "again" / name).read_bytes() == data


def printed(path: Path) -> list[str]:
    """What each page of a PDF says."""
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def petition(run: Letters, folder: Path, body: str = "uk") -> Path:
    assert run("new", str(folder), "--template", f"petition-{body}-paper", folder=None).status == 0
    return folder


def test_sheets_are_printed_with_numbers_that_go_on(run: Letters, tmp_path: Path) -> None:
    folder = petition(run, tmp_path / "petition")
    done = run("sign", "sheets", "print", "3", folder=folder)
    assert done.status == 0, done
    first, second, third = printed(folder / "out" / "sheets-1-3.en.pdf")
    assert "And the Petitioners remain" in first
    for number, text in enumerate((first, second, third), 1):
        assert f"Sheet {number}" in text
        assert "The Petitioners therefore request" in " ".join(text.split())
        assert "DRAFT" not in text
    assert "room for 16 on the first, for 20 on each other one" in done.stderr
    count(lambda *words: run(*words, folder=folder), "7", 4)
    assert run("sign", "sheets", "print", "1", folder=folder).stdout.endswith("8-8.en.pdf\n")
    for first_number in ("2", "7"):
        again = run("sign", "sheets", "print", "2", "--first", first_number, folder=folder)
        assert again.status == 3
        assert "already (go on with --first 9;" in again.stderr
    assert run("sign", "sheets", "print", "1", "--lang", "de", folder=folder).status == 2
    assert run("sign", "sheets", "print", "0", folder=folder).status == 2


def test_a_number_that_no_printed_sheet_has_is_asked_about(run: Letters, tmp_path: Path) -> None:
    folder = petition(run, tmp_path / "petition")
    words = ("--valid", "5", "--invalid", "0", "--by", "Tom", "--note", "the scan")
    before = run("sign", "sheets", "record", "11", *words, folder=folder)
    assert (before.status, before.stderr) == (0, "")
    assert run("sign", "sheets", "print", "3", "--first", "1", folder=folder).status == 0
    for sheet, told in (("1", ""), ("3", ""), ("A-7", ""), ("12", "none has the number 12")):
        done = run("sign", "sheets", "record", sheet, *words, folder=folder)
        assert done.status == 0
        assert told in done.stderr
        assert bool(told) == ("warning" in done.stderr)
    assert "“letters log correct 5”" in done.stderr


def test_a_number_takes_no_page_but_rows_and_no_code_where_pictures_are_forbidden(
    run: Letters, tmp_path: Path
) -> None:
    folder = petition(run, tmp_path / "petition", "ca")
    assert run("templates", "eject", "petition-ca-paper", folder=folder).status == 0
    body = folder / "templates" / "petition-ca-paper" / "letter.en.md"
    text = body.read_text(encoding="utf-8")
    body.write_text(text.replace("rows=12+", "rows=19"), encoding="utf-8")
    done = run("sign", "sheets", "print", "2", folder=folder)
    assert done.status == 0, done
    assert "without a code: House of Commons of Canada" in done.stderr
    assert len(printed(folder / "out" / "sheets-1-2.en.pdf")) == 2
    # Without a prayer to repeat, each sheet has the full text.
    start = text.index("::: sheet")
    end = text.index(":::", start + 3) + 4
    body.write_text(text[:end], encoding="utf-8")
    done = run("sign", "sheets", "print", "2", folder=folder)
    pages = printed(folder / "out" / "sheets-3-4.en.pdf")
    assert ["Sheet 3" in pages[0], "Sheet 4" in pages[1]] == [True, True]
    assert all("Nineteen boats" in page for page in pages)


def test_a_letter_without_a_sheet_is_none_to_print(run: Letters) -> None:
    done = run("sign", "sheets", "print", "3")
    assert done.status == 3
    assert "the letter has no sheet to sign" in done.stderr


def test_the_code_is_the_number_and_nothing_else() -> None:
    sheet = NumberedSheet((), ((Text("Name"),),), (1,), 3, number="12", label="Sheet 12")
    row = sheet_number.row(sheet)
    assert "Sheet 12" in row
    code = segno.make("12", error="m", micro=False).svg_data_uri(border=2)
    assert code.replace("'", "&#x27;") in row
