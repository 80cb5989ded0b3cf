"""The built-in themes as a campaign gets them, for tests of the presses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters import shipped
from letters.campaign.load import load
from letters.press.themes import load_theme

if TYPE_CHECKING:
    from letters.press.paper import PageSize, WindowName
    from letters.press.theme import Theme

NAMES = tuple(sorted(folder.name for folder in shipped.THEMES.iterdir()))


@cache
def built_in(name: str, *, page: PageSize | None = None, window: WindowName | None = None) -> Theme:
    """The theme of that name for a campaign that asks for that paper or window."""
    campaign, problems = load(shipped.TEMPLATES / "open-letter" / "starter")
    assert campaign is not None, problems
    asked = campaign.letter.model_copy(update={"theme": name, "page": page, "window": window})
    return load_theme(replace(campaign, letter=asked))
