# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the keyholder and its clients talk: one JSON object a message, its length before it.

* A message has at most 32 MiB; a longer one ends the connection.
* Who is at the other end is asked of the machine (SO_PEERCRED), not of the peer.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

AT_MOST = 32 * 1024 * 1024
_LENGTH = struct.Struct(">I")
_CREDENTIALS = struct.Struct("3i")


def peer_uid(connection: socket.socket) -> int:
    """The account of the machine under which the other end runs."""
    found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _pid, uid, _gid = _CREDENTIALS.unpack(found)
    return int(uid)


def write_message(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one message.

    :raises OSError: when the other end is gone.
    """
    body = json.dumps(message, separators=(",", ":")).encode()
    connection.sendall(_LENGTH.pack(len(body)) + body)


def read_message(connection: socket.socket) -> dict[str, Any] | None:
    """Receive one message, or None when the other end closed between messages.

    :raises OSError: when the other end goes in the middle of one.
    :raises ValueError: when it is too long or no JSON object.
    """
    head = _read(connection, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > AT_MOST:
        raise ValueError("the message is too long")
    body = _read(connection, length)
    if body is None:
        raise ConnectionError("the message broke off")
    message = json.loads(body)
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return message


def _read(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(min(size - len(parts), 1 << 20))
        if not part:
            if parts:
                raise ConnectionError("the message broke off")
            return None
        parts += part
    return bytes(parts)
