# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roles in words: what each is called and what it may do (requirements.md E).

* A role says what somebody does for an organisation; being on a case is an assignment.
* No sentence here opens anything: rules do. The reference page shows both side by side.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from exitwork.kernel.standing import Role

LABELS: dict[Role, Any] = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.LEAD: _("Team lead"),
    Role.CASE_WORKER: _("Case worker"),
    Role.MENTOR: _("Mentor"),
    Role.SPECIALIST: _("Specialist"),
    Role.FAMILY_COUNSELLOR: _("Family counsellor"),
    Role.HELPLINE_WORKER: _("Helpline worker"),
    Role.HELPLINE_COORDINATOR: _("Helpline coordinator"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.INTERPRETER: _("Interpreter"),
    Role.VOLUNTEER: _("Volunteer"),
    Role.TRAINER: _("Trainer"),
    Role.WALL_KEEPER: _("Wall keeper"),
    Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
    Role.PRACTITIONER: _("Practitioner of an agency"),
    Role.FUNDER: _("Funder"),
    Role.EVALUATOR: _("Evaluator"),
    Role.NETWORK_OFFICER: _("Network officer"),
}

DOES: dict[Role, Any] = {
    Role.ADMINISTRATOR: _("Invites people and grants roles; keeps the settings. Reads no case."),
    Role.LEAD: _("Assigns cases and looks after them; every reading is visible to the case manager."),
    Role.CASE_WORKER: _("Works on the cases he or she is assigned to, and on no other."),
    Role.MENTOR: _("Sees the cases he or she is paired on. Security sections stay closed."),
    Role.SPECIALIST: _("Works on assigned cases as a psychologist, theologian or other specialist."),
    Role.FAMILY_COUNSELLOR: _("Works with families; does not see the file of the person they worry about."),
    Role.HELPLINE_WORKER: _("Takes calls and passes them on; does not see what becomes of them as cases."),
    Role.HELPLINE_COORDINATOR: _("Sees counts, response times and routing; no case of a partner."),
    Role.SUPERVISOR: _("Receives cases without names for a session, and comments."),
    Role.INTERPRETER: _("Gets a time and a place; nothing else."),
    Role.VOLUNTEER: _("Takes calls of the own shift, with cards and directory."),
    Role.TRAINER: _("Keeps events and knowledge; no client data."),
    Role.WALL_KEEPER: _("Learns only that two cases touch, and decides how to keep them apart."),
    Role.DATA_PROTECTION_OFFICER: _("Sees agreements, the journal and retention; no case content."),
    Role.PRACTITIONER: _("Sees what partners addressed to this agency, and works on its own cases."),
    Role.FUNDER: _("Sees aggregated reports; nothing about a single person."),
    Role.EVALUATOR: _("Receives a time-limited extract without identities, under an agreement."),
    Role.NETWORK_OFFICER: _("Keeps meetings, knowledge and aggregated figures of a network."),
}

# People who come to the organisation from outside for one thing: they see no list of colleagues,
# because who works here is itself worth protecting (practice.md 10).
FROM_OUTSIDE = frozenset({Role.INTERPRETER, Role.FUNDER, Role.EVALUATOR, Role.SUPERVISOR})

CHOICES: list[tuple[str, Any]] = [(role.value, LABELS[role]) for role in Role]


def label(role: str) -> Any:
    """What a role is called.

    :raises ValueError: if there is no such role.
    """
    return LABELS[Role(role)]
