"""A source's bytes as text, within a limit: what is larger is no list of people of ours."""

from __future__ import annotations

import codecs
from pathlib import Path

from letters import reading
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
    mark, encoding = next((each for each in _MARKS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = f"byte {error.start + len(mark) + 1}"
        hint = "save the file with the encoding UTF-8"
        raise UnreadableError(f"{name} is not UTF-8 text ({at})", hint) from None
