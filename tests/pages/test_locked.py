# SPDX-License-Identifier: AGPL-3.0-or-later
"""While everything is locked, pages say so, drafts are asked to wait, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from exitwork.contacts.models import Contact
from exitwork.vault import holder
from exitwork.vault.epoch import Epoch
from exitwork.vault.keeper import Keeper
from exitwork.vault.master import MasterKey, Ring
from tests.world import World


@pytest.fixture
def own_holder() -> Iterator[None]:
    """A keyholder for this test alone: a locked one is no use to the next."""
    with holder.using(Keeper(Ring((MasterKey.new(),)), Epoch(), grace=0)):
        yield


@pytest.mark.django_db
def test_a_locked_vault_answers_with_its_page_and_writes_nothing(own_holder: None, world: World) -> None:
    world.given_a_worker("Asa", of="Exit Oslo")
    case = world.given_a_case("Heron", managed_by="Asa")
    world.as_("Asa").writes("Said before the lock.", on="Heron")
    browser = world.as_("Asa").browser()
    holder.lock_everything()

    read = browser.get(f"/cases/{case.ref}/timeline/")
    draft = browser.post(f"/drafts/note/{case.ref}/", {"text": "Typed while locked"})
    note = browser.post(f"/cases/{case.ref}/notes/new/", {"text": "Sent while locked", "once": "t"})

    assert [read.status_code, draft.status_code, note.status_code] == [503, 503, 503]
    assert b"Said before" not in read.content
    assert Contact.objects.filter(case=case).count() == 1
