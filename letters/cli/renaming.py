"""How a person gets another id: in the file first, then in the log, both or neither.

No message names the old id: it may be a name that must not be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from letters import limits
from letters.cli import id_in_files, logbook, workspace
from letters.cli.exit import Status, fail, note, say
from letters.cli.send_lock import watched_log
from letters.counting import counted
from letters.reading import data_of

if TYPE_CHECKING:
    from letters.campaign.neutral import Role
    from letters.campaign.roll import Listed
    from letters.ledger.events import Event
    from letters.ledger.store import Ledger


_MOST = 5  # places that are listed


class _UnwrittenError(Exception):
    """A file of people could not be written."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error


@contextmanager
def reading(root: Path, *, acting: bool = False) -> Iterator[Ledger | None]:
    """The log to look into; None where there is none. ``acting``: an older one is refused."""
    ledger = logbook.read(root, acting=acting)
    if ledger is None:
        yield None
        return
    with ledger:
        yield ledger


def track(role: Role, identifier: str) -> str:
    """What the log files the events about somebody under."""
    from letters.ledger.names import recipient_track

    return recipient_track(identifier) if role == "recipient" else identifier


def is_known(ledger: Ledger | None, role: Role, identifier: str) -> bool:
    """Whether the log knows, or once knew, somebody by that id."""
    if ledger is None:
        return False
    items = role == "recipient" and any(i.recipient == identifier for i in ledger.outgoing())
    erased = role == "signatory" and ledger.history().is_erased(identifier)
    return items or erased or ledger.knows(track(role, identifier))


def id_now(ledger: Ledger | None, role: Role, identifier: str) -> str:
    """The id in force of whoever has, or had, this one."""
    if ledger is None:
        return identifier
    now = ledger.ids().now(track(role, identifier))
    return now.removeprefix(track(role, ""))


def was(root: Path, listed: Listed, old: str) -> bool:
    """Whether somebody whose id was changed in the file may be known to the log by ``old``."""
    with reading(root) as ledger:
        own = is_known(ledger, listed.role, listed.id)
        same = id_now(ledger, listed.role, old) == listed.id
        return is_known(ledger, listed.role, old) and (same or not own)


def carry_out(root: Path, role: Role, old: str, new: str, by: str) -> None:
    """Do it, and say what was done and what could not be."""
    from letters.intake import remembered

    listed = _expected(root, role, old, new)
    before = _order(root, role)
    with reading(root, acting=True) as found:
        is_recorded = found is not None
    if not is_recorded:
        id_in_files.rename(root, listed, old, new)
    elif role == "signatory":
        with logbook.opened(root) as ledger:
            _in_both(root, ledger, listed, old, new, by)
    else:
        # A run that sends has the old id in hand, and would record under it.
        with logbook.opened(root) as ledger, watched_log(root, ledger):
            _in_both(root, ledger, listed, old, new, by)
    remembered.renamed(root, "signatories" if role == "signatory" else "recipients", old, new)
    after = [old if name == new else name for name in _order(root, role)]
    if before != after and new not in before:
        note(
            "warning: people stand in the order of their files’ names, which is another one now: "
            "look with “letters status” whether the text names them in it"
        )
    if role == "recipient":
        _left_in_out(root, old, new)
    if places := _still(root, old):
        note(f"the old id still stands in remarks or texts, which are yours to change: {places}")


def _expected(root: Path, role: Role, old: str, new: str) -> Listed:
    """The record, once nothing speaks against the new id."""
    from letters.campaign.roll import everybody
    from letters.campaign.types import IDENTIFIER

    if not IDENTIFIER.fullmatch(new):
        hint = "at most 64, like signer-07"
        fail(Status.USAGE, "an id is of small letters a–z, digits and hyphens", hint)
    people, _ = everybody(root)
    same = [one for one in people if one.role == role]
    listed = next((one for one in same if one.id == old), None)
    taken = [one for one in same if one.id == new and one.id != old]
    if listed is not None and taken:
        fail(Status.REFUSED, f"the id {new} is taken, at {taken[0].place}", "choose another one")
    listed = listed or taken[0]
    if listed.speaks(new):
        hint = "choose one such as signer-07, or leave the new id out to have one proposed"
        fail(Status.REFUSED, "the new id gives away a part of a name that is not printed", hint)
    return listed


def _in_both(root: Path, ledger: Ledger, listed: Listed, old: str, new: str, by: str) -> None:
    """The log in one transaction, and the file within it: a full disk leaves both as they were.

    Of a recipient to whom alone somebody signs, the log may hold a digest.
    """
    from letters.campaign.roll import bound_to
    from letters.ledger.errors import RefusedError

    role = listed.role
    waits = {item.recipient for item in ledger.outgoing()} if role == "recipient" else set()
    follows = id_now(ledger, role, old) == new
    signed_to = role == "recipient" and bool(bound_to(root, old))
    recorded = (ledger.knows(track(role, old)) or signed_to) and not follows
    if not follows and not recorded and is_known(ledger, role, new):
        raise RefusedError(
            "the new id is known to the log as somebody else’s", "choose another one"
        )
    if not follows and new in waits and old != new:
        raise RefusedError("letters are on their way to the new id", "choose another one")
    try:
        with ledger.change() as change:
            entry = change.append(_event(role, old, new, by), workspace.now()) if recorded else None
            if role == "recipient":
                change.outgoing.rename(old, new)
            try:
                id_in_files.rename(root, listed, old, new)
            except OSError as error:
                raise _UnwrittenError(error) from error
    except _UnwrittenError as stopped:
        # Of a file of people, not of the log, as any other error of the disk in there.
        raise stopped.error from None
    if entry is None:
        note("the log follows it already" if follows else "nothing is recorded under the old id")
        return
    say(f"{entry.number}  renamed  {new}")
    forgets = f" (“letters log erase {new}” forgets it, with all else of them)"
    note(
        "the log’s own bytes still hold the old id, in what was recorded before"
        f"{forgets if role == 'signatory' else ''}; and so do backups, git, receipts and exports"
    )


def _event(role: Role, old: str, new: str, by: str) -> Event:
    from letters.ledger.details import Renaming
    from letters.ledger.events import Event

    if role == "recipient":
        return Event("renamed", recorded_by=by, detail=Renaming(old, new))
    return Event("renamed", new, recorded_by=by, detail=Renaming(old))


def _order(root: Path, role: Role) -> list[str]:
    from letters.campaign.roll import everybody

    return [one.id for one in everybody(root)[0] if one.role == role]


def _still(root: Path, old: str) -> str:
    """Where else the files of the campaign hold that word."""
    from letters.campaign.roll import everybody

    word = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(old)}(?![A-Za-z0-9-])")
    people = {one.file for one in everybody(root)[0]}
    found = [
        f"{file.relative_to(root)}:{number}"
        for file in sorted({*root.glob("*.yaml"), *people})
        for number, line in enumerate(_lines(file), 1)
        if word.search(line)
    ]
    shown = ", ".join(found[:_MOST])
    return f"{shown} and {len(found) - _MOST} more" if len(found) > _MOST else shown


def _lines(file: Path) -> list[str]:
    return data_of(file, limits.PEOPLE).decode("utf-8", "replace").splitlines()


def _left_in_out(root: Path, old: str, new: str) -> None:
    """Letters under the old id, which no command takes for this recipient's any more."""
    from letters.press import manifest

    made = manifest.read(root / "out")
    left = [file.path for file in made.files if file.recipient == old] if made else []
    if left:
        note(
            f"out/ holds {counted(len(left), 'file')} under the old id: run "
            f"“letters render”, which makes those of {new}, and delete the others"
        )
