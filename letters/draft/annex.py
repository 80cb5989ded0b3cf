"""The annex of names as it stands before every press: sorted, counted, in a few long strings.

A hundred thousand people as nodes of a tree take half a gigabyte and a minute to send about; as
lines of a text they take six megabytes, and every press reads them one by one. Who stands there,
and under which claim, is decided in `letters.draft.annexed`.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct


class NameSection(Struct, frozen=True):
    """Names under one ``letter`` of the alphabet, "" where a group is too small for that.

    ``lines`` has a line for each signatory, with a tab between the cells of a table.
    """

    letter: str
    lines: str

    def rows(self) -> Iterator[tuple[str, ...]]:
        """One by one, each with its cells."""
        return (tuple(line[:-1].split("\t")) for line in io.StringIO(self.lines, newline="\n"))


class NameGroup(Struct, frozen=True):
    """People, or organisations. ``head`` is above the columns of a table, else empty."""

    label: str
    head: tuple[str, ...]
    sections: tuple[NameSection, ...]

    @property
    def count(self) -> int:
        """How many names there are."""
        return sum(section.lines.count("\n") for section in self.sections)


class Annex(Struct, frozen=True):
    """Whose names stand behind a letter, in one language: a document of its own, or its last pages.

    ``of`` says of which letter. ``columns`` are those that names stand in where a group has no
    ``head``. ``remarks`` count who signs, those that are not named too. All else is as in a letter,
    and is that letter's own where these are its last pages.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    of: str
    author: str
    date: dt.date
    groups: tuple[NameGroup, ...]
    columns: int
    remarks: tuple[str, ...] = ()
    running_head: tuple[str, str] = ("", "")
    notice: str = ""
    version: str = ""
    page_label: str = "{page} / {pages}"
    draft_mark: str = ""
    digits: str = "0123456789"

    @property
    def foot(self) -> str:
        """What stands at the foot, where there are no pages."""
        return " · ".join(filter(None, (self.notice, self.version)))

    @property
    def count(self) -> int:
        """How many names there are."""
        return sum(group.count for group in self.groups)

    def around(self) -> Iterator[str]:
        """All words but those of the names, and what stands beside them."""
        yield from (self.title, self.of, *self.remarks, *self.running_head)
        yield from (self.notice, self.version, self.page_label, self.draft_mark)
        for group in self.groups:
            yield from (group.label, *group.head)
            yield from (section.letter for section in group.sections)

    def texts(self) -> Iterator[str]:
        """All that is printed, in long pieces."""
        yield from self.around()
        for group in self.groups:
            yield from (section.lines for section in group.sections)
