"""``python -m letters`` and the ``letters`` command."""

from __future__ import annotations

import gc
import os
import sys
import warnings


def main() -> None:
    """Run the command line and exit with its status."""
    # Rich would double the time to the first line of help, and colours would get into logs.
    os.environ.setdefault("TYPER_USE_RICH", "0")
    # Plug-ins of pydantic's would be looked for in every installed package, and run.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What a library warns of may quote the file that it reads.
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    # Loading a library makes no garbage, and looking for some takes a tenth of a short command,
    # which has some 75,000 objects when all is loaded.
    gc.set_threshold(100_000, 20, 50)
    try:
        from letters.cli.app import run
    except KeyboardInterrupt:
        sys.stderr.write("letters: stopped\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
