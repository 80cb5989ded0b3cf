"""How large and how long anything that a stranger wrote may be: the one table of it.

A campaign may come from anybody, and so may a list, a mail or a log. What is read is opened as a
regular file of at most so many bytes (see `letters.reading`), and worked on in a process with so
much processor time and memory (see `letters.workshop.workers`). docs/limits.md shows this table.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB = 1 << 10, 1 << 20


@dataclass(frozen=True, slots=True)
class Size:
    """The most bytes of one kind of file, and what to do where there are more."""

    what: str
    most: int
    hint: str = ""

    def __str__(self) -> str:
        if self.most < MIB:
            return f"{self.most // KIB} KiB"
        return f"{self.most // MIB} MiB"


PEOPLE = Size("YAML with people", 64 * MIB, "split the people into a folder of files")
LETTER = Size("letter.yaml", 4 * MIB, "is it a letter? people belong into a file of their own")
ONE_THING = Size("YAML about one thing: a form, a body, a theme, a language", MIB)
TEMPLATE = Size("a template", MIB, "is it a template?")
STYLE_SHEET = Size("a style sheet", MIB, "take out what the letter doesn’t need")
REFERENCE = Size("reference.docx", 20 * MIB, "keep the styles, and delete the rest of it")
PICTURE = Size("a picture", 32 * MIB, "make it smaller")
ENCLOSURE = Size("an enclosure (PDF)", 64 * MIB, "print it to a smaller PDF")
FONT = Size("an installed font", 128 * MIB)
LIST = Size("a list to import (CSV, TSV)", 256 * MIB, "split it into several files")
SHEET = Size("a spreadsheet to import", 64 * MIB, "export the list alone, as CSV")
RECORDS = Size("JSON, XML, YAML, vCard to import", 64 * MIB, "split it into smaller files")
SIGNING_LIST = Size("a list of who signed", 64 * MIB, "divide it")
MAIL = Size("a mail", 32 * MIB)
MAILBOX = Size("a mailbox in one file", 256 * MIB, "export a part of it")
EVIDENCE = Size("a file of evidence", 128 * MIB, "keep it elsewhere, and record a note about it")
LOG = Size("the signature log", 512 * MIB)
CHECKPOINT = Size("a checkpoint, a mark, a receipt", MIB)
KEY = Size("a key", 64 * KIB)
STAMP = Size("a time stamp, or certificates", MIB)
MANIFEST = Size("out/manifest.json", 256 * MIB)
MADE = Size("a file that letters made", 512 * MIB)
REMEMBERED = Size("what an import remembers", 256 * MIB)

SIZES = (
    LETTER, PEOPLE, ONE_THING, TEMPLATE, STYLE_SHEET, REFERENCE, PICTURE, ENCLOSURE, FONT, LIST,
    SHEET, RECORDS, SIGNING_LIST, MAIL, MAILBOX, EVIDENCE, LOG, CHECKPOINT, KEY, STAMP, MANIFEST,
    MADE, REMEMBERED,
)  # fmt: skip
"""All of them, in the order of the documentation."""
