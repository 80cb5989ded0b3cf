"""A source's bytes as text, within a limit: what is larger is no list of people of ours."""

from __future__ import annotations

import codecs
from pathlib import Path

from letters import reading
from letters.intake import encoding
from letters.intake.row import UnreadableError
from letters.limits import RECORDS, Size

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_bytes(file: Path, most: Size = RECORDS) -> bytes:
    """The bytes of a file that is not larger than ``most``."""
    try:
        return reading.data_of(file, most)
    except reading.OddFileError as error:
        hint = error.hint or "split it into smaller files" if "larger" in error.why else error.hint
        raise UnreadableError(f"{file.name} {error.why}", hint) from None
    except OSError as error:
        why = error.strerror or "I/O error"
        raise UnreadableError(f"{file.name} can’t be read: {why}") from None


def decoded(data: bytes, name: str) -> str:
    """UTF-8, or UTF-16 where the file begins with its mark."""
    mark, codec = next((each for each in _MARKS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        at = f"byte {error.start + len(mark) + 1}"
        hint = "save the file with the encoding UTF-8"
        raise UnreadableError(f"{name} is not UTF-8 text ({at})", hint) from None


def in_any_encoding(data: bytes, name: str, said: str) -> tuple[str, str, str]:
    """The text, its encoding, and what to say where that was guessed; ``said`` is the user’s word.

    Address books are put together from many telephones: each line is read for itself, as UTF-8 or
    else by the code page that fits all others best.
    """
    if said:
        codec = encoding.known(said)
        try:
            return data.decode(codec), codec, ""
        except UnicodeDecodeError:
            message, hint = f"{name}: is no text of that encoding", "say --set encoding=NAME"
            raise UnreadableError(message, hint) from None
    lines = data.split(b"\n")
    odd = [line for line in lines if not _is_utf8(line)]
    if not odd or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decoded(data, name), "utf-8", ""
    page = encoding.best_page(b"\n".join(odd))
    if page is None:
        return decoded(data, name), "utf-8", ""  # which says what is wrong
    codec, remark = page
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    read = [line.decode("utf-8" if _is_utf8(line) else codec) for line in lines]
    return "\n".join(read), codec, remark


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
