"""python_docx_letters.py LETTERS.json OUT: letters paragraph by paragraph."""

import json
import sys
from pathlib import Path

from docx import Document

letters, out = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
for number, letter in enumerate(letters):
    document = Document()
    for words in letter:
        document.add_paragraph(words)
    document.save(str(out / f"{number}.docx"))
