# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outside witness: another organisation that keeps the last checkpoint it saw and cosigns the next.

* It cosigns only what is signed by the key it was given and provably begins with what it
  cosigned before. Whoever runs the installation then can't rewrite what the witness has seen.
* It needs a folder and nothing else: no database, no Django, no secret of the installation.
* What it saw last is written before the cosignature leaves, by rename: a crash never makes it forget.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from exitwork.journal.notes import COSIGNATURE, Asked, BadNote, Head, SignatureLine, Signer, Verifier
from exitwork.journal.tree import EMPTY, is_consistent

_KEY, _SEEN = "witness.key", "seen.json"


class Inconsistent(Exception):
    """The installation shows another past than the one the witness cosigned. To be looked into by people."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness, in its folder."""

    folder: Path

    @classmethod
    def begin(cls, folder: Path, *, name: str, log: Verifier) -> Witness:
        """Make a witness for one installation, with a key of its own.

        :raises BadNote: if the folder holds a witness already, or the name can't be a key's.
        """
        if not name or any(mark.isspace() or mark == "+" for mark in name):
            raise BadNote("a witness's name has no space and no plus, such as exit-norway.example/witness")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / _KEY).exists():
            raise BadNote(f"{folder} holds a witness already")
        secret = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        _write(folder / _KEY, json.dumps({"name": name, "secret": secret.hex()}))
        _write(folder / _SEEN, json.dumps({"log": str(log), "size": "0", "root": EMPTY.hex()}))
        return cls(folder)

    @property
    def signer(self) -> Signer:
        """The witness's key.

        :raises BadNote: if there is no witness here.
        """
        kept = _read(self.folder / _KEY)
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["secret"]))
        return Signer(kept["name"], private, COSIGNATURE)

    @property
    def seen(self) -> int:
        """How many entries the last checkpoint it cosigned had: what to ask the next proof from."""
        return int(_read(self.folder / _SEEN)["size"])

    def cosign(self, request: str, *, at: datetime) -> SignatureLine:
        """Cosign a checkpoint, if it provably begins with the last one seen.

        :raises BadNote: if the request can't be read, or is not signed by the key it was given,
            or begins elsewhere than where this witness stands.
        :raises Inconsistent: if the proof does not hold.
        """
        asked = Asked.read(request)
        with _alone(self.folder):
            seen = _read(self.folder / _SEEN)
            log, size, root = Verifier.read(seen["log"]), int(seen["size"]), bytes.fromhex(seen["root"])
            if not log.accepts(asked.note):
                raise BadNote("the checkpoint is not signed by the installation this witness watches")
            head = Head.read(asked.note.text)
            if head.origin != log.name:
                raise BadNote("the checkpoint is of another journal")
            if asked.old != size:
                raise BadNote(f"this witness has seen {size} entries; ask with a proof from there")
            if not is_consistent(size, head.size, root, head.root, list(asked.proof)):
                raise Inconsistent(
                    f"the {size} entries this witness has seen are not the first {size} of this checkpoint"
                )
            seen |= {"size": str(head.size), "root": head.root.hex()}
            _write(self.folder / _SEEN, json.dumps(seen))
        return self.signer.line(asked.note.text, at)


def _read(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as problem:
        raise BadNote(f"there is no witness in {path.parent}") from problem
    except ValueError as problem:
        raise BadNote(f"{path} can't be read") from problem
    return found


def _write(path: Path, text: str) -> None:
    """Put a file in place whole, readable by its owner alone."""
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One cosigning at a time."""
    if not (folder / _KEY).exists():
        raise BadNote(f"there is no witness in {folder}")
    with (folder / _KEY).open("rb") as file:
        flock(file, LOCK_EX)
        yield
