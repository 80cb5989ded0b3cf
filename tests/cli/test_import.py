"""``letters import``: shown first, then written; files of strangers can do no harm."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from intake.sheetfiles import packed, xlsx
from pages import DOCS, page_text

from letters.campaign.load import load
from letters.intake import sheets, task
from letters.ledger.evidence import FOLDER as EVIDENCE

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

FORM = """\
Timestamp,Your name,E-mail address,Affiliation,May we publish your name?
2025-09-01 10:00,Ada Birch,ada@example.org,Elm School,Yes
2025-09-02 11:00,Bo Cole,bo@example.org,,No
2025-09-02 12:00,,cy@example.org,,Yes
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "form.csv"
    file.write_text(FORM, encoding="utf-8")
    return file


def all_files(campaign: CampaignFolder) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in campaign.path.rglob("*") if p.is_file()}


def test_it_shows_what_it_would_do_and_writes_nothing(
    run: Letters, campaign: CampaignFolder, form: Path
) -> None:
    before = all_files(campaign)
    done = run("import", "signatories", str(form))
    assert done.status == 1  # one row is refused
    assert (
        done.stdout
        == """\
column                     becomes      such as
Timestamp                  signed_on    2025-09-01 10:00
Your name                  name         Ada Birch
E-mail address             email        …
Affiliation                affiliation  Elm School
May we publish your name?  visibility   Yes
may the name be published: “no” → withheld; “yes” → public

+ ada-birch (line 2): name “Ada Birch”, affiliation “Elm School”, contact.email …
+ signer-09 (line 3): name …, visibility withheld, contact.email …
3 rows: 2 new, 0 updated, 0 unchanged, 0 flagged, 1 refused
"""
    )
    assert "form.csv:4:2: Your name – has no name (fill it in" in done.stderr
    assert "nothing was written: to do it, say this again with --write\n" in done.stderr
    assert all_files(campaign) == before


def test_it_writes_and_a_second_time_there_is_nothing_to_write(
    run: Letters, campaign: CampaignFolder, form: Path
) -> None:
    done = run("import", "signatories", str(form), "--write")
    assert "signatories.yaml: written\nimports.yaml: written\n" in done.stdout
    loaded, _ = load(campaign.path)
    assert loaded is not None
    assert loaded.signatory_ids[-2:] == ("ada-birch", "signer-09")
    kept = next((campaign.path / ".letters/imports").iterdir())
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert (campaign.path / ".letters/.gitignore").read_text() == "*\n"
    before = all_files(campaign)
    done = run("import", "signatories", str(form), "--write")
    assert "3 rows: 0 new, 0 updated, 2 unchanged, 0 flagged, 1 refused\n" in done.stdout
    assert "nothing to write" in done.stderr
    assert all_files(campaign) == before


def test_it_records_that_they_signed_each_by_their_own_row(
    run: Letters, campaign: CampaignFolder, form: Path
) -> None:
    done = run("import", "signatories", str(form), "--sign")
    assert "--sign records, together with --write, that 2 people signed" in done.stderr
    done = run("import", "signatories", str(form), "--write", "--sign")
    assert "1 to 2  signed  2 people  text " in done.stdout
    people = json.loads(run("status", "--json").stdout)["signatories"]
    assert {p["id"]: p["state"] for p in people if p["state"] != "pending"} == {
        "ada-birch": "signed",
        "signer-09": "signed",
    }
    kept = [p.read_text("utf-8") for p in (campaign.path / EVIDENCE).iterdir() if p.name[0] != "."]
    rows = {tuple(csv.DictReader(io.StringIO(text))) and text.count("\n") for text in kept}
    assert rows == {2}
    assert sum("Ada Birch" in text for text in kept) == sum("Bo Cole" in text for text in kept) == 1
    done = run("import", "signatories", str(form), "--write", "--sign")
    assert "left out, 2: signed already: ada-birch, signer-09" in done.stderr
    assert "there is no signature to record" in done.stderr


def test_one_can_be_forgotten_without_the_others(
    run: Letters, campaign: CampaignFolder, form: Path
) -> None:
    run("import", "signatories", str(form), "--write", "--sign")
    done = run("log", "erase", "signer-09", "--confirm", "signer-09")
    assert done.status == 0
    assert "  in .letters/imports salted digests of their row in a list that was" in done.stdout
    assert "  the list that they were imported from, wherever it lies" in done.stdout
    assert "imported" not in run("log", "erase", "okafor").stdout
    texts = [p.read_text("utf-8") for p in (campaign.path / EVIDENCE).iterdir() if p.name[0] != "."]
    assert not any("Bo Cole" in text for text in texts)
    assert any("Ada Birch" in text for text in texts)
    campaign.edit(
        "signatories.yaml", "- id: signer-09\n  name: Bo Cole\n", "- id: other\n  name: Di Eld\n"
    )
    kept = next((campaign.path / ".letters/imports").iterdir()).read_text("utf-8")
    assert "signer-09" not in kept
    done = run("import", "signatories", str(form))
    assert "was taken in before, and the entry is gone: it is left out" in done.stderr
    assert "0 new, 0 updated, 1 unchanged, 1 flagged, 1 refused" in done.stdout


def test_the_id_of_who_was_forgotten_is_nobody_elses(
    run: Letters, campaign: CampaignFolder, form: Path, tmp_path: Path
) -> None:
    run("import", "signatories", str(form), "--write", "--sign")
    run("log", "erase", "ada-birch", "--confirm", "ada-birch")
    campaign.write("signatories.yaml", "- {id: lindqvist, name: Åsa Lindqvist}\n")
    file = tmp_path / "other.csv"
    file.write_text("Name\nAda Birch\n", encoding="utf-8")
    assert "+ ada-birch-2 (line 2)" in run("import", "signatories", str(file)).stdout


def test_an_old_list_is_no_new_word_of_who_withdrew(run: Letters, form: Path) -> None:
    run("import", "signatories", str(form), "--write", "--sign")
    run("sign", "withdraw", "ada-birch", "--note", "by telephone")
    done = run("import", "signatories", str(form), "--write", "--sign")
    assert (
        "left out, 1: withdrew before: ask them, and record what they say: ada-birch" in done.stderr
    )


def test_an_id_that_the_log_knows_is_nobody_elses(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    run("sign", "record", "okafor", "--note", "by telephone")
    run("people", "rename", "okafor", "ngozi")
    campaign.write("signatories.yaml", "- {id: lindqvist, name: Åsa Lindqvist}\n")
    file = tmp_path / "list.csv"
    file.write_text("Name\nOkafor\nNgozi\n", encoding="utf-8")
    done = run("import", "signatories", str(file))
    assert "+ okafor-2 (line 2)" in done.stdout
    assert "+ ngozi-2 (line 3)" in done.stdout


def test_an_id_that_is_changed_stays_known(
    run: Letters, campaign: CampaignFolder, form: Path
) -> None:
    run("import", "signatories", str(form), "--write")
    run("people", "rename", "ada-birch", "signer-33")
    done = run("import", "signatories", str(form))
    assert "0 new, 0 updated, 2 unchanged" in done.stdout
    kept = next((campaign.path / ".letters/imports").iterdir()).read_text("utf-8")
    assert "ada-birch" not in kept


def test_the_invented_people_of_a_starter_give_way(
    run: Letters, tmp_path: Path, form: Path
) -> None:
    run("new", str(tmp_path / "c"), folder=None)
    done = run("import", "signatories", str(form), "--write", folder=tmp_path / "c")
    assert "the invented people of the starter were left out" in done.stderr
    people = yaml.safe_load((tmp_path / "c/signatories.yaml").read_text("utf-8"))
    assert [one["id"] for one in people] == ["ada-birch", "signer-01"]


def test_a_sheet_is_named_where_there_are_several(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(
        xlsx({"To": [["Name", "Office"], ["Di Eld", "Mayor"]], "Old": [["Name"], ["x"]]})
    )
    done = run("import", "recipients", str(file))
    assert done.status == 1
    assert "has several sheets: “To”, “Old” (say which with --sheet)" in done.stderr
    done = run("import", "recipients", str(file), "--sheet", "To", "--write")
    assert done.status == 0
    assert "- id: di-eld\n  name: Di Eld\n  office: Mayor\n" in campaign.read("recipients.yaml")
    done = run("import", "recipients", str(file), "--write")
    assert "1 row: 0 new, 0 updated, 1 unchanged, 0 flagged, 0 refused" in done.stdout


WRONG: dict[tuple[str, ...], str] = {
    ("--map", "Nmae=name"): "there is no column “Nmae” (did you mean “Name”?)",
    ("--map", "Name=nmae"): "there is no field “nmae” of signatories (did you mean “name”?)",
    ("--map", "Name"): '“Name” says no field (write it as --map "COLUMN=FIELD")',
    ("--set", "zone=Mars"): "“Mars” is no zone that is known",
    ("--set", "zoen=x"): "there is nothing to settle called “zoen” (did you mean “zone”?)",
    ("--set", "answers.yes=maybe"): "an answer means nothing that is known (one of public, name-only",
    ("--recipe", "googel-forms"): "there is no recipe “googel-forms” (did you mean “google-forms”?)",
}  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_can_not_be_meant_is_wrong_usage(
    run: Letters, campaign: CampaignFolder, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = all_files(campaign)
    file = tmp_path / "list.csv"
    file.write_text("Name,Role\nAda,x\n", encoding="utf-8")
    done = run("import", "signatories", str(file), *words, "--write")
    assert done.status == 2
    assert WRONG[words] in done.stderr
    assert all_files(campaign) == before


def test_recipients_do_not_sign(run: Letters, form: Path) -> None:
    assert run("import", "recipients", str(form), "--sign").status == 2


BOMB = packed({"[Content_Types].xml": "", "xl/workbook.xml": b"\0" * 2**22})
BAD = {
    "locked.xlsx": sheets.OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"),
    "bomb.xlsx": BOMB,
    "wide.csv": b"Name," * 10_000 + b"\n",
    "mixed.csv": "Name\nJosé\n".encode() + "José\n".encode("cp1252") + "é é\n".encode(),
    "long.csv": b"Name\n" + b"x" * 2**20 + b"\n",
    "open.csv": b'Name,Role\nAda,"x\n',
    "scan.pdf": b"%PDF-1.7\n",
    "noise.csv": bytes(range(256)) * 4,
    "deep.json": b"[" * 100_000,
    "laugh.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x><p><n>&a;</n></p></x>',
    "empty.csv": b"",
    "nobody.json": b"[]",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_a_clear_error_and_nothing_is_written(
    run: Letters,
    campaign: CampaignFolder,
    tmp_path: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "_MOST_UNPACKED", 2**21)
    before = all_files(campaign)
    file = tmp_path / name
    file.write_bytes(BAD[name])
    done = run("import", "signatories", str(file), "--write", "--sign")
    assert done.status in {1, 2}
    [said] = [line for line in done.stderr.splitlines() if line.startswith("letters: ")]
    assert name in said
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr
    assert all_files(campaign) == before


def test_what_takes_all_memory_is_ended(
    run: Letters, campaign: CampaignFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One cell in the last column of the last row, which a reader makes room for."""
    monkeypatch.setattr(task, "_MEMORY", 64 * 2**20)
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = xlsx({"One": [["Name"], ["Ada"]]})
    file = tmp_path / "far.xlsx"
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            sheet = old.read(name)
            if name.endswith("s1.xml"):
                start, end = sheet.index(b"<row"), sheet.rindex(b"</row>") + 6
                sheet = sheet[:start] + rows + sheet[end:]
            new.writestr(name, sheet)
    before = all_files(campaign)
    done = run("import", "signatories", str(file), "--write")
    assert done.status == 1
    assert "far.xlsx: " in done.stderr
    assert all_files(campaign) == before
    assert not multiprocessing.active_children()


def test_a_list_that_was_changed_meanwhile_is_left_alone(
    run: Letters, campaign: CampaignFolder, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.cli import importing

    def meanwhile(found: object) -> None:
        campaign.write("signatories.yaml", "- {id: new, name: Somebody New}\n")

    monkeypatch.setattr(importing, "_show", meanwhile)
    done = run("import", "signatories", str(form), "--write")
    assert done.status == 3
    assert "signatories.yaml was changed meanwhile" in done.stderr
    assert campaign.read("signatories.yaml") == "- {id: new, name: Somebody New}\n"
    assert not (campaign.path / "imports.yaml").exists()


def test_thousands_are_counted_and_a_few_shown(run: Letters, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    names = "".join(f"Person {number:05} Ab,\n" for number in range(400))
    file.write_text(f"Name,E-mail\n{names}" + ",x@example.org\n" * 30, encoding="utf-8")
    done = run("import", "signatories", str(file))
    assert "… and 360 more (all with --all)\n" in done.stdout
    assert "430 rows: 400 new, 0 updated, 0 unchanged, 0 flagged, 30 refused\n" in done.stdout
    assert done.stderr.count("has no name") == 5
    assert "25 more like these" in done.stderr
    done = run("import", "signatories", str(file), "--all")
    assert done.stdout.count("\n+ ") == 400
    assert done.stderr.count("has no name") == 30


def test_the_story_of_the_guide_takes_six_commands() -> None:
    """The tests of the documentation run it, to twelve letters that a server has taken."""
    story, _, _ = page_text(DOCS / "import.md").partition("## What is shown")
    commands = re.findall(r"^\$ letters (.*)$", story, flags=re.MULTILINE)
    assert [command.split()[0] for command in commands] == [
        "new", "import", "import", "render", "send", "send",
    ]  # fmt: skip
    assert "12 accepted by the server" in story


def test_a_list_without_headers_does_not_tell_of_the_person_in_its_first_line(
    run: Letters, tmp_path: Path
) -> None:
    line = "+49 151 2345678,1987-02-14,C01X00T47\n"
    file = tmp_path / "list.csv"
    file.write_text(line + line.replace("+49", "+48"), encoding="utf-8")
    done = run("import", "signatories", str(file))
    assert done.status == 2
    assert "no column seems to hold a name (column 1, column 2, column 3)" in done.stderr
    for private in ("2345678", "1987-02-14"):
        assert private not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Quazimo Vexlerin,teacher", "(column 1, column 2)"),
        ("Vexlerin,Quazimo", "(column 1, column 2)"),
        ("Квазимо Векслерин,E-mail", "(column 1, “E-mail”)"),
        ("Quazimo Vexlerin from Town,x", "(column 1, column 2)"),
        ("Town,Visibility,Vexlerin", "(“Town”, “Visibility”, column 3)"),
    ],
)
@pytest.mark.parametrize("mapped", [False, True])
def test_no_first_line_is_told_as_headers(
    run: Letters, tmp_path: Path, line: str, told: str, mapped: bool
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{line}\n{line}\n", encoding="utf-8")
    more = ("--map", "Who=name") if mapped and "“" not in told else ()
    done = run("import", "signatories", str(file), *more)
    assert done.status == 2
    assert (
        f"no column seems to hold a name {told}" if not more else "no column “Who”"
    ) in done.stderr
    for word in ("vexlerin", "quazimo", "векслерин", "teacher"):
        assert word not in (done.stdout + done.stderr).casefold()


def test_of_hundreds_of_sheets_some_are_named(run: Letters, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    rows = [["Name", "E-mail"], ["Ada Birch", "ada@example.org"]]
    file.write_bytes(xlsx({f"Sheet {n}": rows for n in range(300)}))
    done = run("import", "signatories", str(file))
    assert done.status == 1
    assert "“Sheet 11” and 288 more (say which with --sheet)" in done.stderr
