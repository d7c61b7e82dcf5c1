# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing that tells who someone is, where he is or what was written reaches the log."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

import exitwork
from exitwork.settings.logs import REMOVED, scrubbed

SAY = """
import logging, structlog
from exitwork.settings.logs import configure
configure("debug")
log = structlog.get_logger("exitwork.test")
log.info("cases.case.opened", reference="ab12", name="Jonas Berg", text="He told me about fishing")
log.info("asked from 10.1.2.3 by jonas@example.org")
try:
    raise ValueError("Key (email)=(jonas@example.org) already exists.")
except ValueError:
    log.error("page.failed", reference="ab12", exc_info=True)
    logging.getLogger("django.db").exception("%s failed for %s", "INSERT", "Jonas Berg")
logging.getLogger("django.request").error("Not Found: %s", "/cases/7F3K2-M/")
logging.getLogger("library").warning("%s - GET %s", "192.168.1.7", "/cases/7F3K2-M/")
"""


@pytest.fixture(scope="module")
def lines() -> list[dict[str, object]]:
    """What a process of its own logged."""
    done = subprocess.run(
        [sys.executable, "-c", SAY],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(exitwork.__file__).parents[1])},
    )
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_no_name_no_address_no_text_no_page_is_logged(lines: list[dict[str, object]]) -> None:
    text = json.dumps(lines)

    for personal in ("Jonas", "fishing", "10.1.2.3", "192.168", "example.org", "7F3K2", "already exists"):
        assert personal not in text


def test_what_is_needed_to_find_a_fault_is_logged(lines: list[dict[str, object]]) -> None:
    failed = next(line for line in lines if line["event"] == "page.failed")

    assert failed["reference"] == "ab12"
    assert failed["failed"] == "ValueError"
    assert failed["places"]
    assert failed["level"] == "error"


def test_a_library_speaks_in_its_template_only(lines: list[dict[str, object]]) -> None:
    assert "%s - GET %s" in [line["event"] for line in lines]
    assert "%s failed for %s" in [line["event"] for line in lines]


@pytest.mark.parametrize(
    "personal",
    [
        "10.20.30.40",
        "2001:db8::1",
        "asa@example.org",
        "+46 70 123 45 67",
        "6f1b2c3d4e5f60718293a4b5c6d7e8f9",
        "asked /cases/7F3K2-M/?note=1",
    ],
)
def test_what_slipped_into_a_sentence_is_taken_out(personal: str) -> None:
    assert REMOVED in scrubbed(f"seen {personal} today")
    assert personal not in scrubbed(f"seen {personal} today")


def test_the_server_writes_no_access_log() -> None:
    assert logging.getLogger("granian.access").handlers == []
