"""The header fields of a mail, written so that every reader gets back what was meant.

The standard library's writer is not used for them: where it folds a name that is not ASCII it may
drop the quotation marks around a comma, and one recipient becomes two. Here a text is either plain
ASCII or encoded words throughout (RFC 2047), and an address is never folded.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from urllib.parse import quote

from letters.post.address import Mailbox

_FOLD = 78
_OCTETS = 42  # of one encoded word: with what stands around it, it has at most 75 characters
_PLAIN = re.compile(r"[\x21-\x7e]{1,60}( [\x21-\x7e]{1,60})*")
_QUOTED = re.compile(r'(["\\])')
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._ ()-]+")


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

    The name stands there three times, for what mail programs read (RFC 2231 is the standard):
    Thunderbird, Apple Mail and Gmail take ``filename*``; older ones of Outlook and many web mails
    only the encoded words of ``name``; the rest the ASCII of ``filename``. It is never divided
    into ``filename*0*``, ``filename*1*``, which several of them don't put together again.
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
        f'Content-Disposition: attachment;\r\n filename="{ascii_name(name)}";\r\n'
        f" filename*=utf-8''{quote(name, safe='')}\r\n"
    )


def ascii_name(name: str) -> str:
    """A file name for programs that read nothing but ASCII; "letter" where nothing is left."""
    stem, dot, ending = name.rpartition(".")
    marked = unicodedata.normalize("NFKD", stem)
    kept = "".join(c for c in marked if not unicodedata.combining(c))
    kept = " ".join(_NOT_IN_A_NAME.sub(" ", kept).split())[:60].strip(" .-()")
    letters = sum(c.isalnum() for c in kept)
    enough = letters * 2 > sum(c.isalnum() for c in stem)
    return (kept if enough else "letter") + dot + _NOT_IN_A_NAME.sub("", ending)


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
