"""Characters are judged where they end up: in the words of a letter, and in what its links lead to.

Neither a template nor a YAML file can hold a character that nobody sees; but Markdown makes
characters of its own, out of ``&#x202e;``, ``&zwsp;`` or the ``%E2%80%AE`` of a bare link. Those
that stand for sealed values must not come about in that way either, so references are judged
before Markdown reads them. A joiner is judged by its neighbours, and these may be in another value
or in other markup: so runs of words are looked at once more when they are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from markdown_it.common.entities import entities
from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.common.utils import isValidEntityCode
from msgspec import Struct

from letters.campaign.plaintext import HINT, UNUSABLE, complaint, unusable
from letters.draft import document as d
from letters.draft.markdown_faults import Fault
from letters.draft.values import split

_REFERENCE = re.compile(
    r"&(?:#(?:[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<number>[0-9]{1,7}))"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
)
_IN_ITS_PLACE = "."  # what stood before and after it must not become a reference together
_BREAKS = re.compile("[\t\n\r]")
_BY_NEIGHBOURS = re.compile("[\u200b-\u200d]")
_BREAK_HINT = "end the line with “\\”, or begin a new paragraph"


def references(markdown: str) -> tuple[str, tuple[Fault, ...]]:
    """The Markdown without what stands in it for a character that no letter can hold.

    Each such reference is a fault.
    """
    faults: list[Fault] = []
    line = counted = 0

    def judged(found: re.Match[str]) -> str:
        nonlocal line, counted
        meant = "" if _is_escaped(markdown, found.start()) else _meant(found)  # or as it stands
        line += markdown.count("\n", counted, found.start())
        counted = found.start()
        if _BREAKS.search(meant):
            message = f"“{found[0]}” breaks a line where none ends"
            faults.append(Fault(message, _BREAK_HINT, found[0], line))
        elif bad := unusable(meant):
            faults.append(Fault(f"“{found[0]}” {_stands(bad)}", "delete it", found[0], line))
        else:
            return found[0]
        return _IN_ITS_PLACE

    kept = _REFERENCE.sub(judged, markdown) if "&" in markdown else markdown
    return kept, tuple(faults)


def _is_escaped(text: str, at: int) -> bool:
    """Whether a backslash makes what follows a sign like others: a second one is its own."""
    start = at
    while start and text[start - 1] == "\\":
        start -= 1
    return bool((at - start) % 2)


def printed(text: str, line: int) -> Iterator[Fault]:
    """The same for the words that Markdown made, and for the address of a link."""
    for part in split(text):
        if isinstance(part, str) and (bad := unusable(part)):
            yield Fault(f"the text here {complaint(bad)}", HINT, bad, line)


def depends(text: str) -> bool:
    """Whether a text holds a character that is fine beside some letters and not beside others."""
    return not text.isascii() and bool(_BY_NEIGHBOURS.search(text))


def joined(node: Any, line: int) -> Iterator[Fault]:
    """What a block or a note with its values in it must not hold, though each part of it may."""
    for run in _runs(node):
        words = f" {d.plain(run)} "
        if depends(words) and (bad := unusable(words)):
            yield Fault(f"the text here {complaint(bad)}", HINT, bad, line)


def _runs(node: Any) -> Iterator[d.Inlines]:
    """All runs of words below a node of the tree."""
    if isinstance(node, tuple) and node and all(isinstance(each, d.Inline) for each in node):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from _runs(each)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from _runs(getattr(node, name))


def written_at(text: str, character: str) -> int | None:
    """Where a character stands in a template: as itself, a reference, an escape, or in a link."""
    number = ord(character)
    spelled = (character, f"\\u{number:04x}", f"\\U{number:08x}", quote(character))
    pattern = re.compile("|".join(map(re.escape, spelled)), re.IGNORECASE)
    found = [m.start() for m in pattern.finditer(text)][:1]
    found += [m.start() for m in _REFERENCE.finditer(text) if character in _meant(m)]
    return min(found, default=None)


def link_text(url: str) -> str:
    """A bare link as it is printed: decoded to be read, unless that brings what nobody can see."""
    text = normalizeLinkText(url)
    return text if len(UNUSABLE.findall(text)) == len(UNUSABLE.findall(url)) else url


def _meant(found: re.Match[str]) -> str:
    if found["name"]:
        return entities.get(found["name"], "")
    code = int(found["hex"], 16) if found["hex"] else int(found["number"])
    return chr(code) if isValidEntityCode(code) else "\ufffd"


def _stands(character: str) -> str:
    return f"stands for the invisible or unusable character U+{ord(character):04X}"
