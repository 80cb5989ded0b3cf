"""editions.yaml: which paragraphs of each translation were compared with the source text, and when.

A command writes it, in one order, so that two people's work can be merged. It holds ids and
digests and no words: what is confidential in the letter is not repeated here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from os.path import lexists
from pathlib import Path
from typing import Annotated

from pydantic import Field

from letters.campaign.source import MOST_OF_ONE, parse, read
from letters.campaign.types import Date, Language, Model
from letters.campaign.validate import validate
from letters.problem import Place, Problem

FILE = "editions.yaml"

_HEAD = """\
# Which paragraphs of each translation say what the source text says, and since when.
# “letters editions accept” writes this file; nothing in it is meant to be edited.
"""

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Comparison(Model):
    """One paragraph, with the digests of the source and of the translation when compared."""

    id: str
    source: Digest
    translation: Digest
    on: Date


class EditionsFile(Model):
    """The whole of editions.yaml; ``source`` is the language that the others translate."""

    source: Language
    translations: dict[Language, tuple[Comparison, ...]] = Field(default_factory=dict)


def load(root: Path) -> tuple[EditionsFile | None, list[Problem]]:
    """The record of the campaign in ``root``; None where there is none or it can't be read."""
    file = root / FILE
    if not lexists(file):
        return None, []
    source, problems = read(file, FILE, MOST_OF_ONE)
    if source.root is None:
        return None, problems or [Problem(Place(FILE), "is empty", "delete it to start anew")]
    record, found = validate(EditionsFile, source)
    return record, [*problems, *found]


def is_as_written(_: Path, data: bytes) -> bool:
    """Whether a command wrote those bytes: remarks that somebody added are to be kept."""
    found, _problems = validate(EditionsFile, parse(data, FILE)[0])
    return found is not None and encode(found.source, found.translations) == data


def encode(source: str, translations: Mapping[str, tuple[Comparison, ...]]) -> bytes:
    """The file's bytes; equal records give equal bytes."""
    lines = [f"{_HEAD}source: {source}\n", "translations:\n" if translations else ""]
    for tag, entries in sorted(translations.items()):
        lines.append(f"  {tag}:\n" if entries else f"  {tag}: []\n")
        for entry in entries:
            lines.append(f"    - id: {json.dumps(entry.id, ensure_ascii=False)}\n")
            lines.append(f"      source: {entry.source}\n")
            lines.append(f"      translation: {entry.translation}\n")
            lines.append(f"      on: {entry.on.isoformat()}\n")
    return "".join(lines).encode()
