"""Folders of people: what is read, what is left aside, and that nobody is lost in silence."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest

from letters.campaign.load import load
from letters.campaign.paths import actual

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder

Form: TypeAlias = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
ADA = "name: Ada Birch\n"


@pytest.fixture
def folder(campaign: CampaignFolder) -> CampaignFolder:
    """A campaign whose signatories are a folder with one file in it."""
    campaign.edit("letter.yaml", "template: note", "template: note\nsignatories: people")
    campaign.write("people/ada.yaml", ADA)
    return campaign


def read(folder: CampaignFolder) -> tuple[list[str], list[str]]:
    """The ids of those who were read, and what is said."""
    campaign, problems = load(folder.path)
    assert campaign is not None, [str(problem) for problem in problems]
    assert {problem.severity for problem in problems} <= {"warning"}
    return [signatory.id for signatory in campaign.signatories], [str(p) for p in problems]


@pytest.mark.parametrize("name", ["cy.YAML", "cy.Yaml", "cy.yml", "cy.YML"])
def test_either_ending_is_read_however_it_is_written(folder: CampaignFolder, name: str) -> None:
    folder.write(f"people/{name}", "name: Cy Dorn\n")
    assert read(folder) == (["ada", "cy"], [])


LOST = {
    "bo.yaml.txt": "is not read: its name does not end in .yaml (call it bo.yaml, written as YAML",
    "bo.txt": "is not read: its name does not end in .yaml (call it bo.yaml",
    "di.json": "is not read: its name does not end in .yaml (call it di.yaml",
    "eve": "is not read: its name does not end in .yaml (call it eve.yaml",
    "empty": "is not read",
    "fay.yaml ": "is not read",
    "gus.yaml.gpg": "is not read",
    "list.csv": "is a spreadsheet, and nobody in it is read (“letters import signatories people/list.csv” takes",
    "list.XLSX": "is a spreadsheet, and nobody in it is read",
    "list.ods": "is a spreadsheet",
    "list.numbers": "is a spreadsheet",
    "list.docx": "is a text document",
    "all.vcf": "is an address book",
    "scan.pdf": "is a PDF",
    "more/hal.yaml": "is a folder, and nobody in it is read (put the files right into the folder",
    "more/deep/hal.yaml": "is a folder",
}


@pytest.mark.parametrize("name", LOST)
def test_whoever_might_be_lost_is_named(folder: CampaignFolder, name: str) -> None:
    folder.write(f"people/{name}", "" if name == "empty" else ADA)
    ids, [said] = read(folder)
    assert ids == ["ada"]
    assert said.startswith(f"people/{name.partition('/')[0]}:1:1: warning: {LOST[name]}")


@pytest.mark.parametrize(
    "name",
    ["._ada.yaml", ".ada.yaml.swp", ".DS_Store", ".hidden/bo.yaml", "ada.yaml~", "ada.yaml.swp",
     "#ada.yaml#", ".#ada.yaml", "ada.yaml.bak", "ada.yaml.orig", "Thumbs.db", "desktop.ini",
     "~$list.docx", ".~lock.list.ods#", "README.md", "readme.txt", "README", "ada.png", "ada.JPG",
     "images/ada.png"],
)  # fmt: skip
def test_what_programs_leave_about_is_nobody(folder: CampaignFolder, name: str) -> None:
    folder.write(f"people/{name}", "{ no yaml")
    assert read(folder) == (["ada"], [])


def test_recipients_are_looked_after_as_well(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "template: note", "template: note\nrecipients: to")
    campaign.write("to/mayor.yml", "name: Jo Abara\n")
    campaign.write("to/clerk", "name: Bo Lind\n")
    assert [line.partition(":")[0] for line in read(campaign)[1]] == ["to/clerk"]


def test_a_file_that_can_not_be_read_is_an_error(folder: CampaignFolder) -> None:
    (folder.path / "people" / "gone.yaml").symlink_to("nowhere.yaml")
    campaign, [problem] = load(folder.path)
    assert campaign is None
    assert str(problem) == "people/gone.yaml:1:1: is no file that can be read"


def test_one_link_out_of_the_campaign_is_refused_whatever_lies_beside_it(
    folder: CampaignFolder, tmp_path: Path
) -> None:
    others = tmp_path / "others.yaml"
    others.write_text("name: Bo Crane\n")
    (folder.path / "people" / "bo.yaml").symlink_to(others)
    campaign, problems = load(folder.path)
    assert campaign is None
    assert [each.message for each in problems] == ["is a link that leads out of the campaign"]


def test_an_empty_list_is_an_error(folder: CampaignFolder) -> None:
    folder.write("people/bo.yml", "")
    _, [problem] = load(folder.path)
    assert str(problem).startswith("people/bo.yml:1:1: is empty")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("list.csv", "a spreadsheet"), ("list.tsv", "a spreadsheet"), ("list.xlsx", "a spreadsheet"),
     ("List.XLS", "a spreadsheet"), ("list.ods", "a spreadsheet"), ("l.numbers", "a spreadsheet"),
     ("list.docx", "a text document"), ("list.odt", "a text document"), ("l.vcf", "an address book"),
     ("list.pdf", "a PDF")],
)  # fmt: skip
@pytest.mark.parametrize("key", ["signatories", "recipients"])
def test_a_list_of_another_kind_is_called_what_it_is(
    campaign: CampaignFolder, name: str, kind: str, key: str
) -> None:
    campaign.edit("letter.yaml", "template: note", f"template: note\n{key}: {name}")
    campaign.write(name, b"PK\x03\x04\xff\xfename;street\n")
    loaded, [problem] = load(campaign.path)
    assert loaded is None
    said = f"letter.yaml:3:{len(key) + 3}: {key} – is {kind}, and no list that can be read"
    assert str(problem).startswith(f"{said} (")
    assert f"“letters import {key} " in str(problem)


TABLES = [
    "Name,E-mail\nAda Birch,ada@example.org\n", "Name;E-mail\r\nAda;a\r\n", "\ufeffName\tRole\rAda\tx\r",
    "Ada Birch | Teacher\n", "Name: full,Role\nAda,x\n",
]  # fmt: skip


@pytest.mark.parametrize("name", ["list.txt", "LIST.TXT", "list.tab", "list"])
@pytest.mark.parametrize("text", TABLES)
def test_a_list_with_columns_is_known_whatever_it_is_called(
    campaign: CampaignFolder, name: str, text: str
) -> None:
    campaign.edit("letter.yaml", "template: note", f"template: note\nsignatories: {name}")
    campaign.write(name, text)
    loaded, [problem] = load(campaign.path)
    assert loaded is None
    assert str(problem) == (
        "letter.yaml:3:14: signatories – is a list with columns, and no list that can be read "
        f"(“letters import signatories {name}” takes its people into a list in YAML)"
    )


@pytest.mark.parametrize(
    "text", [ADA, f"- {{id: ada, {ADA.strip()}}}\n", "- id: ada\n  name: Birch, Ada\n"]
)
def test_a_list_of_ours_is_read_whatever_it_is_called(campaign: CampaignFolder, text: str) -> None:
    campaign.edit("letter.yaml", "template: note", "template: note\nsignatories: list.txt")
    campaign.write("list.txt", text if "id" in text else f"id: ada\n{text}")
    assert read(campaign) == (["ada"], [])


# --- paths ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_a_name_is_found_in_either_form(
    campaign: CampaignFolder, form: Form, written: Form
) -> None:
    name, path = unicodedata.normalize(form, "Müller é"), unicodedata.normalize(written, "Müller é")
    (campaign.path / "signatories.yaml").rename(campaign.path / f"{name}.yaml")
    campaign.edit("letter.yaml", "template: note", f'template: note\nsignatories: "{path}.yaml"')
    assert len(read(campaign)[0]) == 5


def test_a_name_is_found_in_capitals_and_small_letters(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "template: note", "template: note\nsignatories: People/Lists")
    campaign.write("people/LISTS/ada.yaml", ADA)
    assert read(campaign) == (["ada"], [])


def test_pictures_and_enclosures_are_found_in_the_same_way(campaign: CampaignFolder) -> None:
    campaign.write("Bilder/Größe.png", b"x")
    campaign.write(unicodedata.normalize("NFD", "Anlagen/Liste é.pdf"), b"%PDF-1.7\n")
    campaign.edit("letter.yaml", "  country: CA\n", "  country: CA\n  logo: bilder/größe.PNG\n")
    campaign.edit(
        "letter.yaml", "fr: Une liste}\n", "fr: Une liste}\n    file: anlagen/Liste é.pdf\n"
    )
    assert read(campaign)[1] == []


def test_where_two_could_be_meant_none_is(tmp_path: Path) -> None:
    for name in ("ADA.yaml", "Ada.yaml"):
        (tmp_path / name).touch()
    if len(list(tmp_path.iterdir())) == 2:  # a system that keeps them apart
        assert actual(tmp_path, "ada.yaml") is None
    assert actual(tmp_path, "Ada.yaml") == tmp_path / "Ada.yaml"
    assert actual(tmp_path, "nobody.yaml") is None
    assert actual(tmp_path, "Ada.yaml/deeper") is None
    assert actual(tmp_path, "x" * 5000) is None
