# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signed notes, checkpoints and cosignatures as C2SP writes them. Plain Python and Ed25519.

Sources: C2SP signed-note, tlog-checkpoint, tlog-cosignature (cosignature/v1) and the
add-checkpoint request of tlog-witness; so a witness need not run this program.

* A note is a text, an empty line, and one signature line per key: an em dash, the key's name
  and base64 of the key's 4-byte id and the signature.
* A checkpoint's text is origin, size, base64 of the root; we add one extension line with the
  checkpoint's number and moment, so that these can't be changed unseen either.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = 0x01
COSIGNATURE = 0x04
_HASH, _KEY_ID, _SIGNATURE, _TIME = 32, 4, 64, 8


class BadNote(ValueError):
    """A note, checkpoint or key is not what it should be; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name, as printed: ``name+id+key``."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names this key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_KEY_ID]

    def __str__(self) -> str:
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    @classmethod
    def read(cls, text: str) -> Verifier:
        """The key printed as ``text``.

        :raises BadNote: if it is none.
        """
        parts = text.strip().split("+", 2)
        if len(parts) != len(("name", "id", "key")):
            raise BadNote("a key is written name+id+key")
        data = _from_base64(parts[2])
        if len(data) != 1 + _HASH or data[0] not in (ED25519, COSIGNATURE):
            raise BadNote("this is not an Ed25519 key")
        found = cls(parts[0], data[0], data[1:])
        if found.id.hex() != parts[1]:
            raise BadNote("the key and its id do not belong together")
        return found

    def accepts(self, note: Note) -> bool:
        """Whether the note carries a good signature of this key."""
        return any(self._accepts_line(note.text, line) for line in note.signatures)

    def _accepts_line(self, text: str, line: SignatureLine) -> bool:
        if line.name != self.name or line.data[:_KEY_ID] != self.id:
            return False
        signature = line.data[_KEY_ID:]
        signed = text.encode()
        if self.kind == COSIGNATURE:
            signed = _cosigned(text, int.from_bytes(signature[:_TIME], "big"))
            signature = signature[_TIME:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, signed)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name. ``kind`` is ``ED25519`` for a log, ``COSIGNATURE`` for a witness."""

    name: str
    private: Ed25519PrivateKey
    kind: int = ED25519

    @property
    def verifier(self) -> Verifier:
        """The key others check with."""
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return Verifier(self.name, self.kind, public)

    def line(self, text: str, at: datetime) -> SignatureLine:
        """A signature on a note's text; a witness's says when."""
        if self.kind == COSIGNATURE:
            seconds = int(at.timestamp())
            data = seconds.to_bytes(_TIME, "big") + self.private.sign(_cosigned(text, seconds))
        else:
            data = self.private.sign(text.encode())
        return SignatureLine(self.name, self.verifier.id + data)


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature: whose, and the key's id with the signature's bytes."""

    name: str
    data: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.data).decode()}"

    @classmethod
    def read(cls, line: str) -> SignatureLine:
        """The signature written as ``line``.

        :raises BadNote: if it is none.
        """
        parts = line.strip().split(" ")
        if len(parts) != len(("—", "name", "data")) or parts[0] != "—" or "+" in parts[1]:
            raise BadNote("a signature line is a dash, a name and base64")
        return cls(parts[1], _from_base64(parts[2]))

    @property
    def at(self) -> datetime:
        """When a witness cosigned."""
        seconds = int.from_bytes(self.data[_KEY_ID : _KEY_ID + _TIME], "big")
        return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class Note:
    """A text (ending in a newline) and its signatures."""

    text: str
    signatures: tuple[SignatureLine, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{line}\n" for line in self.signatures)

    @classmethod
    def read(cls, note: str) -> Note:
        """The note written as ``note``.

        :raises BadNote: if it is none.
        """
        text, gap, lines = note.rpartition("\n\n")
        if not gap or not text or not lines.strip():
            raise BadNote("a note is a text, an empty line and signatures")
        return cls(text + "\n", tuple(SignatureLine.read(line) for line in lines.splitlines()))


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint's text says."""

    origin: str
    size: int
    root: bytes
    number: int
    at: datetime

    def __str__(self) -> str:
        root = base64.b64encode(self.root).decode()
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{self.origin}\n{self.size}\n{root}\nexitwork {self.number} {at}\n"

    @classmethod
    def read(cls, text: str) -> Head:
        """What the text of a checkpoint says.

        :raises BadNote: if it is none, or not one of this program.
        """
        lines = text.split("\n")
        if len(lines) < len(("origin", "size", "root", "extension", "")) or lines[-1]:
            raise BadNote("a checkpoint is origin, size, root and our line")
        words = lines[3].split(" ")
        if words[:1] != ["exitwork"] or len(words) != len(("exitwork", "number", "at")):
            raise BadNote("the checkpoint lacks the line that says its number and moment")
        try:
            size, number, at = int(lines[1]), int(words[1]), datetime.fromisoformat(words[2])
        except ValueError as problem:
            raise BadNote("the checkpoint's size, number or moment can't be read") from problem
        root = _from_base64(lines[2])
        if len(root) != _HASH or not lines[1].isdecimal() or at.tzinfo is None:
            raise BadNote("the checkpoint's size, root or moment can't be right")
        return cls(lines[0], size, root, number, at)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a witness is asked to cosign: its last size, the proof from there, the checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        steps = "".join(f"{base64.b64encode(step).decode()}\n" for step in self.proof)
        return f"old {self.old}\n{steps}\n{self.note}"

    @classmethod
    def read(cls, text: str) -> Asked:
        """The request written as ``text``.

        :raises BadNote: if it is none.
        """
        head, gap, note = text.partition("\n\n")
        first, *steps = head.split("\n")
        words = first.split(" ")
        if not gap or words[0] != "old" or len(words) != len(("old", "size")) or not words[1].isdecimal():
            raise BadNote('a request begins with "old" and a size')
        return cls(int(words[1]), tuple(_from_base64(step) for step in steps), Note.read(note))


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadNote("this is not base64") from problem
