"""Which paragraph of a letter is which of the file that came back.

Words decide first: what says the same is the same. Then the bookmarks do, as long as the words do
not speak against them: a program may have dropped one, or somebody copied it elsewhere. What is
left is compared by its words, and by what stands around it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from letters.ledger.align import opcodes
from letters.press.docx.bookmarks import fingerprint
from letters.press.returned.words import WordParagraph

_ALIKE, _SOMEWHAT, _HARDLY = 55.0, 40.0, 25.0
"""From which likeness on two texts are one: by words alone, with a bookmark, with their place."""
_MOST_PAIRS = 40_000
_SHORT = 16  # letters, such as those of a cell: a bookmark says more than they do
_NEAR = 10  # positions, where there are too many to compare each with each


class Pair(Struct, frozen=True):
    """A paragraph of the letter, of the file, or one of both; ``moved`` from its place."""

    base: int | None
    came: int | None
    moved: bool = False


def pairs(base: Sequence[WordParagraph], came: Sequence[WordParagraph]) -> list[Pair]:
    """All paragraphs of both, in the order of the file; what is gone follows what stood before.

    What stands at one edge of the pages is only there.
    """
    listed: list[Pair] = []
    for edge in dict.fromkeys(one.edge for one in (*base, *came)):
        here, there = (
            [at for at, one in enumerate(side) if one.edge == edge] for side in (base, came)
        )
        listed += [
            Pair(
                None if pair.base is None else here[pair.base],
                None if pair.came is None else there[pair.came],
                pair.moved,
            )
            for pair in _pairs([base[at] for at in here], [came[at] for at in there])
        ]
    return listed


def _pairs(base: Sequence[WordParagraph], came: Sequence[WordParagraph]) -> list[Pair]:
    found = _Matching([one.tidy for one in base], [one.tidy for one in came], came).found()
    by_came = {j: i for i, j in found.items()}
    rising = _rising([(i, j) for j, i in sorted(by_came.items())])
    gone: dict[int, list[int]] = defaultdict(list)
    last = -1
    for i in range(len(base)):
        if i in found:
            last = found[i] if i in rising else last
        else:
            gone[last].append(i)
    listed = [Pair(i, None) for i in gone[-1]]
    for j in range(len(came)):
        at = by_came.get(j)
        listed.append(Pair(at, j, moved=at is not None and at not in rising))
        listed += [Pair(each, None) for each in gone[j]]
    return listed


def around(every: Sequence[Pair], at: int) -> tuple[Pair | None, Pair | None]:
    """The nearest two before and behind a pair that are in both, and where they were."""
    before, after = (
        (one for one in side if one.base is not None and one.came is not None and not one.moved)
        for side in (reversed(every[:at]), every[at + 1 :])
    )
    return next(before, None), next(after, None)


class _Matching:
    def __init__(
        self, base: list[str], came: list[str], paragraphs: Sequence[WordParagraph]
    ) -> None:
        self._base, self._came, self._paragraphs = base, came, paragraphs
        self._found: dict[int, int] = {}
        self._taken: set[int] = set()

    def found(self) -> dict[int, int]:
        self._same()
        self._bookmarked()
        self._alike()
        self._between()
        return self._found

    def _take(self, i: int, j: int) -> None:
        if i not in self._found and j not in self._taken:
            self._found[i] = j
            self._taken.add(j)

    def _same(self) -> None:
        for equal, i1, i2, j1, _ in opcodes(self._base, self._came):
            for n in range(i2 - i1 if equal else 0):
                self._take(i1 + n, j1 + n)
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for j in self._left(self._came, self._taken):
            waiting[self._came[j]].append(j)
        for i in self._left(self._base, self._found):
            if waiting[self._base[i]]:
                self._take(i, waiting[self._base[i]].popleft())

    def _bookmarked(self) -> None:
        prints: dict[str, list[int]] = defaultdict(list)
        for i, words in enumerate(self._base):
            prints[fingerprint(words)].append(i)
        scored: list[tuple[float, int, int]] = []
        for j in self._left(self._came, self._taken):
            for number, known in self._paragraphs[j].known:
                same = prints.get(known, [])
                meant = [number - 1] if not same or number - 1 in same else same
                scored += [
                    (self._likeness(i, j), i, j)
                    for i in meant
                    if 0 <= i < len(self._base) and i not in self._found
                ]
        for score, i, j in sorted(scored, key=lambda one: (-one[0], *one[1:])):
            if score >= _SOMEWHAT or max(len(self._base[i]), len(self._came[j])) <= _SHORT:
                self._take(i, j)

    def _alike(self) -> None:
        left = self._left(self._base, self._found)
        others = self._left(self._came, self._taken)
        every = len(left) * len(others) <= _MOST_PAIRS
        scored = [
            (score, i, j)
            for i in left
            for j in others
            if every or abs(i - j) <= _NEAR
            if (score := self._likeness(i, j)) >= _ALIKE
        ]
        for _, i, j in sorted(scored, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1])):
            self._take(i, j)

    def _between(self) -> None:
        """What is left between the same two neighbours, as long as it is one against one."""
        anchors = sorted(self._found.items())
        left, others = self._left(self._base, self._found), self._left(self._came, self._taken)
        ends = [(-1, -1), *anchors, (len(self._base), len(self._came))]
        for (i1, j1), (i2, j2) in pairwise(ends):
            here = left[bisect_left(left, i1 + 1) : bisect_left(left, i2)]
            there = others[bisect_left(others, j1 + 1) : bisect_left(others, j2)] if j1 < j2 else []
            if len(here) != len(there):
                continue
            for i, j in zip(here, there, strict=True):
                if self._likeness(i, j) >= _HARDLY or self._knows(i, j):
                    self._take(i, j)

    def _knows(self, i: int, j: int) -> bool:
        return any(number - 1 == i for number, _ in self._paragraphs[j].known)

    def _likeness(self, i: int, j: int) -> float:
        from rapidfuzz import fuzz

        return float(fuzz.ratio(self._base[i], self._came[j]))

    @staticmethod
    def _left(every: Sequence[str], taken: dict[int, int] | set[int]) -> list[int]:
        return [n for n in range(len(every)) if n not in taken]


def _rising(found: list[tuple[int, int]]) -> set[int]:
    """Of the first numbers, in the order of the second, as many as possible that rise."""
    ends: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, (i, _) in enumerate(found):
        pile = bisect_left(ends, i)
        before.append(piles[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [i]
        piles[pile : pile + 1] = [at]
    at = piles[-1] if piles else -1
    rising = set[int]()
    while at >= 0:
        rising.add(found[at][0])
        at = before[at]
    return rising


def tracked(
    before: Sequence[WordParagraph], now: Sequence[WordParagraph]
) -> Iterator[tuple[int, str]]:
    """For paragraphs of ``now`` what they said before their tracked changes, by their bookmarks."""
    said: dict[tuple[int, str], str] = {}
    for one in before:
        for known in one.known:
            if fingerprint(one.tidy) == known[1]:
                said.setdefault(known, one.tidy)
    for j, one in enumerate(now):
        found = next((said[known] for known in one.known if known in said), None)
        if found is not None:
            yield j, found
