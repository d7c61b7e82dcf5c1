# SPDX-License-Identifier: AGPL-3.0-or-later
"""Search in what I may see. The words come by POST and are stored nowhere."""

from __future__ import annotations

from django.http import HttpResponse

from exitwork.journal.recording import looked
from exitwork.pages.boundary import page, render
from exitwork.pages.requests import Request
from exitwork.vault.holder import counting
from exitwork.workplace.queries import search as search_for
from exitwork.workplace.words import SEARCHED

LONGEST = 200


@page
def search(request: Request) -> HttpResponse:
    """Cases and notes that hold the words."""
    words = request.POST.get("words", "").strip()[:LONGEST]
    hits = []
    if words:
        with counting(account=request.standing.account, how="search"):
            hits = search_for(words, by=request.standing, at=request.at)
        looked(
            SEARCHED,
            by=request.standing,
            about=[hit.where or hit.case_ref for hit in hits],
            at=request.at,
        )
    return render(request, "workplace/search.html", words=words, hits=hits)
