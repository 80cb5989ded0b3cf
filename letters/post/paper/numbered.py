"""Sheets to sign by hand, each with a number of its own: so each can be counted once.

The first has the full text, the others have the prayer again; where no sheet has a prayer, each has
the full text. A number takes room: as many rows as still fit are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.draft import document as d
from letters.problem import CampaignError

if TYPE_CHECKING:
    from letters.draft.drafts import Drafts
    from letters.draft.language import Language
    from letters.draft.signatures import Pictures, Signed
    from letters.press.theme import Theme

MOST = 1000
"""Sheets of one run."""


class NumberedSheets(Struct, frozen=True):
    """The sheets as one PDF, and how many people can sign on the first and on each other one."""

    data: bytes
    pages: int
    rows_first: int
    rows: int


def numbered_sheets(
    drafts: Drafts,
    pictures: Pictures,
    tag: str,
    signed: Signed,
    numbers: Sequence[str],
    *,
    coded: bool,
) -> NumberedSheets | None:
    """Those sheets of the letter to the first recipient; None where it has no sheet to sign.

    Raises CampaignError.
    """
    from letters.press import pdf
    from letters.press.obstacles import faults
    from letters.press.sheet_room import filled
    from letters.press.themes import load_theme

    campaign = drafts.campaign
    theme, edition = load_theme(campaign), drafts.edition(tag, "recipient")
    letter = edition.letter(0, signed.within(tag), pictures)
    letter = filled(replace(letter, draft_mark=""), theme)  # it is to be signed: nobody has yet
    if problems := faults(letter, theme, campaign, 0):
        raise CampaignError(problems)
    places = [at for at, block in enumerate(letter.blocks) if isinstance(block, d.Sheet)]
    if not places:
        return None
    language, blocks = edition.language, letter.blocks
    first = blocks[: places[0] + 1]
    again = next((blocks[at] for at in places if _sheet(blocks[at]).prayer), None)
    top = _fitting(letter, theme, first, numbers[0], language, coded=coded)
    if again is None:
        whole = [_with_number(first, _sheet(top[-1]).rows, one, language, coded) for one in numbers]
        rows = _sheet(top[-1]).rows
        spoken = d.TextLanguage(tag, language.direction, language.digits)
        pages = [d.Passage(spoken, _matters(each), new_page=True) for each in whole[1:]]
        made = (*whole[0], *pages)
    else:
        rows = _sheet(_fitting(letter, theme, (again,), numbers[0], language, coded=coded)[-1]).rows
        more = (_with_number((again,), rows, one, language, coded)[0] for one in numbers[1:])
        made = (*top, *more)
    found = pdf.write(replace(letter, blocks=made), theme)
    return NumberedSheets(found.data, found.pages, _sheet(top[-1]).rows, rows)


def _fitting(
    letter: d.Letter,
    theme: Theme,
    blocks: d.Blocks,
    number: str,
    language: Language,
    *,
    coded: bool,
) -> d.Blocks:
    """The blocks, the last of which is a sheet, with its number and the rows that still fit.

    They take no more pages than without the number.
    """
    from letters.press import pdf

    def pages(some: d.Blocks) -> int:
        return pdf.write(replace(letter, blocks=some), theme).pages

    allowed = pages(blocks)
    for rows in range(_sheet(blocks[-1]).rows, 1, -1):
        made = _with_number(blocks, rows, number, language, coded)
        if pages(made) <= allowed:
            return made
    return _with_number(blocks, 1, number, language, coded)


def _with_number(
    blocks: d.Blocks, rows: int, number: str, language: Language, coded: bool
) -> d.Blocks:
    sheet = _sheet(blocks[-1])
    label = language.label("sheet", number=number)
    numbered = d.NumberedSheet(
        sheet.prayer, sheet.head, sheet.shares, rows, back=sheet.back,
        number=number, label=label, coded=coded,
    )  # fmt: skip
    return (*blocks[:-1], numbered)


def _matters(blocks: d.Blocks) -> d.Matters:
    """The same: a letter in one language has no passage in another."""
    return tuple(one for one in blocks if not isinstance(one, d.Passage | d.Parallel))


def _sheet(block: d.Block) -> d.Sheet:
    assert isinstance(block, d.Sheet)  # noqa: S101 - none but sheets are asked for
    return block
