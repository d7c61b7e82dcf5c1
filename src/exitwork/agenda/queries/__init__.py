# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads worth a name: a week, a case's agenda, absences and returning, the workload."""
