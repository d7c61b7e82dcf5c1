# SPDX-License-Identifier: AGPL-3.0-or-later
"""A paused account's drafts end with it (S2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from exitwork.access.seams import Tie
from exitwork.drafts.actions import end_drafts


def _nothing(_account: Any, _at: datetime) -> list[Any]:
    return []


def _end(*, account: Any, **_by_whom_and_when: object) -> None:
    end_drafts(account=account.pk)


Tie("drafts", _nothing, _end).register()
