# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where an open form keeps its words, every pause and every blur."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from exitwork.drafts.actions import drop_draft, keep_draft
from exitwork.drafts.forms import NEVER_KEPT
from exitwork.journal.recording import is_done
from exitwork.kernel.decisions import Refusal
from exitwork.pages.boundary import page
from exitwork.pages.requests import Request

TOO_LARGE = 413


@require_POST
@page
def keep(request: Request, form: str, about: str = "") -> HttpResponse:
    """Keep the words of a form; empty ones, and words that have been sent, drop the draft.

    Leaving the last field and pressing "Save" send both at once: the draft must not outlive them.
    """
    words = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
    }
    sent = is_done(request.POST.get("once", ""), by=request.standing)
    if sent or not any(words.values()):
        drop_draft(form=form, about=about, by=request.standing)
        return JsonResponse({"saved_at": None})
    try:
        draft = keep_draft(form=form, about=about, words=words, by=request.standing, at=request.at)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=TOO_LARGE)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})
