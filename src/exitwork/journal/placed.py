# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree as it is kept: its size, nodes, root and proofs.

* Everything here reads what the sequencer has placed; what waits is not in it yet.
"""

from __future__ import annotations

from functools import partial

from django.db.models import Max

from exitwork.journal import tree
from exitwork.journal.models import Leaf, Node

LOCK = 0x6A6F75726E616C  # "journal": PostgreSQL's advisory lock of whoever places or signs


def size(*, using: str = "default") -> int:
    """How many entries have their place."""
    last: int | None = Leaf.objects.using(using).aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def node(level: int, index: int, *, using: str = "default") -> bytes:
    """The hash of a complete subtree.

    :raises Node.DoesNotExist: if it is not complete.
    """
    return bytes(Node.objects.using(using).values_list("hash", flat=True).get(level=level, index=index))


def root(of_size: int, *, using: str = "default") -> bytes:
    """The root over the first ``of_size`` leaves."""
    return tree.root(of_size, partial(node, using=using))


def inclusion(index: int, of_size: int, *, using: str = "default") -> list[bytes]:
    """The proof that a leaf is in the tree of this size.

    :raises ValueError: if there is no such leaf.
    """
    return tree.inclusion_proof(index, of_size, partial(node, using=using))


def consistency(old: int, new: int, *, using: str = "default") -> list[bytes]:
    """The proof that the tree only grew; empty from the empty tree and from itself.

    :raises ValueError: unless ``old <= new``.
    """
    return tree.consistency_proof(old, new, partial(node, using=using)) if old else []
