"""Signed checkpoints, in the C2SP formats tlog-checkpoint and signed-note.

Tools that know those formats can check them without knowing anything of letters. A checkpoint is a
text: the log's origin, its size, its root in base64. A note is a text, an empty line, and signature
lines. The key's name is the origin; a key is written as name+hash+key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.ledger.merkle import Checkpoint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_DASH = "— "
_LONGEST = 1 << 14  # letters of a note: a checkpoint and a few signatures
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


class SignedCheckpoint(Struct, frozen=True):
    """A checkpoint with its signatures, each the 4-byte hash of a key and 64 bytes."""

    origin: str
    checkpoint: Checkpoint
    text: str
    signatures: tuple[bytes, ...]

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the owner of that Ed25519 key signed it under the log's name."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        known = _key_hash(self.origin, public)
        for signature in self.signatures:
            if signature[:4] == known:
                try:
                    key = Ed25519PublicKey.from_public_bytes(public)
                    key.verify(signature[4:], self.text.encode())
                except (InvalidSignature, ValueError):
                    continue
                return True
        return False


def sign(origin: str, checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The signed note over a checkpoint; the same bytes each time."""
    root = base64.b64encode(bytes.fromhex(checkpoint.root)).decode()
    text = f"{origin}\n{checkpoint.size}\n{root}\n"
    blob = _key_hash(origin, public_bytes(key)) + key.sign(text.encode())
    return f"{text}\n{_DASH}{origin} {base64.b64encode(blob).decode()}\n"


def read(written: str) -> SignedCheckpoint:
    """A note as it was written; ValueError where it is not a checkpoint in this form."""
    body, gap, signed = written.rpartition("\n\n")
    lines = body.split("\n")
    wrong = ValueError("this is not a signed checkpoint")
    if len(written) > _LONGEST or not gap or len(lines) < 3:
        raise wrong
    if not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise wrong
    signatures = []
    try:
        root = base64.b64decode(lines[2], validate=True)
        for line in signed.removesuffix("\n").split("\n"):
            dash, _, blob = line.rpartition(" ")
            if not dash.startswith(_DASH):
                raise wrong
            if dash == f"{_DASH}{lines[0]}":
                signatures.append(base64.b64decode(blob, validate=True))
    except binascii.Error:
        raise wrong from None
    if len(root) != 32:
        raise wrong
    checkpoint = Checkpoint(int(lines[1]), root.hex())
    return SignedCheckpoint(lines[0], checkpoint, body + "\n", tuple(signatures))


def verifier_key(origin: str, public: bytes) -> str:
    """The key in the form in which signed-note tools take it."""
    encoded = base64.b64encode(_ED25519 + public).decode()
    return f"{origin}+{_key_hash(origin, public).hex()}+{encoded}"


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]
