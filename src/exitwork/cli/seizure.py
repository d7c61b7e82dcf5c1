# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a search of this room would read: said at the start, in plain words (S19)."""

from __future__ import annotations

from pathlib import Path

IN_THE_CLEAR = (
    "references, kinds, phases and dates of cases; names, addresses and roles of colleagues; the "
    "organisation's name; who did what when"
)


def what_a_search_reads(*, reach: str, key_file: Path | None, database: str) -> list[str]:
    """The sentences for how this installation was set up."""
    sentences = [_at_rest(key_file)]
    sentences.append(
        "The machine taken while the program runs and is unlocked: everything, by someone who knows how. "
        "“Lock everything” in the menu, also from a phone, ends that within a second; only a new start "
        f"with the {'key file' if key_file else 'passphrase'} undoes it."
    )
    sentences.append(
        "A screen left open: what that person may see. “Lock this screen” hides it; a session ends by "
        "itself after minutes without a click."
    )
    if database != "sqlite":
        sentences.append(
            "The machine of the database: the same as a disk taken, without the key. Reach it on this "
            "machine or over TLS only."
        )
    if reach == "office":
        sentences.append(
            "A phone or computer of the office, switched off: that it trusts a certificate of this office. "
            "No case data is kept in a browser."
        )
    if reach == "proxy":
        sentences.append(
            "The proxy: every page that goes through it while it does, in the clear. It must be yours. With "
            "the examples in deploy/ its logs hold no address and no page."
        )
    sentences.append("Paper: whatever was printed, this page and one-time codes included.")
    return sentences


def _at_rest(key_file: Path | None) -> str:
    taken = "The machine switched off, its disk, or a copy of the database taken:"
    if key_file is None:
        return f"{taken} {IN_THE_CLEAR}. No client's name and no note: these need the passphrase."
    return (
        f"{taken} {IN_THE_CLEAR}; and if the key file {key_file} is found too, everything, every name and "
        "every note. A key file protects copies and backups, not this room. Keep it on something you take "
        "away with you, or choose a passphrase."
    )
