"""What a worker of a cluster on this computer has loaded before it begins.

Each of them is forked from one process that loads all of this while the campaign is read.
"""

from __future__ import annotations

from contextlib import suppress

import distributed  # noqa: F401

from letters.press.engine import MissingLibraryError
from letters.press.files import warm
from letters.workshop import sealed  # noqa: F401

with suppress(MissingLibraryError):  # whoever presses a letter says so
    warm(("docx", "pdf"))
