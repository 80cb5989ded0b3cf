"""What ``letters render`` makes, for whom, under which claim, and what its manifest says."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from signing import sign

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

EVERYBODY = ("okafor", "lindqvist", "reading-circle", "signer-07", "signer-08")
ALL = {f"{who}.{tag}" for who in ("prime-minister", "minister") for tag in ("en", "fr")}


def manifest(campaign: CampaignFolder, out: str = "out") -> dict[str, Any]:
    body: dict[str, Any] = json.loads(campaign.read(f"{out}/manifest.json"))
    return body


def names(campaign: CampaignFolder, out: str = "out") -> set[str]:
    folder = campaign.path / out
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def text(campaign: CampaignFolder, name: str = "minister.en.txt") -> str:
    return campaign.read(f"out/{name}")


# --- which files ------------------------------------------------------------------------------


def test_it_makes_pdf_and_docx_for_every_recipient_and_language(
    campaign: CampaignFolder, letters: Letters
) -> None:
    done = letters("render")
    assert done.status == 0
    made = {f"{letter}.{suffix}" for letter in ALL for suffix in ("pdf", "docx")}
    assert names(campaign) == made | {"manifest.json"}
    assert done.stdout.splitlines() == [
        str(campaign.path / "out" / f"{who}.{tag}.{suffix}")
        for who in ("prime-minister", "minister")
        for tag in ("en", "fr")
        for suffix in ("pdf", "docx")
    ]


@pytest.mark.parametrize("written", ["txt", "TXT", " txt ,", "html,txt", "txt,html,txt"])
def test_formats_are_named_with_commas(
    campaign: CampaignFolder, letters_here: Letters, written: str
) -> None:
    assert letters_here("render", "--format", written).status == 0
    wanted = {"html", "txt"} if "html" in written else {"txt"}
    assert {name.rpartition(".")[2] for name in names(campaign)} == wanted | {"json"}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--recipient", "minister"), {"minister.en", "minister.fr"}),
        (("--lang", "fr"), {"minister.fr", "prime-minister.fr"}),
        (("--recipient", "minister", "--lang", "fr"), {"minister.fr"}),
        (("--recipient", "minister", "--recipient", "prime-minister"), ALL),
        (("--lang", "fr", "--lang", "en", "--lang", "en"), ALL),
    ],
)
def test_it_makes_only_what_is_asked_for(
    campaign: CampaignFolder, letters_here: Letters, words: tuple[str, ...], wanted: set[str]
) -> None:
    assert letters_here("render", "--format", "txt", *words).status == 0
    assert names(campaign) == {f"{name}.txt" for name in wanted} | {"manifest.json"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--recipient", "ministre"),
            "there is no recipient “ministre” (did you mean “minister”?)",
        ),
        (
            ("--recipient", "Minister"),
            "there is no recipient “Minister” (did you mean “minister”?)",
        ),
        (("--lang", "de"), "the letter has no language “de” (it is written in: en, fr)"),
        (("--format", "pfd"), "there is no format “pfd” (did you mean “pdf”?)"),
        (("--format", ","), "no format is named (--format pdf,docx)"),
    ],
)
def test_it_asks_what_was_meant_and_makes_nothing(
    campaign: CampaignFolder, letters_here: Letters, words: tuple[str, ...], message: str
) -> None:
    done = letters_here("render", *words)
    assert (done.status, done.stdout, done.stderr) == (2, "", f"letters: {message}\n")
    assert not (campaign.path / "out").exists()


def test_it_writes_where_it_is_told(
    campaign: CampaignFolder, letters_here: Letters, tmp_path: Path
) -> None:
    out = tmp_path / "a" / "new folder"
    done = letters_here("render", "--format", "txt", "--lang", "en", "--out", str(out))
    assert done.status == 0
    assert {path.name for path in out.iterdir()} == {
        "manifest.json",
        "minister.en.txt",
        "prime-minister.en.txt",
    }
    assert done.stdout.splitlines()[0] == str(out / "prime-minister.en.txt")
    assert not (campaign.path / "out").exists()


@pytest.mark.parametrize("command", ["render", "schema"])
def test_a_file_is_no_folder_to_write_into(
    campaign: CampaignFolder, letters_here: Letters, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for folder in (file, file / "deeper"):
        done = letters_here(command, "--out", str(folder))
        assert done.status == 2
        assert f"{file} is a file, and no folder (name a folder with --out)" in done.stderr
    assert file.read_text() == "mine"


def test_a_folder_is_named_as_seen_from_where_one_stands(
    campaign: CampaignFolder, letters: Letters, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    done = letters("render", "--format", "txt", "--out", "made", cwd=here)
    assert done.status == 0
    assert (here / "made" / "manifest.json").is_file()
    assert "made/minister.en.txt" in done.stdout.splitlines()


# --- the manifest -----------------------------------------------------------------------------


def test_the_manifest_describes_each_file(campaign: CampaignFolder, letters_here: Letters) -> None:
    sign(campaign.path)
    done = letters_here("render", "--format", "pdf,txt", "--recipient", "minister", "--lang", "en")
    assert done.status == 0
    status = json.loads(letters_here("status", "--json").stdout)
    body = manifest(campaign)
    assert body["text_digest"] == status["text_digest"]
    assert body["log"]["size"] == len(EVERYBODY)
    assert [file["path"] for file in body["files"]] == ["minister.en.pdf", "minister.en.txt"]
    for file in body["files"]:
        data = (campaign.path / "out" / file["path"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["text_digest"] == status["text_digest"]
        assert (file["recipient"], file["language"]) == ("minister", "en")
        assert (file["audience"], file["draft"]) == ("recipient", False)
    printed = PdfReader(campaign.path / "out" / "minister.en.pdf")
    assert [file["pages"] for file in body["files"]] == [len(printed.pages), None]


def test_a_part_that_is_made_again_keeps_the_rest(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    assert letters_here("render", "--format", "txt").status == 0
    before = {file["path"]: file for file in manifest(campaign)["files"]}
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    assert letters_here("render", "--format", "txt", "--recipient", "minister").status == 0
    after = {file["path"]: file for file in manifest(campaign)["files"]}
    assert after.keys() == before.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"minister.en.txt", "minister.fr.txt"}
    assert len({file["text_digest"] for file in after.values()}) == 2
    assert manifest(campaign)["text_digest"] == after["minister.en.txt"]["text_digest"]


def test_another_format_is_added_to_the_manifest(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    for made in ("txt", "html"):
        assert letters_here("render", "--format", made, "--recipient", "minister").status == 0
    assert {file["format"] for file in manifest(campaign)["files"]} == {"html", "txt"}
    assert len(manifest(campaign)["files"]) == 4


def test_a_file_that_was_changed_by_hand_is_in_the_manifest_no_more(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    assert letters_here("render", "--format", "txt").status == 0
    campaign.write("out/minister.fr.txt", "by hand")
    (campaign.path / "out" / "prime-minister.fr.txt").unlink()
    assert letters_here("render", "--format", "txt", "--lang", "en").status == 0
    assert [file["path"] for file in manifest(campaign)["files"]] == [
        "minister.en.txt",
        "prime-minister.en.txt",
    ]
    assert campaign.read("out/minister.fr.txt") == "by hand"


def test_a_recipient_who_is_no_more_is_in_the_manifest_no_more(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    assert letters_here("render", "--format", "txt").status == 0
    rest = campaign.read("recipients.yaml").partition("- id: minister")[0]
    campaign.write("recipients.yaml", rest)
    assert letters_here("render", "--format", "txt").status == 0
    assert {file["recipient"] for file in manifest(campaign)["files"]} == {"prime-minister"}


def test_a_damaged_manifest_is_replaced(campaign: CampaignFolder, letters_here: Letters) -> None:
    campaign.write("out/manifest.json", "{ half")
    assert letters_here("render", "--format", "txt").status == 0
    assert len(manifest(campaign)["files"]) == 4


# --- for whom ---------------------------------------------------------------------------------


@pytest.fixture
def confidential(campaign: CampaignFolder) -> CampaignFolder:
    """With an enclosure and a case that only the recipient is to see."""
    enclosure = "  - title: {en: A list, fr: Une liste}\n"
    secret = "  - title: {en: Statements, fr: Déclarations}\n    confidential: yes\n"
    campaign.edit("letter.yaml", enclosure, enclosure + secret)
    case = (
        "  - id: case-two\n    person: Ben Example\n    visibility: public\n"
        "    confidential: yes\n    consent: {given: yes, date: 2025-01-01}\n"
        "    facts: [{text: {en: Ben Example left., fr: Ben Example est parti.}, source: report}]\n"
    )
    campaign.edit("letter.yaml", "sources:\n", f"{case}sources:\n")
    return campaign


def test_the_recipients_own_copy_has_what_is_confidential(
    confidential: CampaignFolder, letters_here: Letters
) -> None:
    assert letters_here("render", "--format", "txt").status == 0
    assert "Statements" in text(confidential)
    assert "Ben Example left." in text(confidential)


def test_a_copy_for_the_public_lies_apart_and_has_not(
    confidential: CampaignFolder, letters_here: Letters
) -> None:
    assert letters_here("render", "--format", "txt").status == 0
    done = letters_here("render", "--format", "txt", "--audience", "public")
    assert done.status == 0, done.stderr
    copies = {f"{letter}.txt" for letter in ALL}
    assert names(confidential) == copies | {f"public/{c}" for c in copies} | {"manifest.json"}
    for copy in copies:
        printed = confidential.read(f"out/public/{copy}")
        assert "Ada Example" in printed
        assert "Ben" not in printed
        assert "Statements" not in printed
        assert "Déclarations" not in printed
    assert "Ben Example left." in text(confidential)
    audiences = {f["path"]: f["audience"] for f in manifest(confidential)["files"]}
    assert len(audiences) == 8
    assert all((a == "public") == path.startswith("public/") for path, a in audiences.items())


# --- under which claim ------------------------------------------------------------------------


def test_without_a_signature_it_is_a_draft_and_says_why(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    done = letters_here("render", "--format", "txt")
    assert done.status == 0
    assert done.stderr.startswith("draft: nobody has signed this very text")
    assert text(campaign).startswith("DRAFT – not signed\n")
    assert text(campaign).count("not yet signed") == 4  # the withheld one is not even mentioned
    assert all(file["draft"] for file in manifest(campaign)["files"])


def test_whoever_signed_is_printed_and_nobody_else(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path, but=("lindqvist", "signer-07", "signer-08"))
    done = letters_here("render", "--format", "txt")
    assert (done.status, done.stderr) == (0, "")
    printed = text(campaign)
    assert "DRAFT" not in printed
    assert "not yet signed" not in printed
    assert "Ngozi Okafor\nTeacher" in printed
    assert "Reading Circle" in printed
    assert "Lindqvist" not in printed
    assert "journalist" not in printed
    assert "withheld" not in printed
    assert not any(file["draft"] for file in manifest(campaign)["files"])


def test_a_draft_can_be_asked_for_when_all_have_signed(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    done = letters_here("render", "--format", "txt", "--draft")
    assert (done.status, done.stderr) == (0, "draft: as asked for with --draft\n")
    assert text(campaign).startswith("DRAFT\n")
    assert all(file["draft"] for file in manifest(campaign)["files"])


def test_each_visibility_is_kept(campaign: CampaignFolder, letters_here: Letters) -> None:
    affiliated = "  affiliation: University of Example\n"
    campaign.edit("signatories.yaml", affiliated, f"{affiliated}  visibility: name-only\n")
    sign(campaign.path)
    assert letters_here("render", "--format", "txt").status == 0
    printed = text(campaign)
    assert "Åsa Lindqvist" in printed
    assert "University of Example" not in printed
    assert "a journalist, Minsk" in printed
    assert "Described" not in printed
    assert "Withheld Person" not in printed
    assert "1 further signatory, whose name is withheld." in printed
    assert "Signed by 1 organisation and 4 people as of 1 March 2026." in printed
    assert "un journaliste, Minsk" in text(campaign, "minister.fr.txt")


def test_a_changed_text_makes_signatures_stale_and_their_names_are_not_printed(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    sign(campaign.path, but=("okafor",))
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    sign(campaign.path, but=("lindqvist", "reading-circle", "signer-07", "signer-08"))
    done = letters_here("render", "--format", "txt")
    assert done.status == 0
    assert (
        "warning: the text has changed since lindqvist, reading-circle, signer-07, signer-08 signed"
        in done.stderr
    )
    printed = text(campaign)
    assert "Ngozi Okafor" in printed
    for gone in ("Lindqvist", "Reading Circle", "journalist", "withheld", "DRAFT"):
        assert gone not in printed


def test_when_all_are_stale_it_is_a_draft_again(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    sign(campaign.path)
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    done = letters_here("render", "--format", "txt")
    assert done.status == 0
    assert "signatures are stale" in done.stderr
    assert "draft: nobody has signed this very text" in done.stderr
    assert text(campaign).startswith("DRAFT – not signed\n")
    assert "Åsa Lindqvist\nUniversity of Example*\nnot yet signed" in text(campaign)


@pytest.mark.parametrize("gone", ["withdraw", "decline"])
def test_who_withdrew_or_declined_is_not_printed_even_in_a_draft(
    campaign: CampaignFolder, letters_here: Letters, gone: str
) -> None:
    if gone == "withdraw":
        sign(campaign.path)
    assert letters_here("sign", gone, "lindqvist").status == 0
    for draft in ((), ("--draft",)):
        assert letters_here("render", "--format", "txt", *draft).status == 0
        assert "Lindqvist" not in text(campaign)
        assert "Reading Circle" in text(campaign)


def test_a_text_that_names_who_withdrew_is_a_draft(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    assert letters_here("sign", "withdraw", "okafor").status == 0
    done = letters_here("render", "--format", "txt")
    assert done.status == 0
    assert "draft: the text names okafor, whose signature does not stand" in done.stderr
    assert text(campaign).startswith("DRAFT\n")
    assert all(file["draft"] for file in manifest(campaign)["files"])


def test_an_author_who_has_not_signed_is_pointed_out(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path, but=("okafor",))
    done = letters_here("render", "--format", "txt")
    assert done.status == 0
    assert "warning: okafor has not signed this text but is an author" in done.stderr


def test_a_theme_that_asks_for_other_files_is_refused_at_its_place(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sheet = "templates/themes/classic/letter.css"
    campaign.write(sheet, ".letter { background: url(file:///etc/passwd) }\n@import 'x.css';\n")
    for words in (("check",), ("render",)):
        done = letters_here(*words)
        assert (done.status, done.stdout) == (1, "")
        assert f"{sheet}:1:11: background – " in done.stderr
        assert f"{sheet}:2:1: @import – " in done.stderr
        assert done.stderr.endswith("2 problems to fix\n")
    assert not (campaign.path / "out").exists()


def test_what_the_press_remarks_is_a_warning_with_the_files_name(
    campaign: CampaignFolder, letters: Letters
) -> None:
    campaign.write("templates/themes/classic/letter.css", "/* mine */\np { width: wide }\n")
    done = letters("render", "--format", "pdf", "--recipient", "minister", "--lang", "en")
    assert done.status == 0
    [warning] = [line for line in done.stderr.splitlines() if "warning:" in line]
    assert warning.startswith("minister.en.pdf: warning: ")
    assert "width: wide" in warning
    assert "2:5" in warning
    assert (campaign.path / "out" / "minister.en.pdf").is_file()


def test_a_problem_in_one_letter_leaves_the_old_files(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    assert letters_here("render", "--format", "txt").status == 0
    before = {name: campaign.read(f"out/{name}") for name in names(campaign)}
    campaign.edit("templates/note/letter.fr.md", "{{ deadline }}", "{{ dedline }}")
    done = letters_here("render", "--format", "txt")
    assert (done.status, done.stdout) == (1, "")
    assert done.stderr.startswith("templates/note/letter.fr.md:")
    assert "did you mean “deadline”?" in done.stderr
    assert {name: campaign.read(f"out/{name}") for name in names(campaign)} == before
