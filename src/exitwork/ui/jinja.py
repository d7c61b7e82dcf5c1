# SPDX-License-Identifier: AGPL-3.0-or-later
"""The template environment: what every page of every room can say.

* One loader over every room's ``templates/`` folder; the accessible form controls of the package
  ``govuk-frontend-jinja`` stand under their own prefix and get our stylesheet only.
* An unknown name in a page is an error (``StrictUndefined``), never an empty place.
* Everything is escaped; the package's macros, which test for absent parameters, run in a lenient
  environment of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)

from exitwork.ui import fields, formats, writing

CONTROLS = "govuk_frontend_jinja"


class Pages(Environment):
    """Our strict environment; the package's control macros come from a lenient one beside it."""

    controls: Environment

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A page by name; control macros by ``govuk_frontend_jinja/components/...``."""
        if isinstance(name, str) and name.startswith(f"{CONTROLS}/"):
            return self.controls.get_template(name)
        return super().get_template(name, parent, globals)


def template_folders() -> list[Path]:
    """The ``templates/`` folder of every room that has one, bottom room first."""
    rooms = (
        Path(room.path) / "templates" for room in apps.get_app_configs() if room.name.startswith("exitwork.")
    )
    return [folder for folder in rooms if folder.is_dir()]


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page, by Django's name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def maybe_url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page, or nothing where this installation does not have that page."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def flashes(request: HttpRequest | None) -> list[Any]:
    """What the last action said; shown once and left standing until the next page."""
    return list(messages.get_messages(request)) if request is not None else []


def languages() -> list[tuple[str, str]]:
    """The languages offered, each in its own name."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for."""
    controls_loader: Mapping[str, BaseLoader] = {CONTROLS: PackageLoader(CONTROLS)}
    options["trim_blocks"] = options["lstrip_blocks"] = True
    lenient = {**options, "autoescape": True, "auto_reload": False, "undefined": ChainableUndefined}
    lenient["loader"] = PrefixLoader(controls_loader)
    options["loader"] = FileSystemLoader(template_folders())
    options["undefined"] = StrictUndefined
    options["extensions"] = [*options.get("extensions", []), "jinja2.ext.i18n", "jinja2.ext.do"]
    env = Pages(**options)
    env.controls = Environment(**lenient)  # noqa: S701 (autoescape is set above)
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.filters.update(
        moment=formats.moment,
        day=formats.day,
        clock=formats.clock,
        minutes=formats.minutes,
        number=formats.number,
        isolate=formats.isolate,
        commas=formats.commas,
        reference=formats.reference,
        anchor=formats.anchor,
        by_day=formats.by_day,
        written=writing.written,
    )
    env.globals.update(
        url=url,
        maybe_url=maybe_url,
        static=static,
        flashes=flashes,
        control=fields.control,
        problems=fields.problems,
        direction=formats.direction,
        language=lambda: translation.get_language() or "en",
        languages=languages,
        is_demo=lambda: bool(getattr(settings, "DEMO", False)),
    )
    return env
