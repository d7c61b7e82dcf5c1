# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack of a fictional programme, to be broken in one place at a time."""

from __future__ import annotations

A_PACK = """\
format = 1
key = "exit-nord"
version = 1
name = "Exit Nord"
kind = "exit"
form = "programme"
hosts = ["Exit Nord"]
countries = ["NO"]
began = 2020
participation = ["voluntary"]
ideologies = [
  "right-wing",
  "left-wing",
  "order-nine",
]
aims = "To help people leave."
audience = "People who wish to leave."
services = ["Talks"]
unknown = [
  "geography", "origin", "cooperation", "funding", "settings", "types", "contact_approach",
  "target_groups", "ideology_work", "goals", "methods", "referral_sources", "team", "dosage",
  "instruments", "meetings", "case_definition", "wording",
  "taper",
]
proposed = [
  "aims", "audience", "services", "phases", "pillars", "reports", "form", "countries", "began",
  "participation", "ideologies",
]

[sources]
hosts = ["S1 L214"]

[words.ideologies.order-nine]
label = "Order Nine"
under = "mixed"

[[pillars]]
key = "talks"
label = "Talks"
areas = ["social"]
hours_per_week = 2.5

[[reports]]
key = "quarterly"
label = "Quarterly report"
to = "funder"
every = "3 months"

[[phases]]
key = "contact"
label = "Contact"
then = ["work", "closed"]

[[phases]]
key = "work"
label = "Work"
then = ["closed"]

[[phases]]
key = "closed"
label = "Closed"
"""


def changed(old: str, new: str) -> str:
    """The pack with one piece changed; the piece must be there."""
    assert old in A_PACK, old
    return A_PACK.replace(old, new, 1)
