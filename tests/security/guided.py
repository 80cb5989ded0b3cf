"""Fuzzing that is guided by the code: ``python -m tests.security.guided KIND SECONDS``.

It needs atheris, which has wheels for Linux and some versions of Python only, so that no test needs it.
What it finds is a file in the current folder, and belongs into the corpus with its repair.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]


def main(kind: str, seconds: str) -> None:
    """Fuzz the reader of one kind for some seconds; never returns."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["letters"]):
        fuzzing = importlib.import_module("tests.security.fuzzing")
    folder = Path(tempfile.mkdtemp())
    campaign = folder / "campaign"
    campaign.mkdir()
    fuzzing.prepare(campaign)
    seeds = folder / "seeds"
    seeds.mkdir()
    (seeds / "seed").write_bytes(fuzzing.seed(kind, campaign))
    words = folder / "words"
    spelled = ("".join(f"\\x{byte:02x}" for byte in each) for each in fuzzing.DICTIONARY)
    words.write_text("".join(f'"{each}"\n' for each in spelled), encoding="ascii")
    read, family = fuzzing.KINDS[kind][1], importlib.import_module("letters.error").LettersError

    def one(data: bytes) -> None:
        with suppress(family):
            read(data, campaign)

    limits = (f"-max_total_time={seconds}", "-timeout=15", "-max_len=20000", "-rss_limit_mb=2048")
    told = ("-verbosity=0", "-print_final_stats=1")
    arguments = [sys.argv[0], str(seeds), f"-dict={words}", *told, *limits]
    atheris.Setup(arguments, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
