# SPDX-License-Identifier: AGPL-3.0-or-later
"""A passkey in software: makes a credential and signs challenges as a browser on localhost would."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Passkey:
    """One resident key for one site."""

    def __init__(self, origin: str = "http://localhost") -> None:
        self.origin = origin
        self.id = os.urandom(32)
        self.user = b""
        self.count = 0
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> str:
        """The credential for a page that offers to set up a passkey."""
        asked = options["publicKey"]
        self.user = _raw(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self._key.public_key())))  # type: ignore[no-untyped-call]
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._about(asked["rp"]["id"], PRESENT | VERIFIED | ATTESTED) + attested
        return self._answer(
            {
                "clientDataJSON": _b64(self._client("webauthn.create", asked["challenge"])),
                "attestationObject": _b64(cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})),
                "transports": ["internal"],
            },
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any]) -> str:
        """The signed answer to a page that asks for a passkey."""
        asked = options["publicKey"]
        client = self._client("webauthn.get", asked["challenge"])
        data = self._about(asked["rpId"], PRESENT | VERIFIED)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": _b64(client),
                "authenticatorData": _b64(data),
                "signature": _b64(signature),
                "userHandle": _b64(self.user),
            },
            {},
        )

    def _about(self, site: str, flags: int) -> bytes:
        self.count += 1
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, Any], results: dict[str, Any]) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": _b64(self.id),
                "rawId": _b64(self.id),
                "authenticatorAttachment": "platform",
                "response": response,
                "clientExtensionResults": results,
            }
        )
