# SPDX-License-Identifier: AGPL-3.0-or-later
"""One number, shared by all processes, that says whether the keys they remember still hold.

* 0 means locked. Any other number is an epoch: keys remembered in another epoch are forgotten.
* It lies in a small file mapped into each process, so looking costs no system call.
* The file is changed in place and never replaced: every process keeps seeing it.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import time
from pathlib import Path

_WIDTH = 8


class Epoch:
    """The shared number. ``view[0]`` is it; reading costs well under a microsecond."""

    def __init__(self, path: Path | None = None, *, create: bool = False) -> None:
        """Map the file, or keep the number in this process alone when there is no path.

        :raises FileNotFoundError: when the file is not there and may not be made.
        """
        self._map: mmap.mmap | bytearray
        if path is None:
            self._map = bytearray(_WIDTH)
        else:
            flags = os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if create else 0)
            descriptor = os.open(path, flags, 0o600)
            try:
                if os.fstat(descriptor).st_size < _WIDTH:
                    os.ftruncate(descriptor, _WIDTH)
                self._map = mmap.mmap(descriptor, _WIDTH)
            finally:
                os.close(descriptor)
        self.view = memoryview(self._map).cast("Q")

    def open_anew(self) -> int:
        """Begin a new epoch, which makes every process forget its keys; return it."""
        self.view[0] = max(time.time_ns(), self.view[0] + 1)
        return self.view[0]

    def lock(self) -> None:
        """Say that everything is locked."""
        self.view[0] = 0

    def close(self) -> None:
        """Let go of the mapping."""
        self.view.release()
        if isinstance(self._map, mmap.mmap):
            with contextlib.suppress(BufferError):
                self._map.close()
