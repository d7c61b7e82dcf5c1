# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting, changing and ending a programme, and adopting a new version of its pack.

* A programme starts only under a pack that says its aims, audience and services (R13).
* A project has an end (S1 L422). An end is a day, and may be set ahead: the wind-down needs time.
* A new version of a pack keeps every phase of the old one: cases may stand in any of them.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from exitwork.journal.recording import recorded
from exitwork.kernel.decisions import refuse
from exitwork.kernel.standing import Standing
from exitwork.kernel.versions import Stale
from exitwork.organisations.models import Organisation
from exitwork.programmes import rules
from exitwork.programmes.models import Adoption, Edition, Programme
from exitwork.programmes.packs.described import LABELS
from exitwork.programmes.packs.pack import Pack
from exitwork.programmes.words import (
    PACK_ADOPTED,
    PROGRAMME_CHANGED,
    PROGRAMME_ENDED,
    PROGRAMME_STARTED,
    Form,
)


def start_programme(
    *,
    organisation: Organisation,
    pack: Pack,
    starts: date,
    by: Standing,
    at: datetime,
    ends: date | None = None,
    name: str = "",
    form: Form | None = None,
) -> Programme:
    """Start a programme of an organisation under a pack; its name is the pack's when none is given.

    :raises Refusal: if a rule says no, the pack lacks its public fields, it is not said whether it
        is a programme or a project, the days don't fit, or the name is taken.
    """
    chosen = form or pack.form
    programme = Programme(
        organisation=organisation,
        name=name.strip() or pack.name,
        form=chosen.value if chosen else "",
        starts=starts,
        ends=ends,
        pack_key=pack.key,
        pack_version=pack.version,
        pack_text=pack.text,
    )
    with recorded(PROGRAMME_STARTED, by=by, about=None, at=at) as entry:
        rules.may_start_programme.decide(by, programme, at).or_raise()
        _check_pack(pack)
        if chosen is None:
            raise refuse(_("Say whether it is a programme or a project."), "programmes.form_missing")
        _check_days(chosen, starts, ends)
        _check_name(programme)
        programme.save(force_insert=True)
        _keep(programme, at)
        entry.about(programme)
        entry.note(pack=pack.key, version=pack.version, digest=pack.digest)
    return programme


def change_programme(
    *,
    programme: Programme,
    name: str,
    starts: date,
    ends: date | None,
    version: int,
    by: Standing,
    at: datetime,
) -> Programme:
    """Change the name and the days of a programme.

    :raises Refusal: if a rule says no, the days don't fit, or the name is empty or taken.
    :raises Stale: if somebody saved since ``version``.
    """
    with recorded(PROGRAMME_CHANGED, by=by, about=programme, at=at) as entry:
        now = _current(programme)
        rules.may_change_programme.decide(by, now, at).or_raise()
        before = now.settings_now()
        if now.version != version:
            raise Stale(version=now.version, base=_settings_of(now, version), theirs=before)
        _check_days(Form(now.form), starts, ends)
        Edition.objects.create(
            organisation_id=now.organisation_id,
            programme=now,
            version=now.version,
            settings=now.kept(),
            until_at=at,
        )
        now.name, now.starts, now.ends, now.version = name.strip(), starts, ends, now.version + 1
        _check_name(now)
        now.save(update_fields=["name", "starts", "ends", "version"])
        entry.note(before=_written(before), after=_written(now.settings_now()))
    return now


def end_programme(*, programme: Programme, ends: date, by: Standing, at: datetime) -> Programme:
    """Set the last day of a programme.

    :raises Refusal: if a rule says no, or the day lies before the start.
    """
    with recorded(PROGRAMME_ENDED, by=by, about=programme, at=at) as entry:
        now = _current(programme)
        rules.may_change_programme.decide(by, now, at).or_raise()
        _check_days(Form(now.form), now.starts, ends)
        entry.note(before=now.ends.isoformat() if now.ends else None, ends=ends.isoformat())
        Edition.objects.create(
            organisation_id=now.organisation_id,
            programme=now,
            version=now.version,
            settings=now.kept(),
            until_at=at,
        )
        now.ends, now.version = ends, now.version + 1
        now.save(update_fields=["ends", "version"])
    return now


def adopt_new_pack_version(*, programme: Programme, pack: Pack, by: Standing, at: datetime) -> Programme:
    """Let a programme go on under a newer version of its pack; the earlier one is kept.

    :raises Refusal: if a rule says no, it is another pack or no newer version, it lacks its public
        fields, or a phase of the present version.
    """
    with recorded(PACK_ADOPTED, by=by, about=programme, at=at) as entry:
        now = _current(programme)
        rules.may_change_programme.decide(by, now, at).or_raise()
        _check_pack(pack)
        _check_successor(now, pack)
        entry.note(before=now.pack_version, version=pack.version, digest=pack.digest)
        now.pack_version, now.pack_text = pack.version, pack.text
        now.save(update_fields=["pack_version", "pack_text"])
        _keep(now, at)
    return now


def _current(programme: Programme) -> Programme:
    return Programme.objects.get(pk=programme.pk)


def _keep(programme: Programme, at: datetime) -> None:
    Adoption.objects.create(
        organisation_id=programme.organisation_id,
        programme=programme,
        from_at=at,
        pack_version=programme.pack_version,
        pack_text=programme.pack_text,
    )


def _settings_of(programme: Programme, version: int) -> dict[str, object]:
    kept = Edition.objects.filter(programme=programme, version=version).first()
    return {} if kept is None else kept.read()


def _check_pack(pack: Pack) -> None:
    if missing := pack.missing_public_fields:
        names = ", ".join(str(LABELS[name]) for name in missing)
        sentence = _("This pack does not say: %(names)s. Complete its file first: these are public.")
        raise refuse(sentence % {"names": names}, "programmes.public_fields")


def _check_days(form: Form, starts: date, ends: date | None) -> None:
    if form is Form.PROJECT and ends is None:
        raise refuse(_("A project has an end. Say the last day."), "programmes.project_without_end")
    if ends is not None and ends < starts:
        raise refuse(_("The last day lies before the first."), "programmes.ends_before_start")


def _check_name(programme: Programme) -> None:
    if not programme.name:
        raise refuse(_("Give the programme a name."), "programmes.name_missing")
    others = Programme.objects.filter(organisation_id=programme.organisation_id, name=programme.name)
    if others.exclude(pk=programme.pk).exists():
        raise refuse(_("Your organisation has a programme of this name already."), "programmes.name_taken")


def _check_successor(programme: Programme, pack: Pack) -> None:
    if pack.key != programme.pack_key:
        sentence = _("This is another pack. A programme goes on under versions of its own pack, “%(key)s”.")
        raise refuse(sentence % {"key": programme.pack_key}, "programmes.other_pack")
    if pack.version <= programme.pack_version:
        sentence = _("This is version %(new)s; version %(now)s is in force. Adopt a higher version.")
        raise refuse(sentence % {"new": pack.version, "now": programme.pack_version}, "programmes.not_newer")
    lost = [str(phase.label) for phase in programme.phases if phase.key not in pack.phases]
    if lost:
        sentence = _("The new version lacks phases in which cases may be: %(phases)s. Keep their keys.")
        raise refuse(sentence % {"phases": ", ".join(lost)}, "programmes.phases_lost")


def _written(settings: dict[str, object]) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in settings.items()}
