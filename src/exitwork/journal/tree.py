# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of RFC 9162 (section 2.1): hashes, proofs, and how to check them. Plain Python.

* A tree is read through ``node(level, index)``: the hash of the complete subtree over the
  leaves ``index * 2**level`` to ``(index + 1) * 2**level - 1``.
* A leaf and a node are hashed with different first bytes, so that neither can pass for the other.
* Checking a proof needs nothing but the proof: no tree, no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

Node = Callable[[int, int], bytes]
EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return sha256(b"\x01" + left + right).digest()


def completed_by(index: int, leaf: bytes, node: Node) -> Iterator[tuple[int, int, bytes]]:
    """The nodes (level, index, hash) that become complete when a leaf takes its place, itself first."""
    level, hash_ = 0, leaf
    yield level, index, hash_
    while index & 1:
        hash_ = node_hash(node(level, index - 1), hash_)
        level, index = level + 1, index >> 1
        yield level, index, hash_


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def _range(begin: int, end: int, node: Node) -> bytes:
    """The root over the leaves ``begin`` to ``end - 1``; ``begin`` is a multiple of a large enough power."""
    size = end - begin
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, begin >> level)
    middle = begin + _split(size)
    return node_hash(_range(begin, middle, node), _range(middle, end, node))


def root(size: int, node: Node) -> bytes:
    """The root of the tree over the first ``size`` leaves."""
    return _range(0, size, node) if size else EMPTY


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that leaf ``index`` is in the tree of ``size`` leaves (RFC 9162, 2.1.3.1).

    :raises ValueError: if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    proof: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            proof.append(_range(middle, end, node))
            end = middle
        else:
            proof.append(_range(begin, middle, node))
            begin = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the tree of ``new`` leaves begins with that of ``old`` (RFC 9162, 2.1.4.1).

    :raises ValueError: unless ``0 < old <= new``.
    """
    if not 0 < old <= new:
        raise ValueError("a tree only grows")
    proof: list[bytes] = []
    begin, end, whole = 0, new, True
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            proof.append(_range(middle, end, node))
            end = middle
        else:
            proof.append(_range(begin, middle, node))
            begin, whole = middle, False
    if not whole:
        proof.append(_range(begin, end, node))
    return proof[::-1]


def is_included(index: int, size: int, leaf: bytes, proof: list[bytes], root_hash: bytes) -> bool:
    """Whether the proof shows the leaf at its place under this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, hash_ = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            hash_ = node_hash(step, hash_)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, step)
        here, last = here >> 1, last >> 1
    return last == 0 and hash_ == root_hash


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether the proof shows that the new tree begins with the old one (RFC 9162, 2.1.4.2).

    Every tree begins with the empty one.
    """
    if old == 0:
        return old_root == EMPTY and not proof
    if not 0 < old <= new:
        return False
    if old == new:
        return old_root == new_root and not proof
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = node_hash(second, step)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
