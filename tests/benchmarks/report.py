"""Figures as they are printed, and as the page docs/benchmarks.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field

from .measuring import PYTHON, ROOT, Used

PAGE = ROOT / "docs" / "benchmarks.md"
_BELOW = "## Where a figure is not reached"
_LINE = re.compile(r"^\| (?!work |---).* \|$", re.MULTILINE)
_CHART = re.compile(r"```mermaid\nxychart-beta\n    title \"([^\"]*)\"\n.*?```", re.DOTALL)
_CHARTED = 9  # bars that can still be read


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of work: what it takes here and elsewhere, and what is to be reached.

    ``of`` is into how many parts a figure is divided, such as letters; ``others`` are in the order
    in which they are told; ``note`` is what was found beside time and memory.
    """

    work: str
    ours: Used
    of: int = 1
    others: dict[str, Used] = field(default_factory=dict)
    to_reach: str = ""
    note: str = ""

    def told(self) -> list[str]:
        """The cells of its line: work, letters, others, ratios, what is to be reached."""
        ratios = (f"{each.cpu / self.ours.cpu:.2g}× {who}" for who, each in self.others.items())
        return [
            self.work,
            _figures(self.ours, self.of),
            "; ".join(f"{who} {_figures(each, self.of)}" for who, each in self.others.items()),
            ", ".join([*ratios, *([self.note] if self.note else [])]),
            self.to_reach,
        ]


def _figures(one: Used, of: int) -> str:
    each = one.cpu / of
    shown = f"{each * 1000:.3g} ms" if each < 1 else f"{each:.3g} s"
    return f"{shown} of CPU, {one.wall:.3g} s in all, {one.megabytes:.0f} MB"


def line(row: Row) -> str:
    """For a terminal."""
    return "   ".join(filter(None, row.told()))


def write(rows: Sequence[Row], turns: int) -> None:
    """The page: what this run has measured, what stood there of other work, and what is below."""
    known, _, below = (PAGE.read_text("utf-8") if PAGE.is_file() else "").partition(_BELOW)
    told = {line.split(" | ")[0].removeprefix("| "): line for line in _LINE.findall(known)}
    drawn = {found[1]: found[0] for found in _CHART.finditer(known)}
    told |= {row.work: f"| {' | '.join(row.told())} |" for row in rows}
    drawn |= {row.work: chart(row) for row in rows if len(row.others) > 1}
    head = ["work", "letters", "others", "times as quick, and more", "to reach"]
    table = [f"| {' | '.join(head)} |", f"| {' | '.join(['---'] * len(head))} |", *told.values()]
    parts = [
        "# Benchmarks",
        (
            "What `script/bench --write` has measured: whole commands with all their processes, "
            f"{_runs(turns)}. Figures of the CPU are for each letter where a row "
            "names several; memory is that of the largest process. Other machines give other times; "
            "the ratios hold."
        ),
        (
            f"Measured on {dt.datetime.now(dt.UTC):%-d %B %Y}: {os.cpu_count()} cores, "
            f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
            f"WeasyPrint {_weasyprint()}."
        ),
        "\n".join(table),
        *drawn.values(),
        f"{_BELOW}{below}".strip(),
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _runs(turns: int) -> str:
    return "one run each, in turns" if turns == 1 else f"medians of {turns} runs in turns"


def _weasyprint() -> str:
    """The version that the program uses, which is in its own environment."""
    ask = "import importlib.metadata; print(importlib.metadata.version('weasyprint'))"
    return subprocess.run(
        [PYTHON, "-c", ask], capture_output=True, check=True, text=True
    ).stdout.strip()


def chart(row: Row) -> str:
    """A bar chart of a row, which GitHub and most viewers of Markdown draw."""
    bars = {"letters": row.ours, **row.others}
    names = ", ".join(f'"{who}"' for who in list(bars)[:_CHARTED])
    values = ", ".join(f"{one.cpu / row.of * 1000:.3g}" for one in list(bars.values())[:_CHARTED])
    return (
        f'```mermaid\nxychart-beta\n    title "{row.work}"\n    x-axis [{names}]\n'
        f'    y-axis "ms of CPU"\n    bar [{values}]\n```'
    )
