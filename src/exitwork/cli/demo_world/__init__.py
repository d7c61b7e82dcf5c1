# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's fictional network: made by the product's own actions, so journal and vault are real.

Everybody in it is invented and looks it. Dates are relative to the day it is seeded on.
"""

from __future__ import annotations

from exitwork.cli.demo_world.seeding import seed

__all__ = ["seed"]
