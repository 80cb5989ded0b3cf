"""What of the environment would make a library fall over, before one looks at it.

It is set by whoever starts the command, and mistakes in it are as old as the shell that set it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from letters import reading
from letters.cli.exit import note

_ZONE = 4 * 1024 * 1024  # bytes; the largest that there is has some thousands


def mend() -> None:
    """Take out what is as good as not set; what is left out is said."""
    # Empty, fontconfig takes it for a file, finds no font at all, and Pango ends the process.
    if os.environ.get("FONTCONFIG_FILE") == "":
        del os.environ["FONTCONFIG_FILE"]
    zone = os.environ.get("TZ", "").removeprefix(":")
    if zone and os.path.exists(zone) and not _is_zone(Path(zone)):  # noqa: PTH110 - of any text
        del os.environ["TZ"]
        if hasattr(time, "tzset"):
            time.tzset()
        note("TZ names a file that is no time zone: the computer’s own is taken")


def _is_zone(file: Path) -> bool:
    import io
    import struct
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo.from_file(io.BytesIO(reading.head_of(file, _ZONE)))
    except (OSError, ValueError, LookupError, OverflowError, EOFError, struct.error):
        return False
    return True
