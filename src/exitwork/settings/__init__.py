# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an installation may set (``options``) and what Django is told (``site``)."""
