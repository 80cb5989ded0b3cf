"""A folder with one file a person: YAML, JSON, or Markdown with its front matter.

One file that can't be read is one person to be looked after, and no reason to leave out the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from letters import reading
from letters.campaign.source import MOST_OF_ONE
from letters.intake import jsonfile, textfile, yamlfile
from letters.intake.nested import flatten
from letters.intake.remark import refused
from letters.intake.row import UnreadableError

FILE, BODY = "file", "body"
"""The columns of the file’s name without its ending, and of what stands below the front matter."""

_MOST_FILES = 200_000
_FRONT = re.compile(r"\s*^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_LEFT_ABOUT = re.compile(
    r"\..*|.*~|#.*#|.*\.(swp|bak|orig|tmp)|(readme|index|_index)(\.\w+)?", re.IGNORECASE
)
_READ = {".yaml", ".yml", ".json", ".md", ".markdown"}


def read(folder: Path) -> Iterator[tuple[dict[str, str], Any]]:
    """The cells of each file and its record, in the order of the files’ names."""
    files = sorted(path for path in folder.iterdir() if not _LEFT_ABOUT.fullmatch(path.name))
    if len(files) > _MOST_FILES:
        raise UnreadableError(f"{folder.name} holds more than {_MOST_FILES:,} files")
    home = reading.real(folder)
    for file in files:
        named = {FILE: file.stem}
        try:
            if file.is_dir():
                raise UnreadableError("is a folder", "import it by itself")  # noqa: TRY301
            if not reading.real(file).is_relative_to(home):
                raise UnreadableError("is a link that leads out of the folder")  # noqa: TRY301
            record = _record(file)
            yield {**named, **flatten(record)}, record
        except UnreadableError as error:
            yield {**named, **refused(FILE, error.message, error.hint)}, {}


def _record(file: Path) -> dict[str, Any]:
    kind = file.suffix.lower()
    if kind not in _READ:
        raise UnreadableError("is not read", "only YAML, JSON and Markdown are")
    text = textfile.decoded(textfile.read_bytes(file, MOST_OF_ONE), "this file")
    body = ""
    if kind == ".json":
        record = jsonfile.parse(text, "this file")
    else:
        text = text.replace("\r\n", "\n")
        if kind in (".md", ".markdown"):
            front = _FRONT.match(text)
            if not front:
                raise UnreadableError("has no front matter", "it stands between two lines “---”")
            text, body = front[1], text[front.end() :].strip()
        record, _ = yamlfile.parse(text, "this file")
    if not isinstance(record, dict):
        raise UnreadableError("holds no “key: value” lines")
    return {**record, BODY: body} if body and BODY not in record else dict(record)
