"""A receipt: what a signatory keeps, to prove later what the log said of them.

It holds the entries about one person with their salts, the path from each to the root, and the
signed checkpoint over it. `verify_receipt` checks it without the campaign and without letters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.ledger import note, verify_receipt
from letters.ledger.errors import RefusedError
from letters.ledger.store import Ledger

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "letters-receipt-1"


class Receipt(Struct, frozen=True):
    """A receipt that was shown: it proves its entries under its own key, whoever that is."""

    note: note.SignedCheckpoint
    numbers: tuple[int, ...]


def make(ledger: Ledger, subject: str, key: Ed25519PrivateKey) -> bytes:
    """The receipt for one person at this moment, as JSON.

    The log has to know the key as a signer. Raises RefusedError where nothing is recorded.
    """
    checkpoint = ledger.checkpoint()
    openings = ledger.openings(subject, checkpoint.size)
    if not openings:
        raise RefusedError("nothing is recorded of this signatory")
    origin = ledger.origin()
    body = {
        "format": FORMAT,
        "key": note.verifier_key(origin, note.public_bytes(key)),
        "checkpoint": note.sign(origin, checkpoint, key),
        "entries": [
            {
                "body": opening.body.decode(),
                "salt": opening.salt.hex(),
                "proof": [step.hex() for step in opening.proof],
            }
            for opening in openings
        ],
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes) -> Receipt:
    """A receipt that holds in itself; ValueError where it doesn't."""
    try:
        said = json.loads(data)
        entries = verify_receipt.proved(said)
        return Receipt(note.read(said["checkpoint"]), tuple(one["number"] for one in entries))
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("this is not a receipt") from error
