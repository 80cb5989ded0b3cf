"""Styles of what stands around the text: the opening of the first page, and the edges of all."""

from __future__ import annotations

from dataclasses import replace

from letters.press.docx.styles import Border, Setting, Style, Type, text_width
from letters.press.theme import Theme

_MM = 72 / 25.4
_BELOW_LETTERHEAD = 6


def opening_styles(theme: Theme) -> tuple[Style, ...]:
    """Letterhead to salutation; behind a window the first three have places of their own."""
    gap, block = theme.paragraph_space, theme.block_space
    label = Type(theme.label_font, theme.label_size, theme.muted_colour)
    centre = "center" if theme.letterhead == "center" else ""
    rule, bare = None, _BELOW_LETTERHEAD
    if theme.letterhead_rule:
        width = theme.letterhead_rule
        rule, bare = Border("bottom", theme.accent_colour, _BELOW_LETTERHEAD, width), 0
    head = Setting(
        after=block * 1.5 + bare,
        line=theme.small_line,
        tab_twips=text_width(theme),
        rule=rule,
        jc=centre,
        keep_next=True,
    )
    beside = Setting(line=theme.small_line, tab_twips=text_width(theme))
    logo_gap = 0 if theme.letterhead == "apart" else 6
    return (
        Style(
            "Letterhead Logo",
            Type(size=1),
            Setting(after=logo_gap, line=1, at_least=True, jc=centre, keep_next=True),
            own=True,
        ),
        Style("Letterhead", label, head, following="Date"),
        Style("Letterhead Beside Logo", label, beside),
        Style("Letterhead End", setting=Setting(line=1, after=block * 1.5 - 1), own=True),
        Style("Date", setting=Setting(after=block, keep_next=True), following="Inside Address"),
        Style(
            "Inside Address",
            setting=Setting(after=block, line=theme.address_line, keep_next=True, keep_lines=True),
            following="Subject Line",
        ),
        Style(
            "Subject Line",
            Type(bold=True),
            Setting(after=gap, keep_next=True, keep_lines=True),
            following="Salutation",
        ),
        Style("Salutation", setting=Setting(after=gap, keep_next=True), following="Body Text"),
        *(_window_styles(theme) if theme.window else ()),
    )


def _window_styles(theme: Theme) -> tuple[Style, ...]:
    size, line = theme.address_type
    return (
        Style("Window Letterhead", setting=Setting(after=0), based="Letterhead"),
        Style("Window Date", setting=Setting(after=0), based="Date"),
        Style(
            "Window Address", Type(size=size), Setting(after=0, line=line), based="Inside Address"
        ),
        Style("Fold Mark", Type(size=1), Setting(line=1, rule=Border("top", "#808080")), own=True),
    )


def edge_styles(theme: Theme) -> tuple[Style, ...]:
    """Head and foot of the page, and the mark of a draft."""
    line = theme.small_line
    small = Type(theme.label_font, theme.small_size, theme.muted_colour)
    edge, at_end = Setting(line=line), Setting(jc="right")
    mark = Type(theme.label_font, theme.label_size, theme.accent_colour, bold=True)
    styles = (
        Style("header", small, edge),
        Style("Header End", setting=at_end, based="header"),
        Style("footer", small, edge),
        Style("Footer End", setting=at_end, based="footer"),
        Style("Edge End", Type(size=1), Setting(line=1), own=True),
        Style("Draft Mark", mark, Setting(line=line, jc="center")),
    )
    if theme.window is None:
        return styles
    # On further pages the head holds the text down to where the margin ends.
    top, first = theme.margin_mm.top * _MM, theme.window.letterhead_top * _MM
    running = Setting(before=(top - first) / 2)
    marked = replace(running, before=max((top - first) / 2 - line, 0))
    return (
        *styles,
        Style("Running Head Space", Type(size=1), Setting(line=(top - line) / 2), own=True),
        Style("Running Head", setting=running, based="header"),
        Style("Running Head End", setting=at_end, based="Running Head"),
        Style("Running Head Marked", setting=marked, based="header"),
        Style("Running Head Marked End", setting=at_end, based="Running Head Marked"),
    )
