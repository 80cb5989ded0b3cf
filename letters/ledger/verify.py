"""Recomputes everything a log claims, and says what that proves and what nothing can prove.

Verification trusts no shortcut that the log keeps for itself (nodes of the tree, the subject beside
an opening): all of it is derived again and compared. What it can't see by itself is a log whose
end was cut off, or that was replaced as a whole; that takes a checkpoint from outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from letters.ledger import merkle, rules
from letters.ledger.errors import DamagedLogError
from letters.ledger.events import Entry, text_digest, unseal
from letters.ledger.merkle import Checkpoint
from letters.ledger.store import Snapshot


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found, in sentences; the log is sound where ``findings`` is empty."""

    checkpoint: Checkpoint
    findings: tuple[str, ...]
    proved: tuple[str, ...]
    unproved: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.findings


def verify(log: Snapshot, earlier: Iterable[Checkpoint] = ()) -> Verdict:
    """Check a whole log, and that it still begins as each of the ``earlier`` checkpoints says."""
    earlier = sorted(set(earlier), key=lambda known: (known.size, known.root))
    nodes = merkle.tree(merkle.leaf_hash(committed) for _, committed in log.leaves)
    size = len(log.leaves)
    entries, unreadable = _openings(log)
    damage = [
        *log.faults,
        *_sequence(log),
        *unreadable,
        *_texts(log, entries),
        *_shortcuts(log, nodes),
        # Where entries can't be read, what follows them can't be judged.
        *([] if unreadable else _transitions(entries)),
    ]
    forked = _consistency(size, nodes, earlier)
    return Verdict(
        checkpoint=Checkpoint(size, merkle.root(size, lambda k, p: nodes[k, p]).hex()),
        findings=(*damage, *forked),
        proved=() if damage or forked else tuple(_proved(log, earlier)),
        unproved=tuple(_unproved(size, earlier)),
    )


def _sequence(log: Snapshot) -> list[str]:
    numbers = [number for number, _ in log.leaves]
    if numbers == list(range(1, len(numbers) + 1)):
        return []
    return ["the entries are not numbered from 1 without a gap: some are missing"]


def _openings(log: Snapshot) -> tuple[list[Entry], list[str]]:
    entries, findings = [], []
    openings = {number: rest for number, *rest in log.openings}
    for number, committed in log.leaves:
        salt, body, subject = openings.get(number, (None, None, b""))
        try:
            entry = unseal(number, committed, salt, body)
        except DamagedLogError as error:
            findings.append(str(error))
            continue
        entries.append(entry)
        if entry.event.subject.encode() != subject:
            findings.append(f"entry {number} is filed under another signatory than it names")
    return entries, findings


def _texts(log: Snapshot, entries: Sequence[Entry]) -> list[str]:
    kept, findings = set(), []
    for digest, body in log.texts:
        try:
            intact = text_digest(body.decode()).encode() == digest
        except UnicodeDecodeError:
            intact = False
        if intact:
            kept.add(digest.decode())
        else:
            findings.append("a stored text is not the one that its digest names")
    findings.extend(
        f"the text that entry {entry.number} names is not in the log"
        for entry in entries
        if entry.event.text_digest and entry.event.text_digest not in kept
    )
    return findings


def _shortcuts(log: Snapshot, nodes: dict[tuple[int, int], bytes]) -> list[str]:
    stored = {(level, position): value for level, position, value in log.nodes}
    if stored == {place: value for place, value in nodes.items() if place[0] > 0}:
        return []
    return ["the stored tree is not the tree over the entries"]


def _transitions(entries: Iterable[Entry]) -> list[str]:
    findings = []
    places: dict[str, rules.Standing] = {}
    for entry in entries:
        place = places.get(entry.event.subject, rules.Standing())
        if refused := rules.refusal(place, entry.event):
            findings.append(f"entry {entry.number} should have been refused: {refused.reason}")
        places[entry.event.subject] = place.after(entry.event)
    return findings


def _consistency(
    size: int, nodes: dict[tuple[int, int], bytes], earlier: Iterable[Checkpoint]
) -> list[str]:
    findings = []
    for known in earlier:
        if known.size > size:
            findings.append(
                f"the log ends after entry {size}, but had reached entry {known.size} at a"
                " checkpoint: its end was cut off, or it was replaced"
            )
        elif merkle.root(known.size, lambda k, p: nodes[k, p]).hex() != known.root.lower():
            findings.append(
                f"the entries up to {known.size} are not those of the checkpoint there: some were"
                " changed, removed or reordered"
            )
    return findings


def _proved(log: Snapshot, earlier: Sequence[Checkpoint]) -> list[str]:
    size = len(log.leaves)
    return [
        f"entries: {size}, numbered without a gap, each as it was committed to",
        f"stored texts: {len(log.texts)}, each as its digest names it",
        "every event was allowed where it stands",
        "the stored tree is the tree over these entries",
        *(
            f"nothing up to entry {known.size} was changed, removed or reordered since the"
            " checkpoint there"
            for known in earlier
        ),
    ]


def _unproved(size: int, earlier: Sequence[Checkpoint]) -> list[str]:
    covered = max((known.size for known in earlier), default=0)
    limits = [
        "that what an event says is true",
        "when it was recorded: times are those of the computer's clock",
        "that everyone was shown this same log",
    ]
    if covered < size:
        after = f"after entry {covered} " if covered else ""
        limits.insert(0, f"that nothing {after}was replaced or cut off: no checkpoint covers it")
    return limits
