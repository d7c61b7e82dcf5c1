# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening an organisation and changing its settings.

* Only the program itself opens an organisation: on the machine of the installation, never from
  a page, so that no organisation stands above another.
* A stale save raises ``Stale``; the version it started from is kept and the page merges.
"""

from __future__ import annotations

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.references import new_reference
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale
from exitwork.organisations import rules
from exitwork.organisations.legal import profile_names
from exitwork.organisations.models import UNSET, Edition, Organisation
from exitwork.organisations.words.events import CHANGED, OPENED
from exitwork.organisations.words.kinds import Branch, Kind, Wording, branch_fits
from exitwork.vault.keys import KeyKind, KeyRef, create_key


def open_organisation(
    *,
    name: str,
    kind: Kind,
    branch: Branch,
    by: Standing,
    at: datetime,
    zone: str = "UTC",
    language: str = "en",
    legal_profile: str = UNSET,
    wording: Wording = Wording.CLIENT,
) -> Organisation:
    """Open an organisation, with the key that seals what belongs to no person and no case.

    :raises Refusal: if a rule says no, a setting is not known, the branch does not fit the kind,
        or the name is taken.
    """
    with recorded(OPENED, by=by, about=None, at=at) as entry:
        rules.may_open_organisation.decide(by, None, at).or_raise()
        if not branch_fits(kind, branch):
            raise refuse(_("An organisation of this kind cannot be of this branch."), "organisations.branch")
        if settings.INDEPENDENT and Kind(kind) is Kind.STATE:
            raise refuse(
                _("This installation is independent: it holds no organisation of the state."),
                "organisations.independent",
            )
        _check_settings(name, zone, language, legal_profile)
        _check_name(name.strip(), None)
        organisation = Organisation.objects.create(
            ref=new_reference(),
            kind=Kind(kind).value,
            branch=Branch(branch).value,
            name=name.strip(),
            zone=zone,
            language=language,
            legal_profile=legal_profile,
            wording=Wording(wording).value,
        )
        create_key(KeyRef(KeyKind.ORGANISATION, organisation.pk))
        entry.about(organisation)
        entry.note(kind=organisation.kind, branch=organisation.branch)
    return organisation


def change(
    *,
    organisation: Organisation,
    name: str,
    zone: str,
    language: str,
    legal_profile: str,
    wording: str,
    version: int,
    by: Standing,
    at: datetime,
) -> Organisation:
    """Change the settings of an organisation; the earlier version is kept.

    :raises Refusal: if a rule says no, a setting is not known, or the name is taken.
    :raises Stale: if somebody saved since ``version``.
    """
    with recorded(CHANGED, by=by, about=organisation, at=at) as entry:
        rules.may_change_organisation.decide(by, organisation, at).or_raise()
        now = Organisation.objects.get(pk=organisation.pk)
        if now.version != version:
            raise Stale(version=now.version, base=_settings_of(now, version), theirs=now.settings_now())
        _check_settings(name, zone, language, legal_profile)
        _check_name(name.strip(), now)
        before = now.settings_now()
        wanted = {
            "name": name.strip(),
            "zone": zone,
            "language": language,
            "legal_profile": legal_profile,
            "wording": Wording(wording).value,
        }
        Edition.objects.create(organisation=now, version=now.version, settings=before, until_at=at)
        for field, value in wanted.items():
            setattr(now, field, value)
        now.version += 1
        now.save(update_fields=[*wanted, "version"])
        entry.note(
            changed={
                field: [before[field], value] for field, value in wanted.items() if before[field] != value
            }
        )
    return now


def _settings_of(organisation: Organisation, version: int) -> dict[str, str]:
    kept = Edition.objects.filter(organisation=organisation, version=version).first()
    return {} if kept is None else dict(kept.settings)


def _check_settings(name: str, zone: str, language: str, legal_profile: str) -> None:
    if not name.strip():
        raise refuse(_("Give the organisation a name."), "organisations.name_missing")
    if zone not in zoneinfo.available_timezones():
        raise refuse(_("This time zone is not known. Write it as Europe/Oslo."), "organisations.zone")
    if language not in dict(settings.LANGUAGES):
        raise refuse(_("This language is not offered here."), "organisations.language")
    if legal_profile not in profile_names():
        raise refuse(_("There is no legal profile of this name."), "organisations.legal_profile")


def _check_name(name: str, own: Organisation | None) -> None:
    others = Organisation.objects.filter(name=name)
    if own is not None:
        others = others.exclude(pk=own.pk)
    if others.exists():
        # Names of organisations are no secret here: every tenant may be named as a partner.
        raise refuse(_("An organisation of this name exists already."), "organisations.name_taken")
