"""Recomputes everything a log claims, and says what that proves and what nothing can prove.

Verification trusts no shortcut that the log keeps for itself (nodes of the tree, the subject beside
an opening): all of it is derived again and compared. What it can't see by itself is a log whose
end was cut off, or that was replaced as a whole; that takes a checkpoint from outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from letters import framed
from letters.collecting import without_collecting
from letters.digests import FileDigest, of_file
from letters.headway import over
from letters.imprint import Imprint
from letters.ledger import clock, merkle, witness
from letters.ledger.corrections import corrected
from letters.ledger.errors import DamagedLogError
from letters.ledger.events import Entry, unseal
from letters.ledger.history import History
from letters.ledger.merkle import Checkpoint
from letters.ledger.note import SignedCheckpoint
from letters.ledger.rows import Snapshot


class Verification(Struct, frozen=True):
    """What verification found, in sentences; the log is sound where ``findings`` is empty."""

    checkpoint: Checkpoint
    findings: tuple[str, ...]
    proved: tuple[str, ...]
    unproved: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.findings


class _Contents(Struct, frozen=True):
    """What could be read of a log: entries, the numbers without content, what was wrong."""

    entries: list[Entry]
    emptied: list[int]
    findings: list[str]


def verify(
    log: Snapshot,
    earlier: Iterable[Checkpoint] = (),
    notes: Iterable[SignedCheckpoint] = (),
    evidence: Callable[[FileDigest], bytes | None] = lambda _: None,
    now: dt.datetime | None = None,
    *,
    imprint: Imprint | None = None,
) -> Verification:
    """Check a whole log, and that it still begins as each earlier checkpoint says.

    ``earlier`` are bare checkpoints, ``notes`` those that have to be signed by a key of this log,
    ``evidence`` reads a kept file by its digest, ``now`` is the time by the clock here. Of what
    stands on a letter as its ``imprint`` the text is looked for in the log.
    """
    with without_collecting():
        return _verify(log, earlier, tuple(notes), evidence, now, imprint=imprint)


def _verify(
    log: Snapshot,
    earlier: Iterable[Checkpoint],
    notes: tuple[SignedCheckpoint, ...],
    evidence: Callable[[FileDigest], bytes | None],
    now: dt.datetime | None,
    *,
    imprint: Imprint | None,
) -> Verification:
    earlier = {*earlier, *(note.checkpoint for note in notes)}
    witnesses = sorted(earlier, key=lambda known: (known.size, known.root))
    levels = merkle.levels(merkle.leaf_hash(committed) for _, committed in log.leaves)
    size = len(log.leaves)
    root = merkle.root(size, merkle.nodes_of(levels))
    contents, history = _opened(log), History()
    damage = [
        *log.faults,
        *_sequence(log),
        *contents.findings,
        *_texts(log, contents.entries),
        *_shortcuts(log, levels),
        # Where entries can't be read, what follows them can't be judged.
        *([] if contents.findings else _transitions(contents.entries, history)),
        *_erasures(contents, history),
    ]
    files = _files(contents.entries, history, evidence)
    found, missed = witness.of_text(imprint, log)
    damage += ["a kept file of evidence was altered"] if "altered" in files else []
    damage += witness.ownership(log.signers, levels, notes)
    damage += witness.consistency(size, levels, witnesses)
    return Verification(
        checkpoint=Checkpoint(size, root.hex()),
        findings=tuple(damage),
        proved=() if damage else (*_proved(log, contents, witnesses, notes, files), *found),
        unproved=(
            *clock.remarks(contents.entries, now),
            *missed,
            *_unproved(size, contents, witnesses, notes, files),
        ),
    )


def _sequence(log: Snapshot) -> list[str]:
    numbers = [number for number, _ in log.leaves]
    if numbers == list(range(1, len(numbers) + 1)):
        return []
    return ["the entries are not numbered from 1 without a gap: some are missing"]


def _opened(log: Snapshot) -> _Contents:
    found = _Contents([], [], [])
    openings = {number: rest for number, *rest in log.openings}
    for number, committed in over(log.leaves, len(log.leaves), "reading the entries"):
        if number not in openings:
            found.emptied.append(number)
            continue
        salt, body, subject = openings[number]
        try:
            entry = unseal(number, committed, salt, body)
        except DamagedLogError as error:
            found.findings.append(str(error))
            continue
        found.entries.append(entry)
        if entry.event.track.encode() != subject:
            found.findings.append(f"entry {number} is filed under another track than it names")
    return found


def _texts(log: Snapshot, entries: Sequence[Entry]) -> list[str]:
    kept, findings = set(), []
    for digest, body in log.texts:
        try:
            intact = framed.digest(body.decode()).encode() == digest
        except UnicodeDecodeError:
            intact = False
        if intact:
            kept.add(digest.decode())
        else:
            findings.append("a stored text is not the one that its digest names")
    findings.extend(
        f"the text that entry {entry.number} names is not in the log"
        for entry in entries
        if not kept.issuperset(entry.event.texts)
    )
    return findings


def _shortcuts(log: Snapshot, levels: merkle.Levels) -> list[str]:
    stored = {(level, position): value for level, position, value in log.nodes}
    count = sum(map(len, levels[1:]))
    same = len(stored) == count and all(
        stored.get((level, position)) == value
        for level, row in enumerate(levels[1:], start=1)
        for position, value in enumerate(row)
    )
    return [] if same else ["the stored tree is not the tree over the entries"]


def _transitions(entries: Sequence[Entry], history: History) -> list[str]:
    findings = []
    for entry in over(entries, len(entries), "looking at the entries"):
        if refused := history.refusal(entry.event, entry.number):
            findings.append(f"entry {entry.number} should have been refused: {refused.message}")
        history.add(entry)
    return findings


def _erasures(contents: _Contents, history: History) -> list[str]:
    erased = history.erased_numbers()
    findings = [
        f"entry {number} of the signature log has lost its content"
        for number in contents.emptied
        if number not in erased
    ]
    findings += [
        f"entry {entry.number} is recorded as erased and still has its content"
        for entry in contents.entries
        if entry.number in erased
    ]
    if erased and any(map(history.is_erased, history.people)):
        findings.append("an erasure left other entries of the same person in the log")
    return findings


def _files(
    entries: Iterable[Entry], history: History, read: Callable[[FileDigest], bytes | None]
) -> list[str]:
    """What became of each kept file: intact, cut (and the copy intact), altered, or missing."""
    kept = {e.event.evidence.digest for e in entries if e.event.evidence.kind == "kept"}
    found = []
    for digest in kept:
        now = history.file_now(digest)
        data = read(now)
        same = data is not None and of_file(data) == now
        intact = "intact" if now == digest else "cut"
        found.append("missing" if data is None else intact if same else "altered")
    return found


def _proved(
    log: Snapshot,
    contents: _Contents,
    earlier: Sequence[Checkpoint],
    notes: Sequence[SignedCheckpoint],
    files: Sequence[str],
) -> list[str]:
    size, emptied = len(log.leaves), len(contents.emptied)
    each = f"{emptied} of them erased, the others" if emptied else "each"
    signed = {note.checkpoint for note in notes}
    return [
        f"entries: {size}, numbered without a gap, {each} as it was committed to",
        f"stored texts: {len(log.texts)}, each as its digest names it",
        *([f"kept evidence: {files.count('intact')} intact"] if "intact" in files else []),
        *(
            [f"cut evidence: {files.count('cut')}, each copy as it was made"]
            if "cut" in files
            else []
        ),
        "every event was allowed where it stands",
        *_corrections(contents.entries),
        "the stored tree is the tree over these entries",
        *(
            f"nothing up to entry {known.size} was changed, removed or reordered since the"
            f" {'signed ' if known in signed else ''}checkpoint there"
            for known in earlier
        ),
    ]


def _corrections(entries: Iterable[Entry]) -> list[str]:
    gone = corrected(entries)
    if not gone:
        return []
    pairs = ", ".join(f"{number} by {by}" for number, by in sorted(gone.items()))
    return [f"corrected: {pairs}; each is still there, with the entry that corrects it"]


def _unproved(
    size: int,
    contents: _Contents,
    earlier: Sequence[Checkpoint],
    notes: Sequence[SignedCheckpoint],
    files: Sequence[str],
) -> list[str]:
    covered = max((known.size for known in earlier), default=0)
    limits = []
    if covered < size:
        after = f"after entry {covered} " if covered else ""
        limits.append(f"that nothing {after}was replaced or cut off: no checkpoint covers it")
    if contents.emptied:
        limits.append(f"what the {len(contents.emptied)} erased entries said, and of whom")
    if "missing" in files:
        limits.append(f"kept evidence: {files.count('missing')} not beside the log")
    if "cut" in files:
        limits.append(
            "cut evidence: that a copy is what the original said of the others; the original had to"
            " go with somebody who was erased"
        )
    if notes:
        limits.append("whose key signed the checkpoints: compare it with the one published")
    return [
        *limits,
        "that what an event says is true",
        "when it was recorded: times are those of the computer's clock",
        "that everyone was shown this same log",
    ]
