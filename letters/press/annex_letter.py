"""An annex as the letter without a text that its style sheet and its edges are made for."""

from __future__ import annotations

from msgspec.structs import replace

from letters.draft import document as d
from letters.draft.annex import Annex
from letters.press import fonts
from letters.press.theme import Theme


def edges(annex: Annex) -> d.Letter:
    """Its language, its head and foot, and each of its characters that decides about fonts."""
    unusual = sorted(frozenset[str]().union(*(fonts.unusual(text) for text in annex.texts())))
    return d.Letter(
        language=annex.language,
        direction=annex.direction,
        title=f"{annex.title} – {annex.of}",
        author=annex.author,
        date=annex.date,
        blocks=(d.Paragraph((d.Text("".join(unusual)),)),) if unusual else (),
        running_head=annex.running_head,
        notice=annex.notice,
        version=annex.version,
        page_label=annex.page_label,
        draft_mark=annex.draft_mark,
        digits=annex.digits,
    )


def without_window(theme: Theme) -> Theme:
    """No address has to show in a window: the first page begins like all others."""
    return replace(theme, window_name=None)
