"""A second transport: a program like sendmail, which gets the message on its standard input.

It is a real process. What it makes of a recipient is in the file ``answers/<address>``: a line of
shell, run before it takes the message; without one it keeps the message in ``taken``.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from letters.post.account import Service
from letters.post.server_errors import ServerError
from letters.post.transports.interface import DoubtError, DroppedError, Reply, TakenError

PIPE = Service("pipe", "program", "mail: program:", 0, 0)
_PROGRAM = """#!/bin/sh
here=$(dirname "$0")
shift 2
[ -f "$here/answers/$1" ] && . "$here/answers/$1"
cat > "$here/coming.$$"
test -s "$here/coming.$$" || exit 75  # whoever says nothing sends nothing
mv "$here/coming.$$" "$here/taken/$1.$$"
"""
_LATER = 75  # EX_TEMPFAIL


class Pipe:
    """The program is started for each message; the message is its own once it has been written."""

    def __init__(self, program: Path) -> None:
        self.program = program

    def open(self) -> None:
        if not self.program.is_file():
            raise ServerError("there is no program for mail", "install one")

    def deliver(
        self, sender: str, addresses: Sequence[str], data: bytes, claim: Callable[[], bool]
    ) -> Reply:
        self.open()
        try:
            program = subprocess.Popen(
                [self.program, "-f", sender, *addresses],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise DroppedError("the program did not start") from error
        with program:
            try:
                said = _fed(program, data, claim)
            except BaseException:
                program.kill()
                raise
        words = said.decode().strip()
        if program.returncode < 0:
            raise DoubtError("the program died while it had the message")
        if program.returncode == _LATER:
            return Reply("later", words)
        return Reply("refused" if program.returncode else "accepted", words)

    def close(self) -> None:
        """Nothing stays open."""


def _fed(program: subprocess.Popen[bytes], data: bytes, claim: Callable[[], bool]) -> bytes:
    """What it says of a message, once that is its own."""
    if not claim():
        raise TakenError
    return program.communicate(data)[1]


class Program:
    """The program in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "program"
        for name in ("answers", "taken"):
            (folder / name).mkdir(parents=True)
        self.path.write_text(_PROGRAM)
        self.path.chmod(0o755)

    def answers(self, address: str, line: str) -> None:
        (self.folder / "answers" / address).write_text(f"{line}\n")

    def calms_down(self) -> None:
        for answer in (self.folder / "answers").iterdir():
            answer.unlink()

    def taken(self) -> dict[str, list[bytes]]:
        """What it kept, by address."""
        kept: dict[str, list[bytes]] = {}
        for file in sorted((self.folder / "taken").iterdir()):
            kept.setdefault(file.name.rpartition(".")[0], []).append(file.read_bytes())
        return kept
