"""Files made to take all time or all memory, one for each way in which a reader could be led there.

``python -m tests.security.bombs [NAME …]`` sets them off: each in a campaign of its own, read by a
command as anybody runs it, in a process whose time and memory are then known. A bomb has to end
within the seconds of a step and those that its size allows, to leave the process that talks to the
person small, and to be named: by the file, or by the line of the template that ran.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from letters import limits  # noqa: E402 - found by the path above

from .bomb_table import BOMBS, Bomb  # noqa: E402

MOST_MEMORY = 400  # MB that the process may take that talks to the person
_TASK = "--task"


@dataclass(frozen=True, slots=True)
class Blast:
    """What came of a bomb: seconds of processor time of all processes, MB of the first one."""

    bomb: Bomb
    seconds: float
    memory: float
    status: int
    said: str
    written: bool = True

    @property
    def wrong(self) -> str:
        """What is not as it must be; "" where all is well."""
        if not self.written:
            return f"could not be written: {(self.said.strip().splitlines() or [''])[-1]}"
        found = []
        most = limits.SECONDS + self.bomb.more + 1  # whole seconds are what the system counts
        if self.seconds > most:
            found.append(f"{self.seconds:.1f} s of processor time")
        if self.memory > MOST_MEMORY:
            found.append(f"{self.memory:.0f} MB")
        if self.status not in (
            (0, *self.bomb.statuses) if self.bomb.harmless else self.bomb.statuses
        ):
            found.append(f"status {self.status}")
        if self.status and not any(
            re.search(rf"(?:^|[ /])(?:{self.bomb.place})", line) for line in self.said.splitlines()
        ):
            found.append(f"{self.bomb.place} is not named")
        if self.bomb.said not in self.said:
            found.append(f"“{self.bomb.said}” is not said")
        if (
            "unexpected" in self.said
            or "mistake in the program" in self.said
            or "Traceback" in self.said
        ):
            found.append("no sentence")
        return ", ".join(found)


def blasts(bombs: Sequence[Bomb], folder: Path) -> Iterator[Blast]:
    """Set them off, one after the other, from a small process of its own.

    A process that is forked begins with the memory of the one that forks it, and one that is begun
    otherwise may be told the same: a run of tests would be measured, and not the command.
    """
    named = {bomb.name: bomb for bomb in bombs}
    task = json.dumps({"folder": str(folder), "seconds": limits.SECONDS, "names": [*named]})
    words = [sys.executable, "-m", "tests.security.bombs", _TASK, task]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as small:
        assert small.stdout is not None
        try:
            for bomb in named.values():
                line = small.stdout.readline()
                if not line:
                    break
                yield Blast(bomb, **json.loads(line))
        except BaseException:
            small.kill()
            raise
    if small.returncode:
        raise subprocess.CalledProcessError(small.returncode, words[:3])


def _work(folder: Path, seconds: float, names: Sequence[str]) -> None:
    """Do that in the small process: a line of JSON for each."""
    from conftest import write_campaign

    import letters.cli.app
    import letters.workshop.workshop  # noqa: F401 - what is loaded once need not be by each

    limits.SECONDS = seconds
    named = {bomb.name: bomb for bomb in BOMBS}
    plain = folder / "plain"
    plain.mkdir()
    campaign = write_campaign(plain)
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    for number, name in enumerate(names):
        root = folder / str(number)
        shutil.copytree(plain, root)
        sys.stdout.write(json.dumps(_set_off(named[name], root)) + "\n")
        sys.stdout.flush()
        shutil.rmtree(root)


def _set_off(bomb: Bomb, root: Path) -> dict[str, object]:
    """Write the files in one process, and read them in another, so that neither weighs here."""
    out = root.with_suffix(".out")
    with out.open("wb") as stream:
        status, used, memory = _apart(lambda: bomb.write(root), stream.fileno())
        written = status == 0
        if written:
            status, used, memory = _apart(lambda: _command(bomb, root), stream.fileno())
    said = out.read_text("utf-8", "replace")
    out.unlink()
    return {
        "seconds": used, "memory": memory, "status": status, "said": said, "written": written,
    }  # fmt: skip


def _apart(work: Callable[[], int | None], out: int) -> tuple[int, float, float]:
    """A child that does it: its exit status, its seconds with those of its own, and its MB."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        status = 70
        try:
            os.dup2(out, 1)
            os.dup2(out, 2)
            sys.stdout, sys.stderr = (os.fdopen(n, "w", closefd=False) for n in (1, 2))
            status = work() or 0
        except Exception:  # noqa: BLE001 - whatever it is, it is told
            traceback.print_exc()
        finally:
            own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            os.write(outlet, str(own).encode())
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as stream:
        memory = int(stream.read() or 0) / 1000
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, memory


def _command(bomb: Bomb, root: Path) -> int:
    os.environ["XDG_STATE_HOME"] = str(root.parent / "state")
    if bomb.call is not None:
        return bomb.call(root)
    from letters.cli import app

    sys.argv = ["letters", "-C", str(root), *(word.format(root=root) for word in bomb.command)]
    try:
        app.run()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def measure(folder: Path) -> tuple[int, int, list[str]]:
    """How many were set off, how many did harm, and which."""
    found = [f"{one.bomb.name}: {one.wrong}" for one in blasts(BOMBS, folder) if one.wrong]
    return len(BOMBS), len(found), found


def main(names: list[str]) -> int:
    """Set those off whose names begin so, or all, and tell of each."""
    if names[:1] == [_TASK]:
        task = json.loads(names[1])
        _work(Path(task["folder"]), task["seconds"], task["names"])
        return 0
    wrong = 0
    chosen = [b for b in BOMBS if not names or any(b.name.startswith(name) for name in names)]
    with tempfile.TemporaryDirectory() as folder:
        for blast in blasts(chosen, Path(folder)):
            last = blast.said.strip().splitlines()
            shown = next(
                (line for line in last if re.search(blast.bomb.place, line)),
                last[-1] if last else "",
            )
            sys.stdout.write(
                f"{'WRONG ' + blast.wrong if blast.wrong else 'fine'} | {blast.bomb.name} | "
                f"{blast.seconds:.1f} s | {blast.memory:.0f} MB | {blast.status} | {shown[:150]}\n"
            )
            sys.stdout.flush()
            wrong += bool(blast.wrong)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
