"""What is printed, bare: nothing of who made its pictures and drawings, when, and with what."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Object, Stream

_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/OC", "/Properties")
_NOT_FOLLOWED = ("/Parent", "/Contents", "/W", "/W2", "/Widths")  # the page tree, words and numbers


def strip(page: Object) -> None:
    """Take what only a machine would read out of a page and all that is drawn on it.

    XMP, the private data of drawing programs (ISO 32000-2, 14.5), and the layers, which are known
    to be switched on. A name in the resource ``/Properties`` leads to nothing from then on.
    """
    seen = set[tuple[int, int]]()
    waiting = [page]
    while waiting:
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if isinstance(one, Array):
            inner = list(one)
        else:
            for key in _TELLING:
                if key in one:
                    del one[key]
            inner = [one[key] for key in set(one.keys()) - {*_NOT_FOLLOWED}]
        waiting += [each for each in inner if isinstance(each, Array | Dictionary | Stream)]
