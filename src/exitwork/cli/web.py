# SPDX-License-Identifier: AGPL-3.0-or-later
"""The web processes: granian serving pages, without an access log.

* No address of a visitor and no page asked for is written anywhere.
"""

from __future__ import annotations

from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from exitwork.cli.supervisor import end_with_parent
from exitwork.settings.options import home, number, text


def certificate() -> tuple[Path, Path] | None:
    """The office certificate and its key, or None when plain HTTP is spoken to this machine or a proxy."""
    folder = home() / "certificates"
    return (folder / "server.pem", folder / "server.key") if text("reach") == "office" else None


def main() -> None:
    """Serve until told to stop."""
    end_with_parent()
    pair = certificate()
    Server(
        "exitwork.wsgi:application",
        address=text("listen").strip("[]"),
        port=number("port"),
        interface=Interfaces.WSGI,
        workers=number("web_processes"),
        blocking_threads=number("web_threads"),
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        ssl_cert=pair[0] if pair else None,
        ssl_key=pair[1] if pair else None,
    ).serve()


if __name__ == "__main__":
    main()
