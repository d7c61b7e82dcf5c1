# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms that carry out actions.

* A form asks nothing of rules itself: the action does, and its refusal becomes the form's
  error, word for word, and an entry in the journal.
* Each form has a one-time token, unique on the entry it causes: a repeated POST writes once.
* A stale save becomes a merge, never a lost change.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from exitwork.journal.recording import AlreadyDone, once, refused
from exitwork.kernel.decisions import Refusal
from exitwork.kernel.versions import Merge, Stale
from exitwork.pages.words import REFUSED

TOKEN_BYTES = 18


class ActionForm(forms.Form):
    """A form whose valid content is one call of one action."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    beside: ClassVar[tuple[str, ...]] = ()  # fields that steer the form and are no argument of the action

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(data or None, files or None, **kwargs)
        self.fields["once"].initial = secrets.token_urlsafe(TOKEN_BYTES)
        self.result: Any = None
        self.done_before: AlreadyDone | None = None
        self.stale: Stale | None = None

    def arguments(self) -> dict[str, Any]:
        """What the action is called with besides what the view gives."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "once" and name not in self.beside
        }

    def carries_out(self, action: Callable[..., Any], **given: Any) -> bool:
        """Call the action with what was typed. False when nothing was typed, or it said no."""
        if not self.is_bound or not self.is_valid():
            return False
        token = self.cleaned_data["once"]
        try:
            with once(token or secrets.token_urlsafe(TOKEN_BYTES)):
                self.result = action(**given, **self.arguments())
        except AlreadyDone as done:
            self.done_before = done
        except Refusal as refusal:
            self._keep_refusal(refusal, given)
            return False
        except Stale as stale:
            self.stale = stale
            self.add_error(None, _("Somebody else saved in between. Nothing of yours is lost: choose below."))
            return False
        self.after_success()
        return True

    def after_success(self) -> None:
        """Hook for what belongs to the form, not to the action (a draft to throw away)."""

    @property
    def done_ref(self) -> str:
        """The reference of what was made, also when a repeated POST made nothing new."""
        return str(self.done_before.about_ref if self.done_before else self.result.ref)

    @property
    def merge(self) -> Merge | None:
        """What a stale save comes to, field by field."""
        return self.stale.merge(self.arguments()) if self.stale else None

    def settled(self) -> Self:
        """The form to show after a stale save: mine, with what only the other changed taken over."""
        assert self.stale is not None
        merge = self.stale.merge(self.arguments())
        mine = {clash.field: clash.mine for clash in merge.clashes}
        return type(self)(initial={**merge.taken, **mine, "version": self.stale.version})

    def _keep_refusal(self, refusal: Refusal, given: dict[str, Any]) -> None:
        about = next((value for value in given.values() if isinstance(value, models.Model)), None)
        refused(REFUSED, refusal.refused, by=given["by"], about=about, at=given["at"])
        self.add_error(None, str(refusal))
