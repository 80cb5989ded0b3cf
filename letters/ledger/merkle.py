"""The Merkle tree of RFC 6962: one hash that stands for a whole log, and short proofs against it.

The tree is read through a function from (level, position) to the hash of a full subtree: level 0
holds the leaves, and a node at level k covers 2**k leaves from position * 2**k on. Whoever keeps
those nodes gets roots and proofs in a few look-ups; nobody needs the whole tree in memory. Hashes
are 32 bytes, indexes of leaves count from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

Nodes: TypeAlias = Callable[[int, int], bytes]
Levels: TypeAlias = Sequence[Sequence[bytes]]

_EMPTY = hashlib.sha256(b"").digest()


class Checkpoint(Struct, frozen=True):
    """A log at one moment: how many entries, and the root over them as 64 hex digits."""

    size: int
    root: str


def leaf_hash(data: bytes) -> bytes:
    """Level 0: a leaf and an inner node can never be taken for each other (prefix 0 and 1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The parent of two nodes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(index: int, leaf: bytes, nodes: Nodes) -> Iterator[tuple[int, int, bytes]]:
    """The full subtrees (level, position, hash) that leaf ``index`` completes, itself first.

    ``nodes`` is asked only for subtrees that earlier leaves completed.
    """
    level, position, current = 0, index, leaf
    yield level, position, current
    while position & 1:
        current = node_hash(nodes(level, position - 1), current)
        level, position = level + 1, position >> 1
        yield level, position, current


def levels(leaves: Iterable[bytes]) -> Levels:
    """All full subtrees over leaf hashes: a list a level, the leaves first."""
    found = [list(leaves)]
    while len(below := found[-1]) > 1:
        pairs = zip(below[::2], below[1::2], strict=False)
        found.append([node_hash(left, right) for left, right in pairs])
    return found


def nodes_of(known: Levels) -> Nodes:
    """How the other functions read what `levels` made."""
    return lambda level, position: known[level][position]


def root(size: int, nodes: Nodes) -> bytes:
    """The root over the first ``size`` leaves; SHA-256 of nothing for an empty log."""
    return _subtree(0, size, nodes) if size else _EMPTY


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes, leaf upwards, that lead from leaf ``index`` to the root over ``size`` leaves."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not among the first `size` leaves")
    return _path(index, 0, size, nodes)


def _split(count: int) -> int:
    """How many of ``count`` > 1 leaves go left: the largest power of two below ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def _subtree(start: int, end: int, nodes: Nodes) -> bytes:
    """The hash over leaves start..end-1, where ``start`` is where RFC 6962 would split."""
    count = end - start
    if not count & (count - 1):
        level = count.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(count)
    return node_hash(_subtree(start, middle, nodes), _subtree(middle, end, nodes))


def _path(index: int, start: int, end: int, nodes: Nodes) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _subtree(middle, end, nodes)]
    return [*_path(index, middle, end, nodes), _subtree(start, middle, nodes)]


def origin_of(first_leaf: bytes) -> str:
    """The name of the log whose first leaf has that hash."""
    return f"letters-log/{first_leaf.hex()[:32]}"
