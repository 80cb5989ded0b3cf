"""The Merkle tree of RFC 6962: one hash that stands for a whole log, and short proofs against it.

The tree is read through a function from (level, position) to the hash of a full subtree: level 0
holds the leaves, and a node at level k covers 2**k leaves from position * 2**k on. Whoever keeps
those nodes gets roots and proofs in a few look-ups; nobody needs the whole tree in memory. Hashes
are 32 bytes, indexes of leaves count from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Nodes: TypeAlias = Callable[[int, int], bytes]
Levels: TypeAlias = Sequence[Sequence[bytes]]

_EMPTY = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True)
class Checkpoint:
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


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The hashes that show the tree of ``new`` leaves to begin with the tree of ``old`` leaves."""
    if not 0 <= old <= new:
        raise ValueError("a log only grows")
    return _common(old, 0, new, nodes) if 0 < old < new else []


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], claimed: bytes
) -> bool:
    """Whether ``proof`` leads from the leaf's hash at ``index`` to the root over ``size``."""
    if not 0 <= index < size:
        return False
    own, last, current = index, size - 1, leaf
    for sibling in proof:
        if not last:
            return False
        if own & 1 or own == last:
            current = node_hash(sibling, current)
            own, last = _climb(own, last)
        else:
            current = node_hash(current, sibling)
        own, last = own >> 1, last >> 1
    return not last and current == claimed


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether ``proof`` shows that nothing below ``old`` was changed on the way to ``new``."""
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not proof and old_root == (new_root if old == new else _EMPTY)
    # Where the old tree is one full subtree, its root is the first hash and is not sent.
    hashes = list(proof) if old & (old - 1) else [old_root, *proof]
    if not hashes:
        return False
    own, last = old - 1, new - 1
    while own & 1:
        own, last = own >> 1, last >> 1
    was = now = hashes[0]
    for sibling in hashes[1:]:
        if not last:
            return False
        if own & 1 or own == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            own, last = _climb(own, last)
        else:
            now = node_hash(now, sibling)
        own, last = own >> 1, last >> 1
    return not last and was == old_root and now == new_root


def _climb(own: int, last: int) -> tuple[int, int]:
    """Past the levels where the right edge has no sibling: there the node is its own parent."""
    while own and not own & 1:
        own, last = own >> 1, last >> 1
    return own, last


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


def _common(old: int, start: int, end: int, nodes: Nodes) -> list[bytes]:
    """The proof's hashes inside start..end-1; the first one is left out if it is the old root."""
    if old == end:
        return [] if start == 0 else [_subtree(start, end, nodes)]
    middle = start + _split(end - start)
    if old <= middle:
        return [*_common(old, start, middle, nodes), _subtree(middle, end, nodes)]
    return [*_common(old, middle, end, nodes), _subtree(start, middle, nodes)]


def origin_of(first_leaf: bytes) -> str:
    """The name of the log whose first leaf has that hash."""
    return f"letters-log/{first_leaf.hex()[:32]}"
