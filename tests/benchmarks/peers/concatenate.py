"""concatenate.py FOLDER OUT.pdf: all PDFs of a folder in one, by qpdf."""

import sys
from pathlib import Path

import pikepdf

folder, out = map(Path, sys.argv[1:])
with pikepdf.new() as whole:
    kept = [pikepdf.open(file) for file in sorted(folder.glob("*.pdf"))]
    for pdf in kept:
        whole.pages.extend(pdf.pages)
    whole.save(out)
