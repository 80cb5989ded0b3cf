"""One file of a folder in which a campaign has things of its own, such as forms and languages."""

from __future__ import annotations

import re
from pathlib import Path

from letters import reading
from letters.campaign.source import MOST_OF_ONE, Source, read
from letters.problem import Place, Problem


def read_own(
    root: Path, file: Path, called: re.Pattern[str], wrong: tuple[str, str]
) -> tuple[Source | None, list[Problem]]:
    """What is written in it, and everything that is wrong with it; None where that is not used.

    ``called`` is how it may be called, before the ending; ``wrong`` what is said of another name,
    and what to do.
    """
    shown = file.relative_to(root).as_posix()
    if not reading.real(file).is_relative_to(reading.real(root)):
        return None, [Problem(Place(shown), "is a link that leads out of the campaign")]
    if not called.fullmatch(file.stem):
        return None, [Problem(Place(shown), *wrong)]
    source, problems = read(file, shown, MOST_OF_ONE)
    if source.root is not None:
        return source, problems
    return None, problems or [Problem(Place(shown), "is empty", "delete it")]
