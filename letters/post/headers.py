"""The header fields of a mail, written so that every reader gets back what was meant.

The standard library's writer is not used for them: where it folds a name that is not ASCII it may
drop the quotation marks around a comma, and one recipient becomes two. Here a text is either plain
ASCII or encoded words throughout (RFC 2047), and an address is never folded.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from letters.post.address import Mailbox

_FOLD = 78
_OCTETS = 42  # of one encoded word: with what stands around it, it has at most 75 characters
_PLAIN = re.compile(r"[\x21-\x7e]{1,60}( [\x21-\x7e]{1,60})*")
_QUOTED = re.compile(r'(["\\])')


def field(name: str, value: str) -> str:
    """A field whose value is ready; it is folded at its spaces."""
    lines, line = [], f"{name}:"
    for word in value.split(" "):
        if len(line) + 1 + len(word) > _FOLD and not line.endswith(":"):
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line]) + "\r\n"


def text(name: str, value: str) -> str:
    """A field that people read, such as the subject."""
    return field(name, value if _is_plain(value) else " ".join(_encoded(value)))


def mailboxes(name: str, *boxes: Mailbox) -> str:
    """A field of addresses, each on a line of its own."""
    return f"{name}: " + ",\r\n ".join(map(_mailbox, boxes)) + "\r\n"


def file_fields(media_type: str, name: str) -> str:
    """Content-Type and Content-Disposition of an attached file.

    A name that is not ASCII stands there twice: as ``filename*`` (RFC 2231) for the programs that
    keep to the standard, and as encoded words in ``name`` for those that don't, Outlook among
    them. A third, plain ``filename`` would be shown instead of either by many readers; and a name
    divided into ``filename*0*``, ``filename*1*`` is not put together again by all.
    """
    if _is_plain(name):
        quoted = _quoted(name)
        return (
            f"Content-Type: {media_type};\r\n name={quoted}\r\n"
            f"Content-Disposition: attachment;\r\n filename={quoted}\r\n"
        )
    words = "\r\n ".join(_encoded(name))
    return (
        f'Content-Type: {media_type};\r\n name="{words}"\r\n'
        f"Content-Disposition: attachment;\r\n filename*=utf-8''{quote(name, safe='')}\r\n"
    )


def _is_plain(value: str) -> bool:
    return bool(_PLAIN.fullmatch(value)) and "=?" not in value


def _quoted(value: str) -> str:
    return '"' + _QUOTED.sub(r"\\\1", value) + '"'


def _mailbox(box: Mailbox) -> str:
    if not box.name:
        return box.address
    plain = _is_plain(box.name) and len(box.name) <= 60
    name = _quoted(box.name) if plain else "\r\n ".join(_encoded(box.name))
    short = plain and len(name) + len(box.address) <= _FOLD - len("Reply-To:  <>,")
    return f"{name} <{box.address}>" if short else f"{name}\r\n <{box.address}>"


def _encoded(value: str) -> list[str]:
    """``value`` as encoded words; none of them ends inside a character."""
    words, held = [], b""
    for character in value:
        octets = character.encode()
        if len(held) + len(octets) > _OCTETS:
            words.append(held)
            held = b""
        held += octets
    words.append(held)
    return [f"=?utf-8?B?{base64.b64encode(word).decode()}?=" for word in words]
