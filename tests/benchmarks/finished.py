"""Letters that were made: put together for a printer, planned, and told of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import campaigns
from .environment import bare
from .measuring import LETTERS, PYTHON, Command, turn_by_turn, used
from .report import Row

_MEMBERS = 343
_BUNDLE = Path(__file__).with_name("press_bundle.py")


def finished(work: Path, turns: int) -> Iterator[Row]:
    """The bundle alone beside qpdf's, and whole commands on letters that stand."""
    root = campaigns.ready(work / "members", _MEMBERS)
    used([LETTERS, "-C", root, "render", "--format", "pdf"])
    ours, theirs = turn_by_turn(
        [
            [PYTHON, _BUNDLE, root / "out", work / "ours.pdf"],
            bare("qpdf_bundle", root / "out", work / "theirs.pdf"),
        ],
        turns,
        _keep,
    )
    others = {"qpdf’s concatenation": theirs}
    yield Row("343 letters bound for a printer", ours, 1, others, "2 of qpdf’s (0.5×)")
    for command in ("print", "send", "status"):
        whole: Command = [LETTERS, "-C", root, command]
        first = used(whole)
        [again] = turn_by_turn([whole], turns, _keep)
        note = f"the first time {first.cpu:.2g} s"
        yield Row(f"letters {command}, 343 letters, nothing changed", again, note=note)


def _keep() -> None:
    """What a run has left is what the next one is to find."""
