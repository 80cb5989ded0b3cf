"""A file by the path under which its user knows it: read within the campaign, named where it can’t.

What is wrong with it is a value with its place, like all else that is wrong in a campaign. What a
template names is read through no link at all, not even through one that stays in the campaign: it
could print the file of those who are not to be named.
"""

from __future__ import annotations

from pathlib import Path

from letters import reading
from letters.limits import Size
from letters.problem import CampaignError, Place, Problem

_NO_LINKS = "templates/"


def data_of(file: Path, shown: str, size: Size) -> bytes:
    """All of a file. Raises CampaignError with its name, and OSError where it is not for us."""
    try:
        return read(file, shown, size)
    except reading.OddFileError as error:
        raise CampaignError([problem(error, shown)]) from None


def read(file: Path, shown: str, size: Size) -> bytes:
    """The same. Raises OddFileError, and OSError."""
    home = _home_of(file, shown)
    if home and shown.startswith(_NO_LINKS) and reading.real(file) != reading.real(home) / shown:
        raise reading.OddFileError(
            file, "is a link, or lies behind one", "put the file itself there"
        )
    return reading.data_of(file, size, within=home)


def problem(error: reading.OddFileError, shown: str) -> Problem:
    """What is said of a file that is not read."""
    return Problem(Place(shown), error.why, error.hint)


def _home_of(file: Path, shown: str) -> Path | None:
    """The folder in which the file has the path that is shown, out of which no link may lead.

    None where there is no such folder: the file comes with the toolkit.
    """
    parts = Path(shown).parts
    return file.parents[len(parts) - 1] if file.parts[-len(parts) :] == parts else None
