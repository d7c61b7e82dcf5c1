# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person is a pseudonym; the identity lies apart, in the vault."""
