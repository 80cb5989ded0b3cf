"""press_annex.py ROWS.json OUT: an annex of names by itself, as PDF or for Word by its ending."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

from letters.draft.annex import Annex, NameGroup, NameSection
from letters.press.annexes import write

sys.path.insert(0, str(Path(__file__).parents[1]))
from press.sample import classic_theme

rows, out = map(Path, sys.argv[1:])
lines = "".join("\t".join(cells) + "\n" for cells in json.loads(rows.read_bytes()))
group = NameGroup("Individuals", ("Name", "Affiliation"), (NameSection("", lines),))
annex = Annex(
    language="en",
    direction="ltr",
    title="Annex: signatures",
    of="to a letter of 1 January 2026",
    author="Readers",
    date=dt.date(2026, 1, 1),
    groups=(group,),
    columns=3,
    running_head=("Annex: signatures", "1 January 2026"),
    page_label="Page {page} of {pages}",
)
out.write_bytes(write(annex, "docx" if out.suffix == ".docx" else "pdf", classic_theme())[0])
