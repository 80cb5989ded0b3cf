"""Rules about the sheets on which people sign by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from msgspec.structs import replace

from letters.check.on_paper import valid_signatures
from letters.check.phrases import find_phrase
from letters.check.reading import Reading
from letters.check.rules.base import (
    Count,
    Finding,
    NotEmpty,
    PhrasesByLanguage,
    Rule,
    for_language,
    key_place,
)
from letters.counting import counted
from letters.draft import document as d
from letters.draft.drafts import Drafts
from letters.problem import Place


class RoomForSignatures(Rule):
    """All sheets together have so many rows."""

    rule: Literal["room-for-signatures"]
    least: Count

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        rows = sum(sheet.rows for _, sheet in _sheets(reading))
        if rows < self.least:
            yield Finding(_place(reading), f"there is room for {counted(rows, 'signature')}")


class SignaturesWithText(Rule):
    """So many rows stand on the page on which the full text ends, as it will be printed."""

    rule: Literal["signatures-with-text"]
    needs_pages: ClassVar[bool] = True
    least: Count

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        sheets = _sheets(reading)
        if not sheets:
            yield Finding(_place(reading), "there is no room for signatures below the text")
            return
        index, sheet = sheets[0]
        message = f"there is no room for {counted(self.least, 'signature')} below the text"
        if sheet.prayer or sheet.rows < self.least:
            yield Finding(_place(reading), f"{message}, on the same page")
            return
        text = reading.letter.blocks[:index]
        if reading.pages((*text, replace(sheet, rows=self.least, fills=False))) > reading.pages(
            text
        ):
            yield Finding(_place(reading), f"{message}: the text fills its page")


class PrayerOnEverySheet(Rule):
    """Each page to sign says for what: by its prayer, or because the text ends on it."""

    rule: Literal["prayer-on-every-sheet"]
    needs_pages: ClassVar[bool] = True

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        sheets = _sheets(reading)
        for number, (index, sheet) in enumerate(sheets):
            if sheet.prayer:
                continue
            blocks = reading.letter.blocks[: index + 1]
            if number or reading.pages(blocks) > reading.pages(blocks[:-1]):
                message = "signatures run onto a page that doesn’t say for what they are"
                yield Finding(_place(reading), message)
                return


class SheetAsksFor(Rule):
    """Every sheet has a column whose head holds one of these words."""

    rule: Literal["sheet-asks-for"]
    column: Annotated[PhrasesByLanguage, NotEmpty]

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        words = for_language(self.column, reading.tag)
        for _, sheet in _sheets(reading) if words else ():
            if not find_phrase(" ".join(map(d.plain, sheet.head)), words or ()):
                wanted = "” or “".join(words or ())
                yield Finding(_place(reading), f"a sheet has no column for “{wanted}”")
                return


class ValidSignaturesAtLeast(Rule):
    """Once sheets were counted, so many signatures on them are valid."""

    rule: Literal["valid-signatures-at-least"]
    least: Count

    def of_drafts(self, drafts: Drafts) -> Iterator[Finding]:
        valid = valid_signatures(drafts)
        if valid is not None and valid < self.least:
            there = f"{counted(valid, 'signature')} on the sheets that were counted"
            place = key_place(drafts.campaign, "template")
            yield Finding(place, f"{there}, {self.least - valid} too few that are valid")


SHEETS: tuple[type[Rule], ...] = (
    RoomForSignatures, SignaturesWithText, PrayerOnEverySheet, SheetAsksFor, ValidSignaturesAtLeast,
)  # fmt: skip


def _sheets(reading: Reading) -> list[tuple[int, d.Sheet]]:
    """The sheets and where among the blocks of the letter they stand."""
    blocks = enumerate(reading.letter.blocks)
    return [(index, block) for index, block in blocks if isinstance(block, d.Sheet)]


def _place(reading: Reading) -> Place:
    return reading.line_of("::: sheet")
