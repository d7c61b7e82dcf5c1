# SPDX-License-Identifier: AGPL-3.0-or-later
"""When the worker was last at it. Written outside the journal (``journal/exempt.py``): no person in it."""

from __future__ import annotations

from django.db import models

from exitwork.kernel.secrecy import Keep, Secrecy


class Heartbeat(models.Model):
    """The last sign of life of the workers, one row for all of them."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()

    secrecy = Secrecy(Keep.TECHNICAL, operational="name at")

    def __str__(self) -> str:
        return self.name
