# SPDX-License-Identifier: AGPL-3.0-or-later
"""Neutral words by which a person is called where no name may stand.

* A suggestion is drawn at random and never looks at the rows that exist: else its absence
  would tell who else is there (S3). Two people may be called alike; the reference tells them
  apart.
* Birds, trees and rivers; none that a movement uses as its sign (no eagle, falcon, raven, oak).
"""

from __future__ import annotations

import secrets

from django.utils.translation import gettext_lazy as _

PSEUDONYMS = (
    *(_("Avocet"), _("Bittern"), _("Curlew"), _("Dunlin"), _("Finch"), _("Grebe"), _("Heron")),
    *(_("Kingfisher"), _("Lark"), _("Linnet"), _("Nuthatch"), _("Plover"), _("Sandpiper"), _("Siskin")),
    *(_("Snipe"), _("Swift"), _("Tern"), _("Wagtail"), _("Warbler"), _("Wren")),
    *(_("Alder"), _("Aspen"), _("Cedar"), _("Elder"), _("Hornbeam"), _("Juniper"), _("Larch")),
    *(_("Linden"), _("Maple"), _("Medlar"), _("Mulberry"), _("Poplar"), _("Quince"), _("Spindle")),
    *(_("Tamarisk"), _("Walnut"), _("Whitebeam"), _("Wild cherry"), _("Willow"), _("Wych elm")),
    *(_("Adda"), _("Allier"), _("Drava"), _("Ebro"), _("Garonne"), _("Glomma"), _("Isar")),
    *(_("Kemi"), _("Loire"), _("Minho"), _("Narew"), _("Neretva"), _("Shannon"), _("Tagus")),
    *(_("Tisza"), _("Torne"), _("Tweed"), _("Vltava"), _("Weser"), _("Yonne")),
)


def suggested_pseudonym() -> str:
    """A word drawn at random, in the reader's language."""
    return str(secrets.choice(PSEUDONYMS))
