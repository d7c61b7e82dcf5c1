# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of cases. The case page itself is the workplace's."""

from __future__ import annotations

from django.urls import path

from exitwork.cases import views

app_name = "cases"
urlpatterns = [
    path("cases/", views.case_list, name="list"),
    path("cases/new/", views.open_new, name="open"),
    path("cases/<str:ref>/team/", views.team, name="team"),
    path("cases/<str:ref>/team/hand-over/", views.hand_over, name="hand_over"),
    path("cases/<str:ref>/team/<str:assignment_ref>/", views.relieve, name="relieve"),
    path("cases/<str:ref>/phase/", views.change_phase, name="phase"),
    path("cases/<str:ref>/episode/", views.begin_episode, name="episode"),
    path("cases/<str:ref>/close/", views.close, name="close"),
    path("cases/<str:ref>/reopen/", views.reopen, name="reopen"),
]
