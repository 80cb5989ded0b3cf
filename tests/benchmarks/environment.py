"""The Python in which the peers run that the project itself doesn't need."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from pathlib import Path

from .measuring import PYTHON, ROOT, Command

PEERS = Path(__file__).resolve().parent / "peers"
FOLDER = ROOT / ".bench"


@functools.cache
def python() -> Path:
    """Its interpreter, with the packages of peers/requirements.txt; made where it isn't there."""
    wanted = (PEERS / "requirements.txt").read_bytes()
    mark, made = FOLDER / "installed.txt", FOLDER / "bin" / "python"
    if not mark.is_file() or mark.read_bytes() != wanted:
        print("bench: installing the peers in .bench", file=sys.stderr)
        shutil.rmtree(FOLDER, ignore_errors=True)
        subprocess.run([PYTHON, "-m", "venv", FOLDER], check=True)
        install: Command = [made, "-m", "pip", "install", "-q", "-r", PEERS / "requirements.txt"]
        subprocess.run(install, check=True)
        mark.write_bytes(wanted)
    return made


def peer(name: str, *words: str | Path) -> Command:
    """The command of one of those."""
    return [python(), PEERS / f"{name}.py", *words]


def bare(name: str, *words: str | Path) -> Command:
    """The command of one that needs nothing but the libraries of the project."""
    return [PYTHON, PEERS / f"{name}.py", *words]
