"""The campaign as one value: everything that the user wrote, typed, with its places."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

from msgspec import Struct, field

from letters import reading
from letters.campaign.forms import Forms
from letters.campaign.own_languages import OwnLanguages
from letters.campaign.paths import actual
from letters.campaign.people import Recipient
from letters.campaign.places import Places, shipped
from letters.campaign.schema import LetterFile, TemplateFile
from letters.campaign.signatory import Signatory
from letters.campaign.source import Mapping, Source
from letters.campaign.template_files import TemplateFiles
from letters.problem import Place


class Located(Struct, frozen=True):
    """A record's place: its file and where in the file it stands."""

    source: Source
    base: tuple[str | int, ...] = ()

    def place(self, *steps: str | int) -> Place:
        """The place of a field of the record, or of the record itself."""
        return self.source.place((*self.base, *steps))

    def within(self, *steps: str | int) -> Located:
        """The place of a record inside this one."""
        return Located(self.source, (*self.base, *steps))


class Spots(Sequence[Located]):
    """The places of many records, in a few bytes each; a `Located` is made when asked for."""

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._files, self._positions = array("I"), array("i")

    def add(self, source: Source, base: Sequence[str | int]) -> None:
        """Take in the record at ``base``: an item of the file’s list, or () for all of the file."""
        if not self._sources or self._sources[-1] is not source:
            self._sources.append(source)
        self._files.append(len(self._sources) - 1)
        self._positions.append(int(base[0]) if base else -1)

    @overload
    def __getitem__(self, number: int) -> Located: ...
    @overload
    def __getitem__(self, number: slice) -> list[Located]: ...
    def __getitem__(self, number: int | slice) -> Located | list[Located]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        position = self._positions[number]
        return Located(self._sources[self._files[number]], (position,) if position >= 0 else ())

    def __iter__(self) -> Iterator[Located]:
        for file, position in zip(self._files, self._positions, strict=True):
            yield Located(self._sources[file], (position,) if position >= 0 else ())

    def __len__(self) -> int:
        return len(self._positions)

    @property
    def paths(self) -> frozenset[str]:
        """Those of the files in which they stand."""
        return frozenset(source.path for source in self._sources)


def paths_of(places: Sequence[Located]) -> frozenset[str]:
    """The files in which records stand."""
    if isinstance(places, Spots):
        return places.paths
    return frozenset(place.source.path for place in places)


class Campaign(Struct, frozen=True):
    """Everything the user wrote, typed. ``signatory_places[i]`` belongs to ``signatories[i]``."""

    root: Path
    letter: LetterFile
    letter_place: Located
    signatories: tuple[Signatory, ...]
    signatory_places: Sequence[Located]
    recipients: tuple[Recipient, ...]
    recipient_places: Sequence[Located]
    declared: TemplateFile
    forms: Forms = Forms({})
    places: Places = field(default_factory=shipped)
    own_languages: OwnLanguages = field(default_factory=OwnLanguages)
    tried: Path | None = None
    """A folder with changes of templates that are not written yet."""

    @property
    def signatory_ids(self) -> tuple[str, ...]:
        """Of everybody who is to sign: an id tells nothing that is protected."""
        return tuple(signatory.id for signatory in self.signatories)

    @property
    def template_files(self) -> TemplateFiles:
        """The templates and themes that this campaign can use."""
        return TemplateFiles(self.root, self.tried)

    def inner(self, path: str) -> Path | None:
        """A file of the campaign by its written path; None where a link leads out of it."""
        file = reading.real(actual(self.root, path) or self.root / path)
        return file if file.is_relative_to(reading.real(self.root)) else None


def people_place(letter: Source, key: str, path: str) -> Place:
    """Where the file ``path`` of signatories or recipients is named: in letter.yaml, or nowhere."""
    written = isinstance(letter.root, Mapping) and key in letter.root
    return letter.place((key,)) if written else Place(path)
