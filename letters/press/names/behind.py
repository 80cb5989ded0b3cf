"""The annex as the last pages of the letter itself: laid out by WeasyPrint with all the rest of it.

Each name has the place that was found for it, once for all letters that have the same names. So the
letter's structure goes on there, its pages are counted through, and a plate can be cut from it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from letters.press import annex_html, html, pdfa
from letters.press.css import shared_sheet
from letters.press.engine import ONE_AT_A_TIME, engine
from letters.press.names import frame, planned
from letters.press.names.engine import Engine
from letters.press.names.sheets import Sheets
from letters.press.names.specimens import Specimens

if TYPE_CHECKING:
    from letters.draft.annex import Annex
    from letters.draft.document import Letter
    from letters.press.theme import Theme

_REMEMBERED = 8


def body(letter: Letter, annex: Annex, theme: Theme) -> str:
    """The letter's body as `html.body` writes it, with its annex. Raises MissingLibraryError."""
    with ONE_AT_A_TIME:
        names = _placed(annex, theme, shared_sheet(letter, theme))
    return html.body(letter, theme, names)


@functools.lru_cache(maxsize=_REMEMBERED)
def _placed(annex: Annex, theme: Theme, style_sheet: str) -> str:
    """The annex with each name in its place."""
    sheets = _SheetsBehind(annex, theme, style_sheet)
    engine = Engine(_laid_out)
    specimens = Specimens(annex, sheets, engine)
    room = frame.room(annex, sheets, engine)
    line = planned.line_of(annex, specimens)
    bands = planned.bands(annex, specimens, room, line)
    return annex_html.behind(annex, sheets.names(bands, line))


def _laid_out(page: str) -> Any:
    from letters.press import kept_sheets as kept

    with kept.remarks():
        source = engine().HTML(string=page, url_fetcher=kept.fetcher())
        return source.render(font_config=kept.font_configuration(), pdf_variant=pdfa.VARIANT)


class _SheetsBehind(Sheets):
    """Writes the pages of an annex that begins on the second page of a letter."""

    before = 1

    def __init__(self, annex: Annex, theme: Theme, style_sheet: str) -> None:
        super().__init__(annex, theme)
        self._style_sheet = style_sheet

    def written(self, parts: Iterable[str], own_css: str = "", *, ends: bool = True) -> str:  # noqa: ARG002
        annex, theme = self._annex, self.theme
        # What is measured on one tall sheet has no other before it.
        before = "" if own_css else "<p>1</p>"
        styles = "".join(f"<style>{css}</style>" for css in (self._style_sheet, theme.css, own_css))
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(annex.language)}" dir="{annex.direction}">\n'
            f'<head>{styles}</head>\n<body>\n<main class="letter head-{theme.letterhead}">\n'
            f"{before}{annex_html.behind(annex, parts)}</main>\n</body>\n</html>\n"
        )
