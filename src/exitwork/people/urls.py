# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of people. A reference stands in them, never a name."""

from __future__ import annotations

from django.urls import path

from exitwork.people.views import around, identity, interpreters, merging, person, safety, walls

app_name = "people"
urlpatterns = [
    path("people/new/", person.new, name="new"),
    path("people/faces/", safety.faces, name="faces"),
    path("people/faces/<str:ref>/retire/", safety.retire, name="retire"),
    path("people/ideologies/", around.ideologies, name="ideologies"),
    path("people/ideologies/<str:ref>/retire/", around.retire_ideology, name="retire-ideology"),
    path("people/interpreters/", interpreters.listing, name="interpreters"),
    path("people/interpreters/<str:ref>/retire/", interpreters.retire, name="retire-interpreter"),
    path("people/walls/", walls.listing, name="walls"),
    path("people/walls/new/", walls.tell, name="tell"),
    path("people/walls/<str:ref>/", walls.decide, name="decide"),
    path("people/apart/", walls.apart, name="apart"),
    path("people/apart/<str:ref>/end/", walls.end, name="end"),
    path("people/<str:ref>/", person.read, name="person"),
    path("people/<str:ref>/takes-in/", person.takes_in, name="takes-in"),
    path("people/<str:ref>/reach/", identity.reach, name="reach"),
    path("people/<str:ref>/reach/correct/", identity.correct_reach, name="correct-reach"),
    path("people/<str:ref>/identity/", identity.open_it, name="identity"),
    path("people/<str:ref>/identity/note/", identity.note, name="note"),
    path("people/<str:ref>/identity/correct/", identity.correct, name="correct"),
    path("people/<str:ref>/identity/openings/<uuid:opening>/", identity.seen, name="seen"),
    path("people/<str:ref>/safety/", safety.settle, name="safety"),
    path("people/<str:ref>/safety/stop/", safety.stop, name="stop"),
    path("people/<str:ref>/safety/lift/", safety.lift, name="lift"),
    path("people/<str:ref>/around/", around.relations, name="around"),
    path("people/<str:ref>/around/<str:relation>/end/", around.end, name="end-relation"),
    path("people/<str:ref>/dependants/new/", around.new_dependant, name="new-dependant"),
    path("people/<str:ref>/dependant/", around.dependant, name="dependant"),
    path("people/<str:ref>/interpreters/", interpreters.suiting, name="suiting"),
    path("people/<str:ref>/interpreters/<str:interpreter>/", interpreters.wish, name="wish"),
    path("people/<str:ref>/profile/", around.profile, name="profile"),
    path("people/<str:ref>/apart/", walls.exclude, name="exclude"),
    path("people/<str:ref>/merge/", merging.merge, name="merge"),
    path("people/<str:ref>/unmerge/", merging.unmerge, name="unmerge"),
]
