"""The documentation, run: its commands do what they show, its tables and links hold today."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pages import DOCS, PAGES, ROOT, code, fences, matches, page_text, rows_of, tables
from PIL import Image, ImageChops
from warm import warm

from letters.campaign.types import Visibility
from letters.cli.app import app
from letters.cli.exit import Status

# A test can't set a machine up, nor run all the tests; each of these is run where it says.
RUN_ELSEWHERE = {
    "letters preview": "tests/preview/test_story.py",  # it goes on until Ctrl-C
    "script/demo": ".ci/run",
    "letters new": "tests/templates/test_library.py",
    "script/test": ".ci/run",
    "sudo apt-get install": "script/bootstrap",
    "brew install": "script/bootstrap",
    "python3 -m venv": ".ci/run",
    "~/letters/bin/pip install": ".ci/run",
    ".venv/bin/python docs/pictures.py": "tests/test_docs.py",
    ".venv/bin/keyring set": "tests/post/test_account.py",
}

EDIT = """\
import pathlib, sys
file, old, new = pathlib.Path(sys.argv[1]), *(pathlib.Path(p).read_text() for p in sys.argv[2:])
text = file.read_text()
assert text.count(old) == 1, f"{text.count(old)} times in {file}: {old}"
file.write_text(text.replace(old, new))
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a reader does, and what they then see."""

    command: str
    shown: str
    line: int


def steps(page: Path, folder: Path) -> Iterator[Step]:
    """The commands of a page in order.

    A diff becomes a command that edits the file it names; a program, or a whole YAML file ("yml"),
    one that writes its file.
    """
    (folder / "edit.py").write_text(EDIT, encoding="utf-8")
    for fence in fences(page, "console", "diff", "python", "yml"):
        if fence.word(0) in ("python", "yml"):
            (folder / f"{fence.line}").write_text(fence.text, encoding="utf-8")
            target = fence.word(1)
            write = f"mkdir -p $(dirname {target}) && cp {folder}/{fence.line} {target}"
            yield Step(write, "", fence.line)
            continue
        if fence.word(0) == "console":
            for part in re.split(r"^\$ ", fence.text, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                yield Step(command, shown, fence.line)
            continue
        changes = re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", fence.text, flags=re.MULTILINE)
        for number, change in enumerate(changes):
            sides = [folder / f"{fence.line}-{number}-{side}" for side in ("old", "new")]
            for file, lines in zip(sides, change, strict=True):
                words = re.sub("^.", "", lines, flags=re.MULTILINE).removesuffix("\n")
                file.write_text(words, encoding="utf-8")
            edit = ["python", f"{folder}/edit.py", fence.word(1), *map(str, sides)]
            yield Step(" ".join(edit), "", fence.line)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose ``letters`` answers at once."""
    with warm(tmp_path_factory.mktemp("warm")) as folder:
        yield folder


@pytest.mark.parametrize(
    "page", [page for page in PAGES if fences(page, "console")], ids=lambda page: page.name
)
def test_the_commands_of_a_page_do_what_it_shows(page: Path, tmp_path: Path, loaded: Path) -> None:
    """One shell runs them all, in a new folder; a failure counts unless its status is asked for.

    The README's are run as anybody runs them, those of the guides from a process that is warm.
    """
    todo = list(steps(page, tmp_path))
    home = tmp_path / "home"
    shutil.copytree(DOCS / "lists", home)
    script = "exec 2>&1\nstatus=0\n" + "".join(
        f"(exit $status)\n{step.command}\nstatus=$?\nprintf '\\036%s\\036' $status\n"
        for step in todo
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if page.name != "README.md":
        path = f"{loaded}{os.pathsep}{path}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=home,
        env=os.environ | {"HOME": str(home), "PATH": path, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    results = done.stdout.split("\036")
    assert len(results) == 2 * len(todo) + 1, done.stdout
    following = [*(step.command for step in todo[1:]), ""]
    for step, then, output, status in zip(
        todo, following, results[:-1:2], results[1::2], strict=True
    ):
        where = f"{page.name}:{step.line}: {step.command}\n{output}"
        assert matches(step.shown, output), where
        assert status == "0" or then == "echo $?", where


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_other_command_of_a_page_is_run_elsewhere(page: Path) -> None:
    """CI runs the set-up, script/demo and script/test; here they would run these tests again."""
    for fence in fences(page, "sh"):
        for line in fence.text.splitlines():
            [start] = [start for start in RUN_ELSEWHERE if line.startswith(start)]
            there = page_text(ROOT / RUN_ELSEWHERE[start])
            packages = line.removeprefix(start).split() if "install" in start else []
            assert Path(start.split()[-1]).name in there
            assert all(re.search(rf"(?<!\S){re.escape(word)}(?!\w)", there) for word in packages)


def test_a_contributor_finds_every_script() -> None:
    scripts = {f"script/{file.name}" for file in (ROOT / "script").iterdir() if file.is_file()}
    assert {code(row[0])[0] for row in rows_of(ROOT / "CONTRIBUTING.md", "Command")} == scripts
    assert all(os.access(ROOT / name, os.X_OK) for name in scripts)
    checks = page_text(ROOT / "script/test")
    assert all(f"script/{name}" in checks for name in ("bootstrap", "lint", "typecheck", "unit"))


def commands(command: Any, name: str) -> Iterator[tuple[str, set[str]]]:
    """Every command that does something, as it is called, with its options."""
    inner = getattr(command, "commands", {})
    arguments = [param for param in command.params if not param.opts[0].startswith("-")]
    words = [(param.metavar or param.name).upper() for param in arguments]
    usage = [w if p.required else f"[{w}]" for w, p in zip(words, arguments, strict=True)]
    if name == "letters" or not inner:
        options = {option for param in command.params for option in param.opts}
        yield " ".join([name, *usage]), {option for option in options if option[0] == "-"}
    for key, below in inner.items():
        yield from commands(below, f"{name} {key}")


def test_every_command_and_option_is_documented() -> None:
    documented: dict[str, set[str]] = {}
    current = ""
    for head, rows in tables(DOCS / "commands.md"):
        assert head == "Command"
        for cell, meaning in rows:
            words = code(cell)
            if words[0].startswith("letters"):
                current = words[0]
                documented[current] = set()
            else:
                documented[current] |= {word.split()[0] for word in words}
            assert meaning
    documented["letters"] -= {"--help", "-h"}  # each command has them
    assert documented == dict(commands(typer.main.get_command(app), "letters"))
    short = [code(cell)[0] for cell, _ in rows_of(ROOT / "README.md", "Command")]
    assert sorted(short) == sorted(documented.keys() - {"letters"})


def test_the_readme_explains_every_exit_status_and_every_visibility() -> None:
    statuses = [int(row[0]) for row in rows_of(ROOT / "README.md", "Status")]
    assert statuses == sorted(Status)
    visibilities = [code(row[0])[0] for row in rows_of(ROOT / "README.md", "`visibility`")]
    assert visibilities == list(typing.get_args(Visibility))


# --- links and pictures -----------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The headings of a page as they can be linked to."""
    prose = re.sub(r"^```.*?^```$", "", page_text(page), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", prose, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page_text(page), flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_the_picture_shows_the_letter_of_today(tmp_path: Path) -> None:
    """Run ``python docs/pictures.py`` when it doesn't; small differences of fonts are let through."""
    spec = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)
    pictures.make(tmp_path / "today.png")
    with Image.open(pictures.PICTURE) as kept, Image.open(tmp_path / "today.png") as today:
        assert kept.info["Text digest"] == today.info["Text digest"]
        assert kept.size == today.size
        tiles = (kept.width // 16, kept.height // 16)
        pair = [image.convert("L").resize(tiles, Image.Resampling.BOX) for image in (kept, today)]
    _, largest = ImageChops.difference(*pair).getextrema()
    assert isinstance(largest, int | float)
    assert largest < 12
