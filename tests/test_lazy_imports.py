"""Help answers at once: no command loads more than it needs to say what it does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import typer.main
from typer.core import TyperGroup

from letters.cli.app import app

HEAVY = (
    *("weasyprint", "docx", "jinja2", "babel", "yaml", "markdown_it", "PIL", "rich", "pydantic"),
    *("sqlite3", "multiprocessing", "cryptography", "keyring", "letters.campaign", "letters.draft"),
    *("letters.press", "letters.ledger", "letters.preview"),
    *("starlette", "uvicorn", "watchfiles", "pypdfium2", "asyncio"),
)
RUN = (
    "import json, sys; sys.argv[1:] = {!r}\n"
    "from letters.__main__ import main\n"
    "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
    "sys.stderr.write(json.dumps(sorted(sys.modules)))"
)


def commands() -> list[list[str]]:
    """Every command there is, as its words."""
    found = [[]]  # type: list[list[str]]

    def walk(group: TyperGroup, words: list[str]) -> None:
        for name, command in group.commands.items():
            found.append([*words, name])
            if isinstance(command, TyperGroup):
                walk(command, [*words, name])

    whole = typer.main.get_command(app)
    assert isinstance(whole, TyperGroup)
    walk(whole, [])
    return found


def loaded(words: list[str]) -> tuple[str, set[str]]:
    """What the command prints, and the modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, set(json.loads(done.stderr))


def heavy(modules: set[str]) -> set[str]:
    return modules & set(HEAVY)


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    printed, modules = loaded([*words, "--help"])
    assert printed.startswith(f"Usage: {' '.join(['-c', *words])} ")
    # Typer itself takes pydantic to read the options in front of a command.
    assert heavy(modules) - ({"pydantic"} if words else set()) == set()


def test_the_version_loads_nothing_heavy() -> None:
    printed, modules = loaded(["--version"])
    assert printed.startswith("letters ")
    assert heavy(modules) == set()


def test_what_is_watched_for_would_be_seen() -> None:
    _, modules = loaded(["schema", "letter"])
    assert {"pydantic", "letters.campaign"} <= heavy(modules)


def test_the_workshop_loads_nothing_that_only_a_press_needs() -> None:
    """Most commands press nothing, or one format."""
    program = "import json, sys, letters.workshop.workshop; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    modules = set(json.loads(done.stdout))
    presses = {"pdf", "docx", "html", "text", "plate", "annexes", "names"}
    assert "letters.press.ready" in modules
    assert modules & {f"letters.press.{name}" for name in presses} == set()
    assert modules & {"weasyprint", "docx", "PIL", "lxml"} == set()
