"""A new campaign renders as it is, and never takes the place of anything."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letters.campaign.scaffold import templates
from letters.campaign.starter_text import LEFT_OVER

if TYPE_CHECKING:
    from conftest import Letters


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_makes_a_campaign_that_is_without_problems_and_renders(
    letters: Letters, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    done = letters("new", str(mine), folder=None)
    assert done.status == 0
    made = [mine / name for name in ("letter.yaml", "recipients.yaml", "signatories.yaml")]
    assert [Path(line) for line in done.stdout.splitlines()] == made
    assert all(file.is_file() for file in made)
    assert f"letters -C {mine} render" in done.stderr
    check = letters("check", folder=mine)
    assert check.status == 0
    assert all(LEFT_OVER in line for line in check.stderr.splitlines())
    render = letters("render", folder=mine)
    assert render.status == 0
    assert render.stdout.splitlines()
    assert all(Path(line).is_file() for line in render.stdout.splitlines())


def test_what_it_suggests_works_when_it_is_pasted(letters: Letters, tmp_path: Path) -> None:
    mine = tmp_path / "the mayor’s $HOME & garden"
    done = letters("new", str(mine), folder=None)
    assert done.status == 0
    found = re.search("run “letters (.+)”", done.stderr)
    assert found
    assert shlex.split(found[1]) == ["-C", str(mine), "render"]


@pytest.mark.parametrize("template", templates())
def test_every_template_with_a_starter_can_be_started_from(
    letters: Letters, tmp_path: Path, template: str
) -> None:
    assert letters("new", str(tmp_path / "mine"), "--template", template).status == 0
    found = json.loads(letters("check", "--json", folder=tmp_path / "mine").stdout)
    assert {(problem["message"], problem["severity"]) for problem in found} == {
        (LEFT_OVER, "warning")
    }


def test_its_files_name_the_schemas_that_lie_beside_them(
    letters_here: Letters, tmp_path: Path
) -> None:
    assert letters_here("new", str(tmp_path / "mine")).status == 0
    for name in ("letter", "signatories", "recipients"):
        first = (tmp_path / "mine" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found
        schema = json.loads((tmp_path / "mine" / found[1]).read_bytes())
        assert schema["$schema"].startswith("https://json-schema.org/")


def test_it_keeps_letters_and_log_out_of_public_repositories(
    letters_here: Letters, tmp_path: Path
) -> None:
    assert letters_here("new", str(tmp_path / "mine")).status == 0
    ignored = (tmp_path / "mine" / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"out/", "*.db"} <= set(ignored)


def test_an_empty_folder_is_as_good_as_none(letters: Letters, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = letters("new", ".", folder=None, cwd=tmp_path / "empty")
    assert (done.status, done.stdout.splitlines()[0]) == (0, "letter.yaml")


@pytest.mark.parametrize("inside", ["letter.yaml", ".hidden", "folder/deep.txt"])
def test_it_refuses_a_folder_that_holds_anything(
    letters_here: Letters, tmp_path: Path, inside: str
) -> None:
    file = tmp_path / "mine" / inside
    file.parent.mkdir(parents=True)
    file.write_text("the user's own")
    before = everything(tmp_path)
    done = letters_here("new", str(tmp_path / "mine"))
    assert (done.status, done.stdout) == (3, "")
    assert "exists and is not empty (choose another name; nothing was changed)" in done.stderr
    assert everything(tmp_path) == before


def test_it_refuses_the_place_of_a_file(letters_here: Letters, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("the user's own")
    assert letters_here("new", str(tmp_path / "mine")).status == 3
    assert (tmp_path / "mine").read_text() == "the user's own"


def test_it_follows_no_link_that_leads_nowhere(letters_here: Letters, tmp_path: Path) -> None:
    (tmp_path / "mine").symlink_to(tmp_path / "elsewhere")
    done = letters_here("new", str(tmp_path / "mine"))
    assert done.status in (3, 4)
    assert not (tmp_path / "elsewhere").exists()


def test_it_asks_which_template_was_meant(letters_here: Letters, tmp_path: Path) -> None:
    done = letters_here("new", str(tmp_path / "mine"), "--template", "openletter")
    assert done.status == 2
    assert "there is no template “openletter” to start from" in done.stderr
    assert "open-letter" in done.stderr
    assert not (tmp_path / "mine").exists()
