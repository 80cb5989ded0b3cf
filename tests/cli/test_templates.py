"""Built-in templates, and a campaign's own files before them, one by one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from docx.shared import Pt

from letters import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

BUILT_IN = shipped.TEMPLATES / "open-letter"
BUILT_INS = sorted(file.parent.name for file in shipped.TEMPLATES.glob("*/template.yaml"))
LANGUAGES = sorted(file.name.split(".")[1] for file in BUILT_IN.glob("letter.*.md"))
FILES = ["template.yaml", *(f"letter.{language}.md" for language in LANGUAGES)]


def digest(letters: Letters) -> str:
    return str(json.loads(letters("status", "--json").stdout)["text_digest"])


def listed(output: str) -> list[list[str]]:
    """The columns of the list: they stand two spaces or more apart."""
    return [re.split(r" {2,}", line) for line in output.splitlines()]


def test_it_lists_the_built_in_ones_and_the_campaigns_own(letters_here: Letters) -> None:
    lines = letters_here("templates", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted([*BUILT_INS, "note"])
    note = next(line for line in lines if line.startswith("note "))
    assert note.split(maxsplit=1)[1].strip().startswith("en, fr")
    assert note.endswith("Note (changed in this campaign)")
    listed = json.loads(letters_here("templates", "list", "--json").stdout)
    assert {"name": "note", "title": "Note", "languages": ["en", "fr"], "own": True} in listed
    found = {entry["name"]: entry for entry in listed if not entry["own"]}
    assert set(found) == set(BUILT_INS)
    assert found["open-letter"]["languages"] == LANGUAGES
    assert found["open-letter"]["title"] == "Open letter"


def test_it_lists_them_where_there_is_no_campaign(letters: Letters, tmp_path: Path) -> None:
    done = letters("templates", "list", folder=None, cwd=tmp_path)
    assert done.status == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == BUILT_INS


def test_it_shows_what_a_template_needs(letters_here: Letters) -> None:
    done = letters_here("templates", "show", "note")
    assert done.status == 0
    assert done.stdout.startswith("Note\n\nA short letter that has every block.\n\n")
    rows = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert ["thanks", "text", "what deserves thanks"] in rows
    assert ["seen", "date", "(may be left out)  when it was seen"] in rows


def test_it_says_where_its_files_lie(campaign: CampaignFolder, letters_here: Letters) -> None:
    shown = letters_here("templates", "show", "open-letter").stdout.splitlines()
    assert shown[-len(FILES) :] == [str(BUILT_IN / name) for name in FILES]
    own = campaign.write("templates/open-letter/letter.fr.md", "Bonjour")
    shown = letters_here("templates", "show", "open-letter").stdout.splitlines()
    places = [own if name == "letter.fr.md" else BUILT_IN / name for name in FILES]
    assert shown[-len(FILES) :] == [str(place) for place in places]


@pytest.mark.parametrize("command", ["show", "eject"])
def test_it_asks_which_template_was_meant(letters_here: Letters, command: str) -> None:
    for name in ("open-leter", "themes", "../note", "", "."):
        done = letters_here("templates", command, name)
        assert (done.status, done.stdout) == (2, "")
        assert done.stderr.startswith(f"letters: there is no template “{name}”")
    assert "did you mean “open-letter”?" in letters_here("templates", command, "open-leter").stderr


def test_it_ejects_all_files_of_a_template(campaign: CampaignFolder, letters_here: Letters) -> None:
    done = letters_here("templates", "eject", "open-letter")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"templates/open-letter/{name}" for name in FILES]
    folder = campaign.path / "templates" / "open-letter"
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    for name in FILES:
        assert (folder / name).read_bytes() == (BUILT_IN / name).read_bytes()


def test_it_overwrites_nothing(campaign: CampaignFolder, letters_here: Letters) -> None:
    campaign.write("templates/open-letter/letter.en.md", "my own")
    done = letters_here("templates", "eject", "open-letter")
    assert done.status == 0
    assert "kept as it is: templates/open-letter/letter.en.md\n" in done.stderr
    assert "letter.en.md" not in done.stdout
    assert campaign.read("templates/open-letter/letter.en.md") == "my own"
    again = letters_here("templates", "eject", "open-letter")
    assert (again.status, again.stdout) == (0, "")
    assert again.stderr.count("kept as it is:") == len(FILES)


@pytest.mark.parametrize(
    ("name", "folder"), [("open-letter", "open-letter"), ("classic", "themes/classic")]
)
def test_it_writes_through_no_link(
    campaign: CampaignFolder, letters_here: Letters, tmp_path: Path, name: str, folder: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = campaign.path / "templates" / folder
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    done = letters_here("templates", "eject", name)
    assert (done.status, done.stdout) == (3, "")
    assert "reached by a link" in done.stderr
    assert list(outside.iterdir()) == []


def test_it_needs_a_campaign_to_eject_into(letters: Letters, tmp_path: Path) -> None:
    done = letters("templates", "eject", "open-letter", folder=None, cwd=tmp_path)
    assert done.status == 2
    assert "there is none here" in done.stderr
    assert list(tmp_path.glob("templates")) == []


@pytest.fixture
def starter(campaign: CampaignFolder, letters_here: Letters) -> CampaignFolder:
    """The campaign as the built-in template starts it."""
    for file in (BUILT_IN / "starter").iterdir():
        campaign.write(file.name, file.read_bytes())
    return campaign


def test_an_ejected_template_says_the_same_until_it_is_changed(
    starter: CampaignFolder, letters_here: Letters
) -> None:
    built_in = digest(letters_here)
    assert letters_here("templates", "eject", "open-letter").status == 0
    assert digest(letters_here) == built_in
    starter.edit("templates/open-letter/letter.en.md", "We begin with thanks.", "First, thanks.")
    changed = digest(letters_here)
    assert changed != built_in
    assert letters_here("render", "--format", "txt").status == 0
    printed = {path.name: path.read_text("utf-8") for path in (starter.path / "out").glob("*.txt")}
    english = [words for name, words in printed.items() if ".en." in name]
    assert english
    assert all("First, thanks." in words for words in english)
    # A remark in a template is no word of the letter.
    starter.write(
        "templates/open-letter/letter.en.md",
        "{# ours #}\n" + starter.read("templates/open-letter/letter.en.md"),
    )
    assert digest(letters_here) == changed


def test_one_file_of_its_own_is_enough(starter: CampaignFolder, letters_here: Letters) -> None:
    """The rest stays the toolkit's, and is read from there."""
    body = (BUILT_IN / "letter.en.md").read_text(encoding="utf-8")
    starter.write("templates/open-letter/letter.en.md", f"{body}\nOne word more.\n")
    assert letters_here("render", "--format", "txt").status == 0
    [printed] = (starter.path / "out").glob("*.txt")
    assert "One word more." in printed.read_text(encoding="utf-8")
    starter.write("templates/open-letter/letter.en.md", f"{body}\n{{{{ nonsense }}}}\n")
    done = letters_here("check")
    assert done.status == 1
    assert done.stderr.startswith("templates/open-letter/letter.en.md:")


def test_a_mistake_in_a_built_in_file_is_told_from_ones_own(
    starter: CampaignFolder, letters_here: Letters
) -> None:
    letter = starter.read("letter.yaml")
    assert letter.count("\n  thanks:") == 1
    head, _, rest = letter.partition("\n  thanks:")
    starter.write("letter.yaml", f"{head}\n  thank_you:{rest}")
    done = letters_here("check")
    assert done.status == 1
    assert "did you mean" in done.stderr
    assert "letter.yaml:" in done.stderr


# --- themes -----------------------------------------------------------------------------------


def test_it_ejects_a_theme(campaign: CampaignFolder, letters_here: Letters) -> None:
    done = letters_here("templates", "eject", "modern")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == "templates/themes/modern/theme.yaml\n"
    shipped_file = shipped.THEMES / "modern" / "theme.yaml"
    assert campaign.read("templates/themes/modern/theme.yaml") == shipped_file.read_text("utf-8")


def test_it_keeps_the_files_of_a_theme_that_are_there(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.write("templates/themes/plain/letter.css", "p { color: #000000 }")
    campaign.write("templates/themes/plain/reference.docx", "mine")
    done = letters_here("templates", "eject", "plain", "--reference")
    assert done.stdout == "templates/themes/plain/theme.yaml\n"
    assert done.stderr.splitlines() == [
        "kept as it is: templates/themes/plain/letter.css",
        "kept as it is: templates/themes/plain/reference.docx",
    ]
    assert campaign.read("templates/themes/plain/reference.docx") == "mine"


def test_it_makes_a_document_of_styles_that_changes_the_letters(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("letter.yaml", "template: note\n", "template: note\ntheme: modern\n")
    done = letters_here("templates", "eject", "modern", "--reference")
    assert done.stdout.splitlines()[-1] == "templates/themes/modern/reference.docx"
    file = campaign.path / "templates" / "themes" / "modern" / "reference.docx"
    document = python_docx.Document(str(file))
    document.styles["Body Text"].font.size = Pt(13)
    document.save(str(file))
    assert letters_here("render", "--format", "docx").status == 0
    for made in (campaign.path / "out").glob("*.docx"):
        assert python_docx.Document(str(made)).styles["Body Text"].font.size == Pt(13)


def test_a_broken_document_of_styles_is_a_problem_with_a_place(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.write("templates/themes/classic/reference.docx", "no zip")
    done = letters_here("render", "--format", "docx")
    assert done.status == 1
    assert done.stderr.startswith(
        "templates/themes/classic/reference.docx:1:1: is no Word document"
    )
    assert not list((campaign.path / "out").glob("*.docx"))


def test_a_document_of_styles_is_for_themes(letters_here: Letters) -> None:
    done = letters_here("templates", "eject", "open-letter", "--reference")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("letters: --reference is for themes")
    assert "known: classic, large-print, modern, office, plain" in done.stderr


def test_it_says_when_a_template_and_a_theme_share_a_name(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.write("templates/classic/template.yaml", "title: Mine\n")
    done = letters_here("templates", "eject", "classic")
    assert done.status == 0
    assert "“classic” is a template and a theme: both are copied" in done.stderr
    assert "templates/themes/classic/theme.yaml" in done.stdout
