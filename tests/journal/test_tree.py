# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree proves what it holds and that it only grew, and nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exitwork.journal import tree

LARGEST = 70
# The inputs and roots of the reference tests of Certificate Transparency (RFC 6962, kept by RFC 9162).
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Grown:
    """A tree of leaves in memory."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.leaves = [tree.leaf_hash(leaf) for leaf in leaves]
        self.nodes: dict[tuple[int, int], bytes] = {}
        for index, leaf in enumerate(self.leaves):
            for level, place, hash_ in tree.completed_by(index, leaf, self.node):
                self.nodes[level, place] = hash_

    def node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    def root(self, size: int) -> bytes:
        return tree.root(size, self.node)


GROWN = Grown([b"%d" % number for number in range(LARGEST)])


def plain_root(leaves: list[bytes]) -> bytes:
    """The root as RFC 9162 2.1.1 defines it, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


def test_the_roots_are_those_of_the_reference_implementation() -> None:
    grown = Grown(INPUTS)
    assert [grown.root(size).hex() for size in range(1, 9)] == ROOTS
    assert grown.root(0) == tree.EMPTY


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_the_root_is_the_one_of_the_definition(size: int) -> None:
    assert GROWN.root(size) == plain_root(GROWN.leaves[:size])


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_leaf_is_shown_at_its_place_and_at_no_other(size: int) -> None:
    root = GROWN.root(size)
    for index in range(size):
        proof = tree.inclusion_proof(index, size, GROWN.node)
        assert tree.is_included(index, size, GROWN.leaves[index], proof, root)
        assert not tree.is_included((index + 1) % size, size, GROWN.leaves[index], proof, root) or size == 1
        assert not tree.is_included(index, size, tree.leaf_hash(b"another"), proof, root)


@pytest.mark.parametrize("new", range(1, LARGEST + 1))
def test_every_tree_is_shown_to_begin_with_every_smaller_one(new: int) -> None:
    for old in range(1, new + 1):
        proof = tree.consistency_proof(old, new, GROWN.node)
        assert tree.is_consistent(old, new, GROWN.root(old), GROWN.root(new), proof)
        assert not tree.is_consistent(old, new, tree.leaf_hash(b"x"), GROWN.root(new), proof)
        assert not tree.is_consistent(old, new, GROWN.root(old), tree.leaf_hash(b"x"), proof)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_proof_with_a_changed_step_shows_nothing(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, LARGEST))
    old = data.draw(st.integers(1, new - 1))
    proof = tree.consistency_proof(old, new, GROWN.node)
    step = data.draw(st.integers(0, len(proof) - 1))
    how = data.draw(st.sampled_from(["change", "leave out", "add"]))
    if how == "change":
        proof[step] = bytes(byte ^ 1 for byte in proof[step])
    elif how == "leave out":
        del proof[step]
    else:
        proof.insert(step, data.draw(st.binary(min_size=32, max_size=32)))
    assert not tree.is_consistent(old, new, GROWN.root(old), GROWN.root(new), proof)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=8), min_size=1, max_size=LARGEST))
def test_any_tree_equals_its_definition(leaves: list[bytes]) -> None:
    grown = Grown(leaves)
    assert grown.root(len(leaves)) == plain_root(grown.leaves)


def test_impossible_proofs_are_refused() -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        tree.inclusion_proof(3, 3, GROWN.node)
    with pytest.raises(ValueError, match="only grows"):
        tree.consistency_proof(4, 3, GROWN.node)
    assert not tree.is_included(3, 3, GROWN.leaves[0], [], GROWN.root(1))
    assert not tree.is_consistent(4, 3, GROWN.root(4), GROWN.root(3), [])
    assert not tree.is_consistent(3, 4, GROWN.root(3), GROWN.root(4), [])
    assert tree.is_consistent(0, 4, tree.EMPTY, GROWN.root(4), [])
