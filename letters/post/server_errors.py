"""What goes wrong with a server, of whatever service, in words that a person may be told.

What a server says itself is passed on in one line and without any address in it.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterable

from letters.error import LettersError, Status

_AN_ADDRESS = re.compile(r"<?(?<![^\s<>])[^\s<>]+@[^\s<>]+>?")
_LONGEST_REPLY = 200
_LONGEST_READ = 400  # as finding addresses takes the square of it


class ServerError(LettersError):
    """The server can't be used now: nothing was sent by it. ``hint`` says what to look at."""

    status = Status.OUTSIDE


def unreached(error: Exception, where: str) -> ServerError:
    """What has happened to a connection, of whatever service, as a person can be told."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = re.sub(r"\s+", " ", error.verify_message or "it can’t be verified")
        return ServerError(
            f"the certificate of {where} can’t be trusted: {why}",
            "nothing was sent; SSL_CERT_FILE may name the authority’s certificate",
        )
    if isinstance(error, ssl.SSLError):
        return ServerError(f"no protected connection to {where}", "look at port and security")
    if isinstance(error, socket.gaierror):
        return ServerError(f"there is no server {where}, or no network")
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return ServerError(f"{where} does not answer", "try again later, or look at the port")
    if isinstance(error, ConnectionRefusedError):
        return ServerError(f"nobody answers at {where}", "look at the host and the port")
    return ServerError(f"the connection to {where} failed", "try again later")


def without_addresses(words: str, known: Iterable[str] = ()) -> str:
    """What a server says, in one line that is not too long, and without addresses.

    Of those that are ``known``, the part before the @ is taken out too where it stands by itself.
    """
    line = " ".join(words.split())
    if len(line) > _LONGEST_READ:  # up to a whole word, or half an address would not be seen
        line = line[: _LONGEST_READ + 1].rpartition(" ")[0]
    line = _AN_ADDRESS.sub("(address)", line)
    for name in dict.fromkeys(address.partition("@")[0] for address in known):
        if name:
            one = rf"(?<!\w){re.escape(name)}(?!\w)"
            line = re.sub(one, "(address)", line, flags=re.IGNORECASE)
    return line[:_LONGEST_REPLY].strip()
