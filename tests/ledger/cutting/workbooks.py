"""Small workbooks, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def workbook(
    rows: Sequence[Sequence[str]], more: Mapping[str, str] | None = None, *, shared: bool = True
) -> bytes:
    """One sheet with these rows of texts, and other parts as they are given."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row))
    lines = "".join(
        f'<row r="{number}">'
        + "".join(
            _cell(cell, f"{'ABCDEFG'[n]}{number}", texts, shared) for n, cell in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    parts = {
        "[Content_Types].xml": f"{HEAD}<Types/>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}"/>',
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{lines}</sheetData></worksheet>',
    }
    if shared:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{items}</sst>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **(more or {})}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), text)
    return out.getvalue()


def _cell(text: str, place: str, texts: list[str], shared: bool) -> str:
    if shared:
        return f'<c r="{place}" t="s"><v>{texts.index(text)}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
