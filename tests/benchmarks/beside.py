"""Whole commands of this tree and of another commit, turn by turn."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from .measuring import PYTHON, ROOT, Command
from .pressing import NOTE, SIGNATORIES


def cpu(command: Command, environment: dict[str, str]) -> float:
    """Seconds of processor time of a command and all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, cwd="/", capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(commit: str, turns: int) -> None:
    """Measure whole commands of this tree and of another commit, turn by turn."""
    with tempfile.TemporaryDirectory(prefix="letters-bench-") as folder:
        work = Path(folder)
        before, now = work / "before", work / "now"
        for tree, tip in ((before, commit), (now, "HEAD")):
            archive = subprocess.run(
                ["git", "-C", ROOT, "archive", tip], stdout=subprocess.PIPE, check=True
            )
            tree.mkdir()
            subprocess.run(["tar", "-x", "-C", tree], input=archive.stdout, check=True)
        subprocess.run([PYTHON, "-m", "compileall", "-q", before, now], check=True)

        def command(tree: Path, *words: str) -> tuple[Command, dict[str, str]]:
            letters: Command = [PYTHON, "-m", "letters", "-C", tree / "campaign", *words]
            return letters, {**os.environ, "PYTHONPATH": str(tree)}

        for tree in (before, now):
            shutil.copytree(ROOT / "signatories" / "carney", tree / "campaign")
            for name, old, new in (
                (
                    "letter.yaml",
                    "languages: [en, fr]",
                    "languages: [en]\nmail: {from: a@example.org}",
                ),
                (
                    "recipients.yaml",
                    "  language: en",
                    "  language: en\n  email: office@example.org",
                ),
            ):
                file = tree / "campaign" / name
                text = file.read_text(encoding="utf-8")
                assert old in text, f"{name} has changed"
                file.write_text(text.replace(old, new), encoding="utf-8")
            for signatory in SIGNATORIES:
                cpu(*command(tree, "sign", "record", signatory, "--note", NOTE))
            cpu(*command(tree, "render"))
        for words in (("check",), ("send",), ("print",), ("status",), ("render",)):
            times = [
                (cpu(*command(now, *words)), cpu(*command(before, *words)))
                for _ in range(turns + 1)
            ][1:]
            mine, theirs = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
            middle = statistics.median(a / b for a, b in times)
            print(
                f"{words[0]:8}now {mine:5.0f} ms of CPU   before {theirs:5.0f} ms"
                f"   ratio {middle:.2f}",
                flush=True,
            )
