"""What was kept outside the log and is shown to it again: checkpoints, signed notes, receipts.

Only these can tell that a log was cut off or replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from letters.imprint import Imprint
from letters.ledger import merkle, receipt
from letters.ledger.merkle import Checkpoint
from letters.ledger.note import SignedCheckpoint
from letters.ledger.note import read as read_note
from letters.ledger.rows import Snapshot


def read(data: bytes) -> SignedCheckpoint:
    """The signed checkpoint in a file that is one, or that is a receipt; ValueError otherwise."""
    if data.lstrip().startswith(b"{"):
        return receipt.read(data).note
    return read_note(data.decode())


def ownership(
    signers: Sequence[bytes], levels: merkle.Levels, notes: Iterable[SignedCheckpoint]
) -> list[str]:
    """Findings about notes that are not this log's own."""
    own = merkle.origin_of(levels[0][0]) if levels and levels[0] else ""
    findings = []
    for note in notes:
        at = f"the checkpoint that was shown for entry {note.checkpoint.size}"
        if note.origin != own:
            findings.append(f"{at} is of another log, or this one was replaced")
        elif not any(note.is_signed_by(public) for public in signers):
            findings.append(f"{at} is not signed by a key of this log")
    return findings


def consistency(size: int, levels: merkle.Levels, earlier: Iterable[Checkpoint]) -> list[str]:
    """Findings about checkpoints that the log does not begin with."""
    findings = []
    for known in earlier:
        if known.size > size:
            findings.append(
                f"the log ends after entry {size}, but had reached entry {known.size} at a"
                " checkpoint: its end was cut off, or it was replaced"
            )
        elif merkle.root(known.size, merkle.nodes_of(levels)).hex() != known.root.lower():
            findings.append(
                f"the entries up to {known.size} are not those of the checkpoint there: some were"
                " changed, removed or reordered"
            )
    return findings


def of_text(imprint: Imprint | None, log: Snapshot) -> tuple[list[str], list[str]]:
    """What is proved of the text that a letter says it is, and what is not."""
    if imprint is None:
        return [], []
    if any(digest.decode() == imprint.text for digest, _ in log.texts):
        return ["the text that the code names is in the log, word by word"], []
    said = "that anybody signed the text that the code names: it is not in the log"
    own = "“letters log digest” tells which text these files are"
    return [], [f"{said}; {own}"]
