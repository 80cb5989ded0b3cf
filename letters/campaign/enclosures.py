"""Files that go with a letter: which ones for whom, and whether they are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from letters import limits, reading
from letters.campaign import filenames
from letters.digests import NO_FILE, FileDigest, of_file
from letters.problem import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from letters.campaign.localtext import LocalText
    from letters.campaign.model import Campaign

RECIPIENT = "{recipient}"
"""Stands in a path for the recipient's id."""

_HEAD = b"%PDF-"


class Enclosed(Struct, frozen=True):
    """One file for one recipient: its title, its path in the campaign, its bytes (a PDF)."""

    title: LocalText
    path: str
    data: bytes


def enclosed(campaign: Campaign, recipient_id: str) -> tuple[Enclosed, ...]:
    """What goes with the letter to that recipient, in the order of letter.yaml.

    Raises OSError where a file can't be read; `missing` says so beforehand.
    """
    found = []
    for _, title, path in _written(campaign):
        own = path.replace(RECIPIENT, recipient_id)
        file = campaign.inner(own)
        if file is None:
            raise FileNotFoundError(f"{own} leads out of the campaign")
        found.append(Enclosed(title, own, data_of(campaign, file)))
    return tuple(found)


class Fingerprints(Struct):
    """Which bytes the enclosures have; one that goes to everybody is read once."""

    campaign: Campaign
    _known: dict[str, FileDigest] = field(default_factory=dict)

    def of(self, recipient_id: str) -> tuple[tuple[str, FileDigest], ...]:
        """The path and the SHA-256 (hexadecimal) of each; a file that is gone has an empty one."""
        return tuple((path, self._of(path)) for path in paths(self.campaign, recipient_id))

    def _of(self, path: str) -> FileDigest:
        if path not in self._known:
            file = self.campaign.inner(path)
            data = data_of(self.campaign, file) if file is not None and file.is_file() else None
            self._known[path] = NO_FILE if data is None else of_file(data)
        return self._known[path]


def data_of(campaign: Campaign, file: Path, at: Place | None = None) -> bytes:
    """The bytes of one that lies there, and is named ``at`` a place. Raises OSError."""
    at = at or campaign.letter_place.place("enclosures")
    with reading.told_as(campaign.root / at.path, at.line):
        return reading.data_of(file, limits.ENCLOSURE, within=campaign.root)


def paths(campaign: Campaign, recipient_id: str) -> list[str]:
    """Where the enclosures for that recipient lie in the campaign, in the order of letter.yaml."""
    return [path.replace(RECIPIENT, recipient_id) for _, _, path in _written(campaign)]


def missing(campaign: Campaign) -> Iterator[Problem]:
    """A problem for each file that is not there, or is no PDF."""
    at = {
        path: campaign.letter_place.place("enclosures", n, "file")
        for n, _, path in _written(campaign)
    }
    for group in filenames.alike(at):
        message = "is the same file as another enclosure on Windows or macOS, where one is lost"
        yield Problem(at[group[1]], message, "call it otherwise")
    for index, _, path in _written(campaign):
        place = campaign.letter_place.place("enclosures", index, "file")
        ids = [recipient.id for recipient in campaign.recipients]
        for own, which in named(path, ids):
            file = campaign.inner(own)
            if file is None or not file.exists():
                yield Problem(place, f"there is no such file in the campaign{which}")
            elif wrong := reading.odd(file):
                yield Problem(place, f"the file{which} {wrong.why}", wrong.hint)
            elif file.stat().st_size > limits.ENCLOSURE.most:
                message = f"the file{which} is larger than {limits.ENCLOSURE}"
                yield Problem(place, message, limits.ENCLOSURE.hint)
            elif not _is_pdf(file):
                yield Problem(place, f"the file{which} is not a PDF", "save it as a PDF first")


def named(path: str, ids: list[str]) -> Iterator[tuple[str, str]]:
    """Each path that is meant, and for whom it is: a path may tell what is confidential."""
    if RECIPIENT in path:
        yield from ((path.replace(RECIPIENT, who), f" for {who}") for who in ids)
    else:
        yield path, ""


def _is_pdf(file: Path) -> bool:
    return file.suffix.lower() == ".pdf" and reading.head_of(file, len(_HEAD)) == _HEAD


def _written(campaign: Campaign) -> Iterator[tuple[int, LocalText, str]]:
    for index, enclosure in enumerate(campaign.letter.enclosures):
        if enclosure.file:
            yield index, enclosure.title, enclosure.file
