# SPDX-License-Identifier: AGPL-3.0-or-later
"""The office's certificate authority vouches for the office's names, and for nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from exitwork.cli import certificates
from exitwork.cli.sentences import WrongInput

AT = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
HOSTS = ["exit.local", "192.168.1.20"]


def loaded() -> tuple[x509.Certificate, x509.Certificate]:
    authority = x509.load_der_x509_certificate(certificates.authority_path().read_bytes())
    server = x509.load_pem_x509_certificate((certificates.folder() / "server.pem").read_bytes())
    return authority, server


def test_a_device_that_believes_the_authority_believes_the_server(installation: Path) -> None:
    certificates.make(HOSTS, AT)
    authority, server = loaded()

    policy = PolicyBuilder().store(Store([authority])).time(AT)
    policy.build_server_verifier(x509.DNSName("exit.local")).verify(server, [])
    with pytest.raises(VerificationError):
        policy.build_server_verifier(x509.DNSName("bank.example.org")).verify(server, [])


def test_the_authority_names_what_it_may_vouch_for(installation: Path) -> None:
    certificates.make(["exit.local"], AT)
    authority, _ = loaded()

    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert permitted.critical
    kinds = {type(name) for name in permitted.value.permitted_subtrees or []}
    assert kinds == {x509.DNSName, x509.IPAddress}, "a kind that is not listed would be free"


def test_keys_are_readable_by_their_owner_only(installation: Path) -> None:
    certificates.make(HOSTS, AT)

    for name in ("authority.key", "server.key"):
        assert (certificates.folder() / name).stat().st_mode & 0o077 == 0


def test_the_server_certificate_is_renewed_before_its_end_and_devices_need_nothing(
    installation: Path,
) -> None:
    certificates.make(HOSTS, AT)
    authority_before, server_before = loaded()

    assert not certificates.renew_if_due(HOSTS, AT + timedelta(days=300))
    assert certificates.renew_if_due(HOSTS, AT + timedelta(days=330))

    authority_after, server_after = loaded()
    assert authority_after == authority_before
    assert server_after != server_before
    assert certificates.days_left(AT + timedelta(days=330)) == 365


def test_a_name_the_authority_may_not_vouch_for_is_told(installation: Path) -> None:
    certificates.make(HOSTS, AT)

    with pytest.raises(WrongInput, match=r"may not vouch for new\.local"):
        certificates.make([*HOSTS, "new.local"], AT)


def test_the_printed_page_shows_the_fingerprint_and_nothing_of_the_work(installation: Path) -> None:
    certificates.make(HOSTS, AT)

    page = certificates.write_page("https://exit.local:8443/").read_text("utf-8")

    assert certificates.fingerprint() in page
    assert "https://exit.local:8443/authority.crt" in page
    words = page.replace("https://exit.local", "").lower()
    assert not any(word in words for word in ("exit", "extrem", "client", "case "))
