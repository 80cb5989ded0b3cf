"""Check a receipt of a signature log, alone: python verify_receipt.py RECEIPT [KEY].

It needs Python and the package "cryptography". KEY is the log's key as the campaign publishes it;
without it the receipt is checked under its own key, which is then printed to be compared.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def _sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _root(leaf: bytes, index: int, last: int, proof: list[bytes]) -> bytes:
    for step in proof:  # RFC 9162, 2.1.3.2
        right = index & 1 or index == last
        leaf = _sha256(b"\x01", step, leaf) if right else _sha256(b"\x01", leaf, step)
        while right and index and not index & 1:
            index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    return b"" if last else leaf


def proved(receipt: dict[str, Any], key: str = "") -> list[dict[str, Any]]:
    """Return the entries that the receipt proves; ValueError where it does not hold."""
    name, short, public = (key or receipt["key"]).split("+", 2)
    text, _, signature = receipt["checkpoint"].rpartition("\n\n")
    origin, size, top = text.split("\n")[:3]
    raw, signed = base64.b64decode(public), base64.b64decode(signature.split(" ")[2])
    known = _sha256(f"{name}\n".encode(), raw)[:4]
    if origin != name or known.hex() != short or known != signed[:4]:
        raise ValueError("the checkpoint is not signed with this key")
    try:
        Ed25519PublicKey.from_public_bytes(raw[1:]).verify(signed[4:], f"{text}\n".encode())
    except InvalidSignature:
        raise ValueError("the checkpoint's signature is wrong") from None
    entries = [json.loads(entry["body"]) for entry in receipt["entries"]]
    for entry, said in zip(receipt["entries"], entries, strict=True):
        body, salt = entry["body"].encode(), bytes.fromhex(entry["salt"])
        leaf = _sha256(b"\x00", _sha256(b"letters/ledger/v1/entry\x00", salt, body))
        proof = [bytes.fromhex(step) for step in entry["proof"]]
        found = _root(leaf, said["number"] - 1, int(size) - 1, proof)
        if not 0 < said["number"] <= int(size) or found != base64.b64decode(top):
            raise ValueError("an entry is not in the log that the checkpoint is of")
    return entries


if __name__ == "__main__":
    for found in proved(shown := json.loads(Path(sys.argv[1]).read_bytes()), *sys.argv[2:3]):
        sys.stdout.write(f"proved: {json.dumps(found, ensure_ascii=False)}\n")
    sys.stdout.write(f"signed by: {(sys.argv[2:] or [shown['key']])[0]}\n")
