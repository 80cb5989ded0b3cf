"""Two canonical texts side by side: which editions belong together, and what each line is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

_EDITION = re.compile(r"^== (\S+).*$", re.MULTILINE)
_LINE = re.compile(r"( *)\[([a-z]+)( [^\]]*)?\] ?(.*)")


class TextLine(Struct, frozen=True):
    """One line: how deep it is indented, its kind and number, its words."""

    depth: int
    kind: str
    number: str
    text: str
    in_ask: bool


def editions(text: str) -> dict[str, list[str]]:
    """The texts of each language."""
    found: dict[str, list[str]] = {}
    heads = list(_EDITION.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        found.setdefault(head[1], []).append(text[head.end() + 1 : end])
    return found


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts of one language that belong together: for one recipient, or the most alike."""
    before, after = frozenset(old), frozenset(new)
    gone, come = [t for t in old if t not in after], [t for t in new if t not in before]
    heads, others = ({text.partition("\n")[0]: text for text in part} for part in (old, new))
    if len(gone) == len(come) and not any(head.startswith("[recipient]") for head in heads):
        yield from zip(gone, come, strict=True)
        return
    yield from ((heads.get(text.partition("\n")[0], old[0]), text) for text in come)
    yield from ((text, others.get(text.partition("\n")[0], new[0])) for text in gone)


def lines(text: str) -> list[TextLine]:
    """Each line, with whether it stands in an ask."""
    found: list[TextLine] = []
    ask = -1  # how deep the ask is indented in which this line stands
    for line in text.splitlines():
        parts = _LINE.fullmatch(line)
        depth, kind, number, words = (
            (len(parts[1]), parts[2], (parts[3] or "").strip(), parts[4])
            if parts
            else (0, "", "", line)
        )
        if depth <= ask:
            ask = -1
        if kind == "ask":
            ask = depth
        found.append(TextLine(depth, kind, number, words, ask >= 0))
    return found
