"""A place in a file, opened in the user’s editor: by an address that it knows, or as a program."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from letters import reading
from letters.problem import Place

_GOTO = frozenset(("code", "codium", "code-insiders", "cursor", "windsurf"))
_COLON = frozenset(("subl", "zed", "zeditor", "atom", "mate"))
_PLUS = frozenset(("gedit", "kate", "gvim", "mousepad", "pluma", "xed", "geany"))
"""Editors with a window of their own, by how they are told a line. One that needs a terminal would
take the one in which the preview runs."""


def inside(root: Path, path: str) -> Path | None:
    """The file of the campaign at that path; None for any other."""
    file = reading.real(root / path)
    own = file.is_relative_to(reading.real(root))
    return file if own and path and file.is_file() else None


def address(root: Path, place: Place) -> str:
    """What opens the place in Visual Studio Code; empty where it is in no file of the campaign."""
    file = inside(root, place.path)
    if file is None:
        return ""
    return f"vscode://file/{quote(file.as_posix().lstrip('/'))}:{place.line}:{place.column}"


def editor(environment: Mapping[str, str]) -> list[str]:
    """The program that the user has named for it, and its options; none that can’t be used here."""
    said = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(said)
    except ValueError:
        return []
    known = words and Path(words[0]).name in _GOTO | _COLON | _PLUS
    return words if known and shutil.which(words[0]) else []


def open_in(words: list[str], file: Path, line: int, column: int) -> None:
    """Start the editor there, and leave it alone."""
    name = Path(words[0]).name
    if name in _GOTO:
        told = ["--goto", f"{file}:{line}:{column}"]
    elif name in _COLON:
        told = [f"{file}:{line}:{column}"]
    else:
        told = [f"+{line}", str(file)]
    subprocess.Popen(  # noqa: S603 - the user's own program, and a file of the campaign
        [*words, *told],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, env=os.environ.copy(),
    )  # fmt: skip
