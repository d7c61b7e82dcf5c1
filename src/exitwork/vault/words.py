# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the vault: kinds of keys, ways of counting, what happened, what people are told.

* A kind's code is stored beside every key and never changes.
* Sentences say what is the matter and who can mend it; none names a person or a key.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exitwork.kernel.events import Event


class KeyKind(TextChoices):
    """What a data key belongs to (design.md 6)."""

    PERSON = "person", _("A person's identity")
    CASE = "case", _("A case's content")
    CASE_SECURITY = "case-security", _("What is security-relevant in a case")
    JOURNAL = "journal", _("The details of journal entries about one thing")
    DRAFT = "draft", _("One account's drafts")
    ORGANISATION = "organisation", _("An organisation's own papers")


EVERYTHING_LOCKED = Event("vault.everything.locked", _("Everything was locked"))
MASTER_KEY_ROTATED = Event("vault.master.rotated", _("The master key was replaced by a new one"))
KEY_DESTROYED_EVENT = Event("vault.key.destroyed", _("A key was destroyed; what it sealed is erased"))

LOCKED = _(
    "Everything is locked. It opens again when whoever runs this installation starts it anew "
    "with the key file or the passphrase."
)
UNREACHABLE = _(
    "The keyholder does not answer, so nothing sealed can be read or written. "
    "Whoever runs this installation can start it again; nothing is lost."
)
DESTROYED = _("This was erased: its key is destroyed and nobody can open it again.")
BROKEN = _(
    "This record can't be opened: it was changed outside the program or stands in the wrong place. "
    "Tell whoever runs this installation; the backup may hold it unharmed."
)
OTHER_MASTER = _(
    "This record was sealed under another master key. "
    "Whoever runs this installation needs the key that belongs to this database."
)
NO_COMPARTMENT = _(
    "This may only be kept in a sealed compartment, and this version has none yet. "
    "Keep it outside the program for now."
)
NOT_STORABLE = _("A sealed field takes its value from a saved row, not from an update of many rows.")

SPENT = {
    ("outside", "minute"): _(
        "You have opened as many cases outside your own assignments as one person may in a minute. "
        "Wait a minute."
    ),
    ("outside", "day"): _(
        "You have opened as many cases outside your own assignments as one person may in a day. "
        "Ask whoever runs this installation if your work needs more."
    ),
    ("export", "minute"): _("You have exported as much as one person may in a minute. Wait a minute."),
    ("export", "day"): _(
        "You have exported as much as one person may in a day. "
        "Ask whoever runs this installation if your work needs more."
    ),
    ("search", "minute"): _("You have searched as often as one person may in a minute. Wait a minute."),
    ("search", "day"): _(
        "You have searched as often as one person may in a day. "
        "Ask whoever runs this installation if your work needs more."
    ),
    ("everything", "minute"): _(
        "More records were opened in the last minute than this installation allows. Wait a minute."
    ),
    ("everything", "day"): _(
        "More records were opened today than this installation allows. "
        "Whoever runs it should look why, and can raise the limit."
    ),
}
