"""What a worker of the preview has loaded before it begins, so that a new one is there at once."""

from __future__ import annotations

from contextlib import suppress

import docx  # noqa: F401
import pypdfium2  # noqa: F401

from letters.press import docx as word  # noqa: F401
from letters.press import pdf  # noqa: F401
from letters.press.engine import MissingLibraryError, engine
from letters.preview import bench, editing  # noqa: F401

with suppress(MissingLibraryError):  # whoever presses a letter says so
    engine()
