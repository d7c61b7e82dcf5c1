# SPDX-License-Identifier: AGPL-3.0-or-later
"""``/healthz`` and ``/readyz``: words for a probe, nothing for a stranger."""

from __future__ import annotations

from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from exitwork.upkeep import duties, health

Usage = namedtuple("Usage", "total used free")


def said(client: Client) -> dict[str, str]:
    """What /readyz says of each part."""
    text = client.get("/readyz").content.decode()
    return dict(line.split(": ") for line in text.splitlines())


def test_live_looks_at_nothing(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"live\n")
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.both_databases
def test_ready_when_the_worker_is_at_it(client: Client) -> None:
    duties.beat(datetime.now(tz=UTC))

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert said(client) == {
        "database": "ready",
        "worker": "ready",
        "disk": "ready",
        "vault": "ready",
        "mail": "not set up",
    }
    assert not answer.cookies


@pytest.mark.django_db
def test_not_ready_without_a_worker(client: Client) -> None:
    duties.beat(datetime.now(tz=UTC) - timedelta(minutes=5))

    assert client.get("/readyz").status_code == 503
    assert said(client)["worker"] == "not ready"


@pytest.mark.django_db
def test_not_ready_on_a_full_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 1000))

    assert client.get("/readyz").status_code == 503
    assert said(client)["disk"] == "not ready"


@pytest.mark.django_db
def test_mail_that_is_not_set_up_is_no_fault(at: datetime) -> None:
    mail = next(part for part in health.parts(at) if part.name == "mail")

    assert not mail.is_well
    assert not mail.is_needed


@pytest.mark.django_db
def test_there_is_no_certificate_to_fetch_outside_the_office(client: Client) -> None:
    assert client.get("/authority.crt").status_code == 404
