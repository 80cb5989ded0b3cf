"""Built-in templates, and a campaign's own files before them, one by one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from letters import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

BUILT_IN = shipped.TEMPLATES / "open-letter"


def digest(letters: Letters) -> str:
    return str(json.loads(letters("status", "--json").stdout)["text_digest"])


def listed(output: str) -> list[list[str]]:
    """The columns of the list: they stand two spaces or more apart."""
    return [re.split(r" {2,}", line) for line in output.splitlines()]


def test_it_lists_the_built_in_ones_and_the_campaigns_own(letters_here: Letters) -> None:
    output = letters_here("templates", "list").stdout
    rows = listed(output)
    assert rows == sorted(rows)
    assert ["note", "en, fr", "Note (changed in this campaign)"] in rows
    assert ["open-letter", "en, fr", "Open letter"] in rows
    titles = {line.index(row[2]) for line, row in zip(output.splitlines(), rows, strict=True)}
    assert len(titles) == 1
    entries = json.loads(letters_here("templates", "list", "--json").stdout)
    assert [entry["name"] for entry in entries] == [row[0] for row in rows]
    note = {"name": "note", "title": "Note", "languages": ["en", "fr"], "own": True}
    built_in = {**note, "name": "open-letter", "title": "Open letter", "own": False}
    assert note in entries
    assert built_in in entries


def test_it_lists_them_where_there_is_no_campaign(letters: Letters, tmp_path: Path) -> None:
    done = letters("templates", "list", folder=None, cwd=tmp_path)
    built_in = sorted(file.parent.name for file in shipped.TEMPLATES.glob("*/template.yaml"))
    assert done.status == 0
    assert [row[0] for row in listed(done.stdout)] == built_in


def test_it_shows_what_a_template_needs(letters_here: Letters) -> None:
    done = letters_here("templates", "show", "note")
    assert done.status == 0
    assert done.stdout.startswith("Note\n\nA short letter that has every block.\n\n")
    rows = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert ["thanks", "text", "what deserves thanks"] in rows
    assert ["seen", "date", "(may be left out)  when it was seen"] in rows


def test_it_says_where_its_files_lie(campaign: CampaignFolder, letters_here: Letters) -> None:
    shown = letters_here("templates", "show", "open-letter").stdout.splitlines()
    assert shown[-3:] == [
        str(BUILT_IN / name) for name in ("template.yaml", "letter.en.md", "letter.fr.md")
    ]
    own = campaign.write("templates/open-letter/letter.fr.md", "Bonjour")
    shown = letters_here("templates", "show", "open-letter").stdout.splitlines()
    assert shown[-3:] == [str(BUILT_IN / "template.yaml"), str(BUILT_IN / "letter.en.md"), str(own)]


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
    names = ["template.yaml", "letter.en.md", "letter.fr.md"]
    assert done.stdout.splitlines() == [f"templates/open-letter/{name}" for name in names]
    folder = campaign.path / "templates" / "open-letter"
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    for name in names:
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
    assert again.stderr.count("kept as it is:") == 3


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
