"""What each part of an edition says, to compare one edition with another and with itself earlier.

The words are those of the canonical text, with three differences, so that a part changes only when
somebody has to look at its translation: a note stands by its source and not by its number; a value
that is the same in every language can stand by its name; and no line says which ask it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from letters.draft import digest
from letters.draft import document as d
from letters.draft.values import Sealed
from letters.problem import Place

# Escapes first: a brace that somebody typed is no mark.
_NOTE = re.compile(r"\\.|\{note (\d+)\}")
_VALUE = re.compile(r"\\.|\{=([^\x02]*)\x02((?:\\.|[^\\}])*)\}")
_LINK = re.compile(r"(?<!\\)\{link (?:\\.|[^\\}])*\}")
_APART = re.compile(r"\\.|\{(?:note|link)[ :](?:\\.|[^\\}])*\}")
_KIND = re.compile(r"^ *\[[a-z]+(?: \d+)?\] ?", re.MULTILINE)
_BY_NAME = re.compile(r"\\.|\{(?!note:)(?:\\.|[^\\}])*\}")


class Variants(Struct, frozen=True):
    """A part in all its variants: for different recipients, and with what is confidential or not.

    ``named`` is as in Part. ``place`` is where the words of this language were written.
    """

    id: str
    named: bool
    place: Place
    texts: frozenset[str]

    @property
    def common(self) -> frozenset[str]:
        """The names of the values in it that are the same in every language."""
        return frozenset(m[1] for text in self.texts for m in _VALUE.finditer(text) if m[1])

    def settled(self, shared: frozenset[str]) -> frozenset[str]:
        """The variants, with the ``shared`` values by their names and all others in full."""

        def shown(mark: re.Match[str]) -> str:
            name, text = mark[1], mark[2]
            if name is None:
                return mark[0]
            return f"{{{name}}}" if name in shared else text

        return frozenset(_VALUE.sub(shown, text) for text in self.texts)

    def digest(self, shared: frozenset[str]) -> str:
        """SHA-256 over what it says, in hexadecimal."""
        said = "\x00".join(sorted(self.settled(shared)))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def words(self) -> str:
        """One variant as a person reads it; the recipient's own values stand by name."""
        said = _KIND.sub("", min(self.settled(frozenset()))).replace("\\n", "\n")
        said = _APART.sub(lambda part: part[0] if part[0][0] == "\\" else "", said)
        return re.sub(r"\\(.)", r"\1", said).strip()


def speaks_no_language(variants: Iterable[str]) -> bool:
    """Whether there is nothing to translate: a place for signatures, values by name."""
    return not any(
        character.isalpha()
        for text in variants
        for character in _BY_NAME.sub("", _KIND.sub("", text))
    )


def said(block: d.Matter, notes: dict[int, str]) -> str:
    """The words of a filled block; ``notes`` says what stands for each number.

    That is `` KEY`` for a source, and ``:WORDS`` for a note that was written out.
    """
    text = digest.canonical((_uncounted(block),), (), "")
    return _NOTE.sub(lambda mark: f"{{note{notes[int(mark[1])]}}}" if mark[1] else mark[0], text)


def said_of_note(content: d.Inlines) -> str:
    """The words of a note; the address behind a link is among them already."""
    return _LINK.sub("", digest.canonical((d.Paragraph(content),), (), ""))


def marked(value: Sealed, name: str) -> d.Text:
    """A value as `said` needs it: the recipient's own by name, others so that they can be."""
    if value.slot:
        return digest.slot(value.slot)
    if value.local:
        return d.Text(value.text)
    return d.Text(f"\x00={name}\x02{value.text}\x01")


def _uncounted(block: d.Matter) -> d.Matter:
    return replace(block, start=1) if isinstance(block, d.List) else block
