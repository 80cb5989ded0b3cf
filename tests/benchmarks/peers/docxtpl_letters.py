"""docxtpl_letters.py LETTERS.json OUT: letters from a Word template with Jinja's tags."""

import json
import sys
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate

letters, out = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
template, most = Document(), max(map(len, letters))
for number in range(most):
    template.add_paragraph(f"{{{{ p{number} }}}}")
template.save(str(out / "template.docx"))
for number, letter in enumerate(letters):
    document = DocxTemplate(out / "template.docx")
    words = letter + [""] * (most - len(letter))
    document.render({f"p{at}": said for at, said in enumerate(words)}, autoescape=True)
    document.save(str(out / f"{number}.docx"))
