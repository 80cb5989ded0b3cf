"""Put letters into one PDF for a printer, as `letters print` does: FOLDER, OUT."""

import sys
from pathlib import Path

from letters.post.paper.bundle import Bundle

bundle = Bundle()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    bundle.add(path.read_bytes())
Path(sys.argv[2]).write_bytes(bundle.close("Letters"))
