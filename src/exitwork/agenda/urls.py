# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the agenda."""

from __future__ import annotations

from django.urls import path

from exitwork.agenda.views import absences, appointments, case, feeds, tasks, week, workload

app_name = "agenda"
urlpatterns = [
    path("agenda/", week.my_week, name="week"),
    path("agenda/tasks/new/", tasks.set_own, name="set_task"),
    path("agenda/tasks/<str:ref>/", tasks.task, name="task"),
    path("agenda/tasks/<str:ref>/change/", tasks.change, name="change_task"),
    path("agenda/tasks/<str:ref>/done/", tasks.done, name="done"),
    path("agenda/tasks/<str:ref>/open/", tasks.take_back, name="reopen_task"),
    path("agenda/away/", absences.away, name="away"),
    path("agenda/away/<str:ref>/back/", absences.back, name="back"),
    path("agenda/away/<str:ref>/", absences.meanwhile, name="meanwhile"),
    path("agenda/calendar/", feeds.calendar, name="calendar"),
    path("agenda/calendar/end/", feeds.end, name="end_calendar"),
    path("agenda/workload/", workload.workload, name="workload"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("cases/<str:case_ref>/agenda/", case.case_agenda, name="case"),
    path("cases/<str:case_ref>/agenda/new/", appointments.plan, name="plan"),
    path("cases/<str:case_ref>/agenda/tasks/new/", tasks.set_on_case, name="set_case_task"),
    path("cases/<str:case_ref>/agenda/<str:ref>/", appointments.appointment, name="appointment"),
    path("cases/<str:case_ref>/agenda/<str:ref>/change/", appointments.change, name="change"),
    path("cases/<str:case_ref>/agenda/<str:ref>/open/", appointments.take_back, name="reopen"),
]
