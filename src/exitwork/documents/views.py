# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of documents: those of a case, adding one, one by itself, its file, erasing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exitwork.cases.models import Case
from exitwork.cases.rules import may_write_in_case
from exitwork.documents import actions, queries, rules
from exitwork.documents.forms import AddForm, RemoveForm
from exitwork.documents.models import Document
from exitwork.documents.words import Format
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.lists import listed
from exitwork.pages.requests import Looks, Request
from exitwork.pages.uploads import takes_a_file


@page
def documents(request: Request, case_ref: str) -> HttpResponse:
    """The documents of a case."""
    case = visible(request, Case, ref=case_ref)
    rows = queries.documents_of(case, by=request.standing, at=request.at)
    return render(
        request,
        "documents/list.html",
        case=case,
        listing=listed(request, rows),
        decision=may_write_in_case.decide(request.standing, case, request.at),
    )


@takes_a_file
@page
def add(request: Request, case_ref: str) -> HttpResponse:
    """Add a document to a case."""
    case = visible(request, Case, ref=case_ref)
    form = AddForm.of(request)
    if form.carries_out(actions.add_document, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The document is added and sealed."))
        return redirect("documents:list", case.ref)
    decision = may_write_in_case.decide(request.standing, case, request.at)
    return render(request, "documents/add.html", case=case, form=form, decision=decision)


@page
def read(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """What is known of a document."""
    case = visible(request, Case, ref=case_ref)
    document = visible(request, Document, case=case, ref=ref)
    return render(
        request,
        "documents/read.html",
        case=case,
        document=document,
        fetch=rules.may_fetch_document.decide(request.standing, document, request.at),
        remove=rules.may_remove_document.decide(request.standing, document, request.at),
    )


@require_safe
@page
def fetch(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """The file, as an attachment under a neutral name; never shown in the page (S7, security.md 3.10)."""
    case = visible(request, Case, ref=case_ref)
    document = visible(request, Document, case=case, ref=ref)
    content = actions.fetch_document(document=document, by=request.standing, at=request.at)
    request.looks = Looks()  # the action recorded this look already, before it opened the file
    return HttpResponse(
        content,
        content_type=Format(document.format).content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{document.given_name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


@page
def remove(request: Request, case_ref: str, ref: str) -> HttpResponse:
    """Erase a document, for a reason."""
    case = visible(request, Case, ref=case_ref)
    document = visible(request, Document, case=case, ref=ref)
    form = RemoveForm(request.POST or None)
    if form.carries_out(actions.remove_document, document=document, by=request.standing, at=request.at):
        messages.success(request, _("The document is erased. Its line stays, and says why."))
        return redirect("documents:list", case.ref)
    return render(
        request,
        "documents/remove.html",
        case=case,
        document=document,
        form=form,
        decision=rules.may_remove_document.decide(request.standing, document, request.at),
    )
