# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way through a programme: what may follow what, said in sentences and drawn."""

from __future__ import annotations

import pytest

from exitwork.kernel.phases import FaultyPhases, Phase, Phases, Reached

CONTACT = Phase("contact", "Contact")
WORK = Phase("work", "Work")
RELEASE = Phase("release-preparation", "Release preparation")
CLOSED = Phase("closed", "Closed")


def the_way(**changes: object) -> Phases:
    parts: dict[str, object] = {
        "phases": (CONTACT, WORK, RELEASE, CLOSED),
        "moves": frozenset(
            {
                ("contact", "work"),
                ("work", "release-preparation"),
                ("release-preparation", "work"),
                ("work", "closed"),
                ("release-preparation", "closed"),
            }
        ),
    }
    return Phases(**{**parts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("here", "there", "code"),
    [
        ("contact", "work", ""),
        ("release-preparation", "work", ""),
        ("contact", "closed", "phases.not_next"),
        ("work", "work", "phases.same"),
        ("closed", "work", "phases.ended"),
        ("work", "taper", "phases.unknown"),
        ("taper", "work", "phases.unknown"),
    ],
)
def test_what_may_follow_what(here: str, there: str, code: str) -> None:
    decision = the_way().may_follow(here, there)

    assert bool(decision) is (code == "")
    assert getattr(decision, "code", "") == code


def test_a_refused_move_names_where_one_may_go_instead() -> None:
    refused = the_way().may_follow("work", "contact")

    assert not refused
    assert refused.reason == (
        "“Contact” can't follow “Work”. From here the case can go to: “Release preparation”, “Closed”."
    )


def test_a_case_begins_where_the_way_begins() -> None:
    way = the_way()

    assert way.may_begin("contact")
    refused = way.may_begin("work")
    assert not refused
    assert refused.reason == "A case can't begin with “Work”. It begins with: “Contact”."


def test_a_way_may_begin_at_several_phases() -> None:
    assert the_way(begins=("contact", "work")).may_begin("work")


def test_the_tracker_shows_what_was_passed_skipped_and_lies_ahead() -> None:
    steps = the_way().tracker("release-preparation", passed=["contact"])

    assert [(step.number, step.phase.key, step.reached) for step in steps] == [
        (1, "contact", Reached.PASSED),
        (2, "work", Reached.SKIPPED),
        (3, "release-preparation", Reached.HERE),
        (4, "closed", Reached.AHEAD),
    ]
    assert [step.phase.key for step in steps if step.may_be_next] == ["work", "closed"]


def test_before_the_first_contact_the_whole_way_lies_ahead() -> None:
    steps = the_way().tracker()

    assert {step.reached for step in steps} == {Reached.AHEAD}
    assert [step.phase.key for step in steps if step.may_be_next] == ["contact"]


def test_the_way_draws_itself() -> None:
    assert the_way().mermaid() == (
        "stateDiagram-v2\n"
        '    state "Contact" as contact\n'
        '    state "Work" as work\n'
        '    state "Release preparation" as release_preparation\n'
        '    state "Closed" as closed\n'
        "    [*] --> contact\n"
        "    contact --> work\n"
        "    work --> release_preparation\n"
        "    work --> closed\n"
        "    release_preparation --> work\n"
        "    release_preparation --> closed\n"
        "    closed --> [*]\n"
    )


def test_a_label_with_quotes_does_not_break_the_drawing() -> None:
    way = Phases((Phase("taper", 'So-called\n"taper"'),), frozenset())

    assert 'state "So-called #quot;taper#quot;" as taper' in way.mermaid()


def test_every_fault_of_a_broken_way_is_named_at_once() -> None:
    with pytest.raises(FaultyPhases) as fault:
        Phases(
            (CONTACT, WORK, WORK, Phase("Big Key", "Big"), CLOSED),
            frozenset({("contact", "work"), ("work", "taper"), ("work", "work")}),
            begins=("contact", "arrival"),
        )

    assert fault.value.faults == (
        "The phase “work” is said twice.",
        "“Big Key” is no key for a phase: use lower-case letters, digits and hyphens.",
        "The move work -> taper names no phase “taper”.",
        "The move work -> work goes nowhere.",
        "No phase “arrival” to begin with.",
        "Nothing leads to the phase “Big Key”.",
        "Nothing leads to the phase “closed”.",
    )


def test_a_way_without_phases_is_none() -> None:
    with pytest.raises(FaultyPhases):
        Phases((), frozenset())


def test_a_phase_is_found_by_its_key() -> None:
    assert the_way()["work"] is WORK
    assert "work" in the_way()
    with pytest.raises(KeyError):
        the_way()["taper"]
