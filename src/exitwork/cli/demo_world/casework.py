# SPDX-License-Identifier: CC0-1.0
"""The demo's cases. All people and all that is said of them are invented."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from exitwork.cases.actions import assign, open_case
from exitwork.cases.words import Basis, CaseKind, Function, Setting
from exitwork.contacts.actions import write_note
from exitwork.contacts.words import ContactKind, Layer

if TYPE_CHECKING:
    from exitwork.cli.demo_world.seeding import Network


def work(network: Network) -> None:
    """Open the cases and write what happened in them."""
    at = network.at - timedelta(days=120)
    asa = network.by("asa", at)
    case = open_case(
        programme=network.programmes["exit-sweden"],
        kind=CaseKind.EXIT,
        pseudonym="Heron",
        setting=Setting.OPEN,
        basis=Basis.VOLUNTARY,
        by=asa,
        at=at,
    )
    assign(case=case, account=network.accounts["per"], function=Function.DEPUTY, by=asa, at=at)
    for days, kind, minutes, text in (
        (118, ContactKind.PHONE, 20, "First call. He wants out and does not know to whom he can say so."),
        (
            110,
            ContactKind.INFORMAL,
            90,
            "Walk along the river. Talked about fishing, and a little about fear.",
        ),
        (3, ContactKind.CONVERSATION, 55, "Talked about the flat and who may know the address."),
    ):
        moment = network.at - timedelta(days=days)
        write_note(
            case=case,
            text=text,
            kind=kind,
            minutes=minutes,
            layer=Layer.RECORD,
            by=network.by("asa", moment),
            at=moment,
        )
