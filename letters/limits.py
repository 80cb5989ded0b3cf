"""How large and how long anything that a stranger wrote may be: the one table of it.

A campaign may come from anybody, and so may a list, a mail or a log. What is read is opened as a
regular file of at most so many bytes (see `letters.reading`), and worked on in a process with so
much processor time and memory (see `letters.workshop.workers`). docs/limits.md shows this table.
"""

from __future__ import annotations

from msgspec import Struct

KIB, MIB = 1 << 10, 1 << 20


class Size(Struct, frozen=True):
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
WORD_FILE = Size("a letter that comes back as a Word file", 32 * MIB, "is it the letter?")
LIST = Size("a list to import (CSV, TSV)", 256 * MIB, "split it into several files")
SHEET = Size("a spreadsheet to import", 64 * MIB, "export the list alone, as CSV")
RECORDS = Size("JSON, XML, YAML, vCard to import", 64 * MIB, "split it into smaller files")
SIGNING_LIST = Size("a list of who signed", 64 * MIB, "divide it")
MAIL = Size("a mail", 32 * MIB)
MAILBOX = Size("a mailbox in one file", 256 * MIB, "export a part of it")
EVIDENCE = Size("a file of evidence", 128 * MIB, "keep it elsewhere, and record a note about it")
LOG = Size("the signature log", 256 * MIB)
CHECKPOINT = Size("a checkpoint, a mark, a receipt", MIB)
KEY = Size("a key", 64 * KIB)
STAMP = Size("a time stamp, or certificates", MIB)
MANIFEST = Size("out/manifest.json", 256 * MIB)
RUN = Size("what a run of letters left for the next one", 16 * MIB)
MADE = Size("a file that letters made", 512 * MIB)
REMEMBERED = Size("what an import remembers", 256 * MIB)

SIZES = (
    LETTER, PEOPLE, ONE_THING, TEMPLATE, STYLE_SHEET, REFERENCE, PICTURE, ENCLOSURE, FONT,
    WORD_FILE, LIST, SHEET, RECORDS, SIGNING_LIST, MAIL, MAILBOX, EVIDENCE, LOG, CHECKPOINT, KEY,
    STAMP, MANIFEST, RUN, MADE, REMEMBERED,
)  # fmt: skip
"""All of them, in the order of the documentation."""


MOST_ITEMS, MOST_KEYS, MOST_NODES = 500_000, 10_000, 4_000_000
"""Entries of a list, keys of a group, and words and groups altogether, in one YAML file."""

SHOWN_PAGES = 40
"""Pages of one letter that a preview shows; the others are in the PDF that can be had there."""

OPEN_PAGES = 24
"""Pages of one preview that are told of saves at the same time."""

MOST_POSTED = 2 * MIB
"""Bytes that a form of the preview may send."""
LOG_ENTRY = 32 * MIB
"""Bytes of a text or an entry of the log."""
MOST_LETTERS = 250_000
"""Letters that one log may have on their way, and those that went."""

MOST_FILES, ENTRY, VALUES_OF_ENTRY = 200_000, 4 * KIB, 64
"""Files that a manifest may list, and for each its bytes and the values in them."""
ROSTERS, MOST_VALUES = 24 * MIB, 1_000_000
"""Bytes, and values in them, of all else in a manifest: what is printed of whoever signs."""

MOST_MISTAKES = 1_000
"""Mistakes of one file of YAML, or of its people times ten, after which the rest is not read."""


class Budget(Struct, frozen=True):
    """Seconds of processor time for one step; ``grows`` says what makes it more."""

    what: str
    seconds: float
    grows: str = ""


LIGHT, LIGHT_BYTES, ROOM = 600_000, 8 * MIB, 256 * MIB
"""Signs and bytes of lists that a command reads itself, and the memory that more may take in it."""

SECONDS = 15.0
SECONDS_A_RECIPIENT = 0.2
SECONDS_A_SIGNATORY = 0.002
SECONDS_A_SIGNATURE = 0.1
SECONDS_A_SHEET = 0.5
SECONDS_A_FILE = 5.0
SECONDS_A_MIB = 1.0
SECONDS_A_PACKED_MIB = 10.0
SECONDS_TO_LOOK = 5.0

MEMORY = 1 << 30
MEMORY_A_SECOND = 64 * MIB
MOST_MEMORY = 4 << 30
"""Bytes of memory of a process: more with each second beyond the first fifteen, up to the most."""

BUDGETS = (
    Budget("reading the campaign", SECONDS, f"{SECONDS_A_MIB:g} s a MiB of its YAML files"),
    Budget("drafting a letter", SECONDS, f"{SECONDS_A_SIGNATORY:g} s a signatory"),
    Budget("what all letters share", SECONDS, f"{SECONDS_A_RECIPIENT:g} s a recipient"),
    Budget("setting a letter in a format", SECONDS, f"{SECONDS_A_SIGNATURE:g} s a signature"),
    Budget("sheets to sign", SECONDS, f"{SECONDS_A_SHEET:g} s a sheet"),
    Budget("searching files for protected words", SECONDS, f"{SECONDS_A_FILE:g} s a file"),
    Budget(
        "a list to import",
        SECONDS,
        f"{SECONDS_A_MIB:g} s a MiB, {SECONDS_A_PACKED_MIB:g} s where it is packed (XLSX, ODS)",
    ),
    Budget("a mailbox, a mail, a notice", SECONDS, f"{SECONDS_A_MIB:g} s a MiB"),
    Budget("whether a PDF is one of ours", SECONDS_TO_LOOK),
)
"""All of them, in the order of the documentation."""


def memory(seconds: float) -> int:
    """The bytes of memory that a step of so many seconds may take."""
    more = int(max(0.0, seconds - SECONDS) * MEMORY_A_SECOND)
    return min(MEMORY + more, MOST_MEMORY)
