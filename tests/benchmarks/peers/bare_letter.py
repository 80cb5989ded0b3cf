"""bare_letter.py HTML TEXT PDF DOCX: one letter by WeasyPrint and python-docx alone."""

import sys
from pathlib import Path

from docx import Document
from weasyprint import HTML

html, text, pdf, docx = sys.argv[1:]
HTML(filename=html).write_pdf(pdf)
document = Document()
for block in Path(text).read_text(encoding="utf-8").split("\n\n"):
    numbered = block.lstrip()[:1].isdigit()
    document.add_paragraph(block, style="List Number" if numbered else "Normal")
document.save(docx)
