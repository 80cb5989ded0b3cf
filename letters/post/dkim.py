"""DKIM: the sender's domain signs a mail, so that its recipient's server believes the From line.

Most mail servers sign what they pass on, and then there is nothing to do here. The key's file and
its selector come from the environment; a campaign, which is passed on and published, names neither.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

KEY, SELECTOR = "LETTERS_DKIM_KEY", "LETTERS_DKIM_SELECTOR"
_SHORTEST = 2048  # bits of an RSA key; RFC 8301, 3.2
_SIGNED = (
    "from", "to", "cc", "reply-to", "subject", "date", "message-id", "mime-version", "content-type",
)  # fmt: skip


class KeyRefusedError(Exception):
    """The key can't be used; the message says why and names the file, and never what is in it."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key, by the name under which the domain publishes the other half of it."""

    selector: str
    algorithm: str
    key: bytes = field(repr=False)

    def signed(self, raw: bytes, domain: str) -> bytes:
        """The mail with the signature of ``domain`` in front; nothing of the rest is changed."""
        import dkim

        present = b"\r\n" + raw.partition(b"\r\n\r\n")[0].lower()
        names = [name for name in map(str.encode, _SIGNED) if b"\r\n" + name + b":" in present]
        header: bytes = dkim.sign(
            raw,
            self.selector.encode(),
            domain.encode(),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            signature_algorithm=self.algorithm.encode(),
            include_headers=[*names, b"from"],  # once more than there is: none can be put in
            linesep=b"\r\n",
        )
        return header + raw


def signer(environment: Mapping[str, str]) -> Signer | None:
    """The signer that the environment asks for, if any. Raises KeyRefusedError."""
    path, selector = environment.get(KEY, ""), environment.get(SELECTOR, "")
    if not path and not selector:
        return None
    if not path or not selector:
        raise KeyRefusedError(f"DKIM needs both {KEY}, a file, and {SELECTOR}, its name in the DNS")
    if not selector.isascii() or not selector.replace("-", "").replace(".", "").isalnum():
        raise KeyRefusedError(f"{SELECTOR} is no name that stands in the DNS, such as mail2025")
    return _read(Path(path), selector)


def _read(path: Path, selector: str) -> Signer:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise KeyRefusedError(f"{path}: can’t be read: {error.strerror}") from None
    except TypeError:
        raise KeyRefusedError(f"{path}: is locked with a password; use one that isn’t") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyRefusedError(f"{path}: is no private key in the form PEM") from None
    match key:
        case RSAPrivateKey() if key.key_size >= _SHORTEST:
            plain = key.private_bytes(
                Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
            )
            return Signer(selector, "rsa-sha256", plain)
        case RSAPrivateKey():
            raise KeyRefusedError(f"{path}: the key is too short: {_SHORTEST} bits are needed")
        case Ed25519PrivateKey():
            seed = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
            return Signer(selector, "ed25519-sha256", base64.b64encode(seed))
    raise KeyRefusedError(f"{path}: DKIM knows keys of RSA and Ed25519 only")
