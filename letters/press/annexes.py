"""An annex of names becomes files, as a letter does in `letters.press.files`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letters.draft.annex import Annex
    from letters.press.jobs import Format
    from letters.press.theme import Theme


def write(annex: Annex, made: Format, theme: Theme) -> tuple[bytes, int | None, tuple[str, ...]]:
    """The bytes of one format, the pages of a PDF, and what the press warned of."""
    match made:
        case "pdf":
            from letters.press.names import pdf

            printed = pdf.write(annex, theme)
            return printed.data, printed.pages, printed.remarks
        case "docx":
            from letters.press.docx import annex as docx

            return docx.write(annex, theme), None, ()
        case "html":
            from letters.press import annex_html

            return annex_html.write(annex, theme), None, ()
        case "txt":
            from letters.press import annex_text

            return annex_text.write(annex), None, ()
