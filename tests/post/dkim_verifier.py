"""A verifier of DKIM signatures, written from RFC 6376 and RFC 8463 for the tests.

It shares nothing with what signs, and it is itself held against mails that dkimpy has signed: see
`tests/post/frozen`.
"""

from __future__ import annotations

import base64
import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key


def tags(text: str) -> dict[str, str]:
    """A list of tags, white space left out."""
    pairs = (part.partition("=") for part in re.sub(r"\s+", "", text).split(";") if part.strip())
    return {name: value for name, _, value in pairs}


def holds(raw: bytes, record: bytes) -> bool:
    """Whether the topmost signature of the mail holds under the domain's ``record``."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?=[^ \t])", head)
    own = next((f for f in fields if f.lower().startswith(b"dkim-signature:")), None)
    if own is None:
        return False
    said = tags(own.partition(b":")[2].decode())
    assert (said["v"], said["c"]) == ("1", "relaxed/relaxed")
    if base64.b64decode(said["bh"]) != hashlib.sha256(canonical_body(body)).digest():
        return False
    left = [field for field in fields if field is not own]
    signed = []
    for name in said["h"].lower().split(":"):  # from the bottom up, each field once (5.4.2)
        at = next((n for n in range(len(left) - 1, -1, -1) if named(left[n]) == name), None)
        if at is not None:
            signed.append(canonical_field(left.pop(at)))
    without = re.sub(rb"([;:]\s*b\s*=)[^;]*", rb"\1", own)
    told = b"\r\n".join([*signed, canonical_field(without)])
    return fits(said["a"], base64.b64decode(said["b"]), told, tags(record.decode()))


def fits(algorithm: str, signature: bytes, told: bytes, published: dict[str, str]) -> bool:
    key = base64.b64decode(published["p"])
    assert algorithm == f"{published['k']}-sha256"
    try:
        if algorithm == "ed25519-sha256":
            public = ed25519.Ed25519PublicKey.from_public_bytes(key)
            public.verify(signature, hashlib.sha256(told).digest())
        else:
            loaded = load_der_public_key(key)
            assert isinstance(loaded, rsa.RSAPublicKey)
            loaded.verify(signature, told, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def named(field: bytes) -> str:
    return field.partition(b":")[0].strip().lower().decode()


def canonical_field(field: bytes) -> bytes:
    value = re.sub(rb"[ \t\r\n]+", b" ", field.partition(b":")[2]).strip()
    return named(field).encode() + b":" + value


def canonical_body(body: bytes) -> bytes:
    text = re.sub(rb"[ \t]+", b" ", body)
    text = re.sub(rb" (?=\r\n|\Z)", b"", text)
    text = re.sub(rb"(\r\n)*\Z", b"", text)
    return text + b"\r\n" if text else b""
