"""Parts that follow from the theme and the letter's language alone, made once for all letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.press.docx.look import styles_xml
from letters.press.docx.package import Member
from letters.press.docx.theme import faces, font_table, office_theme

if TYPE_CHECKING:
    from letters.draft.document import TextLanguage
    from letters.press.theme import Theme

_REMEMBERED = 8
_known: list[tuple[Theme, TextLanguage, tuple[Member, ...]]] = []


def look(theme: Theme, home: TextLanguage) -> tuple[Member, ...]:
    """Styles, fonts and colours."""
    for known, language, members in _known:
        if language == home and known == theme:
            return members
    members = (
        Member("styles.xml", "STYLES", styles_xml(theme, home), "rIdStyles"),
        Member("fontTable.xml", "FONT_TABLE", font_table(theme), "rIdFonts", fonts=faces(theme)),
        Member("theme/theme1.xml", "THEME", office_theme(theme), "rIdTheme"),
    )
    _known[:] = [*_known[1 - _REMEMBERED :], (theme, home, members)]
    return members
