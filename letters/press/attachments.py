"""Files that travel inside a PDF, so that the letter can be edited or read by a program."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from msgspec import Struct

if TYPE_CHECKING:
    from types import ModuleType

Attached: TypeAlias = Literal["docx", "source"]
ATTACHED: tuple[Attached, ...] = get_args(Attached)

# How the file is related to the letter, in the words of ISO 32000-2, 7.11.3.
_RELATION: dict[Attached, str] = {"docx": "Alternative", "source": "Source"}
_ENDING: dict[Attached, str] = {"docx": "docx", "source": "yaml"}
_ABOUT: dict[Attached, str] = {
    "docx": "The same letter as a Word document",
    "source": "What the letter asks and on what grounds, as YAML",
}


class EmbeddedFile(Struct, frozen=True):
    """One file: what it is, the language of the letter (en, or en-fr), and its bytes."""

    kind: Attached
    language: str
    data: bytes

    @property
    def name(self) -> str:
        """Its name in the PDF; it tells nothing of the recipient."""
        return f"letter.{self.language}.{_ENDING[self.kind]}"


def embedded(
    attachments: tuple[EmbeddedFile, ...], day: dt.date, weasyprint: ModuleType
) -> list[Any]:
    """The attachments as WeasyPrint takes them: of the letter's day, sorted by name."""
    midnight = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - it is written as UTC
    return [
        weasyprint.Attachment(
            string=each.data,
            name=each.name,
            description=_ABOUT[each.kind],
            created=midnight,
            modified=midnight,
            relationship=_RELATION[each.kind],
        )
        for each in sorted(attachments, key=lambda each: each.name)
    ]
