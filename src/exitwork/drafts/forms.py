# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form whose words are kept while they are typed.

The draft fills the form when it is opened again, on any device, and goes when the form has
done what it is for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.urls import reverse

from exitwork.drafts.actions import drop_draft
from exitwork.drafts.models import Draft
from exitwork.pages.forms import ActionForm
from exitwork.pages.requests import Request

NEVER_KEPT = frozenset({"once", "version", "csrfmiddlewaretoken"})


class DraftedForm(ActionForm):
    """An action form with a draft behind it. ``draft_name`` names the form, once and for ever."""

    draft_name: ClassVar[str]
    draft_url: str = ""
    draft_saved_at: datetime | None = None
    _request: Request
    _about: str = ""

    @classmethod
    def of(
        cls, request: Request, *, about: str = "", initial: dict[str, Any] | None = None, **kwargs: Any
    ) -> Self:
        """The form as typed, else as drafted, else as given."""
        is_sent = request.method == "POST"
        draft = None if is_sent else _draft(cls.draft_name, about, request)
        words = draft.words.open() if draft else {}
        form = cls(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            initial={**(initial or {}), **words},
            **kwargs,
        )
        form._request, form._about = request, about
        form.draft_saved_at = draft.saved_at if draft else None
        form.draft_url = (
            reverse("drafts:keep", args=[cls.draft_name, about])
            if about
            else reverse("drafts:keep", args=[cls.draft_name])
        )
        return form

    def settled(self) -> Self:
        """As in ``ActionForm``; the draft behind it stays the same."""
        fresh = super().settled()
        fresh._request, fresh._about, fresh.draft_url = self._request, self._about, self.draft_url
        return fresh

    def after_success(self) -> None:
        """The words are where they belong; the draft goes."""
        drop_draft(form=self.draft_name, about=self._about, by=self._request.standing)


def _draft(form: str, about: str, request: Request) -> Draft | None:
    mine = Draft.objects.visible_to(request.standing, request.at)
    return mine.filter(form=form, about=about).first()
