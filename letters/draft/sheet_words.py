"""What stands on a sheet to sign beside the petition: room for its number, and where it goes back.

Neither is in the text that people sign: sheets are numbered by hand, and an office may move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.draft import document as d

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.language import Language

_BLANK = "_" * 8


def finished(sheet: d.Sheet, campaign: Campaign, language: Language) -> d.Sheet:
    """The sheet with these words; where there is no address, it doesn't say where to return it."""
    sender = campaign.letter.sender
    lines = (sender.organisation.get(language.tag) or "", *sender.contact)
    address = language.comma.join(filter(None, lines))
    back = address if sender.contact else ""
    if back and "return_to" in language.data["labels"]:
        back = language.label("return_to", address=address)
    return replace(sheet, blank=language.label("sheet", number=_BLANK), back=back)
