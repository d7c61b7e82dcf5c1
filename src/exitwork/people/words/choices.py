# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be chosen about a person, in the field's words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PersonKind(TextChoices):
    """Whether somebody is worked with in his own right, or depends on somebody (S22)."""

    PERSON = "person", _("Person")
    DEPENDANT = "dependant", _("Child or other dependant")


class Reads(TextChoices):
    """How well somebody reads the language we write to him in (S24)."""

    UNKNOWN = "", _("Not known")
    WELL = "well", _("Reads well")
    LITTLE = "little", _("Reads a little")
    NOT = "not", _("Does not read")


class Script(TextChoices):
    """Which writing somebody reads."""

    UNKNOWN = "", _("Not known")
    LATIN = "latin", _("Latin")
    ARABIC = "arabic", _("Arabic")
    CYRILLIC = "cyrillic", _("Cyrillic")
    GREEK = "greek", _("Greek")
    ETHIOPIC = "ethiopic", _("Ethiopic")
    DEVANAGARI = "devanagari", _("Devanagari")
    BENGALI = "bengali", _("Bengali")
    CHINESE = "chinese", _("Chinese")
    OTHER = "other", _("Another writing")


class Sight(TextChoices):
    """What somebody needs in order to see what we show."""

    UNKNOWN = "", _("Nothing known")
    LARGE_PRINT = "large-print", _("Needs large print")
    BLIND = "blind", _("Does not see print")


class Hearing(TextChoices):
    """What somebody needs in order to hear us."""

    UNKNOWN = "", _("Nothing known")
    HARD = "hard", _("Hard of hearing")
    SIGNS = "signs", _("Uses sign language")
