# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a journal is what it was: recomputed from the entries up, without any of the program's keys.

* Every entry's leaf, every node, every root is computed anew and compared with what is kept and
  with a checkpoint held elsewhere. The first fault is told in a sentence.
* Found: anything changed, taken away, added or reordered at or below the last checkpoint held
  elsewhere, and anything above it that was not made consistent up to the root.
* Not found: an end cut off above the last checkpoint held elsewhere, with everything that
  pointed to it. Nothing can; that is what the witness is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exitwork.journal import leaves, tree
from exitwork.journal.notes import BadNote, Head, Note, SignatureLine, Verifier
from exitwork.journal.sources import Fault, Source, opened_source


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. ``fault`` is the first fault, or empty."""

    fault: str = ""
    entries: int = 0
    waiting: int = 0
    checkpoints: int = 0

    def __bool__(self) -> bool:
        return not self.fault

    def __str__(self) -> str:
        if self.fault:
            return f"Not intact: {self.fault}."
        return (
            f"Intact: {self.entries} entries in the tree, {self.waiting} waiting for their place, "
            f"{self.checkpoints} checkpoints."
        )


def verify(where: Any, checkpoint: str = "", key: str = "") -> Verdict:
    """Check a journal against a checkpoint held elsewhere.

    ``where`` is a path to a copy of the SQLite file, a ``postgresql://`` address or a connection.
    ``checkpoint`` is its text; ``key`` the installation's key as printed, by which signatures are
    checked. Without a checkpoint only what contradicts itself is found; without a key no
    signature is checked.
    """
    try:
        held = _held(checkpoint, key)
        with opened_source(where) as source:
            return _Check(source, held, Verifier.read(key) if key else None).run()
    except Fault as fault:
        return Verdict(fault=str(fault))
    except BadNote as problem:
        return Verdict(fault=f"the key or the checkpoint held elsewhere can't be used: {problem}")


def _held(checkpoint: str, key: str) -> Head | None:
    if not checkpoint.strip():
        return None
    note = Note.read(checkpoint.strip() + "\n")
    if key and not Verifier.read(key).accepts(note):
        raise BadNote("the checkpoint is not signed with this key")
    return Head.read(note.text)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A checkpoint as it lies in the table."""

    number: int
    size: int
    root: bytes
    at: datetime
    note: str


class _Check:
    """One run over one source."""

    def __init__(self, source: Source, held: Head | None, key: Verifier | None) -> None:
        self.source = source
        self.held = held
        self.key = key
        self.levels: dict[int, Iterator[tuple[int, bytes]]] = {}
        self.edge: dict[int, tuple[int, bytes]] = {}  # by level, the last node that has no right sibling yet
        self.placed: set[Any] = set()

    def run(self) -> Verdict:
        kept = self._checkpoints()
        self._compare_with_held(kept)
        roots = self._tree({one.size for one in kept} | ({self.held.size} if self.held else set()))
        size = max(roots)
        for one in kept:
            if one.size > size:
                raise Fault(f"checkpoint {one.number} covers {one.size} entries and the tree holds {size}")
            if one.root != roots[one.size]:
                raise Fault(f"the first {one.size} entries are not those of checkpoint {one.number}")
        if self.held is not None:
            self._compare_roots(self.held, roots, size)
        waiting = self._waiting()
        entries = self.source.number("SELECT count(*) FROM journal_entry")
        if entries != size + waiting:
            raise Fault(f"of {entries} entries {size} are in the tree and {waiting} wait for their place")
        return Verdict(entries=size, waiting=waiting, checkpoints=len(kept))

    def _compare_roots(self, held: Head, roots: dict[int, bytes], size: int) -> None:
        if held.size > size:
            raise Fault(f"the checkpoint held elsewhere covers {held.size} entries and the tree holds {size}")
        if held.root != roots[held.size]:
            raise Fault(f"the first {held.size} entries are not those of the checkpoint held elsewhere")

    def _compare_with_held(self, kept: list[_Kept]) -> None:
        """The checkpoint held elsewhere is still among the kept ones, word for word."""
        if self.held is None:
            return
        texts = {one.number: Note.read(one.note).text for one in kept}
        if texts.get(self.held.number) != str(self.held):
            raise Fault(f"checkpoint {self.held.number}, held elsewhere, is not among the kept ones")

    def _checkpoints(self) -> list[_Kept]:
        kept = [_Kept(*values) for values in self.source.checkpoints()]
        for number, one in enumerate(kept, start=1):
            if one.number != number:
                raise Fault(f"checkpoint {number} is missing")
            if number > 1 and one.size <= kept[number - 2].size:
                raise Fault(f"checkpoint {number} covers no more than the one before")
            try:
                note = Note.read(one.note)
                head = Head.read(note.text)
            except BadNote as problem:
                raise Fault(f"checkpoint {number} can't be read: {problem}") from problem
            if (head.number, head.size, head.root, head.at) != (one.number, one.size, one.root, one.at):
                raise Fault(f"checkpoint {number} says something else than its note")
            if str(note) != one.note or len(note.signatures) != 1:
                raise Fault(f"the note of checkpoint {number} is not written as this program writes it")
            if self.key is not None and not self.key.accepts(note):
                raise Fault(f"checkpoint {number} is not signed by this installation")
        self._cosignatures({one.number: one for one in kept})
        return kept

    def _cosignatures(self, kept: dict[int, _Kept]) -> None:
        for number, witness, line, at in self.source.cosignatures():
            if number not in kept:
                raise Fault(f"checkpoint {number} was cosigned and is missing")
            text = Note.read(kept[number].note).text
            try:
                signature = SignatureLine.read(line)
                good = Verifier.read(witness).accepts(Note(text, (signature,)))
            except BadNote as problem:
                raise Fault(f"a cosignature of checkpoint {number} can't be read: {problem}") from problem
            if not good or signature.at != at:
                raise Fault(f"a cosignature of checkpoint {number} is not its witness's")

    def _tree(self, sizes: set[int]) -> dict[int, bytes]:
        """Compute the tree from its entries; the roots at these sizes and at the end."""
        roots = {0: tree.EMPTY}
        size = 0
        for index, entry in self.source.placed():
            if index != size:
                raise Fault(f"the tree has no leaf {size}")
            if entry is None:
                raise Fault(f"the entry at place {index} is missing")
            self._entry(entry, f"the entry at place {index}")
            for level, place, hash_ in tree.completed_by(index, entry["leaf_hash"], self._node):
                self._compare_node(level, place, hash_)
                if not place & 1:
                    self.edge[level] = place, hash_
            size += 1
            if size in sizes:
                roots[size] = tree.root(size, self._node)
        roots[size] = tree.root(size, self._node)
        self._no_node_left_over(size)
        return roots

    def _node(self, level: int, index: int) -> bytes:
        place, hash_ = self.edge[level]
        assert place == index
        return hash_

    def _entry(self, entry: dict[str, Any], called: str) -> None:
        if leaves.hash_of(entry) != entry["leaf_hash"]:
            raise Fault(f"{called} was changed")
        self.placed.add(entry["id"])

    def _compare_node(self, level: int, place: int, hash_: bytes) -> None:
        nodes = self.levels.setdefault(level, self.source.nodes(level))
        found = next(nodes, None)
        if found is None or found[0] != place:
            raise Fault(f"node {place} of level {level} is missing or stands elsewhere")
        if found[1] != hash_:
            raise Fault(f"node {place} of level {level} was changed")

    def _no_node_left_over(self, size: int) -> None:
        for level, nodes in self.levels.items():
            if next(nodes, None) is not None:
                raise Fault(f"level {level} has a node more than its entries make")
        if self.source.number("SELECT max(level) FROM journal_node") >= max(size.bit_length(), 1) or (
            self.source.number("SELECT min(level) FROM journal_node") < 0
        ):
            raise Fault("there is a node at a level that the entries don't make")

    def _waiting(self) -> int:
        count = 0
        for _, entry in self.source.waiting():
            if entry is None:
                raise Fault("an entry that waited for its place is missing")
            if entry["id"] in self.placed:
                raise Fault("an entry that has its place waits for one")
            if leaves.hash_of(entry) != entry["leaf_hash"]:
                raise Fault("an entry that waits for its place was changed")
            count += 1
        return count
