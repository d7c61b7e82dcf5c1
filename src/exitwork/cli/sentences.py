# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the command line says when something is wrong, and how it starts Django."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from exitwork.settings.options import WrongOption, home


class WrongInput(Exception):
    """What was typed can't be done. The text is a sentence for the person who typed it."""


def start_django() -> None:
    """Load settings and rooms.

    :raises WrongInput: if the settings can't be used.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exitwork.settings.site")
    try:
        django.setup()
    except WrongOption:
        raise
    except ImproperlyConfigured as wrong:
        raise WrongInput(f"The settings can't be used: {wrong}") from None


def needs_installation() -> None:
    """Refuse to go on in a folder in which nothing was set up.

    :raises WrongInput: naming the folder and the command that sets it up.
    """
    if not (home() / "secret_key").exists():
        raise WrongInput(
            f"There is no installation in {home()}. Set one up with 'exitwork init', or try the program "
            "with 'exitwork demo'. Another folder is chosen with the environment variable EXITWORK_HOME."
        )


def now() -> datetime:
    """The present moment, taken once per command and passed on."""
    return datetime.now(tz=UTC)
