"""DKIM: the sender's domain signs a mail, so that its recipient's server believes the From line.

Most mail servers sign what they pass on, and then there is nothing to do here. The key's file and
its selector come from the environment; a campaign, which is passed on and published, names neither.

The signature is written here (RFC 6376, RFC 8463) because it must be the same for the same mail:
its time is the mail's own date, and not that of the clock, so frozen bytes can be compared.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from letters import limits, reading
from letters.error import LettersError, Status

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

KEY, SELECTOR = "LETTERS_DKIM_KEY", "LETTERS_DKIM_SELECTOR"
_FIELD = re.compile(rb"\r\n(?![ \t])")
_SPACE = re.compile(rb"[ \t]+")
_SHORTEST = 2048  # bits of an RSA key; RFC 8301, 3.2
_LONGEST = 8192  # what is longer takes seconds for each mail, and longer to be looked at
_MOST = 8 << 10  # bytes of such a key as PEM, and more
_SIGNED = (
    "from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
    "mime-version", "content-type",
)  # fmt: skip


class KeyRefusedError(LettersError):
    """The key can't be used; the message says why and names the file, and never what is in it."""

    status = Status.USAGE


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A key, by the name under which the domain publishes the other half of it."""

    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey = field(repr=False)

    def signed(self, raw: bytes, domain: str, at: dt.datetime) -> bytes:
        """The mail with the signature of ``domain`` in front; nothing of the rest is changed."""
        head, _, body = raw.partition(b"\r\n\r\n")
        fields = [_relaxed(each) for each in _FIELD.split(head)]
        present = {each.partition(b":")[0].decode(): each for each in fields}
        names = [name for name in _SIGNED if name in present]
        tags = {
            "v": "1",
            "a": self._algorithm,
            "c": "relaxed/relaxed",
            "d": domain,
            "s": self.selector,
            "t": str(int(at.timestamp())),
            "h": ":".join([*names, "from"]),  # one From more than there is: none can be put in
            "bh": base64.b64encode(hashlib.sha256(_body(body)).digest()).decode(),
            "b": "",
        }
        lines = ";\r\n ".join(f"{name}={value}" for name, value in tags.items())
        own = f"DKIM-Signature: {lines}".encode()
        told = b"\r\n".join([*(present[name] for name in names), _relaxed(own)])
        written = base64.b64encode(self._sign(told))
        pieces = [written[at : at + 72] for at in range(0, len(written), 72)]
        return own + b"\r\n ".join(pieces) + b"\r\n" + raw

    @property
    def _algorithm(self) -> str:
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

        return "rsa-sha256" if isinstance(self.key, RSAPrivateKey) else "ed25519-sha256"

    def _sign(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.hashes import SHA256

        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(data, PKCS1v15(), SHA256())
        return self.key.sign(hashlib.sha256(data).digest())


def _relaxed(field: bytes) -> bytes:
    """A header field as relaxed canonicalization reads it (RFC 6376, 3.4.2)."""
    name, _, value = field.partition(b":")
    unfolded = _SPACE.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.strip().lower() + b":" + unfolded


def _body(body: bytes) -> bytes:
    """The body as relaxed canonicalization reads it (RFC 6376, 3.4.4)."""
    lines = [_SPACE.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def signer(environment: Mapping[str, str]) -> DkimKey | None:
    """The signer that the environment asks for, if any. Raises KeyRefusedError."""
    path, selector = environment.get(KEY, ""), environment.get(SELECTOR, "")
    if not path and not selector:
        return None
    if not path or not selector:
        raise KeyRefusedError(f"DKIM needs both {KEY}, a file, and {SELECTOR}, its name in the DNS")
    if not selector.isascii() or not selector.replace("-", "").replace(".", "").isalnum():
        raise KeyRefusedError(f"{SELECTOR} is no name that stands in the DNS, such as mail2025")
    return _read(Path(path), selector)


def _read(path: Path, selector: str) -> DkimKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        data = reading.data_of(path, limits.KEY)
        if len(data) > _MOST:
            raise KeyRefusedError(f"{path}: the key is too long: {_LONGEST} bits are the most")
        key = load_pem_private_key(data, None)
    except OSError as error:
        raise KeyRefusedError(f"{path}: can’t be read: {error.strerror}") from None
    except TypeError:
        raise KeyRefusedError(f"{path}: is locked with a password; use one that isn’t") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyRefusedError(f"{path}: is no private key in the form PEM") from None
    match key:
        case RSAPrivateKey() if key.key_size > _LONGEST:
            raise KeyRefusedError(f"{path}: the key is too long: {_LONGEST} bits are the most")
        case RSAPrivateKey() if key.key_size >= _SHORTEST:
            return DkimKey(selector, key)
        case RSAPrivateKey():
            raise KeyRefusedError(f"{path}: the key is too short: {_SHORTEST} bits are needed")
        case Ed25519PrivateKey():
            return DkimKey(selector, key)
    raise KeyRefusedError(f"{path}: DKIM knows keys of RSA and Ed25519 only")
