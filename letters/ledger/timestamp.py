"""Time from outside: an RFC 3161 authority signs that a checkpoint existed at a moment.

The log's own times are those of one computer. A token from an authority shows that everything up
to the checkpoint is at least as old as it says, to anybody who trusts that authority.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import urllib.request
from typing import TYPE_CHECKING

from letters.ledger.errors import LedgerError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_SECONDS = 30
_LARGEST = 1 << 20  # bytes; a token with its certificates has a few thousand
_GRANTED = (0, 1)


def request(data: bytes, url: str) -> tuple[bytes, dt.datetime]:
    """Ask the authority at ``url`` to stamp ``data``: its answer and the time in it.

    Raises LedgerError where it can't be reached, refuses, or answers something else.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    if not url.startswith(("https://", "http://")):
        raise LedgerError("a time-stamping authority is named by an http or https address")
    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    post = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url, asked.as_bytes(), {"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(post, timeout=_SECONDS) as answer:  # noqa: S310 - the same
            token = answer.read(_LARGEST)
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", "") or getattr(error, "strerror", "")
        raise LedgerError(f"the time-stamping authority can't be reached: {reason}") from error
    try:
        response = _decoded(token, data)
    except ValueError as error:
        raise LedgerError(f"the time-stamping authority gave no stamp: {error}") from error
    if response.tst_info.nonce != asked.nonce:
        raise LedgerError("the time-stamping authority answered another question")
    return token, response.tst_info.gen_time


def time_of(token: bytes, data: bytes, root: bytes | None = None) -> dt.datetime:
    """When ``data`` was stamped, as the token says; ValueError where it is not about ``data``.

    With ``root``, a certificate in PEM, the authority's signature is verified up to it, too.
    """
    from cryptography import x509
    from rfc3161_client import VerificationError, VerifierBuilder

    response = _decoded(token, data)
    if root is not None:
        try:
            builder = VerifierBuilder()
            for certificate in x509.load_pem_x509_certificates(root):
                builder = builder.add_root_certificate(certificate)
            builder.build().verify_message(response, data)
        except VerificationError:
            raise ValueError("no authority under the given root signed it") from None
    return response.tst_info.gen_time


def _decoded(token: bytes, data: bytes) -> TimeStampResponse:
    from rfc3161_client import decode_timestamp_response

    response = decode_timestamp_response(token)
    if response.status not in _GRANTED:
        raise ValueError("it was refused")
    imprint = response.tst_info.message_imprint.message
    if imprint not in {hashlib.new(name, data).digest() for name in ("sha256", "sha384", "sha512")}:
        raise ValueError("it is about something else")
    return response
