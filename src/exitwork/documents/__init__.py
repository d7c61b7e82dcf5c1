# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files of a case: looked through, sealed, and given out only to who may see them."""
