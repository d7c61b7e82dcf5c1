# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyholder process, sealed fields, and erasure by destroying keys."""
