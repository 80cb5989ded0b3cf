"""typst_annex.py ROWS.json OUT.pdf: a table of names, tagged, its head repeated on each page."""

import datetime as dt
import sys
from pathlib import Path

import typst

rows, out = map(Path, sys.argv[1:])
TEMPLATE = b"""
#set document(title: "Who signed", date: datetime(year: 2026, month: 1, day: 1))
#set page(paper: "us-letter", margin: 2cm, numbering: "1 / 1")
#set text(lang: "en", size: 9pt)
#let rows = json("rows.json")
#table(columns: (1fr, 1fr), table.header[Name][Affiliation], ..rows.flatten())
"""
main = rows.parent / "annex.typ"
main.write_bytes(TEMPLATE)
typst.compile(
    main,
    output=out,
    format="pdf",
    pdf_standards=["a-3a", "ua-1"],
    timestamp=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
)
