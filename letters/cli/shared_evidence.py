"""Evidence that shows somebody who is to be forgotten, and others: what can be cut out of it.

Rows are named by where they stand and by what they were found, and never quoted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.cli.exit import note, say
from letters.cli.sanitize import plain
from letters.counting import counted
from letters.digests import FileDigest, of_file

if TYPE_CHECKING:
    from letters.ledger.cutting.marks import Identifiers
    from letters.ledger.cutting.parts import FilePart
    from letters.ledger.events import Entry

_MOST = 20  # rows that are listed one by one


class Shared(Struct, frozen=True):
    """A kept file, the ids and entries of the others that it shows, and what can be done.

    ``whole`` is why nothing is cut out of it. ``going`` are the parts that would be cut out, with
    by what they were found; ``claimed`` show others as well, ``left`` only speak of the person.
    """

    digest: FileDigest
    others: tuple[str, ...]
    numbers: tuple[int, ...]
    kind: str = ""
    whole: str = ""
    going: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    total: int = 0
    copy: bytes = b""

    @property
    def is_found(self) -> bool:
        """Whether the person was found in it."""
        return bool(self.going or self.claimed or self.left)

    @property
    def cut(self) -> tuple[FileDigest, FileDigest]:
        """The digests of the file and of its copy."""
        return self.digest, of_file(self.copy)


def remark(new: Collection[tuple[FileDigest, str]], entries: Iterable[Entry]) -> None:
    """Say which of these files, each kept for somebody, show several people together.

    One of them can't be forgotten without a cut.
    """
    shown = defaultdict[str, set[str]](set)
    for entry in entries:
        if entry.event.evidence.kind == "kept" and entry.event.subject:
            shown[entry.event.evidence.digest].add(entry.event.subject)
    files = dict.fromkeys(digest for digest, _ in new)
    for digest, who in new:
        shown[digest].add(who)
    if shared := [digest for digest in files if len(shown[digest]) > 1]:
        people = {who for digest in shared for who in shown[digest]}
        note(
            f"{counted(len(shared), 'file')} of evidence {'is' if len(shared) == 1 else 'are'} "
            f"kept for several people, {len(people)} in all: to forget one of them, it has to be "
            "cut (“letters log erase ID --cut”)"
        )


def recognised(
    root: Path, texts: Sequence[str], who: Sequence[str]
) -> tuple[Identifiers, dict[str, Identifiers]]:
    """By what the person with these ids is found, and by what each other signatory is."""
    from letters.campaign.roll import everybody
    from letters.ledger.cutting.marks import Identifiers
    from letters.workshop.beforehand import expect_room

    expect_room(root)

    addresses, names, others = list[str](), list[str](), dict[str, Identifiers]()
    for one in everybody(root)[0]:
        if one.role != "signatory":
            continue
        if one.id in who:
            addresses += one.addresses
            names += one.names
        else:
            others[one.id] = Identifiers.of(one.addresses, one.names)
    return Identifiers.of(addresses, names, texts), others


def examined(
    root: Path,
    shows: Mapping[FileDigest, Sequence[Entry]],
    marks: Identifiers,
    others: Mapping[str, Identifiers],
) -> list[Shared]:
    """Each of these files, with what shows the person in it; ``shows`` are the others' entries."""
    from letters.ledger import evidence

    found = []
    for digest, entries in shows.items():
        ids = dict.fromkeys(entry.event.subject for entry in entries if entry.event.subject)
        numbers = tuple(entry.number for entry in entries)
        one = Shared(digest, tuple(ids), numbers)
        data = evidence.read(root, digest)
        if data is None:
            found.append(replace(one, whole="it is not in evidence/: look where it is kept"))
        elif of_file(data) != digest:
            found.append(replace(one, whole="it was altered, and proves nothing any more"))
        else:
            near = [others[name] for name in ids if name in others]
            found.append(_bounded(one, data, marks, near))
    return found


def _bounded(one: Shared, data: bytes, marks: Identifiers, near: Sequence[Identifiers]) -> Shared:
    from letters.workshop.aside import TooHardError, aside

    try:
        return aside(one.digest, len(data), _parted, one, data, marks, near)
    except TooHardError:
        return replace(one, whole="it can’t be cut, it takes too much time or memory to be read")


def _parted(one: Shared, data: bytes, marks: Identifiers, near: Sequence[Identifiers]) -> Shared:
    from letters.ledger.cutting.opened import opened
    from letters.ledger.cutting.parts import WholeError

    try:
        file = opened(data)
        parts = file.parts
        going, claimed, left = list[tuple[int, str]](), list[str](), list[str]()
        for number, part in enumerate(parts):
            by = marks.in_cells(part.cells, part.text)
            if by and any(other.in_cells(part.cells) for other in near):
                claimed.append(part.label)
            elif by:
                going.append((number, f"{part.label} ({', '.join(by)})"))
            elif _speaks(part, marks):
                left.append(part.label)
        copy = file.without({number for number, _ in going}, marks) if going else b""
    except WholeError as error:
        return replace(one, whole=f"it can’t be cut, {error}")
    if going and len(going) == len(parts):
        return replace(one, kind=file.kind, whole="all of it was found to show this person")
    return replace(
        one,
        kind=file.kind,
        total=len(parts),
        going=tuple(label for _, label in going),
        claimed=tuple(claimed),
        left=tuple(left),
        copy=copy,
    )


def _speaks(part: FilePart, marks: Identifiers) -> bool:
    return bool(part.text) and marks.in_text(part.text)


def show(files: Sequence[Shared], *, cut: bool) -> None:
    """What there is of them, in the list of what remains."""
    say(f"  evidence files that also show others: {len(files)}")
    for one in files:
        whom = ", ".join(map(plain, one.others)) or "the campaign"
        entries = (
            f"entr{'y' if len(one.numbers) == 1 else 'ies'} {', '.join(map(str, one.numbers))}"
        )
        say(f"    evidence/{one.digest}")
        say(f"      kept for {whom}: {entries}")
        if one.whole:
            say(f"      stays as it is: {one.whole}")
            continue
        do = "to be cut out" if cut else "can be cut out with --cut"
        for label in one.going[:_MOST]:
            say(f"      {do}: {label}")
        if len(one.going) > _MOST:
            say(f"      {do}: {len(one.going) - _MOST} more")
        for labels, why in (
            (one.claimed, "shows others too, and stays"),
            (one.left, "speaks of this person, and stays"),
        ):
            if labels:
                say(
                    f"      {why}: {', '.join(labels[:_MOST])}{' …' if len(labels) > _MOST else ''}"
                )
        if not one.is_found:
            say(
                f"      {one.kind}: this person was found in none of its {one.total} parts "
                "(say what stands there: --cut --match TEXT)"
            )
