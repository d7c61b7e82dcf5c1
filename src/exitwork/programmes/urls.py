# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of programmes and their packs."""

from __future__ import annotations

from django.urls import path

from exitwork.programmes.views import changing, packs, programmes

app_name = "programmes"

urlpatterns = [
    path("organisation/programmes/", programmes.programmes, name="list"),
    path("organisation/programmes/start/", changing.choose, name="choose"),
    path("organisation/programmes/start/file/", changing.start_from_file, name="start_from_file"),
    path("organisation/programmes/start/<slug:key>/", changing.start, name="start"),
    path("organisation/programmes/packs/", packs.shelf, name="shelf"),
    path("organisation/programmes/packs/compare/", packs.compare, name="compare"),
    path("organisation/programmes/packs/<slug:key>/", packs.pack, name="pack"),
    path("organisation/programmes/packs/<slug:key>/file/", packs.file, name="pack_file"),
    path("organisation/programmes/<str:ref>/", programmes.programme, name="programme"),
    path("organisation/programmes/<str:ref>/pack/", programmes.file, name="file"),
    path("organisation/programmes/<str:ref>/change/", changing.change, name="change"),
    path("organisation/programmes/<str:ref>/end/", changing.end, name="end"),
    path("organisation/programmes/<str:ref>/adopt/", changing.adopt, name="adopt"),
]
