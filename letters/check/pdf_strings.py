"""The strings of a PDF as its readers show them: remarks, bookmarks, filled-in fields, authors.

One and the same name may be written plainly, in UTF-16, as hexadecimal digits or with a code for
each letter, and all of it may be locked under a password that is empty.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

_HEX = re.compile(rb"<((?:[0-9A-Fa-f]\s*+){4,}+)>")
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))", re.DOTALL)
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1f]")  # in glyphs of a font, which are no words
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def unlocked(data: bytes) -> bytes:
    """The same without a lock that needs no password; as it is where there is none, or another.

    Nothing in it is inflated here: it may be large beyond measure.
    """
    if b"/Encrypt" not in data:
        return data
    import pikepdf

    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(
                out,
                encryption=False,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
    except Exception:  # noqa: BLE001 - a broken file can raise anything
        return data
    return out.getvalue()


def strings(data: bytes) -> Iterator[str]:
    """What stands in objects or a page, wherever it is written otherwise than letter by letter."""
    found = [_text(digits) for digits in map(_bytes, _HEX.findall(data)) if not _is_glyphs(digits)]
    plain = _ESCAPED.sub(_unescaped, data) if b"\\" in data else data
    if plain is not data:
        found.append(plain.decode("latin-1"))
    for bom, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")):
        found += [each.decode(encoding, "replace") for each in plain.split(bom)[1:]]
    if found:
        yield "\n".join(found)


def _bytes(digits: bytes) -> bytes:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))


def _is_glyphs(written: bytes) -> bool:
    return not written.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) and bool(
        _CONTROLS.search(written)
    )


def _text(written: bytes) -> str:
    if written.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return written.decode("utf-16", "replace")
    if written.startswith(codecs.BOM_UTF8):
        return written.decode("utf-8-sig", "replace")
    return written.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, line, sign = found.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if line else _SIGNS.get(sign, sign)
