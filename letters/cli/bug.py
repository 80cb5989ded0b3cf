"""How a command ends by what nobody thought of: one line, and a report that names nobody.

The report holds versions, the class of the error and the lines of code that led to it. No word of a
message, of a file or of the command line is in it: each of them may be a name.
"""

from __future__ import annotations

import os
import platform
import sys
from contextlib import suppress
from pathlib import Path

from letters import __version__
from letters.cli.exit import note
from letters.error import BugError, Status

_FOLDER = "reports"
# What anybody's campaign has, and what is called by the ids of recipients.
_KNOWN = frozenset((
    "letter.yaml", "signatories.yaml", "recipients.yaml", "places.yaml", "imports.yaml", "out",
    "editions.yaml", "templates", "forms", "languages", "bodies", "checkpoints", "evidence",
    "outbox", ".schemas",
))  # fmt: skip


def told(error: Exception, command: str) -> Status:
    """Write the report, and say in one line where it is."""
    bug = BugError.of(error)
    where = _written(bug, command)
    report = f"a report that names nobody is in {where}: please send it" if where else ""
    report = report or "no report of it could be written: please say this line"
    note(f"letters: a mistake in the program itself ({bug.kind} at {bug.trail[-1]}); {report}")
    return Status.BUG


def failed(error: OSError) -> Status:
    """Say what the system refused, and of which file, where its name may be told."""
    where = _place(Path(os.fsdecode(error.filename))) if error.filename else ""
    note(f"letters: {where}{error.strerror or 'input or output failed'}")
    return Status.OUTSIDE


def _place(path: Path) -> str:
    """A file as a message may call it: in a campaign its name may be somebody's."""
    root = next((each for each in path.parents if (each / "letter.yaml").exists()), None)
    first = (path.relative_to(root) if root else path).parts[0]
    typed = any(word and Path(word).absolute() == path.absolute() for word in sys.argv[1:])
    if typed or first in _KNOWN or first.startswith("letters.db"):
        return f"{path}: "
    if root is not None:
        return "a file of the campaign: "
    said = any(word and path.is_relative_to(word) for word in sys.argv[1:])
    return f"{path}: " if said or path.is_absolute() else "a file: "


def _written(bug: BugError, command: str) -> Path | None:
    from letters.post.high_water import state_folder

    lines = [
        f"letters {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        f"command: {command}",
        f"error: {bug.kind}",
        *(f"  {step}" for step in bug.trail),
    ]
    folder = state_folder(os.environ, Path.home()) / "letters" / _FOLDER
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in range(1, 1000):
            path = folder / f"bug-{number}.txt"
            with suppress(FileExistsError), path.open("x", encoding="utf-8") as stream:
                stream.write("\n".join(lines) + "\n")
                path.chmod(0o600)
                return path
    return None
