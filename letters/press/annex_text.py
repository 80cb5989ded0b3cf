"""The annex of names as plain text: a line for each, in the order of the other formats."""

from __future__ import annotations

from collections.abc import Iterator

from letters.draft.annex import Annex


def write(annex: Annex) -> bytes:
    """UTF-8; what is beside a name stands behind it, between strokes."""
    parts = (annex.draft_mark, names(annex), annex.foot)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def names(annex: Annex) -> str:
    """The same without what stands at the head and at the foot of a page."""
    return "".join(_pieces(annex)).rstrip("\n")


def _pieces(annex: Annex) -> Iterator[str]:
    yield f"{annex.title}\n{annex.of}\n"
    if annex.remarks:
        yield "\n" + "\n".join(annex.remarks) + "\n"
    for group in annex.groups:
        yield f"\n{group.label}\n"
        if group.head:
            yield f"{' | '.join(group.head)}\n"
        for section in group.sections:
            if section.letter:
                yield f"\n{section.letter}\n"
            yield from (f"{' | '.join(filter(None, cells))}\n" for cells in section.rows())
