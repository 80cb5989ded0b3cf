"""The tree against a second implementation, written from the definitions of RFC 6962, section 2."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from letters.ledger import merkle

LEAVES = [f"leaf {number}".encode() for number in range(200)]
LEVELS = merkle.levels(merkle.leaf_hash(leaf) for leaf in LEAVES)


def nodes(level: int, position: int) -> bytes:
    return LEVELS[level][position]


def split(count: int) -> int:
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def mth(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def test_the_root_is_that_of_the_rfc_for_every_size_up_to_200() -> None:
    for size in range(len(LEAVES) + 1):
        assert merkle.root(size, nodes) == mth(LEAVES[:size])


def test_the_root_agrees_with_a_second_algorithm_over_1_to_2000_leaves() -> None:
    # A stack of full subtrees, merged like the digits of a counter; no code in common with letters.
    stack: list[tuple[int, bytes]] = []
    leaves = [f"leaf {number}".encode() for number in range(2000)]
    known = merkle.levels(merkle.leaf_hash(leaf) for leaf in leaves)
    for size, leaf in enumerate(leaves, start=1):
        stack.append((1, hashlib.sha256(b"\0" + leaf).digest()))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            (count, right), (_, left) = stack.pop(), stack.pop()
            stack.append((count * 2, hashlib.sha256(b"\1" + left + right).digest()))
        top = stack[-1][1]
        for _, left in reversed(stack[:-1]):
            top = hashlib.sha256(b"\1" + left + top).digest()
        assert merkle.root(size, merkle.nodes_of(known)) == top


def test_the_root_of_published_leaves_is_the_published_one() -> None:
    # The reference leaves and root of the certificate-transparency test suite.
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    leaves.append("606162636465666768696a6b6c6d6e6f")
    known = merkle.levels(merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in leaves)
    expected = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert merkle.root(8, merkle.nodes_of(known)).hex() == expected


def test_every_inclusion_proof_is_that_of_the_rfc() -> None:
    for size in [*range(1, 34), 63, 64, 65, 127, 128, 200]:
        for index in range(size):
            assert merkle.inclusion_proof(index, size, nodes) == path(index, LEAVES[:size])


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_there_is_no_proof_for_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="leaf"):
        merkle.inclusion_proof(index, size, nodes)
