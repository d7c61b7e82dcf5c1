# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programme packs: a programme as data, one TOML file each, so that a new one needs no code.

* ``pack`` says what a pack is, ``reading`` reads one and names every fault with its line,
  ``shelf`` keeps those that are shipped. The format is explained in ``docs/reference``.
"""
