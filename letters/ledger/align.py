"""Which parts of two sequences are the same, in a time that grows with their length.

Python's own difflib is exact and, for long texts that repeat their words, quadratic. So it sees
short stretches only. Longer ones are cut where something stands that occurs once in both sequences,
an element or a run of a few; failing that, where the rarest stand that occur equally often.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Opcode: TypeAlias = tuple[bool, int, int, int, int]
"""Whether they are equal, and from where to where in the first and in the second sequence."""
_Span: TypeAlias = tuple[int, int, int, int]

_EXACT = 200 * 200  # up to so many pairs of elements, difflib takes a few milliseconds
_RUNS = (1, 2, 4, 8)
_DEEPEST = 30


def opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[Opcode]:
    """Equal stretches and those between them, in order; together they are both sequences."""
    i = j = 0
    for i1, j1, size in _merged(sorted(_matches(old, new))):
        if (i, j) != (i1, j1):
            yield False, i, i1, j, j1
        yield True, i1, i1 + size, j1, j1 + size
        i, j = i1 + size, j1 + size
    if (i, j) != (len(old), len(new)):
        yield False, i, len(old), j, len(new)


def _merged(blocks: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Equal stretches that touch, as one."""
    held: tuple[int, int, int] | None = None
    for i, j, size in blocks:
        if held and (held[0] + held[2], held[1] + held[2]) == (i, j):
            held = (held[0], held[1], held[2] + size)
            continue
        if held:
            yield held
        held = (i, j, size)
    if held:
        yield held


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    waiting: list[tuple[_Span, int]] = [((0, len(old), 0, len(new)), 0)]
    while waiting:
        (i1, i2, j1, j2), depth = waiting.pop()
        if (i2 - i1) * (j2 - j1) <= _EXACT:
            matcher = difflib.SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False)
            yield from ((i1 + i, j1 + j, n) for i, j, n in matcher.get_matching_blocks() if n)
            continue
        head = _same_ahead(old, new, (i1, i2, j1, j2))
        tail = _same_behind(old, new, (i1 + head, i2, j1 + head, j2))
        if head:
            yield i1, j1, head
        if tail:
            yield i2 - tail, j2 - tail, tail
        span = (i1 + head, i2 - tail, j1 + head, j2 - tail)
        if head or tail:
            waiting.append((span, depth))
        elif depth < _DEEPEST:
            waiting += [(part, depth + 1) for part in _between(old, new, span)]


def _same_ahead(old: Sequence[str], new: Sequence[str], span: _Span) -> int:
    i1, i2, j1, j2 = span
    most = min(i2 - i1, j2 - j1)
    return next((n for n in range(most) if old[i1 + n] != new[j1 + n]), most)


def _same_behind(old: Sequence[str], new: Sequence[str], span: _Span) -> int:
    i1, i2, j1, j2 = span
    most = min(i2 - i1, j2 - j1)
    return next((n for n in range(most) if old[i2 - 1 - n] != new[j2 - 1 - n]), most)


def _between(old: Sequence[str], new: Sequence[str], span: _Span) -> list[_Span]:
    """The span in parts, cut where a run that occurs once begins; none where there is no such."""
    i1, i2, j1, j2 = span
    ways = (_rising(_once(old, i1, i2, n), _once(new, j1, j2, n)) for n in _RUNS)
    pairs = next((found for found in ways if found), None) or _as_often(old, new, span)
    if not pairs:
        return []
    ends = [*pairs[1:], (i2, j2)]
    first = (i1, pairs[0][0], j1, pairs[0][1])
    return [first, *((i, k, j, m) for (i, j), (k, m) in zip(pairs, ends, strict=True))]


def _as_often(old: Sequence[str], new: Sequence[str], span: _Span) -> list[tuple[int, int]]:
    """Where the rarest element stands of those that occur equally often in both."""
    i1, i2, j1, j2 = span
    counted, others = Counter(old[i1:i2]), Counter(new[j1:j2])
    equal = [(number, part) for part, number in counted.items() if others[part] == number]
    if not equal:
        return []
    _, rarest = min(equal)
    places = ([at for at in range(i1, i2) if old[at] == rarest],
              [at for at in range(j1, j2) if new[at] == rarest])  # fmt: skip
    return list(zip(*places, strict=True))


def _once(of: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Where each run of that length begins that occurs once."""
    runs = [tuple(of[at : at + length]) for at in range(start, end - length + 1)]
    counted = Counter(runs)
    return {run: start + at for at, run in enumerate(runs) if counted[run] == 1}


def _rising(
    old: dict[tuple[str, ...], int], new: dict[tuple[str, ...], int]
) -> list[tuple[int, int]]:
    """Of what occurs once in both, as much as possible that is in the same order (patience)."""
    pairs = [(i, new[run]) for run, i in old.items() if run in new]
    ends: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(ends, j)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(j)
            piles.append(at)
        else:
            ends[pile], piles[pile] = j, at
    found = []
    at = piles[-1] if piles else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
