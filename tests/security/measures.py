"""The measures behind docs/security.md: ``python -m tests.security.measures`` takes them all.

It prints the table with the figures of this run, and ends with 1 where one is not as it must be or
is smaller than what was promised. The tests take a small part of each.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
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
    """The tests force exceptions, each with a look at all that is said; the long run a thousand."""
    words = [
        *(sys.executable, "-m", "pytest", "-n", "0", "-q", "-s", "-o", "addopts="),
        *("tests/cli/test_canaries.py", "-k", "no_exception_anywhere"),
    ]
    environment = os.environ | {"LETTERS_SOAK": "1"}
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    failed = done.stdout.splitlines()[-40:] if done.returncode else []
    return 1_000, len(failed) and 1, failed


MEASURES: dict[str, tuple[str, int, Callable[[Path], Measured]]] = {
    "fetch": ("vectors that would fetch something", 500, fetch),
    "sandbox": ("templates that would leave the sandbox", 3_000, escape),
    "fuzz": ("files damaged by chance", 20_000, fuzz),
    "damage": ("damaged Word files, spreadsheets, archives, PDFs, pictures", 1_000, damage),
    "bombs": ("files made to take all time or all memory", 120, explode),
    "force": ("exceptions forced at lines of the program", 1_000, force),
}
"""What is tried, how many at least, and the measure."""


def row(what: str, tried: int, hits: int) -> str:
    """A line of the table in docs/security.md."""
    return f"| {what} | {tried:,} | {hits} |"


def main(names: list[str]) -> int:
    """Take the measures of those names, or all."""
    logging.getLogger().addHandler(logging.NullHandler())
    sys.stdout.write("| What is tried | How many | Hits |\n|---|---|---|\n")
    wrong = 0
    for name, (what, least, measure) in MEASURES.items():
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            tried, hits, which = measure(Path(folder))
        sys.stdout.write(f"{row(what, tried, hits)}\n")
        sys.stdout.flush()
        sys.stderr.writelines(f"  {one}\n" for one in which[:20])
        wrong += hits or tried < least
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
