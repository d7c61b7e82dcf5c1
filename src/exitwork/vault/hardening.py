# SPDX-License-Identifier: AGPL-3.0-or-later
"""What keeps the keyholder's memory out of reach, as far as the machine lets us.

* Always: no core dump, no debugger or look into /proc by the same account (dumpable = 0).
* Where it may: memory is locked, so that the master key never reaches swap.
* Root on a live machine can still read it; docs say so (security.md 2, T9).
"""

from __future__ import annotations

import ctypes
import os
import resource

_SET_DUMPABLE = 4
_CURRENT, _FUTURE, _ON_FAULT = 1, 2, 4


def forbid_dumps() -> None:
    """Forbid core dumps and foreign eyes on this process.

    :raises OSError: where the machine refuses, for then the keyholder must not start.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the process could not be hidden from debuggers")


def lock_memory() -> bool:
    """Keep this process out of swap; say whether that worked.

    Memory to come is locked only where there is no limit on it: with one, a later
    allocation would fail instead of being swapped.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    soft, _hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    unlimited = soft == resource.RLIM_INFINITY or os.geteuid() == 0
    wanted = _CURRENT | _FUTURE | _ON_FAULT if unlimited else _CURRENT
    return bool(libc.mlockall(wanted) == 0)
