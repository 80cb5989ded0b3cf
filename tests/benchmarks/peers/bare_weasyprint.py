"""bare_weasyprint.py FOLDER OUT: every letter that lies in a folder as HTML, as a PDF."""

import sys
from pathlib import Path

from weasyprint import HTML

folder, out = map(Path, sys.argv[1:])
for file in sorted(folder.glob("*.html")):
    HTML(filename=file).write_pdf(out / f"{file.stem}.pdf")
