"""Exceptions at lines of the program where nobody thinks of one, with canaries in their words.

A command is run once to see which lines of `letters` it comes to, in this process and in its
workers; then again and again, and each time one of those lines raises.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

import letters

CANARY = "Quazforced"
PACKAGE = str(Path(letters.__file__).parent)
Line: TypeAlias = tuple[str, int]
KINDS: tuple[Callable[[], BaseException], ...] = (
    lambda: RuntimeError(CANARY),
    lambda: KeyError(CANARY),
    lambda: ValueError(f"{CANARY}: invalid literal"),
    lambda: AttributeError(CANARY),
    lambda: TypeError(CANARY),
    lambda: OSError(5, "Input/output error", f"images/{CANARY}.png"),
    lambda: UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY),
    lambda: RecursionError(CANARY),
    lambda: MemoryError(CANARY),
    lambda: AssertionError(CANARY),
)


@dataclass
class Lines:
    """The lines that were run, in any process that was forked meanwhile: each writes its own."""

    folder: Path
    seen: set[Line] = field(default_factory=set)

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        code = frame.f_code.co_filename
        if not code.startswith(PACKAGE):
            return None
        if event == "line" and (code, frame.f_lineno) not in self.seen:
            self.seen.add((code, frame.f_lineno))
            with (self.folder / "lines").open("a", encoding="utf-8") as out:
                out.write(f"{code}:{frame.f_lineno}\n")
        return self.trace


@contextmanager
def traced(function: Any) -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(function)
    try:
        yield
    finally:
        sys.settrace(before)


def lines_of(run: Callable[[], object], folder: Path) -> list[Line]:
    """All lines of the package that ``run`` comes to."""
    with traced(Lines(folder).trace):
        run()
    # The very last resort has nothing behind it that could catch what is raised there.
    said = (folder / "lines").read_text(encoding="utf-8").splitlines()
    found = ((file, int(line)) for file, _, line in (each.rpartition(":") for each in said))
    return sorted({(file, line) for file, line in found if not file.endswith("cli/app.py")})


@contextmanager
def raising(at: Line, make: Callable[[], BaseException]) -> Iterator[None]:
    """Let that line raise, each time that it is come to."""

    def local(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line" and frame.f_lineno == at[1]:
            raise make()
        return local

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        return local if frame.f_code.co_filename == at[0] else None

    with traced(trace):
        yield


def choose(lines: list[Line], count: int, seed: int) -> Iterator[tuple[Line, int]]:
    """Lines at random, and which kind of exception each raises."""
    chance = random.Random(seed)
    for number in range(count):
        yield chance.choice(lines), number % len(KINDS)
