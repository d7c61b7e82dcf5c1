# SPDX-License-Identifier: AGPL-3.0-or-later
"""The organisation's own addresses."""

from __future__ import annotations

from django.urls import path

from exitwork.organisations.views import acting_for, leaving, overview, people, settings, sites

app_name = "organisations"

urlpatterns = [
    path("organisation/", overview.overview, name="overview"),
    path("organisation/law/", overview.law, name="law"),
    path("organisation/settings/", settings.settings, name="settings"),
    path("organisation/acting-for/", acting_for.acting_for, name="acting_for"),
    path("organisation/acting-for/<str:ref>/", acting_for.answer, name="answer"),
    path("organisation/people/", people.people, name="people"),
    path("organisation/people/invite/", people.invite, name="invite"),
    path("organisation/people/<str:ref>/", people.person, name="person"),
    path("organisation/people/<str:ref>/invite/", people.invite_again, name="invite_again"),
    path("organisation/people/<str:ref>/function/", people.function, name="function"),
    path("organisation/people/<str:ref>/roles/", people.grant, name="grant"),
    path("organisation/people/<str:ref>/roles/<str:role>/end/", people.end_role, name="end_role"),
    path("organisation/people/<str:ref>/pause/", leaving.pause, name="pause"),
    path("organisation/people/<str:ref>/resume/", leaving.resume, name="resume"),
    path("organisation/people/<str:ref>/end/", leaving.end, name="end"),
    path("organisation/people/<str:ref>/close/", leaving.close, name="close"),
    path("organisation/sites/", sites.sites, name="sites"),
    path("organisation/sites/add/", sites.add_site, name="add_site"),
    path("organisation/sites/<str:ref>/", sites.site, name="site"),
    path("organisation/sites/<str:ref>/close/", sites.close_site, name="close_site"),
]
