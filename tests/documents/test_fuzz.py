# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever bytes somebody sends: they are taken or refused with a sentence; nothing else happens."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exitwork.documents.checks import Checked, Limits, look_through
from exitwork.kernel.decisions import Refusal
from exitwork.pages.uploads import Upload
from tests.documents.files import GOOD

NAMES = sorted(GOOD)
SMALL = Limits(size=2_000_000, pixels=1_000_000, unpacked=5_000_000)
SECONDS_AT_MOST = 5

changes = st.lists(st.tuples(st.integers(0, 100_000), st.binary(max_size=12), st.integers(0, 12)), max_size=6)


def looks_through(name: str, content: bytes, *, keep_original: bool = False) -> Checked | str:
    """What comes of it: the file, or the code of a refusal. Anything else is a defect."""
    begun = monotonic()
    try:
        return look_through(Upload(name, content), keep_original=keep_original, limits=SMALL)
    except Refusal as refused:
        assert str(refused).endswith(".")
        return refused.code
    finally:
        assert monotonic() - begun < SECONDS_AT_MOST


def changed(content: bytes, edits: list[tuple[int, bytes, int]]) -> bytes:
    """The content with pieces put in place of others."""
    for place, piece, cut in edits:
        start = place % (len(content) + 1)
        content = content[:start] + piece + content[start + cut :]
    return content


def any_bytes(examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(NAMES), st.binary(max_size=600), st.booleans())
    def proof(name: str, content: bytes, keep: bool) -> None:
        looks_through(name, GOOD[name][:8] + content, keep_original=keep)
        looks_through(name, content)

    proof()


def mutated_files(examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(NAMES), changes, st.booleans())
    def proof(name: str, edits: list[tuple[int, bytes, int]], keep: bool) -> None:
        found = looks_through(name, changed(GOOD[name], edits), keep_original=keep)
        if isinstance(found, Checked):
            again = looks_through(f"x.{found.format}", found.content)
            assert isinstance(again, Checked), "what was taken is taken again"

    proof()


def any_name(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.text(max_size=300))
    def proof(name: str) -> None:
        found = looks_through(name, GOOD["letter.txt"])
        if isinstance(found, Checked):
            assert name.lower().endswith(".txt")
            assert not set(name) & set("/\\\x00\n\r\u202e")

    proof()


@pytest.mark.parametrize("proof", [any_bytes, mutated_files, any_name])
def test_hostile_bytes_are_taken_or_refused(proof: object) -> None:
    proof(120)  # type: ignore[operator]


@pytest.mark.long
@pytest.mark.parametrize("proof", [any_bytes, mutated_files, any_name])
def test_hostile_bytes_are_taken_or_refused_at_length(proof: object) -> None:
    proof(6_000)  # type: ignore[operator]
    print(f"{proof.__name__}: 6,000 files")  # type: ignore[attr-defined]
