"""What is remembered of a log outside it: the newest checkpoint, the manifest, and the marks.

A log that was restored from a copy, or replaced, can't tell it by itself: a signature that was
withdrawn since stands there again, and a letter that went out has not gone. So whoever reads the
log compares it with what it left behind. It is a comparison of one or two roots: the newest
checkpoint says all that the older ones say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from letters import limits, reading
from letters.ledger import keys, note
from letters.ledger.errors import DamagedLogError, LedgerError, RefusedError
from letters.post import high_water
from letters.post.high_water import RestoredError
from letters.press import manifest

if TYPE_CHECKING:
    from letters.ledger.store import Ledger

CHECKPOINTS = "checkpoints"
_NUMBERED = re.compile(r"[0-9]{1,15}")


class Compared(Struct, frozen=True):
    """What a log was found to be.

    ``there`` is whether there is one. ``against`` are the files that know more of it, or of another
    one, each with what it knows; ``elsewhere`` is such a mark that a copy in another place may have
    left. ``ignored`` are files that can't speak for this log, each with the reason. Where there is
    ``damage``, it could not be compared.
    """

    there: bool
    against: tuple[tuple[Path, str], ...] = ()
    elsewhere: tuple[tuple[Path, str], ...] = ()
    ignored: tuple[tuple[Path, str], ...] = ()
    damage: DamagedLogError | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether there never was a log here: only its checkpoints came along, as by git."""
        known = {path.parent.name for path, _ in self.against}
        return not self.there and known == {CHECKPOINTS}

    def error(self, root: Path) -> RestoredError | DamagedLogError | None:
        """Why nothing is recorded in such a log, nor made from it."""
        if not self.against:
            return self.damage
        known = "; ".join(f"{shown(path, root)} knows of {what}" for path, what in self.against)
        fault = "falls short of what is remembered of it" if self.there else "is gone"
        return RestoredError(
            f"the log {fault}: {known}; it was restored from a copy, or replaced, and may not know"
            " who has withdrawn and what has gone out",
            "bring the newest log back; where there is none, look into the Sent folder of your"
            " provider, and move those files away once you are sure",
        )

    def warnings(self, root: Path) -> Iterator[str]:
        """What is worth a word and hinders nothing."""
        for path, why in self.ignored:
            yield f"{shown(path, root)} is left aside: {why}"
        for path, what in self.elsewhere:
            yield (
                f"{shown(path, root)} knows of {what}: letters were sent from another copy of this"
                " log, so nothing is sent from here"
            )


def shown(path: Path, root: Path) -> str:
    """A file of the campaign by its name there, another one by its whole path."""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def compare(ledger: Ledger | None, log: Path, state: Path | None) -> Compared:
    """Compare the log at ``log`` (None: there is none) with what is remembered of it.

    ``state`` is the user's own folder, if there is one. Raises LedgerError.
    """
    try:
        return _compare(ledger, log, state)
    except DamagedLogError as error:
        return Compared(there=True, damage=error)


def checkpoint_files(root: Path) -> list[Path]:
    """The campaign's own checkpoints, oldest first."""
    return sorted((root / CHECKPOINTS).glob("*.txt"))


def _compare(ledger: Ledger | None, log: Path, state: Path | None) -> Compared:
    size = ledger.checkpoint().size if ledger else 0
    origin = ledger.origin() if ledger and size else ""
    own = [high_water.beside(log)]
    if state and origin:
        own.append(high_water.of_place(log, origin, state))
    against = list(_fallen_short(ledger, own))
    made = manifest.checkpoint(log.parent / "out")
    if made and (what := high_water.unknown_to(ledger, *made)):
        against.append((log.parent / "out" / manifest.NAME, what))
    checkpoint, ignored = _newest(ledger, log.parent, origin)
    ignored += [(path, "it is a link") for path in own if path.is_symlink()]
    sent = [high_water.of_sending(origin, state)] if state and origin else []
    return Compared(
        ledger is not None,
        (*checkpoint, *against),
        () if against else tuple(_fallen_short(ledger, sent)),
        tuple(ignored),
    )


def _fallen_short(ledger: Ledger | None, marks: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in marks:
        if not path.is_symlink() and (what := high_water.more_than(ledger, path)):
            yield path, what


def _newest(
    ledger: Ledger | None, root: Path, origin: str
) -> tuple[list[tuple[Path, str]], list[tuple[Path, str]]]:
    """The newest checkpoint that counts, if the log does not begin with it; and what is ignored.

    Files are named after their sizes, so that the first one read is most often the last.
    """
    ignored = list[tuple[Path, str]]()
    for path in sorted(checkpoint_files(root), key=_by_size, reverse=True):
        try:
            said = note.read(reading.data_of(path, limits.CHECKPOINT, within=root).decode())
        except (OSError, ValueError):
            ignored.append((path, "it is no signed checkpoint"))
            continue
        size = said.checkpoint.size
        same = said.origin == origin or ledger is None
        what = high_water.unknown_to(ledger, size, said.checkpoint.root) if same else "another log"
        if what and ledger is not None and not _counts(said, ledger, root, origin):
            ignored.append((path, "it is not signed by a key of this log"))
        elif what:
            return [(path, what)], ignored
        elif _by_size(path) == size:
            break
    return [], ignored


def _by_size(path: Path) -> int:
    """The size that a checkpoint's name says; one that says none is looked at first."""
    number = _NUMBERED.match(path.name)
    return int(number[0]) if number else 10**16


def _counts(said: note.SignedCheckpoint, ledger: Ledger, root: Path, origin: str) -> bool:
    """Whether a key of the log, or the campaign's own, has signed it.

    A copy from before the first checkpoint knows no key yet. Where there is no other one either,
    the log's own name has to do.
    """
    known = {*ledger.signers()}
    if keys.has_key(root):
        with suppress(LedgerError, RefusedError, OSError):
            known.add(note.public_bytes(keys.signing_key(root)))
    if not known:
        return said.origin == origin
    return any(said.is_signed_by(public) for public in known)
