# SPDX-License-Identifier: AGPL-3.0-or-later
"""One number, shared by all processes, that says whether the keys they remember still hold.

* 0 means locked. Any other number is an epoch: keys remembered in another epoch are forgotten.
* It lies in a small file mapped into each process, so looking costs no system call.
* The file is changed in place and never replaced: every process keeps seeing it.
"""

from __future__ import annotations

import mmap
import os
import time
from pathlib import Path

_WIDTH = 8


def epoch_path(socket: Path) -> Path:
    """The file of the shared epoch, beside the keyholder's socket."""
    return socket.with_name(socket.name + ".epoch")


class Epoch:
    """The shared number. ``view[0]`` is it; reading costs well under a microsecond."""

    def __init__(self, path: Path | None = None, *, create: bool = False) -> None:
        """Map the file, or keep the number in this process alone when there is no path.

        :raises FileNotFoundError: when the file is not there and may not be made.
        """
        self._path = path
        self._file = (0, 0)
        if path is None:
            self.view = memoryview(bytearray(_WIDTH)).cast("Q")
        else:
            self._map(path, os.O_CREAT if create else 0)

    def _map(self, path: Path, create: int) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | create, 0o600)
        try:
            found = os.fstat(descriptor)
            if found.st_size < _WIDTH:
                os.ftruncate(descriptor, _WIDTH)
            self.view = memoryview(mmap.mmap(descriptor, _WIDTH)).cast("Q")
            self._file = (found.st_dev, found.st_ino)
        finally:
            os.close(descriptor)

    def look_again(self) -> None:
        """Map the file anew if someone removed it and a keyholder made another.

        :raises FileNotFoundError: when there is none.
        """
        if self._path is not None:
            found = self._path.stat()
            if (found.st_dev, found.st_ino) != self._file:
                self._map(self._path, 0)

    def open_anew(self) -> int:
        """Begin a new epoch, which makes every process forget its keys; return it."""
        self.view[0] = max(time.time_ns(), self.view[0] + 1)
        return self.view[0]

    def lock(self) -> None:
        """Say that everything is locked."""
        self.view[0] = 0
