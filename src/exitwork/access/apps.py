# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's entry for this room."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room ``access``."""

    name = "exitwork.access"
    label = "access"
