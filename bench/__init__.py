# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is measured, always beside a floor of the same run."""
