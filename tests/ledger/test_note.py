"""Signed checkpoints against the examples and rules of C2SP's signed-note and tlog-checkpoint."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.ledger import note
from letters.ledger.merkle import Checkpoint

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = note.public_bytes(KEY)
HEAD = Checkpoint(20852163, hashlib.sha256(b"root").hexdigest())
SIGNED = note.sign("letters-log/ab", HEAD, KEY)


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    text, signature = SIGNED.split("\n\n")
    root = base64.b64encode(bytes.fromhex(HEAD.root)).decode()
    assert text == f"letters-log/ab\n20852163\n{root}"
    dash, name, blob = signature.split(" ")
    assert (dash, name) == ("—", "letters-log/ab")
    raw = base64.b64decode(blob)
    assert raw[:4] == hashlib.sha256(b"letters-log/ab\n\x01" + PUBLIC).digest()[:4]
    KEY.public_key().verify(raw[4:], f"{text}\n".encode())
    assert note.sign("letters-log/ab", HEAD, KEY) == SIGNED


def test_it_reads_what_it_wrote_and_knows_the_key() -> None:
    found = note.read(SIGNED)
    assert (found.origin, found.checkpoint) == ("letters-log/ab", HEAD)
    assert found.is_signed_by(PUBLIC)
    other = note.public_bytes(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    assert not found.is_signed_by(other)


def test_extension_lines_and_signatures_of_others_are_no_hindrance() -> None:
    text, _ = SIGNED.split("\n\n")
    longer = f"{text}\nan extension\n"
    blob = note.read(SIGNED).signatures[0][:4] + KEY.sign(longer.encode())
    witness = base64.b64encode(bytes(68)).decode()
    written = f"{longer}\n— witness.example {witness}\n— letters-log/ab {base64.b64encode(blob).decode()}\n"
    assert note.read(written).is_signed_by(PUBLIC)


def test_a_changed_byte_breaks_the_signature_or_the_form() -> None:
    for at, character in enumerate(SIGNED):
        changed = SIGNED[:at] + ("A" if character != "A" else "B") + SIGNED[at + 1 :]
        try:
            found = note.read(changed)
        except ValueError:
            continue
        # The last letter of base64 carries bits that mean nothing.
        assert not found.is_signed_by(PUBLIC) or found == note.read(SIGNED), at


@pytest.mark.parametrize(
    "written",
    [
        "",
        "\n\n",
        "a\n1\n\n— a b\n",
        SIGNED.replace("20852163", "020852163"),
        SIGNED.replace("20852163", "-1"),
        SIGNED.replace("20852163", "many"),
        SIGNED.replace("— ", "- "),
        SIGNED.replace("=\n", "\n", 1),
        "a\n1\nAAAA\n\n— a AAAA\n",
    ],
)
def test_it_refuses_what_is_no_signed_checkpoint(written: str) -> None:
    with pytest.raises(ValueError, match="not a signed checkpoint"):
        note.read(written)


def test_a_key_is_written_as_signed_note_tools_take_it() -> None:
    name, short, encoded = note.verifier_key("letters-log/ab", PUBLIC).split("+", 2)
    assert name == "letters-log/ab"
    assert base64.b64decode(encoded) == b"\x01" + PUBLIC
    assert short == hashlib.sha256(b"letters-log/ab\n\x01" + PUBLIC).hexdigest()[:8]
