"""The measures behind docs/security.md: ``python -m tests.security.measures`` takes them all.

It prints the table with the figures of this run, and ends with 1 where one is not as it must be or
is smaller than what was promised. Each measure is taken in a process of its own, as many at once as
there are processors; what they took of them stands behind the table. The tests take a small part of
each.
"""

from __future__ import annotations

import json
import logging
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from conftest import write_campaign  # noqa: E402 - found by the path above

from . import bombs, damaged, fetching, fuzzing, sandbox  # noqa: E402

Measured = tuple[int, int, list[str]]
"""How many were tried, how many of them hit, and which."""


def fetch(folder: Path) -> Measured:
    return fetching.measure(folder)


def escape(folder: Path) -> Measured:
    campaign = write_campaign(folder)
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    return sandbox.measure(folder)


def fuzz(folder: Path) -> Measured:
    return fuzzing.measure(folder, 20_100)


def damage(folder: Path) -> Measured:
    return damaged.measure(folder, 1_000)


def explode(folder: Path) -> Measured:
    return bombs.measure(folder)


def force(folder: Path) -> Measured:
    """The tests force exceptions, each with a look at all that is said; the long run more."""
    passed, hits, failed = _tests("tests/cli/test_canaries.py", "-k", "no_exception_anywhere")
    return passed * _FORCED, hits, failed


def replace(folder: Path) -> Measured:
    return _tests("tests/test_odd_files.py", "-k", "what_is_no_fitting_file")


def _tests(*chosen: str) -> Measured:
    """What tests find that are the measure themselves, at the length of the soak."""
    words = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-s", "-o", "addopts=", *chosen]
    done = subprocess.run(
        words, cwd=ROOT, env=os.environ | {"LETTERS_SOAK": "1"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    counts = {
        what: int(count) for count, what in re.findall(r"(\d+) (passed|failed|error)", done.stdout)
    }
    hits = sum(counts.values()) - counts.get("passed", 0)
    failed = done.stdout.splitlines()[-40:] if done.returncode else []
    return sum(counts.values()), max(hits, bool(failed)), failed


MEASURES: dict[str, tuple[str, int, Callable[[Path], Measured]]] = {
    "fetch": ("vectors that would fetch something", 500, fetch),
    "sandbox": ("templates that would leave the sandbox", 3_000, escape),
    "fuzz": ("files damaged by chance", 20_000, fuzz),
    "damage": ("damaged Word files, spreadsheets, archives, PDFs, pictures", 1_000, damage),
    "bombs": ("files made to take all time or all memory", 120, explode),
    "force": ("exceptions forced at lines of the program", 1_000, force),
    "replace": ("pipes, devices, sockets, folders, links in place of a file", 475, replace),
}
"""What is tried, how many at least, and the measure."""
_LONGEST_FIRST = ("force", "bombs")
_ONE = "--one"
_FORCED = 250  # for each command, where tests are as long as in the soak


def row(what: str, tried: int, hits: int) -> str:
    """A line of the table in docs/security.md."""
    return f"| {what} | {tried:,} | {hits} |"


def taken(name: str) -> Measured:
    """One measure, in a process of its own: what it opens and how large it grows is its own."""
    words = [sys.executable, "-m", "tests.security.measures", _ONE, name]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return 0, 1, done.stderr.splitlines()[-20:]
    tried, hits, which = json.loads(done.stdout.splitlines()[-1])
    return tried, hits, which


def main(names: list[str]) -> int:
    """Take the measures of those names, or all."""
    logging.getLogger().addHandler(logging.NullHandler())
    if names[:1] == [_ONE]:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(json.dumps(MEASURES[names[1]][2](Path(folder))) + "\n")
        return 0
    wrong, begun = 0, time.monotonic()
    chosen = [name for name in MEASURES if not names or name in names]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        first = sorted(chosen, key=lambda name: name not in _LONGEST_FIRST)
        found = {name: pool.submit(taken, name) for name in first}
        sys.stdout.write("| What is tried | How many | Hits |\n|---|---|---|\n")
        for name in chosen:
            what, least, _ = MEASURES[name]
            tried, hits, which = found[name].result()
            sys.stdout.write(f"{row(what, tried, hits)}\n")
            sys.stdout.flush()
            sys.stderr.writelines(f"  {one}\n" for one in which[:20])
            wrong += hits or tried < least
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    minutes = (used.ru_utime + used.ru_stime) / 60
    sys.stdout.write(
        f"\n{minutes:.0f} minutes of processor time, {(time.monotonic() - begun) / 60:.0f} in all\n"
    )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
