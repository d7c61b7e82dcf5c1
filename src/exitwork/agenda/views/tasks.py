# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a task: set it, do it, put it off, change it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exitwork.agenda import actions
from exitwork.agenda.actions.tasks import values_of
from exitwork.agenda.forms import ChangeTaskForm, PutOffForm, TaskForm
from exitwork.agenda.models import PutOff, Task
from exitwork.agenda.queries.slots import title_of
from exitwork.agenda.rules import may_change_task
from exitwork.agenda.views.buttons import pressed
from exitwork.agenda.views.offers import of_colleagues, of_team
from exitwork.cases.models import Case
from exitwork.cases.rules import may_write_in_case
from exitwork.kernel.decisions import Allowed
from exitwork.pages.boundary import page, render, visible
from exitwork.pages.requests import Request

OK, CONFLICT = 200, 409


@page
def set_own(request: Request) -> HttpResponse:
    """Set a task that is about no case."""
    form = TaskForm.of(request, offers={"account": of_colleagues(request)})
    if form.carries_out(actions.set_task, by=request.standing, at=request.at):
        messages.success(request, _("The task is set."))
        return redirect("agenda:week")
    return _form_page(request, form, _("New task"), reverse("agenda:week"), Allowed())


@page
def set_on_case(request: Request, case_ref: str) -> HttpResponse:
    """Set a task about a case."""
    case = visible(request, Case, ref=case_ref)
    form = TaskForm.of(request, about=case.ref, offers={"account": of_team(request, case)})
    if form.carries_out(actions.set_task, case=case, by=request.standing, at=request.at):
        messages.success(request, _("The task is set."))
        return redirect("agenda:case", case.ref)
    decision = may_write_in_case.decide(request.standing, case, request.at)
    back_url = reverse("agenda:case", args=[case.ref])
    return _form_page(request, form, _("New task"), back_url, decision)


@page
def task(request: Request, ref: str) -> HttpResponse:
    """A task; here it is put off."""
    found = _task(request, ref)
    form = PutOffForm(request.POST or None)
    if form.carries_out(actions.put_task_off, task=found, by=request.standing, at=request.at):
        messages.success(request, _("The task waits."))
        return redirect("agenda:task", found.ref)
    waits = PutOff.objects.visible_to(request.standing, request.at).filter(task=found)
    return render(
        request,
        "agenda/task.html",
        task=found,
        title=title_of(found.case) if found.case else "",
        form=form,
        waits=waits.select_related("by_account").order_by("-at"),
        decision=may_change_task.decide(request.standing, found, request.at),
    )


@page
def change(request: Request, ref: str) -> HttpResponse:
    """Change a task; a change made in between meets this one."""
    found = _task(request, ref)
    choices = of_team(request, found.case) if found.case else of_colleagues(request)
    initial = {**values_of(found), "version": found.version}
    form = ChangeTaskForm.of(request, about=found.ref, initial=initial, offers={"account": choices})
    if form.carries_out(actions.change_task, task=found, by=request.standing, at=request.at):
        messages.success(request, _("The task is changed; what it said before is kept."))
        return redirect("agenda:task", found.ref)
    decision = may_change_task.decide(request.standing, found, request.at)
    back_url = reverse("agenda:task", args=[found.ref])
    return _form_page(request, form, _("Change a task"), back_url, decision)


@require_POST
@page
def done(request: Request, ref: str) -> HttpResponse:
    """Say that a task is done."""
    found = _task(request, ref)
    if pressed(request, actions.do_task, task=found, about=found):
        messages.success(request, _("Done. It can be opened again."))
    return redirect("agenda:task", found.ref)


@require_POST
@page
def take_back(request: Request, ref: str) -> HttpResponse:
    """Open a task again."""
    found = _task(request, ref)
    if pressed(request, actions.take_task_back, task=found, about=found):
        messages.success(request, _("The task is open again."))
    return redirect("agenda:task", found.ref)


def _task(request: Request, ref: str) -> Task:
    found = visible(request, Task, ref=ref)
    whole: Task = Task.objects.select_related("case", "case__person", "account", "set_by").get(pk=found.pk)
    return whole


def _form_page(
    request: Request, form: TaskForm, heading: str, back_url: str, decision: object
) -> HttpResponse:
    return render(
        request,
        "agenda/change.html",
        status=CONFLICT if form.stale else OK,
        heading=heading,
        back_url=back_url,
        form=form.settled() if form.stale else form,
        merge=form.merge,
        decision=decision,
    )
