"""mailmerge_letters.py LETTERS.json OUT: letters from a Word document with merge fields."""

import json
import sys
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from mailmerge import MailMerge

letters, out = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
template, most = Document(), max(map(len, letters))
for number in range(most):
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD p{number} ")
    run = template.add_paragraph().add_run("…")
    run._r.addprevious(field)
    field.append(run._r)
template.save(str(out / "template.docx"))
for number, letter in enumerate(letters):
    words = letter + [""] * (most - len(letter))
    with MailMerge(out / "template.docx") as document:
        document.merge(**{f"p{at}": said for at, said in enumerate(words)})
        document.write(out / f"{number}.docx")
