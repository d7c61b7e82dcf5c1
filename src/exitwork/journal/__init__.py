# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recorded models and the only door to change; the Merkle log, verification and the outbox."""
