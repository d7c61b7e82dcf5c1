# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack is read whole or not at all, and every fault is named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exitwork.kernel.decisions import Refused
from exitwork.programmes.packs.lines import Lines
from exitwork.programmes.packs.pack import DESCRIBED, Rhythm, Unit
from exitwork.programmes.packs.reading import FaultyPack, check, read, read_bytes
from exitwork.programmes.packs.shelf import FOLDER, shipped
from exitwork.programmes.words import NeedArea, Participation, TeamRule
from tests.programmes.packs import A_PACK, changed

SHIPPED = sorted(FOLDER.glob("*.toml"))


def faults_of(text: str) -> list[str]:
    with pytest.raises(FaultyPack) as fault:
        read(text)
    return fault.value.lines("exit-nord.toml")


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_pack_is_sound(path: Path) -> None:
    assert check(path) == []
    assert read_bytes(path.read_bytes()).key == path.stem


def test_the_shelf_holds_every_shipped_pack() -> None:
    assert set(shipped()) == {path.stem for path in SHIPPED}
    assert {"pairs", "vpn-prison", "exit-sweden", "hayat"} <= set(shipped())
    assert len(shipped()) == 38


def test_no_shipped_pack_claims_to_be_reviewed() -> None:
    assert [pack.key for pack in shipped().values() if pack.is_reviewed] == []


def test_every_shipped_pack_says_whose_its_phases_and_its_words_are() -> None:
    for pack in shipped().values():
        assert pack.is_proposed("phases")
        assert pack.wording is not None
        assert pack.is_proposed("wording") or "wording" in pack.sources


def test_what_little_is_known_of_a_programme_is_all_its_pack_says() -> None:
    # requirements.md A 5c: neither host nor anything else of Kick-off and PraRaDEx but their type.
    for key in ("kick-off", "praradex"):
        pack = shipped()[key]
        assert pack.hosts == ()
        assert [kind.value for kind in pack.types] == ["C"]
        assert pack.missing_public_fields == ("aims", "audience", "services")


def test_the_year_exit_norway_began_is_kept_as_both_sources_say_it() -> None:
    [conflict] = shipped()["exit-norway"].conflicts

    assert [(reading.value, reading.source) for reading in conflict.values] == [
        ("1997", "S1 L206"),
        ("1996", "S2"),
    ]


def test_a_social_net_conference_is_followed_up_after_six_months() -> None:
    follow_up = shipped()["neustart-social-net"].meetings[1]

    assert follow_up.after == Rhythm(6, Unit.MONTH)


def test_pairs_has_its_three_pillars_its_hours_and_its_reports() -> None:
    pairs = shipped()["pairs"]

    assert [pillar.key for pillar in pairs.pillars] == ["social", "psychological", "religious-mediation"]
    assert pairs.area_of("social") == (NeedArea.FUNCTIONAL, NeedArea.SOCIAL)
    assert pairs.area_of("sport") == ()
    assert pairs.dosage is not None
    assert (pairs.dosage.hours_per_week, pairs.dosage.weeks_at_most) == (20, 78)
    assert [report.every for report in pairs.reports] == [Rhythm(3, Unit.MONTH)]
    assert [meeting.every for meeting in pairs.meetings] == [Rhythm(1, Unit.MONTH)]
    assert pairs.sites == ("Paris", "Marseille", "Lyon", "Lille")


def test_what_sources_say_differently_of_pairs_is_kept_with_both_sources() -> None:
    disputed = {conflict.field: conflict for conflict in shipped()["pairs"].conflicts}

    assert {"pillars", "target_groups", "dosage"} <= set(disputed)
    assert [reading.source for reading in disputed["pillars"].values] == ["S1 L371-372", "S1 L633-634"]


def test_the_hours_of_each_pillar_of_pairs_are_unknown_not_guessed() -> None:
    pairs = shipped()["pairs"]

    assert pairs.is_unknown("pillars.hours_per_week")
    assert all(pillar.hours_per_week is None for pillar in pairs.pillars)


def test_the_prison_programmes_taper_after_6_to_12_months_and_stay_available() -> None:
    taper = shipped()["vpn-prison"].taper

    assert taper is not None
    assert (taper.high_months_at_least, taper.high_months_at_most) == (6, 12)
    assert taper.stays_available
    assert taper.steps[-1].every is None


def test_the_prison_programmes_lead_across_the_gate_without_leaving_the_case() -> None:
    phases = shipped()["vpn-prison"].phases

    for here, there in [
        ("work", "release-preparation"),
        ("release-preparation", "transition"),
        ("transition", "taper"),
    ]:
        assert phases.may_follow(here, there)
    assert phases.may_follow("available", "transition")


def test_exit_sweden_works_in_tandem_with_a_former() -> None:
    team = shipped()["exit-sweden"].team

    assert team is not None
    assert team.rule is TeamRule.TANDEM
    assert team.formers


def test_the_word_for_the_person_follows_the_basis() -> None:
    wording = shipped()["vpn-prison"].wording

    assert wording is not None
    assert wording.of(Participation.VOLUNTARY) == "client"
    assert wording.of(Participation.PROBATION_CONDITION) == "participant"


def test_a_refused_move_speaks_in_the_labels_of_the_pack() -> None:
    refused = shipped()["hayat"].phases.may_follow("clearing", "joint-evaluation")

    assert isinstance(refused, Refused)
    assert refused.reason == (
        "“Closure and joint evaluation” can't follow “First contact and clearing”. "
        "From here the case can go to: “Counselling”, “Closed”."
    )


def test_a_pack_of_ones_own_is_read() -> None:
    pack = read(A_PACK)

    assert pack.name == "Exit Nord"
    assert [phase.key for phase in pack.phases] == ["contact", "work", "closed"]
    assert pack.text == A_PACK
    assert pack.digest == read(A_PACK).digest


def test_a_word_of_ones_own_counts_under_a_common_one() -> None:
    pack = read(A_PACK)

    assert pack.label("ideologies", "order-nine") == "Order Nine"
    assert pack.common("ideologies", "order-nine") == "mixed"
    assert str(pack.label("ideologies", "right-wing")) == "Right-wing"
    assert pack.common("ideologies", "right-wing") == "right-wing"


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        (
            'kind = "exit"',
            'kind = "exits"',
            'kind = "exits"',
            "“exits” is not known here. Did you mean “exit”?",
        ),
        (
            '"left-wing",',
            '"left-wings",',
            '"left-wings",',
            "“left-wings” is not known here. Did you mean “left-wing”?",
        ),
        (
            "version = 1\nname",
            'version = "one"\nname',
            'version = "one"',
            "“version” must be a whole number.",
        ),
        ("version = 1\nname", "version = 0\nname", "version = 0", "“version” must lie between 1 and 10000."),
        (
            'countries = ["NO"]',
            'countries = ["Norway"]',
            'countries = ["N',
            "“Norway” is no country code such as “DE”.",
        ),
        (
            'every = "3 months"',
            'every = "bimonthly"',
            'every = "b',
            '“bimonthly” is no rhythm; write "2 weeks" or "3 months".',
        ),
        (
            'name = "Exit Nord"',
            'nam = "Exit Nord"',
            'nam = "E',
            "“nam” is not known here. Did you mean “name”?",
        ),
        ('aims = "To', 'aims = ""\n#', 'aims = ""', "“aims” is empty."),
        ("began = 2020", "began = true", "began = true", "“began” must be a whole number."),
        (
            'then = ["work", "closed"]',
            'then = ["wrok", "closed"]',
            'then = ["wrok"',
            "“wrok” is not known here. Did you mean “work”?",
        ),
        (
            'key = "work"',
            'key = "contact"',
            'key = "contact"\nlabel = "W',
            "The phase “contact” is said twice.",
        ),
        (
            'then = ["work", "closed"]',
            'then = ["closed"]',
            '[[phases]]\nkey = "work"',
            "Nothing leads to the phase “work”.",
        ),
        (
            'key = "work"',
            'key = "Work it"',
            'key = "Work it"',
            "“Work it” must be lower-case letters, digits and hyphens.",
        ),
        (
            'hosts = ["S1 L214"]',
            'hosts = ["page 3"]',
            'hosts = ["page',
            "“page 3” is no source; write “S1 L331-335”, “S1 fn 84” or “outside: …”.",
        ),
        ('"taper",\n]', '"tapir",\n]', '"tapir"', "“tapir” is not known here. Did you mean “taper”?"),
        (
            'under = "mixed"',
            'under = "mixd"',
            'under = "mixd"',
            "“mixd” is not known here. Did you mean “mixed”?",
        ),
        (
            'areas = ["social"]',
            'areas = ["social", "social"]',
            'areas = ["social", "s',
            "“social” is said twice.",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(old: str, new: str, at: str, sentence: str) -> None:
    text = changed(old, new)

    assert f"exit-nord.toml:{line_of(text, at)}: {sentence}" in faults_of(text)


def test_a_value_without_origin_is_a_fault() -> None:
    text = changed('hosts = ["S1 L214"]\n', "")

    assert faults_of(text) == [
        f"exit-nord.toml:{line_of(text, 'hosts =')}: “hosts” does not say where it comes from: "
        "name it in [sources] or in “proposed”."
    ]


def test_a_field_that_is_neither_said_nor_called_unknown_is_a_fault() -> None:
    text = changed('  "taper",\n', "")

    assert faults_of(text) == [
        f"exit-nord.toml:{line_of(text, 'unknown = [')}: “taper” is missing; "
        "if the sources don't say it, name it in “unknown”."
    ]


def test_a_field_cannot_be_said_and_unknown_at_once() -> None:
    text = changed('"taper",\n]', '"taper", "hosts",\n]')

    assert faults_of(text) == [
        f"exit-nord.toml:{line_of(text, 'hosts =')}: “hosts” is said here and called unknown below."
    ]


def test_an_origin_without_a_value_is_a_fault() -> None:
    text = changed('hosts = ["S1 L214"]', 'hosts = ["S1 L214"]\nbegan = ["S1 L214"]').replace(
        "began = 2020\n", ""
    )

    assert (
        f"exit-nord.toml:{line_of(text, 'began = [')}: “began” has an origin here but no value."
        in faults_of(text)
    )


def test_a_conflict_needs_two_values() -> None:
    text = A_PACK + '\n[[conflicts]]\nfield = "began"\nvalues = [{ value = "2020", source = "S1 L1" }]\n'

    assert faults_of(text) == [
        f"exit-nord.toml:{line_of(text, 'values = [{')}: "
        "A conflict needs at least two values, each with its source."
    ]


def test_several_faults_are_named_at_once_in_the_order_of_lines() -> None:
    text = (
        changed('kind = "exit"', 'kind = "exits"')
        .replace('"NO"', '"Norway"')
        .replace('"3 months"', '"often"')
    )

    numbers = [int(fault.split(":")[1]) for fault in faults_of(text)]

    assert len(numbers) == 3
    assert numbers == sorted(numbers)


def test_broken_toml_is_named_with_its_line() -> None:
    text = changed('kind = "exit"', 'kind = "exit')

    [fault] = faults_of(text)

    assert fault.startswith(f"exit-nord.toml:{line_of(text, 'kind =')}: This is not valid TOML:")


def test_another_format_is_not_guessed_at() -> None:
    assert faults_of(changed("format = 1", "format = 2")) == [
        f"exit-nord.toml:{line_of(A_PACK, 'format')}: This program reads packs of format 1."
    ]


def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(b'format = 1\nname = "\xff"\n')

    assert check(path) == [f"{path}:2: The file is not UTF-8."]
    missing = tmp_path / "missing.toml"
    assert check(missing) == [f"{missing}:1: The file can't be read: No such file or directory."]


def test_a_file_of_another_system_is_read_too() -> None:
    assert read_bytes(b"\xef\xbb\xbf" + A_PACK.replace("\n", "\r\n").encode()) == read(A_PACK)


def test_an_endless_file_is_refused() -> None:
    assert faults_of("#" * 200_001) == ["exit-nord.toml:1: The file is too long for a pack."]


def test_every_described_field_can_be_left_unknown() -> None:
    # A host and a target group may be all that is known of a system (requirements.md A 5c).
    names = ", ".join(f'"{name}"' for name in DESCRIBED if name != "phases")
    text = (
        'format = 1\nkey = "little-known"\nversion = 1\nname = "Little known"\nkind = "exit"\n'
        f"unknown = [{names}]\n"
        'proposed = ["phases"]\n[[phases]]\nkey = "contact"\nlabel = "Contact"\n'
    )

    assert read(text).missing_public_fields == ("aims", "audience", "services")


def test_no_cut_or_garbled_file_does_more_than_name_faults() -> None:
    for cut in range(0, len(A_PACK), 37):
        for text in (A_PACK[:cut], A_PACK[:cut] + "]\n" + A_PACK[cut:], A_PACK[cut:]):
            try:
                read(text)
            except FaultyPack as fault:
                assert fault.faults
                assert all(1 <= found.line <= text.count("\n") + 1 for found in fault.faults)


def test_places_are_found_in_lists_and_tables() -> None:
    lines = Lines(
        'a = [\n  "x", # "not, this"\n  "y",\n]\n[[t]]\nb = """\nc = 1\n"""\nd = 2\n'
        "[[t]]\nb = [{ e = 1 },\n { e = 2 }]\n"
    )

    assert lines.of(("a", 0)) == 2
    assert lines.of(("a", 1)) == 3
    assert lines.of(("t", 0, "d")) == 9
    assert lines.of(("t", 0, "c")) == 5
    assert lines.of(("t", 1, "b", 1, "e")) == 12
    assert lines.of(("t", 1)) == 10
    assert lines.of(("nowhere",)) == 1


def test_the_sources_of_shipped_packs_are_lines_of_documents() -> None:
    cited = [source for pack in shipped().values() for found in pack.sources.values() for source in found]

    assert len(cited) > 50
    assert all(re.match(r"S[0-4]\b|outside: ", source) for source in cited)
