"""Which ids are one person's: somebody who gets another id stays who they are.

An id that was given up is nobody else's later, so it leads to one person, whenever an entry names
it. Entries keep the id that they were recorded under; whoever reads them gets the one in force now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self

from msgspec import Struct, field
from msgspec.structs import replace

from letters.ledger.details import Renaming
from letters.ledger.events import RECIPIENT_TRACK, Entry, Event


class Names(Struct):
    """The ids of whoever had several, each as the track that events under it are filed under."""

    _now: dict[str, str] = field(default_factory=dict)
    _all: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """The names that the renamings among the entries make."""
        names = cls()
        for entry in entries:
            names.add(entry.event)
        return names

    def add(self, event: Event) -> None:
        """Take one more renaming in; any other event says nothing about names."""
        if not isinstance(event.detail, Renaming):
            return
        before, after = tracks_of(event.detail, event.subject)
        ids = tuple(dict.fromkeys((*self._all.pop(before, (before,)), after)))
        self._all[after] = ids
        self._now.update(dict.fromkeys(ids, after))

    def now(self, track: str) -> str:
        """The id in force of whoever has, or had, this one."""
        return self._now.get(track, track)

    def all(self, track: str) -> tuple[str, ...]:
        """Every id of whoever has, or had, this one; itself where it is the only one."""
        return self._all.get(self.now(track), (track,))

    def isdisjoint(self, tracks: Iterable[str]) -> bool:
        """Whether none of these is an id that somebody here has, or had."""
        return self._now.keys().isdisjoint(tracks)

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __contains__(self, track: str) -> bool:
        return track in self._now

    def __bool__(self) -> bool:
        return bool(self._now)


def recipient_track(identifier: str) -> str:
    """What the events about a recipient are filed under."""
    return RECIPIENT_TRACK + identifier


def tracks_of(renaming: Renaming, subject: str) -> tuple[str, str]:
    """The tracks of the id before and of the new one; ``subject`` is the event's."""
    if renaming.recipient:
        return recipient_track(renaming.before), recipient_track(renaming.recipient)
    return renaming.before, subject


def as_now(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries under the ids that are in force now. They are no longer what is committed to."""
    found = tuple(entries)
    names = Names.of(found)
    if not names:
        return found
    return tuple(under(entry, names) for entry in found)


def under(entry: Entry, names: Names) -> Entry:
    """The entry under the ids in force now."""
    event = entry.event
    detail: Any = event.detail
    subject = names.now(event.subject) if event.subject else ""
    before: str = getattr(detail, "recipient", "")
    recipient = names.now(recipient_track(before)).removeprefix(RECIPIENT_TRACK) if before else ""
    if isinstance(detail, Renaming):
        detail = Renaming(subject or recipient, recipient)
    elif recipient != before:
        detail = replace(detail, recipient=recipient)
    elif subject == event.subject:
        return entry
    return replace(entry, event=replace(event, subject=subject, detail=detail))
