# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``serve`` refuses before anything is reachable."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from exitwork.cli.sentences import WrongInput
from exitwork.cli.serve import address, is_this_machine, refuse_taken_port, refuse_unsafe


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("[::]", False),
        ("localhost.example.org", False),
    ],
)
def test_this_machine_is_told_from_others(host: str, *, is_here: bool) -> None:
    assert is_this_machine(host) is is_here


@pytest.mark.parametrize("reach", ["machine", "proxy"])
def test_plain_http_beyond_this_machine_is_refused(
    installation: Path, monkeypatch: pytest.MonkeyPatch, reach: str
) -> None:
    monkeypatch.setenv("EXITWORK_LISTEN", "0.0.0.0")
    monkeypatch.setenv("EXITWORK_REACH", reach)

    with pytest.raises(WrongInput, match="everyone on the way could read along"):
        refuse_unsafe()


def test_an_office_without_a_certificate_is_refused(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXITWORK_REACH", "office")
    monkeypatch.setenv("EXITWORK_LISTEN", "0.0.0.0")

    with pytest.raises(WrongInput, match="certificate is missing"):
        refuse_unsafe()


def test_a_demo_is_served_to_this_machine_only(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXITWORK_DEMO", "yes")
    monkeypatch.setenv("EXITWORK_REACH", "office")
    monkeypatch.setenv("EXITWORK_LISTEN", "0.0.0.0")

    with pytest.raises(WrongInput, match="demo"):
        refuse_unsafe()


def test_only_a_demo_may_do_without_a_second_factor(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXITWORK_SECOND_FACTOR", "offered")
    with pytest.raises(WrongInput, match="second factor"):
        refuse_unsafe()

    monkeypatch.setenv("EXITWORK_DEMO", "yes")
    refuse_unsafe()


def test_this_machine_needs_nothing_more(installation: Path) -> None:
    refuse_unsafe()


@pytest.mark.enable_socket
def test_a_port_in_use_is_told(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("EXITWORK_PORT", str(taken.getsockname()[1]))

        with pytest.raises(WrongInput, match="can't be used"):
            refuse_taken_port()


def test_passkeys_need_a_name_so_this_machine_is_called_localhost(installation: Path) -> None:
    assert address() == "http://localhost:8700/"
