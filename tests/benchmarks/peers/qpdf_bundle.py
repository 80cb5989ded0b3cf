"""What qpdf takes to put PDFs one behind the other: `qpdf --empty --pages … -- OUT`."""

import sys
from pathlib import Path

import pikepdf

files = sorted(str(path) for path in Path(sys.argv[1]).glob("*.pdf"))
pikepdf.Job(["qpdf", "--empty", "--pages", *files, "--", sys.argv[2]]).run()
