# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """The room ``upkeep``."""

    name = "exitwork.upkeep"
    label = "upkeep"
